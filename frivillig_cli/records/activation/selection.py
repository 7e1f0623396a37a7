"""Who is on the list, who is left out and why, and in which order they are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from frivillig_cli.core.i18n import N_
from frivillig_cli.core.names import sort_key

_ROLES = {"leader": 0, "deputy": 1, "member": 2}
_LAST = 1_000_000

REASON_WORDS = {
    "inactive": N_("no longer active"),
    "agreement_expired": N_("the agreement is not in force"),
    "opted_out_until": N_("has asked not to be called now"),
    "absent": N_("away"),
    "minor": N_("under 18"),
    "no_number": N_("no number"),
    "protected": N_("protected"),
    "busy_other_activation": N_("called in to another activation"),
    "other_duty": N_("has another duty in a crisis"),
    "manual": N_("left out by hand"),
    "same_person": N_("the same person as another row"),
}


@dataclass(frozen=True)
class Seat:
    """A candidate's place in one group; `in_force` is the group's agreement, true without one."""

    group_id: int
    group: str
    role: str
    tier: int
    order: int | None
    in_force: bool = True


@dataclass(frozen=True)
class Candidate:
    """A member of one or more groups, as the register has them now.

    `numbers` are those not known to be wrong, best first; dates are ISO.
    """

    person_id: int
    name: str
    numbers: tuple[str, ...]
    seats: tuple[Seat, ...]
    skills: tuple[str, ...] = ()
    active: bool = True
    minor: bool = False
    protected: bool = False
    busy: bool = False
    opted_out_until: str | None = None
    absent: bool = False
    other_duty: bool = False


def exclusion(candidate: Candidate, today: date) -> str | None:
    """Why this candidate is left out, or None. What lasts longest is named first.

    A protected person is called without their number being shown; one who has none is reached
    through the association, and is not asked for a number.
    """
    if not candidate.active:
        return "inactive"
    if candidate.minor:
        return "minor"
    if not any(seat.in_force for seat in candidate.seats):
        return "agreement_expired"
    if candidate.other_duty:
        return "other_duty"
    if candidate.opted_out_until and candidate.opted_out_until > today.isoformat():
        return "opted_out_until"
    if candidate.absent:
        return "absent"
    if candidate.busy:
        return "busy_other_activation"
    if not candidate.numbers:
        return "protected" if candidate.protected else "no_number"
    return None


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The order of the list: the group's wave, leaders, deputies, members, own order, name."""

    group_key = cache(sort_key)

    def key(candidate: Candidate) -> tuple[int, int, int, str, str, int]:
        seats = [seat for seat in candidate.seats if seat.in_force] or candidate.seats
        best = min(
            (
                seat.tier,
                _ROLES[seat.role],
                _LAST if seat.order is None else seat.order,
                group_key(seat.group),
            )
            for seat in seats
        )
        return (*best, sort_key(candidate.name), candidate.person_id)

    return sorted(candidates, key=key)


@dataclass(frozen=True)
class Payers:
    """Who pays by one agreement: for exercises, when it happens, and in a search by the police."""

    exercise: str | None = None
    event: str | None = None
    rescue: str | None = None

    def of(self, kind: str, *, rescue: bool = False) -> str | None:
        """Who pays this time, or None where the agreement does not say.

        In a search that the police lead, organisations claim through the rescue service unless
        the agreement says otherwise.
        """
        if kind != "real":
            return self.exercise
        return (self.rescue or "rescue_service") if rescue else self.event


def payer(named: Iterable[str | None]) -> str:
    """Who pays: what all agreements say.

    `to_be_settled` when they differ, when one does not say, and when there is none.
    """
    named = set(named)
    only = named.pop() if len(named) == 1 else None
    return only or "to_be_settled"


def shared_numbers(numbers: Iterable[tuple[int, Sequence[str]]]) -> dict[int, list[int]]:
    """Which rows have a number in common: {row: the other rows}, from (row, numbers) pairs."""
    by_number: dict[str, list[int]] = {}
    for row, own in numbers:
        for number in dict.fromkeys(own):
            by_number.setdefault(number, []).append(row)
    shared: dict[int, list[int]] = {}
    for rows in by_number.values():
        if len(rows) > 1:
            for row in rows:
                others = shared.setdefault(row, [])
                others += [other for other in rows if other != row and other not in others]
    return shared
