"""The SQL that finds whom to call now, without reading the whole of a long list."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.records.activation import queries
from frivillig_cli.records.activation.calling import number_to_ring
from frivillig_cli.records.activation.model import Activation, GroupSeat, Row
from frivillig_cli.store.register import Register

_BEGUN = "c.id IN (SELECT callout_id FROM attempt WHERE activation_id = c.activation_id)"
# The rows that something has happened to, and those that may be called and nothing has.
TOUCHED = "c.contact <> 'pending' OR c.answer IS NOT NULL OR c.deployment IS NOT NULL OR " + _BEGUN
# An index has these in order of rank, so that the first ones cost nothing to find.
_UNTOUCHED = f"""
SELECT c.id, c.rank, c.groups, c.skills FROM callout c
WHERE c.activation_id = ? AND c.selection = 'eligible' AND c.contact = 'pending'
  AND c.answer IS NULL AND c.deployment IS NULL AND NOT ({_BEGUN})
  AND (EXISTS (SELECT 1 FROM person_phone WHERE person_id = c.person_id AND wrong = 0)
    OR (c.person_id IS NULL AND c.phones <> '[]')
    OR (SELECT protected FROM person WHERE id = c.person_id) = 1)
ORDER BY c.rank, c.id LIMIT ? OFFSET ?
"""
_FIRST_WAVE = 1  # no group has a lower order
_LOOKED_AT_FIRST = 100


def candidate(
    register: Register,
    activation: Activation,
    now: datetime,
    fits: Callable[[tuple[GroupSeat, ...], tuple[str, ...]], bool],
    *,
    engaged: Collection[str] = (),
    but: Collection[int] = (),
) -> list[Row]:
    """The first of those who have never been tried that `fits` (groups, skills), if there is one.

    Not one who would be rung on a number that is `engaged`, nor one of the rows `but`.

    Of a long list that nobody has begun on, only what decides is read: the first few where one
    of them belongs to the first wave, else only what tells the rest apart.
    """
    judged: dict[tuple[str, str], tuple[bool, int]] = {}
    best: tuple[int, int, int] | None = None
    waiting = _rung_on(register, activation, now, engaged) | set(but)
    for limit, offset in ((_LOOKED_AT_FIRST, 0), (-1, _LOOKED_AT_FIRST)):
        for row_id, rank, groups, skills in register.rows(
            _UNTOUCHED, (activation.id, limit, offset)
        ):
            if (groups, skills) not in judged:
                seats = queries.groups_of(groups)
                tier = min((seat.order for seat in seats), default=1)
                judged[groups, skills] = fits(seats, queries.skills_of(skills)), tier
            right, tier = judged[groups, skills]
            if right and row_id not in waiting and (best is None or (tier, rank) < best[:2]):
                best = tier, rank, row_id
        if best and best[0] <= _FIRST_WAVE:
            break
    return queries.rows(register, activation, now, which=f"c.id = {best[2]}") if best else []


def _rung_on(
    register: Register, activation: Activation, now: datetime, numbers: Collection[str]
) -> set[int]:
    """The rows whose number to ring is one of these."""
    if not numbers:
        return set()
    marks = ",".join("?" * len(numbers))
    likely = register.rows(
        "SELECT c.id FROM callout c JOIN person_phone f ON f.person_id = c.person_id"
        f" WHERE c.activation_id = ? AND f.number IN ({marks})",
        (activation.id, *numbers),
    )
    ids = ",".join(str(row[0]) for row in likely)
    rows = queries.rows(register, activation, now, which=f"c.id IN ({ids})") if ids else []
    return {row.id for row in rows if number_to_ring(row) in numbers}


def untouched_kinds(
    register: Register, activation_id: int, read: str
) -> dict[tuple[tuple[int, ...], tuple[str, ...]], int]:
    """How many may be called and are none of those `read` (a condition), by their groups' ids and
    skills.
    """
    found: dict[tuple[tuple[int, ...], tuple[str, ...]], int] = {}
    for groups, skills, count in register.rows(
        "SELECT c.groups, c.skills, count(*) FROM callout c WHERE c.activation_id = ?"
        f" AND c.selection = 'eligible' AND NOT ({read}) GROUP BY c.groups, c.skills",
        (activation_id,),
    ):
        kind = tuple(seat.id for seat in queries.groups_of(groups)), queries.skills_of(skills)
        found[kind] = found.get(kind, 0) + count
    return found


def elsewhere(register: Register, activation: Activation) -> dict[int, str]:
    """The rows of those who are called in to another call-out of this kind, with its number.

    Not to one that this one continues, or that continues this one.
    """
    found = register.rows(
        "SELECT own.id, a.number FROM activation a JOIN callout c ON c.activation_id = a.id"
        " JOIN callout own ON own.person_id = c.person_id AND own.activation_id = :id"
        " WHERE a.id <> :id AND a.kind = :kind AND a.state IN ('active', 'standing_down')"
        " AND a.id IS NOT :before AND a.continues_id IS NOT :id"
        " AND (c.deployment IN ('on_way', 'on_site', 'relieved')"
        " OR (c.deployment IS NULL AND c.answer IN ('yes', 'later'))) ORDER BY a.id",
        {"id": activation.id, "kind": activation.kind, "before": activation.continues_id},
    )
    return dict(tuple(row) for row in found)


NEVER_CALLED = ("minor", "opted_out_until")
# Whom somebody has taken in by hand, with a reason, is called whatever the register says.
_KEPT_OFF = """
SELECT c.id, CASE WHEN p.minor = 1 THEN 'minor' WHEN p.opted_out_until > :today
  THEN 'opted_out_until' WHEN v.status = 'archived' THEN 'inactive' ELSE 'absent' END
