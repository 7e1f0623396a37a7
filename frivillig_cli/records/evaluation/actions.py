"""One function a change to evaluations and to what is to be done."""

from __future__ import annotations

from datetime import date

from frivillig_cli.core import checks
from frivillig_cli.core.dates import show_date
from frivillig_cli.core.errors import InvalidValueError, NotFoundError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.evaluation import queries
from frivillig_cli.records.evaluation.model import ActionItem, Evaluation
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register

TEXTS = ("went_well", "to_improve", "text")


def evaluate(
    register: Register, activation_id: int, texts: dict[str, str | None], *, by: str, written: date,
    supersedes: int | None = None,
) -> Evaluation:  # fmt: skip
    """Add an evaluation; `texts` by the names in TEXTS, at least one. None is ever rewritten.

    One that `supersedes` another is printed in its place. Raises NotFoundError where this
    activation has no such one, and RefusedError where it is corrected already.
    """
    if supersedes is not None:
        _check_superseded(register, activation_id, supersedes)
    labels = (_("what went well"), _("what is to be better"), _("text"))
    kept = {
        name: checks.text(texts.get(name) or "", name, label) or None
        for name, label in zip(TEXTS, labels, strict=True)
    }
    if not any(kept.values()):
        raise InvalidValueError(
            _("The evaluation says nothing."),
            _("Say what went well (--well), what is to be better (--improve), or both."),
        )
    protected.refuse(register, *kept.values())
    made = register.insert(
        "evaluation", activation_id=activation_id, written=written.isoformat(),
        by=checks.text(by, "by", _("written by")), supersedes=supersedes, **kept,
    )  # fmt: skip
    return next(one for one in queries.of_activation(register, activation_id) if one.id == made)


def _check_superseded(register: Register, activation_id: int, wanted: int) -> None:
    if queries.evaluation(register, activation_id, wanted) is None:
        known = [str(one.id) for one in queries.of_activation(register, activation_id)]
        raise NotFoundError(
            _("This call-out has no evaluation {id}.", id=wanted),
            _("These are: {known}.", known=", ".join(known) or "–"),
        )
    later = queries.corrected_in(register, wanted)
    if later:
        raise RefusedError(
            _("Evaluation {id} is corrected in {later} already.", id=wanted, later=later),
            _("Correct that one: --corrects {later}", later=later),
        )


def add_action(
    register: Register, activation_id: int, what: str, *, owner: str | None, due: date | None
) -> ActionItem:
    """Add something that is to be done."""
    text = checks.text(what, "what", _("what is to be done"))
    if not text:
        raise InvalidValueError(
            _("It is not said what is to be done."), _("Write it in a few words.")
        )
    whose = checks.text(owner or "", "owner", _("who does it")) or None
    protected.refuse(register, text, whose)
    new = register.insert(
        "action_item", activation_id=activation_id, what=text, owner=whose,
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
