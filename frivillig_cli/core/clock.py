"""The one clock. Times are kept in UTC with offset; people see Europe/Oslo."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def now() -> datetime:
    """The time now, in UTC. FRIVILLIG_CLOCK (ISO 8601 with offset) stops it."""
    fixed = os.environ.get("FRIVILLIG_CLOCK")
    if fixed:
        return datetime.fromisoformat(fixed).astimezone(UTC)
    return datetime.now(UTC)


def oslo(moment: datetime) -> datetime:
    """The same moment on a Norwegian wall clock."""
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo("Europe/Oslo"))


def today() -> date:
    """The date in Norway now."""
    return oslo(now()).date()
