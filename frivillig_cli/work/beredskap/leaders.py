"""How many come by what the leaders of their groups say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from frivillig_cli.records.activation.model import Row
from frivillig_cli.records.activation.needs import Led, named


def of_leaders(said: Mapping[int, Led], rows: Sequence[Row]) -> tuple[int, int]:
    """How many come by what each group's leader said, and how many of these are not named."""
    unnamed = sum(
        max(0, one.coming - named(rows, group, one.need_id, one.skill))
        for group, one in said.items()
    )
    return sum(one.coming for one in said.values()), unnamed
