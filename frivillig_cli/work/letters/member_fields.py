"""What a letter may say to those who can be called out: what they are in which group."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from frivillig_cli.core.query import Query
from frivillig_cli.documents.values import Word
from frivillig_cli.records.agreement import queries as agreements
from frivillig_cli.records.person.model import Person
from frivillig_cli.records.response import queries as groups
from frivillig_cli.records.response.model import ROLE_WORDS
from frivillig_cli.store.register import Register


def member_seats(
    register: Register, wanted: Collection[int], *, today: date
) -> dict[int, list[dict[str, Any]]]:
    """What each person is in the active groups (or in those `wanted`), by the person's id.

    A protected leader is not named.
    """
    seats: dict[int, list[dict[str, Any]]] = {}
    for group in groups.find(register, Query()):
        if wanted and group.id not in wanted:
            continue
        known = (
            agreements.get(register, group.agreement_id, today=today)
            if group.agreement_id
            else None
        )
        leading = (one for one in group.members if one.role == "leader" and not one.protected)
        leader = next((one.name for one in leading), None)
        for member in group.members:
            seats.setdefault(member.person_id, []).append({
                "group": group.name,
                "role": Word(ROLE_WORDS[member.role]),
                "org": group.org,
                "leader": leader if leader != member.name else None,
                "caller": known.caller if known else None,
                "response_time": known.response_time if known else None,
            })  # fmt: skip
    return seats


def member_fields(
    person: Person, seats: list[dict[str, Any]], callback: str | None
) -> dict[str, Any]:
    """What a template may say to one who can be called out: their own number, and nobody else's."""
    callout = person.callout_number or next(iter(person.numbers), None)
    return {
        "name": person.name,
        "callout_number": None if person.protected else callout,
        "callback": callback,
        "seats": seats,
    }
