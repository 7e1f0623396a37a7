"""How long things took, where the computer's clock was set back, or was ahead, meanwhile. Pure.

The log's numbers tell the order, whatever the clock showed. Where an entry shows an earlier time
than the one before it, the time that went between them is not known; all that comes after is
counted on from there, so that a duration across it is the least that it can have been.

The clock may have been ahead until it was set back, and nothing tells since when. Of what happened
at a time that a later entry shows again, it is known only that it was no earlier than the last
that happened before that time.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from frivillig_cli.records.activation.model import LogEntry
from frivillig_cli.records.activation.times import CLOCK_SLACK


@dataclass(frozen=True)
class SetBack:
    """The clock was set back before entry `seq`: from `before` to `after` (UTC, ISO 8601)."""

    seq: int
    before: str
    after: str


@dataclass(frozen=True)
class Moment:
    """When something happened, on a clock that never goes back; `shift` is how far it was moved.

    `again` is the earliest that the clock showed afterwards, where that is before it: the clock may
    have been ahead. `sure` is the last entry until then that was not after that time.
    """

    at: datetime
    shift: timedelta
    again: datetime | None = None
    sure: datetime | None = None

    def __lt__(self, other: Moment) -> bool:
        """By the time that was counted."""
        return self.at < other.at

    def since(self, start: Moment) -> tuple[int, bool]:
        """Whole seconds from `start`, never fewer than none; whether it may have been longer.

        Where the clock was set back between them and does not show an earlier time by now, it was
        the jump that was wrong, or was put right again: then no more is known to have passed than
        what the clock says.
        """
        moved = self.shift - start.shift
        passed = self.at - start.at
        if moved and passed >= moved:
            passed -= moved
        began = start.at - start.shift
        ahead = self.again is not None and began <= self.again
        if ahead:
            passed = min(passed, (self.sure or began) - began)
        return max(0, int(passed.total_seconds())), bool(moved) or ahead


class Clock:
    """The clock of one activation, by its log."""

    def __init__(self, log: Sequence[LogEntry]) -> None:
        """Read the log once."""
        self.set_back: list[SetBack] = []
        self._entries: list[tuple[str, timedelta]] = []
        self._again, self._sure = _shown_again([moment(entry.registered) for entry in log])
        shift, before = timedelta(0), None
        for entry in log:
            now = moment(entry.registered)
            if before and now < before:
                shift += before - now
                self.set_back.append(SetBack(entry.seq, before.isoformat(), now.isoformat()))
            before = now
            self._entries.append((entry.registered, shift))

    def entries(self, log: Sequence[LogEntry]) -> list[Moment]:
        """When each line of the log happened."""
        return [self._moment(entry.happened, place) for place, entry in enumerate(log)]

    def attempts(self, attempts: Sequence[Mapping[str, Any]]) -> dict[int, Moment]:
        """When each attempt happened, by its id; `attempts` are all, as they were registered."""
        found: dict[int, Moment] = {}
        place = 0
        for one in attempts:
            later = range(place, len(self._entries))
            same = (n for n in later if self._entries[n][0] == one["registered"])
            place = next(same, place)
            found[one["id"]] = self._moment(one["happened"], place)
        return found

    def _moment(self, happened: str, place: int) -> Moment:
        """When something happened that the log's entry at this place tells of."""
        at = moment(happened)
        if not self._entries:
            return Moment(at, timedelta(0))
        shift, again = self._entries[place][1], self._again[place]
        if again is None or at <= again + CLOCK_SLACK:
            return Moment(at + shift, shift)
        return Moment(at + shift, shift, again, self._sure[place])


def _shown_again(
    shown: Sequence[datetime],
) -> tuple[list[datetime | None], list[datetime | None]]:
    """Of each entry the earliest time that is shown after it; and the last until then, itself
    among them, that was not after that time. Both None where nothing comes after.
    """
    again: list[datetime | None] = []
    first: datetime | None = None
    for at in reversed(shown):
        again.append(first)
        first = at if first is None else min(first, at)
    again.reverse()
    sure: list[datetime | None] = []
    known: list[datetime] = []
    for at, limit in zip(shown, again, strict=True):
        insort(known, at)
        place = bisect_right(known, limit) if limit else 0
        sure.append(known[place - 1] if place else None)
    return again, sure


def moment(text: str) -> datetime:
    """A stored time as a moment in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)
