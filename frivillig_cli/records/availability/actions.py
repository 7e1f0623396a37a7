"""Changes to absences and other duties. An opt-out is a field of the person."""

from __future__ import annotations

from frivillig_cli.core import checks
from frivillig_cli.core.dates import parse_date
from frivillig_cli.core.errors import InvalidValueError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.query import Query, Term
from frivillig_cli.records.availability import queries
from frivillig_cli.records.availability.model import Absence, Duty
from frivillig_cli.store.register import Register


def add_absence(register: Register, person_id: int, from_: str, to: str) -> Absence:
    """Note that a person is away, days as typed. There is no field for why."""
    first, last = parse_date(from_), parse_date(to)
    if last < first:
        raise InvalidValueError(
            _("The absence would end before it begins."),
            _("Give a later date with --to."),
            field="to",
        )
    new = register.insert(
        "absence", person_id=person_id, from_date=first.isoformat(), to_date=last.isoformat()
    )
    return queries.absence(register, new)


def remove_absence(register: Register, absence_id: int) -> Absence:
    """Take an absence away; returns it. Raises NotFoundError."""
    found = queries.absence(register, absence_id)
    register.delete("absence", absence_id)
    return found


def add_duty(register: Register, person_id: int, what: str) -> Duty:
    """Note that a person has another duty in a crisis. Raises RefusedError where it is known."""
    text = checks.name(what, "what", _("what"))
    own = queries.duties(register, Query((Term(str(person_id), field="person"),)))
    if any(one.what == text for one in own):
        raise RefusedError(
            _("{name} has that duty already.", name=own[0].name),
            _("See it with: {command}", command="frivillig beredskap duty list"),
        )
    new = register.insert("other_duty", person_id=person_id, what=text)
    return queries.duty(register, new)


def remove_duty(register: Register, duty_id: int) -> Duty:
    """Take another duty away; returns it. Raises NotFoundError."""
    found = queries.duty(register, duty_id)
    register.delete("other_duty", duty_id)
    return found
