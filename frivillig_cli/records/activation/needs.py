"""How a yes meets the needs: each person counts for one, and as many needs as can be are met."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import NamedTuple

from frivillig_cli.core.names import fold
from frivillig_cli.records.activation.model import Row


@dataclass(frozen=True)
class Need:
    """How many are needed of a skill; `skill` None is anyone.

    `unnamed` of the confirmed were promised by a group that answered as one. `gone` are those who
    were confirmed and have left since, while it was open to others to come in their place.
    """

    id: int
    skill: str | None
    needed: int
    confirmed: int = 0
    unnamed: int = 0
    gone: int = 0

    @property
    def met(self) -> int:
        """How much of it was met, those who have left since among them."""
        return max(self.confirmed, min(self.needed, self.confirmed + self.gone))

    @property
    def open(self) -> int:
        """How many are still missing."""
        return max(0, self.needed - self.confirmed)


@dataclass(frozen=True)
class GroupAnswer:
    """What a group's leader promised: `coming` of `asked`; it counts for one need.

    `on_list` of the group are on the list, and may come.
    """

    id: int
    group_id: int
    group_name: str
    need_id: int | None
    coming: int
    asked: int | None
    eta: str | None
    happened: str
    caller: str
    registered: str
    in_stand_down: int | None = None
    on_list: int = 0

    def home_since(self, stood_down: str | None) -> bool:
        """Whether the leader said, since this stand-down began, that none is left out there."""
        said_then = self.in_stand_down != 0 and self.registered >= (stood_down or "9")
        return not self.coming and said_then


@dataclass(frozen=True)
class Led:
    """How many come by a leader's last word, and what for."""

    coming: int
    need_id: int | None = None
    skill: str | None = None
    registered: str = ""
    brought: int = 0  # of them, how many had no name and were still out in the episode before
    on_list: int = 0  # of the group, as GroupAnswer has it


def with_groups(
    needs: Sequence[Need],
    told: Iterable[GroupAnswer],
    rows: Sequence[Row],
    naming: tuple[Row, str | None] | None = None,
) -> list[Need]:
    """`needs` with those that groups have promised and not named yet, never more than is open.

    `naming` is one who is about to say yes, and the skill they are told to count for: they take
    the place of one that was promised, where they can be one of those.
    """
    counted = {need.id: need for need in needs}
    answers = list(told)
    others = taken(promised(answers, needs), [*rows, _having_said(*naming)] if naming else rows)
    for answer in answers:
        need = counted.get(answer.need_id or 0)
        if need is None:
            continue
        but = others.get(answer.group_id, frozenset())
        left = unnamed(answer, rows, answer.group_id, need.id, need.skill, but)
        more = min(left, need.open)
        if (
            naming
            and naming[0].id not in but
            and can_be_of(naming[0], answer.group_id, need.id, need.skill, naming[1])
        ):
            more = max(0, more - 1)
        counted[need.id] = replace(
            need, confirmed=need.confirmed + more, unnamed=need.unnamed + more
        )
    return list(counted.values())


def _having_said(row: Row, skill: str | None) -> Row:
    skills = (*row.skills, skill) if skill else row.skills
    return replace(row, answer="yes", late=False, backed_out=None, skills=skills)


class Promised(NamedTuple):
    """What the leader of a group promised: how many come, of how many, for which need, and when."""

    group_id: int
    need_id: int | None
    skill: str | None
    coming: int
    on_list: int
    since: str


def promised(told: Iterable[GroupAnswer], needs: Iterable[Need]) -> list[Promised]:
    """What groups have promised for these needs."""
    skills = {need.id: need.skill for need in needs}
    return [
        Promised(one.group_id, one.need_id, skills.get(one.need_id or 0), one.coming, one.on_list,
                 one.registered)
        for one in told
    ]  # fmt: skip


