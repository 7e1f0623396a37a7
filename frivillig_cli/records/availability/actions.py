"""Changes to absences and other duties. An opt-out is a field of the person."""

from __future__ import annotations

from datetime import date

from frivillig_cli.core import checks
from frivillig_cli.core.dates import parse_date, show_date
from frivillig_cli.core.errors import InvalidValueError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.query import Query, Term
from frivillig_cli.records.availability import queries
from frivillig_cli.records.availability.model import Absence, Duty
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register


def add_absence(register: Register, person_id: int, from_: str, to: str) -> Absence:
    """Note that a person is away, days as typed. There is no field for why.

    Raises RefusedError where the same is noted already.
    """
    first, last = parse_date(from_), parse_date(to)
    if last < first:
        raise InvalidValueError(
            _("The absence would end before it begins."),
            _("Give a later date with --to."),
            field="to",
        )
    own = queries.absences(register, Query((Term(str(person_id), field="person"),)))
    same = (first.isoformat(), last.isoformat())
    there = next((one for one in own if (one.from_date, one.to_date) == same), None)
    if there:
        raise RefusedError(
            _("{name} is away on those days already: number {id}.", name=there.name, id=there.id),
            _("See it with: {command}", command="frivillig beredskap absence list"),
        )
    new = register.insert(
        "absence", person_id=person_id, from_date=first.isoformat(), to_date=last.isoformat()
    )
    return queries.absence(register, new)


def check_opt_out(until: str, person_id: int | None, today: date) -> None:
    """Raise InvalidValueError for an opt-out that is over before it begins; a day as typed.

    `person_id` is whose it is, where they are in the register already.
    """
    day = parse_date(until)
    if day <= today:
        raise InvalidValueError(
            _("An opt-out until {date} keeps nobody from being called.", date=show_date(day)),
            _("Give a day that is to come.")
            if person_id is None
            else _("Give a day that is to come. To take an opt-out away: {command}",
                   command=f"frivillig beredskap opt-out clear {person_id}"),
            field="until",
        )  # fmt: skip


def remove_absence(register: Register, absence_id: int) -> Absence:
    """Take an absence away; returns it. Raises NotFoundError."""
    found = queries.absence(register, absence_id)
    register.delete("absence", absence_id)
    return found


def add_duty(register: Register, person_id: int, what: str) -> Duty:
    """Note that a person has another duty in a crisis. Raises RefusedError where it is known."""
    text = checks.name(what, "what", _("what"))
    protected.refuse(register, text)
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
