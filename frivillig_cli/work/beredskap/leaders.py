"""How many come by what the leaders of their groups say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from frivillig_cli.records.activation import needs
from frivillig_cli.records.activation.model import Row
from frivillig_cli.records.activation.needs import Led


def of_leaders(said: Mapping[int, Led], rows: Sequence[Row]) -> tuple[int, int]:
    """How many come by what each group's leader said, and how many of these are not named."""
    return sum(one.coming for one in said.values()), sum(_unnamed(said, rows).values())


def of_all(
    episodes: Sequence[tuple[Mapping[int, Led], Sequence[Row]]],
) -> tuple[int, int]:
    """The same of all episodes: whoever was brought along into one is counted once."""
    come, unnamed, before = 0, 0, dict[int, int]()
    for said, rows in episodes:
        own = _unnamed(said, rows)
        come += sum(max(0, one.coming - one.brought) for one in said.values())
        unnamed += sum(own.values())
        unnamed -= sum(before.get(group, 0) for group, one in said.items() if one.brought)
        before = own
    return come, unnamed


def _unnamed(said: Mapping[int, Led], rows: Sequence[Row]) -> dict[int, int]:
    told = [
        needs.Promised(group, one.need_id, one.skill, one.coming, one.on_list, one.registered)
        for group, one in said.items()
    ]
    others = needs.taken(told, rows)
    return {
        group: needs.unnamed(one, rows, group, one.need_id, one.skill, others.get(group, ()))
        for group, one in said.items()
    }
