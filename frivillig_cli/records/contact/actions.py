"""Enter an office, end one."""

from __future__ import annotations

from datetime import date

from frivillig_cli.core.dates import show_date
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.roles import ROLE_WORDS, parse_role
from frivillig_cli.records.contact import queries, rules
from frivillig_cli.records.contact.model import REPLACED, SINGLE_ROLES, Contact, OfficeResult
from frivillig_cli.store.register import Register


def add(
    register: Register,
    org_id: int,
    person_id: int,
    role: str,
    *,
    today: date,
    from_date: date | None = None,
    replace: bool | None = None,
    until: date | None = None,
    only: int | None = None,
) -> OfficeResult:
    """A person takes an office in an association; returns what was entered and what ended.

    Who holds the same office there already keeps it, and nothing is entered twice. A leader,
    deputy leader or treasurer where there is another one: `replace` True ends the old office on
    `until`, else the day before the new one's first day (today, if that is not given), False lets
    both stand, None refuses; a contact person is replaced where that is said. `only` is the one
    office, of several, that is replaced. Raises RefusedError, InvalidValueError.
    """
    role = parse_role(role)
    rules.check_start(from_date, today)
    holders = queries.current(register, org_id, role)
    held = next((office for office in holders if office.person_id == person_id), None)
    if held is not None:
        if from_date is not None and held.from_date is None:
            register.update("contact", held.id, from_date=from_date.isoformat())
        return OfficeResult(held.id, new=False)
    ended = []
    leaving = [office for office in holders if only in (None, office.id)]
    if leaving and (role in SINGLE_ROLES or only or (replace and role in REPLACED)):
        if replace is None:
            raise _taken(holders[0], role)
        if replace:
            from_date = from_date or today
            ended = [
                end(register, office.id, until, today=today)
                if until
                else _end_before(register, office, from_date)
                for office in leaving
            ]
    new = register.insert(
        "contact",
        org_id=org_id,
        person_id=person_id,
        role=role,
        from_date=from_date.isoformat() if from_date else None,
    )
    return OfficeResult(new, new=True, ended=ended)


def end(register: Register, contact_id: int, to_date: date, *, today: date) -> Contact:
    """An office ends with `to_date`, its last day; returns it as it is now. Raises RefusedError."""
    office = queries.get(register, contact_id)
    if office.to_date is not None:
        raise RefusedError(
            _(
                "{name} left that office on {date}.",
                name=office.name,
                date=show_date(office.to_date),
            ),
            _("See the offices that are held: frivillig contact list"),
        )
    rules.check_end(office, to_date, today)
    register.update("contact", contact_id, to_date=to_date.isoformat())
    return queries.get(register, contact_id)


def move(
    register: Register,
    contact_id: int,
    *,
    from_date: date | None = None,
    to_date: date | None = None,
) -> None:
    """Set right the first or the last day of an office that was entered with another."""
    days = {"from_date": from_date, "to_date": to_date}
    given = {name: day.isoformat() for name, day in days.items() if day}
    register.update("contact", contact_id, **given)


def _end_before(register: Register, office: Contact, successor_from: date) -> Contact:
    last = rules.end_before(office, successor_from)
    register.update("contact", office.id, to_date=last.isoformat())
    return queries.get(register, office.id)


def _taken(holder: Contact, role: str) -> RefusedError:
    return RefusedError(
        _(
            "{name} is {role} of {org} already.",
            name=holder.name,
            role=_(ROLE_WORDS[role]),
            org=holder.org,
        ),
        _("End that office with --replace, or let both stand with --beside."),
    )
