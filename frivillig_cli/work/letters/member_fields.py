"""What a letter may say to those who can be called out: what they are in which group."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from frivillig_cli.core.query import Query
from frivillig_cli.documents.values import Word
from frivillig_cli.records.agreement import queries as agreements
from frivillig_cli.records.agreement.model import Agreement
from frivillig_cli.records.person.model import Person
from frivillig_cli.records.response import queries as groups
from frivillig_cli.records.response.model import ROLE_WORDS, Group
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters.fields import day_of


@dataclass(frozen=True)
class Seats:
    """What each person is in the groups that are called out, by the person's id.

    `told` are the groups and roles in short: `2:leader`; `untold` have one that, by the register,
    they do not know of. `not_called`: those whose groups are not,
    and why (a code of SKIP_REASONS). `busy` have another duty in a crisis.
    """

    of: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    told: dict[int, list[str]] = field(default_factory=dict)
    untold: set[int] = field(default_factory=set)
    not_called: dict[int, str] = field(default_factory=dict)
    busy: set[int] = field(default_factory=set)


def bound(register: Register, today: date) -> Iterator[tuple[Group, Agreement | None]]:
    """The active groups, each with the agreement by which it is called out, in force or not."""
    found = groups.find(register, Query())
    day = today.isoformat()
    ids = {
        one.id: one.agreement_id or agreements.binding(register, one.org_id, day) for one in found
    }
    known = agreements.get_many(register, (one for one in ids.values() if one), today=today)
    for one in found:
        yield one, known.get(ids[one.id] or 0)


def member_seats(register: Register, wanted: Collection[int], *, today: date) -> Seats:
    """What each person is in the active groups (or in those `wanted`).

    A protected leader is not named.
    """
    seats = Seats()
    for group, agreement in bound(register, today):
        if wanted and group.id not in wanted:
            continue
        leading = (one for one in group.members if one.role == "leader" and not one.protected)
        leader = next((one.name for one in leading), None)
        for member in group.members:
            if agreement and agreement.status != "in_force":
                seats.not_called.setdefault(member.person_id, agreement.status)
                continue
            if member.duties:
                seats.busy.add(member.person_id)
            if member.told is None:
                seats.untold.add(member.person_id)
            seats.told.setdefault(member.person_id, []).append(f"{group.id}:{member.role}")
            seats.of.setdefault(member.person_id, []).append({
                "group": group.name,
                "role": Word(ROLE_WORDS[member.role]),
                "org": group.org,
                "leader": leader if leader != member.name else None,
                "caller": agreement.caller if agreement else None,
                "response_time": agreement.response_time if agreement else None,
            })  # fmt: skip
    return seats


def groups_of(seats: Iterable[str]) -> set[int]:
    """The numbers of the groups of seats such as `2:leader`."""
    return {int(seat.partition(":")[0]) for seat in seats}


def why_no_role(seats: Seats, person_id: int, told: Collection[str]) -> str | None:
    """Why a letter that tells somebody these seats is not true now (a code of SKIP_REASONS).

    `changed` where they have a role in one of the groups still. None where all of it holds.
    """
    now = set(seats.told.get(person_id, ()))
    if now.issuperset(told):
        return None
    if groups_of(now) & groups_of(told):
        return "changed"
    return seats.not_called.get(person_id, "left_group")


def member_fields(
    person: Person, seats: Seats, callback: str | None, *, today: date
) -> dict[str, Any]:
    """What a template may say to one who can be called out: their own number, and nobody else's."""
    callout = person.callout_number or next(iter(person.numbers), None)
    until = day_of(person.opted_out_until)
    return {
        "name": person.name,
        "callout_number": None if person.protected else callout,
        "callback": callback,
        "paused_until": until if until and until > today else None,
        "other_duty": person.id in seats.busy,
        "seats": seats.of.get(person.id, []),
    }
