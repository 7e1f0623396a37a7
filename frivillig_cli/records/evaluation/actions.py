"""One function a change to evaluations and to what is to be done."""

from __future__ import annotations

from datetime import date

from frivillig_cli.core import checks
from frivillig_cli.core.dates import show_date
from frivillig_cli.core.errors import InvalidValueError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.evaluation import queries
from frivillig_cli.records.evaluation.model import ActionItem, Evaluation
from frivillig_cli.store.register import Register

TEXTS = ("went_well", "to_improve", "text")


def evaluate(
    register: Register, activation_id: int, texts: dict[str, str | None], *, by: str, written: date
) -> Evaluation:
    """Add an evaluation; `texts` by the names in TEXTS, at least one. None is ever rewritten."""
    kept = {name: checks.text(texts.get(name) or "", name, name) or None for name in TEXTS}
    if not any(kept.values()):
        raise InvalidValueError(
            _("The evaluation says nothing."),
            _("Say what went well (--well), what is to be better (--improve), or both."),
        )
    register.insert(
        "evaluation", activation_id=activation_id, written=written.isoformat(),
        by=checks.text(by, "by", "by"), **kept,
    )  # fmt: skip
    return queries.of_activation(register, activation_id)[-1]


def add_action(
    register: Register, activation_id: int, what: str, *, owner: str | None, due: date | None
) -> ActionItem:
    """Add something that is to be done."""
    text = checks.text(what, "what", "what")
    if not text:
        raise InvalidValueError(
            _("It is not said what is to be done."), _("Write it in a few words.")
        )
    new = register.insert(
        "action_item", activation_id=activation_id, what=text,
        owner=checks.text(owner or "", "owner", "owner") or None,
        due=due.isoformat() if due else None,
    )  # fmt: skip
    return queries.action_item(register, new)


def finish(register: Register, wanted: int, *, done: date) -> ActionItem:
    """Note that it is done. Refuses what is done already."""
    found = queries.action_item(register, wanted)
    if found.done:
        raise RefusedError(
            _("Number {id} was done on {date}.", id=wanted, date=show_date(found.done)),
            _("See what is left: {command}", command="frivillig beredskap action list"),
        )
    register.update("action_item", wanted, done=done.isoformat())
    return queries.action_item(register, wanted)
