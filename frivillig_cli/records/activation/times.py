"""When something happened and when somebody comes; how such a time is said."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from frivillig_cli.core.clock import norwegian_day, oslo
from frivillig_cli.core.dates import parse_duration, parse_time, show_date, show_time
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _

CLOCK_SLACK = timedelta(minutes=2)
# It was decided, and the first was rung, before anybody sat down and typed.
START_SLACK = timedelta(minutes=15)
_CLOCK_ONLY = re.compile(r"[0-9]{1,2}[:.][0-9]{2}")
_FOUR_DIGITS = re.compile("[0-9]{4}")
TONIGHT = timedelta(hours=6)  # as near, a time after midnight is said without its date
A_WEEK = timedelta(days=7)
SOON = timedelta(hours=18)  # further off, a time that has passed is a slip, not tomorrow's


def clock_time(moment: datetime) -> str:
    """`03:55` on the Norwegian clock; `02:30+01:00` in the hour that comes twice in autumn."""
    local = oslo(moment)
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return show_time(moment) + (local.isoformat()[-6:] if twice else "")


def day_and_time(moment: datetime) -> str:
    """`23 November 2026 03:55`, on the Norwegian clock."""
    return f"{show_date(norwegian_day(moment))} {clock_time(moment)}"


def coming_time(eta: str, told: str | None) -> str:
    """When somebody comes, from ISO 8601: `03:55`; `27.11. 10:00` on another day and not soon.

    `told` is when they said so.
    """
    moment = datetime.fromisoformat(eta)
    said = datetime.fromisoformat(told) if told else moment
    if norwegian_day(moment) == norwegian_day(said) or abs(moment - said) < TONIGHT:
        return clock_time(moment)
    return f"{oslo(moment):%d.%m.} {clock_time(moment)}"


def clock_gone_back(last: str, now: datetime) -> str | None:
    """What to say where the clock shows a time before `last` (ISO 8601); None where it does not."""
    before = datetime.fromisoformat(last)
    if before <= now.replace(microsecond=0):
        return None
    return _(
        "The clock shows {now}, before the last entry ({last}). Go by the numbers.",
        now=day_and_time(now),
        last=day_and_time(before),
    )


def check_happened(
    at: datetime | None, now: datetime, *, number: str = "", began: datetime | None = None,
    started: datetime | None = None,
) -> None:  # fmt: skip
    """Raise InvalidValueError for a time that has not been, or is before the activation began.

    `began` is the earliest that `number` can have begun, `started` when it says that it did;
    without them, any time that has been will do.
    """
    if at is None:
        return
    way_out = _("Write the time it happened, as 03:41, or with the date as 2027-03-15T03:41.")
    if at > now + CLOCK_SLACK:
        before = at - timedelta(days=1)
        if before <= now and (began is None or before >= began - START_SLACK):
            # a clock time is today's: just after midnight, it was yesterday's
            example = f"{oslo(before):%Y-%m-%dT%H:%M}"
            way_out = _("If it was the day before, write the date: {example}", example=example)
        raise InvalidValueError(
            _("{time} has not been yet.", time=_nearest(at, now)), way_out, field="at"
        )
    if began and at < began - START_SLACK:
        raise InvalidValueError(
            _("{time} is before {number} began ({began}).", time=day_and_time(at), number=number,
              began=day_and_time(started or began)),
            way_out,
            field="at",
        )  # fmt: skip


def _nearest(moment: datetime, now: datetime) -> str:
    same_day = norwegian_day(moment) == norwegian_day(now)
    return clock_time(moment) if same_day else day_and_time(moment)


def parse_coming(text: str, said: datetime) -> datetime:
    """A moment, in UTC, from `30m`, `1h30`, `03:55` or ISO 8601, told at `said`.

    `0355` is a clock time too, as on the paper sheets. One that has passed is the next day's where
    that is soon: at 23:50, `01:10` is after midnight. Nobody comes in more than a week.
    Raises InvalidValueError.
    """
    if _FOUR_DIGITS.fullmatch(text.strip()):
        text = f"{text.strip()[:2]}:{text.strip()[2:]}"
    if ":" not in text and "." not in text:
        return said + parse_duration(text)
    moment = parse_time(text, said)
    if moment > said + A_WEEK:
        raise InvalidValueError(
            _("{time} is more than a week ahead.", time=day_and_time(moment)),
            _("Write when they come, as 03:55 or 30m, or with the right date: {example}",
              example=f"{oslo(said):%Y-%m-%d}T{oslo(moment):%H:%M}"),
            field="time",
            value=text,
        )  # fmt: skip
    if moment >= said - timedelta(minutes=1):
        return moment
    if _CLOCK_ONLY.fullmatch(text.strip()):
        next_day = parse_time(text, said + timedelta(days=1))
        if next_day - said <= SOON:
            return next_day
    tomorrow = oslo(said + timedelta(days=1))
    raise InvalidValueError(
        _("{time} has passed.", time=_nearest(moment, said)),
        _("Write a time that is to come; for tomorrow with the date: {example}",
          example=f"{tomorrow:%Y-%m-%d}T{oslo(moment):%H:%M}"),
        field="time",
        value=text,
    )  # fmt: skip
