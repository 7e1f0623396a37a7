"""The states of an activation and the steps between them."""

from __future__ import annotations

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.records.activation.model import Activation

STEPS = {
    "active": ("standing_down", "closed", "cancelled"),
    "standing_down": ("closed", "active", "cancelled"),
    "closed": ("active",),
    "cancelled": (),
}
OPEN = ("active", "standing_down")
STATE_WORDS = {
    "active": N_("active"),
    "standing_down": N_("standing down"),
    "closed": N_("closed"),
    "cancelled": N_("cancelled"),
}
_WAYS_OUT = {
    "active": N_("See it with: frivillig beredskap status"),
    "standing_down": N_("Close it with: frivillig beredskap end --force --reason …"),
    "closed": N_("Open it again with: frivillig beredskap reopen --reason …"),
    "cancelled": N_("Start a new one with: frivillig beredskap activate"),
}


def in_words(activation: Activation) -> str:
    """The state for people; of one that is being called off, or whose last episode was, that."""
    word = _(STATE_WORDS[activation.state])
    if activation.called_off and activation.state == "standing_down":
        return _("{state}: it is being called off", state=word)
    if activation.called_off and activation.state == "closed":
        return _("{state}; episode {n} was called off", state=word, n=activation.episode)
    return word


def step(number: str, state: str, to: str) -> str:
    """The new state. Raises RefusedError when the step does not exist."""
    if to not in STEPS[state]:
        raise RefusedError(
            _("{number} is {state} already.", number=number, state=_(STATE_WORDS[state]))
            if state == to
            else _("{number} is {state}.", number=number, state=_(STATE_WORDS[state])),
            _(_WAYS_OUT[state]),
        )
    return to


def require_open(number: str, state: str) -> None:
    """Raise RefusedError unless the call-out is under way or being wound up."""
    if state not in OPEN:
        raise RefusedError(
            _("{number} is {state}.", number=number, state=_(STATE_WORDS[state])),
            _(_WAYS_OUT[state]),
        )


def require_active(number: str, state: str) -> None:
    """Raise RefusedError unless people are being called in."""
    if state != "active":
        way_out = (
            N_("Call people in again with: frivillig beredskap reopen --reason …")
            if state == "standing_down"
            else _WAYS_OUT[state]
        )
        raise RefusedError(
            _("{number} is {state}.", number=number, state=_(STATE_WORDS[state])), _(way_out)
        )
