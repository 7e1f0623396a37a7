"""One function a change to the calendar of exercises."""

from __future__ import annotations

from datetime import date

from frivillig_cli.core import checks
from frivillig_cli.core.errors import InvalidValueError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.ids import new_uid
from frivillig_cli.records.exercise import queries
from frivillig_cli.records.exercise.model import STATUS_WORDS, PlannedExercise
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register


def plan(
    register: Register, day: date, title: str, *, kind: str, responsible: str | None, today: date
) -> PlannedExercise:
    """Put an exercise in the calendar. Refuses a day that has been."""
    text = checks.text(title, "title", _("title"))
    if not text:
        raise InvalidValueError(_("The exercise has no title."), _("Write what is to be tried."))
    if day < today:
        raise InvalidValueError(
            _("{day} has been.", day=day.isoformat()),
            _("Exercises that were held are seen in: frivillig beredskap list kind:exercise"),
        )
    whose = checks.text(responsible or "", "responsible", _("responsible")) or None
    protected.refuse(register, text, whose)
    new = register.insert(
        "planned_exercise", uid=new_uid(), day=day.isoformat(), title=text, kind=kind,
        responsible=whose,
    )  # fmt: skip
    return queries.get(register, new)


def drop(register: Register, wanted: int) -> PlannedExercise:
    """Take an exercise that will not be held out of the calendar; it stays on record."""
    _must_be_planned(queries.get(register, wanted))
    register.update("planned_exercise", wanted, status="dropped")
    return queries.get(register, wanted)


def held(register: Register, wanted: int, activation_id: int) -> PlannedExercise:
    """Note with which call-out an exercise was held."""
    _must_be_planned(queries.get(register, wanted))
    register.update("planned_exercise", wanted, status="held", activation_id=activation_id)
    return queries.get(register, wanted)


def _must_be_planned(found: PlannedExercise) -> None:
    if found.status != "planned":
        raise RefusedError(
            _("Exercise {id} is {status}.", id=found.id, status=_(STATUS_WORDS[found.status])),
            _("See the calendar: {command}", command="frivillig beredskap exercise list"),
        )
