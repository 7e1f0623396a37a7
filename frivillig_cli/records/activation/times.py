"""When somebody comes: `30m` from when they said it, or a clock time, the next one there is."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from frivillig_cli.core.dates import parse_duration, parse_time

_CLOCK_ONLY = re.compile(r"[0-9]{1,2}[:.][0-9]{2}")


def parse_coming(text: str, said: datetime) -> datetime:
    """A moment, in UTC, from `30m`, `1h30`, `03:55` or ISO 8601, told at `said`.

    A clock time that has passed is the next day's: at 23:50, `01:10` is after midnight.
    Raises InvalidValueError.
    """
    if ":" not in text and "." not in text:
        return said + parse_duration(text)
    moment = parse_time(text, said)
    if _CLOCK_ONLY.fullmatch(text.strip()) and moment < said - timedelta(minutes=1):
        return parse_time(text, said + timedelta(days=1))
    return moment