def taken(told: Iterable[Promised], rows: Iterable[Row]) -> dict[int, frozenset[int]]:
    """Of each group the rows that can be of it, and take a place that another group promised.

    Whoever is in several groups and has said whether they come takes one place only: where the
    fewest others can still take it, and of those where most places are left.
    """
    promises = [one for one in told if one.coming]
    if len(promises) < 2:
        return {}
    left = {one.group_id: one.coming for one in promises}
    listed = sorted(rows, key=lambda row: row.rank)
    spare = {one.group_id: one.on_list - _settled(listed, one.group_id) for one in promises}
    several = []
    for row in listed:
        own = [one for one in promises if _takes_place(row, one)]
        if len(own) > 1:
            several.append((row.id, own))
        for one in own if len(own) == 1 else ():
            left[one.group_id] -= 1
    others: dict[int, set[int]] = {one.group_id: set() for one in promises}
    for row_id, own in several:
        best = max(own, key=lambda one: _wanting(left[one.group_id], spare[one.group_id]))
        left[best.group_id] -= 1
        for one in own:
            if one is not best:
                others[one.group_id].add(row_id)
    return {group: frozenset(rows) for group, rows in others.items()}


def _wanting(left: int, spare: int) -> tuple[bool, int, int]:
    return left > 0, left - spare, left


def _takes_place(row: Row, one: Promised) -> bool:
    said = _comes(row) or (row.backed_out is not None and row.backed_out >= one.since)
    return said and can_be_of(row, one.group_id, one.need_id, one.skill)


def _comes(row: Row) -> bool:
    """Whether they said yes; who said so after the stand-down had not been called in."""
    return row.answer == "yes" or (row.answer == "reserve" and not row.late)


def named(
    rows: Iterable[Row], group_id: int, need_id: int | None, skill: str | None,
    but: Collection[int] = (),
) -> int:  # fmt: skip
    """How many have said yes by name who can be of those a group promised for a need of `skill`.

    Not the rows `but`, who take a place that another group promised.
    """
    return sum(
        _comes(row) and row.id not in but and can_be_of(row, group_id, need_id, skill)
        for row in rows
    )


def backed_out(
    rows: Iterable[Row], group_id: int, need_id: int | None, skill: str | None, since: str,
    but: Collection[int] = (),
) -> int:  # fmt: skip
    """How many of those a group promised have said by name, since then, that they do not come."""
    return sum(
        row.backed_out is not None
        and row.backed_out >= since
        and row.id not in but
        and can_be_of(row, group_id, need_id, skill)
        for row in rows
    )


def unnamed(
    told: GroupAnswer | Led, rows: Sequence[Row], group_id: int, need_id: int | None,
    skill: str | None, but: Collection[int] = (),
) -> int:  # fmt: skip
    """How many of those promised have not been heard of by name, and can still come."""
    said = _not_heard_of(told, rows, group_id, need_id, skill, but)
    return min(said, max(0, told.on_list - _settled(rows, group_id)))


def not_kept(
    told: GroupAnswer | Led, rows: Sequence[Row], group_id: int, need_id: int | None,
    skill: str | None, but: Collection[int] = (),
) -> int:  # fmt: skip
    """How many of those promised cannot come: no more of the group are left who could."""
    said = _not_heard_of(told, rows, group_id, need_id, skill, but)
    return max(0, said - max(0, told.on_list - _settled(rows, group_id)))


def _not_heard_of(
    told: GroupAnswer | Led, rows: Sequence[Row], group_id: int, need_id: int | None,
    skill: str | None, but: Collection[int],
) -> int:  # fmt: skip
    known = named(rows, group_id, need_id, skill, but)
    gone = backed_out(rows, group_id, need_id, skill, told.registered, but)
    return max(0, told.coming - known - gone)


def _settled(rows: Iterable[Row], group_id: int) -> int:
    """How many of a group have said for themselves whether they come, or were left out since."""
    return sum(
        (
            row.answer in ("yes", "reserve", "no", "withdrew")
            if row.selection == "eligible"
            else row.called > 0 and row.reason not in ("minor", "same_person")
        )
        and any(seat.id == group_id for seat in row.groups)
        for row in rows
    )


