"""A person's numbers in a call-out: which is rung first, and when it was last verified."""

from __future__ import annotations

from datetime import date, datetime

from frivillig_cli.core import checks
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.core.phone import parse_phone
from frivillig_cli.core.results import FieldChange
from frivillig_cli.records.person import queries
from frivillig_cli.records.person.actions import edit
from frivillig_cli.records.person.model import Person, Phone
from frivillig_cli.store.register import Register


def set_callout_number(
    register: Register, person_id: int, number: str, *, now: datetime
) -> list[FieldChange]:
    """Mark a number as typed as *the* call-out number, adding it if it is new; a blank unmarks.

    Returns what became different. Marking a number that was wrong says that it is right again.
    """
    before = queries.get(register, person_id)
    wanted = parse_phone(number) if number.strip() else None
    changes: list[FieldChange] = []
    if wanted and wanted not in before.all_numbers:
        changes += edit(register, person_id, {}, phones=[*before.all_numbers, wanted], now=now)
    for stored, row_id in queries.phones(register, person_id).items():
        register.update("person_phone", row_id, callout=int(stored == wanted))
    if before.callout_number != wanted:
        changes.append(FieldChange("callout_number", before.callout_number, wanted))
    return changes


def verify_number(
    register: Register, person_id: int, number: str | None, *, on: date, by: str
) -> Phone:
    """Note that a number is right: the one as typed, else the one that is rung first.

    Raises RefusedError where the person has no such number, or none.
    """
    person = queries.get(register, person_id)
    wanted = parse_phone(number) if number else first_number(person)
    have = queries.phones(register, person_id)
    if wanted is None or wanted not in have:
        raise RefusedError(
            _("{name} has no such number.", name=person.name)
            if wanted
            else _("{name} has no number.", name=person.name),
            _("Add it with: {command}",
              command=typed(f"frivillig person edit {person_id} --callout-number NUMBER")),
        )  # fmt: skip
    register.update(
        "person_phone",
        have[wanted],
        verified=on.isoformat(),
        verified_by=checks.name(by, "by", _("by")),
        wrong=0,
    )
    return next(p for p in queries.get(register, person_id).phones if p.number == wanted)


def first_number(person: Person) -> str | None:
    """The number that is rung first: the call-out number, else the first one."""
    return person.callout_number or next(iter(person.all_numbers), None)