FROM person p LEFT JOIN volunteer v ON v.id = p.id
CROSS JOIN callout c ON c.person_id = p.id AND c.activation_id = :id AND c.selection = 'eligible'
WHERE (p.minor = 1 OR p.opted_out_until > :today OR v.status = 'archived' OR p.id IN
  (SELECT person_id FROM absence WHERE from_date <= :today AND to_date >= :today))
  AND (p.minor = 1 OR NOT EXISTS
  (SELECT 1 FROM log_entry WHERE callout_id = c.id AND type = 'decision'))
"""


def kept_off(register: Register, activation: Activation, now: datetime) -> dict[int, str]:
    """The rows of those who may be called, and would be left out by what the register says now.

    With why: it was set while people are being called in.
    """
    if activation.state != "active":
        return {}
    today = norwegian_day(now).isoformat()
    found = register.rows(_KEPT_OFF, {"id": activation.id, "today": today})
    return dict(tuple(row) for row in found)


def rung_elsewhere(register: Register, activation: Activation) -> dict[int, tuple[str, str, str]]:
    """The rows of those whom somebody has reserved for another call-out of this kind.

    With who rings them, until when they are reserved (ISO 8601), and the number of that call-out.
    """
    found = register.rows(
        "SELECT own.id, c.lease_by, c.lease_until, a.number FROM activation a"
        " JOIN callout c ON c.activation_id = a.id AND c.contact = 'calling'"
        " JOIN callout own ON own.person_id = c.person_id AND own.activation_id = :id"
        " WHERE a.id <> :id AND a.kind = :kind AND a.state = 'active'"
        " AND c.lease_until IS NOT NULL ORDER BY a.id",
        {"id": activation.id, "kind": activation.kind},
    )
    return {row[0]: (row[1], row[2], row[3]) for row in found}


def place_of(register: Register, activation_id: int, row: Row) -> tuple[int, int]:
    """Which of those who may be called a row is, and how many they are."""
    found = register.row(
        "SELECT sum(rank <= ?), count(*) FROM callout"
        " WHERE activation_id = ? AND selection = 'eligible'",
        (row.rank, activation_id),
    )
    return (int(found[0]), int(found[1])) if found else (0, 0)


def sharing(register: Register, activation: Activation, now: datetime, row: Row) -> list[Row]:
    """The others who may be called on a number of this row, by rank."""
    likely = [
        found[0]
        for number in row.usable
        for found in register.rows(
            "SELECT id FROM callout WHERE activation_id = ? AND id <> ?"
            " AND selection = 'eligible' AND (instr(phones, ?)"
            " OR person_id IN (SELECT person_id FROM person_phone WHERE number = ?))",
            (activation.id, row.id, number, number),
        )
    ]
    if not likely:
        return []
    ids = ",".join(map(str, sorted(set(likely))))
    others = queries.rows(register, activation, now, which=f"c.id IN ({ids})")
    return [other for other in others if set(other.usable) & set(row.usable)]
