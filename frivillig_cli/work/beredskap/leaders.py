"""How many come by what the leaders of their groups say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from frivillig_cli.records.activation.model import Row


def of_leaders(said: Mapping[int, int], rows: Iterable[Row]) -> tuple[int, int]:
    """How many come by {group: how many its leader said}, and how many of these are not named."""
    named = Counter(
        seat.id for row in rows if row.answer in ("yes", "reserve") for seat in row.groups
    )
    return sum(said.values()), sum(max(0, n - named[group]) for group, n in said.items())
