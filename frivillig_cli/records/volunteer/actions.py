"""One function a change to a volunteer. The person is there before: the id is the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.results import FieldChange, differences
from frivillig_cli.records.volunteer import queries, rules
from frivillig_cli.store.register import Register


def add(
    register: Register,
    person_id: int,
    values: Mapping[str, str | None],
    *,
    now: datetime,
    today: date,
) -> bool:
    """Make a person a volunteer with values as typed; false where they are one already.

    Then nothing is changed: use `edit`. Raises InvalidValueError.
    """
    stored = rules.check(values, today=today)
    if queries.get(register, person_id) is not None:
        return False
    stamp = now.isoformat(timespec="seconds")
    register.insert("volunteer", id=person_id, **stored, created=stamp, updated=stamp)
    return True


def edit(
    register: Register,
    person_id: int,
    values: Mapping[str, str | None],
    *,
    now: datetime,
    today: date,
) -> list[FieldChange]:
    """Change fields to values as typed (a blank empties); returns what became different."""
    stored = rules.check(values, today=today)
    before = queries.get(register, person_id)
    assert before is not None
    changes = differences(before, stored)
    if changes:
        changed = {change.field: change.new for change in changes}
        stamp = now.isoformat(timespec="seconds")
        register.update("volunteer", person_id, **changed, updated=stamp)
    return changes


def set_status(register: Register, person_id: int, status: str, *, now: datetime) -> bool:
    """Archive or restore; returns whether it was different before."""
    return bool(edit(register, person_id, {"status": status}, now=now, today=norwegian_day(now)))
