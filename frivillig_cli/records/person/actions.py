"""One function a change to a person: check, write, say what became different."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from frivillig_cli.core.ids import new_uid
from frivillig_cli.core.results import FieldChange, differences
from frivillig_cli.records.person import queries, rules
from frivillig_cli.store.register import Register


def add(
    register: Register,
    values: Mapping[str, str | None],
    *,
    phones: Iterable[str] = (),
    now: datetime,
) -> int:
    """Add a person from values and phone numbers as typed; returns the id.

    Raises InvalidValueError. Who is there already is not looked for: `queries.match` does that.
    """
    stored = rules.check(values)
    numbers = rules.check_phones(phones)
    stamp = now.isoformat(timespec="seconds")
    keys = rules.keys(stored, numbers, ())
    new = register.insert("person", uid=new_uid(), **stored, **keys, created=stamp, updated=stamp)
    for rank, number in enumerate(numbers, start=1):
        register.insert("person_phone", person_id=new, number=number, rank=rank)
    return new


def edit(
    register: Register,
    person_id: int,
    values: Mapping[str, str | None],
    *,
    phones: Iterable[str] | None = None,
    now: datetime,
) -> list[FieldChange]:
    """Change fields to values as typed (a blank empties); returns what became different.

    `phones`, when given, are all the person's numbers in order; a number that stays keeps what
    is known of it. Numbers marked as wrong stay marked behind the others until given anew.
    """
    stored = rules.check(values)
    numbers = None if phones is None else rules.check_phones(phones)
    before = queries.get(register, person_id).values
    changes = differences(before, stored)
    if changes:
        register.update("person", person_id, **{change.field: change.new for change in changes})
    if numbers is not None:
        changes += _set_phones(register, person_id, numbers)
    if changes:
        _refresh(register, person_id, now)
    return changes


def put_phone_first(
    register: Register, person_id: int, number: str, *, now: datetime
) -> list[FieldChange]:
    """Make a number as typed the one to ring; the others stay after it."""
    others = queries.get(register, person_id).all_numbers
    return edit(register, person_id, {}, phones=[number, *others], now=now)


def set_protected(
    register: Register, person_id: int, protected: bool, *, now: datetime
) -> list[FieldChange]:
    """Protect a person, or stop protecting; the search index forgets or learns the contact data."""
    before = queries.get(register, person_id).protected
    if bool(before) == protected:
        return []
    register.update("person", person_id, protected=int(protected))
    _refresh(register, person_id, now)
    return [FieldChange("protected", before, int(protected))]


def keep_protected(register: Register, uids: Collection[str], *, now: datetime) -> list[int]:
    """Protect those of `uids` who are not; returns who they are, by their ids."""
    found = queries.unprotected(register, uids)
    for person_id in found:
        set_protected(register, person_id, True, now=now)
    return found


def set_skills(
    register: Register,
    person_id: int,
    *,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
    now: datetime,
) -> list[FieldChange]:
    """Add and take away skills; returns one change a skill."""
    changes = []
    have = queries.skills(register, person_id)
    for skill in dict.fromkeys(map(rules.skill, add)):
        if skill not in have:
            register.insert("person_skill", person_id=person_id, skill=skill)
            changes.append(FieldChange("skill", None, skill))
    for skill in dict.fromkeys(map(rules.skill, remove)):
        if skill in have:
            register.delete("person_skill", have[skill])
            changes.append(FieldChange("skill", skill, None))
    if changes:
        _refresh(register, person_id, now)
    return changes


def _set_phones(register: Register, person_id: int, numbers: Sequence[str]) -> list[FieldChange]:
    before = queries.get(register, person_id).all_numbers
    if before == list(numbers):
        return []
    have = queries.phones(register, person_id)
    for number in before:
        if number not in numbers:
            register.delete("person_phone", have[number])
    for rank, number in enumerate(numbers, start=1):
        if number in have:
            register.update("person_phone", have[number], rank=rank, wrong=0)
        else:
            register.insert("person_phone", person_id=person_id, number=number, rank=rank)
    return [FieldChange("phones", before, list(numbers))]


def _refresh(register: Register, person_id: int, now: datetime) -> None:
    person = queries.get(register, person_id)
    # wrong numbers too: marking one, during a call-out, must not leave a stale key behind
    numbers = [phone.number for phone in person.phones]
    keys = rules.keys(person.values, numbers, person.skills)
    register.update("person", person_id, **keys, updated=now.isoformat(timespec="seconds"))
