"""A phone's clock that is wrong: its times moved to some that can be, in the order they were told.

What a phone tells happened between the start of the call-out and now. Times that cannot be show
that its clock is wrong, and by how much at least. They are moved together, so that the order and
the time between them stay: back so far that the last is now, or on so far that the first is when
the call-out began. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from frivillig_cli.core.clock import oslo
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.records.activation.times import CLOCK_SLACK
from frivillig_cli.work.beredskap.figure_lines import duration
from frivillig_cli.work.beredskap.taps import Tap

_ROUND = (15, 30, 60)  # the page's buttons for "there in … minutes"
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Mended:
    """The taps with times that can be, in the order that they were given.

    `moved` are the ids of those whose times were wrong, each with the latest that it can have been;
    `fast` and `slow` are how much too much and too little the clock showed at least.
    """

    taps: list[Tap]
    moved: dict[str, datetime]
    fast: timedelta
    slow: timedelta

    def how_wrong(self) -> str:
        """`at least 2 h 40 min fast`; empty where it was right."""
        parts = []
        if self.fast:
            parts.append(_("at least {amount} fast", amount=_amount(self.fast)))
        if self.slow:
            parts.append(_("at least {amount} slow", amount=_amount(self.slow)))
        return ", ".join(parts)


def _amount(much: timedelta) -> str:
    if much < 2 * _DAY:
        return duration(int(much.total_seconds()))
    return ngettext("{n} day", "{n} days", much.days)


def mend(
    taps: Sequence[Tap], start: datetime, now: datetime, stored: Mapping[str, datetime]
) -> Mended:
    """Move what cannot be into [`start`, `now`].

    `taps` are all that one phone gave back, in the order they were tapped; `stored` is when those
    that are taken in already are said to have happened: what was tapped after them was after that.
    """
    first, last = start - CLOCK_SLACK, now + CLOCK_SLACK
    wrong = [-1 if one.happened < first else int(one.happened > last) for one in taps]
    times = [one.happened for one in taps]
    fast = max((at - now for at, side in zip(times, wrong, strict=True) if side > 0), default=None)
    slow = max(
        (start - at for at, side in zip(times, wrong, strict=True) if side < 0), default=None
    )
    one_sided = bool(fast) != bool(slow) and max(times) - min(times) <= now - start
    latest: dict[int, datetime] = {}
    if one_sided:
        by = -fast if fast else slow or timedelta()
        latest = {n: at + (now - max(times)) for n, at in enumerate(times)}
        times = [at + by for at in times]
    elif fast or slow:
        for n, at, last_at in _piecewise(times, wrong, start, now):
            times[n], latest[n] = at, last_at
    made, moved, floor = [], {}, start
    for n, (tap, at) in enumerate(zip(taps, times, strict=True)):
        floor = max(floor, stored.get(tap.id, floor))
        at = min(max(at, floor if n in latest else start), now)
        if n in latest:
            moved[tap.id] = min(max(latest[n], at), now)
        made.append(_at(tap, at, moved=n in latest))
    return Mended(made, moved, fast or timedelta(), slow or timedelta())


def _piecewise(
    times: Sequence[datetime], wrong: Sequence[int], start: datetime, now: datetime
) -> Iterator[tuple[int, datetime, datetime]]:
    """(place, time, latest) of those that cannot be, where no one shift explains all.

    The clock was set anew in between: each run lies between what was tapped before and after it.
    """
    for side, run in groupby(range(len(times)), key=lambda n: wrong[n]):
        if not side:
            continue
        places = list(run)
        own = [times[n] for n in places]
        before = [times[n] for n in range(places[0]) if not wrong[n]]
        after = [times[n] for n in range(places[-1] + 1, len(times)) if not wrong[n]]
        low, high = max(before, default=start), min(after, default=now)
        low, high = min(low, high), max(low, high)
        by = high - max(own) if side > 0 else low - min(own)
        for n in places:
            yield n, min(max(times[n] + by, low), high), high - (max(own) - times[n])


def _at(tap: Tap, at: datetime, *, moved: bool) -> Tap:
    """The tap at another time; when they come goes along where it was counted from that time."""
    if at == tap.happened:
        return tap
    eta = tap.eta
    if eta and moved:
        from_then = eta - tap.happened
        near = any(abs(from_then - timedelta(minutes=m)) < timedelta(seconds=2) for m in _ROUND)
        eta = at + from_then if near else _on_the_clock(eta, at)
    return replace(tap, happened=at, eta=eta)


def _on_the_clock(eta: datetime, at: datetime) -> datetime:
    """The clock time that was typed, next after `at`: its day was the phone's guess.

    One that passed less than an hour before is the same day's, as the page takes it.
    """
    typed, day = oslo(eta), oslo(at)
    told = day.replace(hour=typed.hour, minute=typed.minute, second=0, microsecond=0)
    if told < day - _HOUR:
        told += _DAY
    return told.astimezone(at.tzinfo)
