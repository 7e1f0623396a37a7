"""Who said yes in time, and was heard of when it was over: the need stands as it did at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from frivillig_cli.records.activation.model import Row
from frivillig_cli.records.activation.needs import Need
from frivillig_cli.work.beredskap.elapsed import moment


def said_in_time(
    stood: Iterable[tuple[int, Sequence[Row], Sequence[Need], int]],
    attempts: Sequence[Mapping[str, Any]],
    over: Mapping[int, str | None],
) -> int:
    """How many they were in all episodes; `over` is when each was over, or people were told so."""
    found = 0
    for number, rows, needs, _last in stood:
        since = over.get(number)
        if since is None or not any(need.needed for need in needs):
            continue
        told = {
            one["callout_id"]
            for one in attempts
            if one["episode"] == number and one["answer"] == "yes" and not one["late"]
            and moment(one["registered"]) >= moment(since)
        }  # fmt: skip
        found += sum(row.answer == "yes" and row.need_id is None and row.id in told for row in rows)
    return found
