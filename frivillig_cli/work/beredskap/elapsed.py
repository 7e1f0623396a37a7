"""How long things took, where the computer's clock was set back meanwhile. Pure.

The log's numbers tell the order, whatever the clock showed. Where an entry shows an earlier time
than the one before it, the time that went between them is not known; all that comes after is
counted on from there, so that a duration across it is the least that it can have been.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from frivillig_cli.records.activation.model import LogEntry


@dataclass(frozen=True)
class SetBack:
    """The clock was set back before entry `seq`: from `before` to `after` (UTC, ISO 8601)."""

    seq: int
    before: str
    after: str


@dataclass(frozen=True)
class Moment:
    """When something happened, on a clock that never goes back; `shift` is how far it was moved."""

    at: datetime
    shift: timedelta

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
        return max(0, int(passed.total_seconds())), bool(moved)


class Clock:
    """The clock of one activation, by its log."""

    def __init__(self, log: Sequence[LogEntry]) -> None:
        """Read the log once."""
        self.set_back: list[SetBack] = []
        self._entries: list[tuple[str, timedelta]] = []
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
        shifts = [shift for _registered, shift in self._entries]
        return [
            Moment(moment(entry.happened) + shift, shift)
            for entry, shift in zip(log, shifts, strict=True)
        ]

    def attempts(self, attempts: Sequence[Mapping[str, Any]]) -> dict[int, Moment]:
        """When each attempt happened, by its id; `attempts` are all, as they were registered."""
        found: dict[int, Moment] = {}
        place, shift = 0, timedelta(0)
        for one in attempts:
            later = range(place, len(self._entries))
            same = (n for n in later if self._entries[n][0] == one["registered"])
            place = next(same, place)
            if self._entries:
                shift = self._entries[place][1]
            found[one["id"]] = Moment(moment(one["happened"]) + shift, shift)
        return found


def moment(text: str) -> datetime:
    """A stored time as a moment in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)
