"""The one clock. Times are kept in UTC with offset; people see Europe/Oslo."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, tzinfo


def now() -> datetime:
    """The time now, in UTC. FRIVILLIG_CLOCK (ISO 8601 with offset) stops it."""
    fixed = os.environ.get("FRIVILLIG_CLOCK")
    if fixed:
        try:
            moment = datetime.fromisoformat(fixed).astimezone(UTC)
        except (ValueError, OverflowError, OSError):
            moment = None
        if moment is None or not 1970 <= moment.year <= 2999:
            from frivillig_cli.core.echo import echo
            from frivillig_cli.core.errors import UsageError
            from frivillig_cli.core.i18n import _

            raise UsageError(
                _("FRIVILLIG_CLOCK holds “{value}”, which is no time.", value=echo(fixed)),
                _("Write it as 2026-11-23T10:00:00+01:00, or take it away."),
            )
        return moment
    return datetime.now(UTC)


def oslo_zone() -> tzinfo:
    """The time zone of Norway."""
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/Oslo")


def oslo(moment: datetime) -> datetime:
    """The same moment on a Norwegian wall clock."""
    return moment.astimezone(oslo_zone())


def norwegian_day(when: datetime | str) -> date:
    """The date in Norway of a moment with offset, also as it is stored; a stored date is itself."""
    moment = datetime.fromisoformat(when) if isinstance(when, str) else when
    return moment.date() if moment.tzinfo is None else oslo(moment).date()


def oslo_midnight(day: date) -> datetime:
    """When a day begins in Norway, in UTC. Raises OverflowError for the first day that there is."""
    return datetime(day.year, day.month, day.day, tzinfo=oslo_zone()).astimezone(UTC)


def today() -> date:
    """The date in Norway now."""
    return norwegian_day(now())