def can_be_of(
    row: Row, group_id: int, need_id: int | None, skill: str | None, told: str | None = None
) -> bool:
    """Whether somebody can be one of those that their group promised for a need of `skill`.

    They are in the group, and have the skill or count for the need all the same; `told` is the
    skill that they are told to count for.
    """
    if not any(seat.id == group_id for seat in row.groups):
        return False
    own = (*row.skills, told) if told else row.skills
    return fits(own, skill) or (need_id is not None and row.need_id == need_id)


@dataclass(frozen=True)
class Placed:
    """Somebody who has said yes and counts for a need."""

    need_id: int
    skills: tuple[str, ...]


def fits(skills: Iterable[str], skill: str | None) -> bool:
    """Whether one who has `skills` can fill a need of `skill` (None: anyone can)."""
    return skill is None or fold(skill) in {fold(own) for own in skills}


def covered(needs: Sequence[Need]) -> bool:
    """Whether needs were stated and all of them are met."""
    return bool(needs) and not any(need.open for need in needs)


def useful(skills: Iterable[str], needs: Sequence[Need]) -> bool:
    """Whether a yes from one with these skills can fill something that is open."""
    own = tuple(skills)
    return not needs or any(need.open and fits(own, need.skill) for need in needs)


def place(
    row: int, skills: Sequence[str], needs: Sequence[Need], placed: Mapping[int, Placed]
) -> dict[int, int] | None:
    """Which need each row counts for after `row` says yes; None when nothing can be filled.

    Returns {row: need id} of the new row and of those that move to make room: one who can do two
    things steps over to what the newcomer cannot do. The number of needs met never goes down.
    """
    order = sorted(needs, key=lambda need: (need.skill is None, need.id))
    skills_of = {row: tuple(skills), **{other: seat.skills for other, seat in placed.items()}}
    came_from: dict[int, tuple[int, int | None]] = {}
    queue: deque[tuple[int, int | None]] = deque([(row, None)])
    while queue:
        person, leaving = queue.popleft()
        for need in order:
            if need.id in came_from or not fits(skills_of[person], need.skill):
                continue
            came_from[need.id] = (person, leaving)
            if need.open:
                return _unwind(need.id, came_from)
            queue.extend((o, need.id) for o, seat in placed.items() if seat.need_id == need.id)
    return None


def _unwind(need_id: int, came_from: Mapping[int, tuple[int, int | None]]) -> dict[int, int]:
    moves = {}
    step: int | None = need_id
    while step is not None:
        person, before = came_from[step]
        moves[person] = step
        step = before
    return moves


def how_many_to_call(needs: Sequence[Need], attempted: int, yes: int) -> int:
    """How many more to call for what is open: open need ÷ yes-rate so far, which starts at 0.5."""
    rate = (yes + 1) / (attempted + 2)
    return ceil(sum(need.open for need in needs) / rate)


def most_filled(needs: Sequence[Need], left: Mapping[tuple[str, ...], int]) -> int:
    """How much of what is open can be filled at most by those `left`: {skills: how many}."""
    total = sum(need.open for need in needs)
    open_still = [replace(need, needed=need.open, confirmed=0, unnamed=0) for need in needs]
    placed: dict[int, Placed] = {}
    skills_of: dict[int, tuple[str, ...]] = {}
    for skills, count in left.items():
        for _one in range(min(count, total)):
            row = len(placed)
            moves = place(row, skills, open_still, placed)
            if moves is None:
                break  # another like this one will find no room either
            skills_of[row] = skills
            placed |= {who: Placed(need, skills_of[who]) for who, need in moves.items()}
            taken = [seat.need_id for seat in placed.values()]
            open_still = [replace(need, confirmed=taken.count(need.id)) for need in open_still]
    return len(placed)
