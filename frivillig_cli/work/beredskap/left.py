"""How many can still be called, where the leaders of some groups have answered for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from frivillig_cli.records.activation import calling
from frivillig_cli.records.activation import needs as need_rules
from frivillig_cli.records.activation.model import Row
from frivillig_cli.records.activation.needs import GroupAnswer, Need

Kind = tuple[tuple[int, ...], tuple[str, ...]]  # what tells people apart: their groups and skills


def to_call(
    rows: Iterable[Row], unread: Mapping[Kind, int], told: Sequence[GroupAnswer],
    needs: Sequence[Need], *, but: Collection[int] = (), now: datetime | None = None,
) -> Counter[Kind]:  # fmt: skip
    """How many more than those that leaders have promised can be called, by groups and skills.

    `but` are the rows that nobody calls meanwhile; `now` is None where it is over.
    """
    left = Counter(unread)
    named = list(rows)
    for row in named:
        if row.id not in but and can_be_called(row, now):
            left[tuple(seat.id for seat in row.groups), row.skills] += 1
    skills = {need.id: need.skill for need in needs}
    others = need_rules.taken(need_rules.promised(told, needs), named)
    for one in told:
        skill = skills.get(one.need_id or 0)
        unnamed = need_rules.unnamed(
            one, named, one.group_id, one.need_id, skill, others.get(one.group_id, ())
        )
        own = [kind for kind in left if one.group_id in kind[0]]
        for kind in sorted(own, key=lambda kind: not need_rules.fits(kind[1], skill)):
            taken = min(unnamed, left[kind])
            left[kind] -= taken
            unnamed -= taken
    return left


def can_be_called(row: Row, now: datetime | None) -> bool:
    """Whether a call to one on the list can still give a yes.

    Those in reserve, and those whose time has come, are asked first.
    """
    if row.deployment == "on_site":
        return False
    if row.answer == "reserve" or (now is not None and calling.can_come(row, now)):
        return row.tries < calling.MOST_TRIES
    return not (row.contact in ("reached", "given_up") or row.answer)


def by_skills(left: Mapping[Kind, int]) -> Counter[tuple[str, ...]]:
    """The same by skills alone."""
    found: Counter[tuple[str, ...]] = Counter()
    for (_groups, skills), count in left.items():
        found[skills] += count
    return found


def with_nobody_more(left: Mapping[Kind, int], told: Iterable[GroupAnswer]) -> set[int]:
    """The groups whose leader has answered, and of whom no more than those promised can come."""
    more = {group for kind, count in left.items() if count for group in kind[0]}
    return {one.group_id for one in told if one.coming} - more
