"""When a workbook was last saved, as it says itself: a time without a zone may be two times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from frivillig_cli.core.clock import oslo_zone
from frivillig_cli.formats.cells import Workbook

_NEAR = timedelta(minutes=2)  # between the stamp in a file and when its zip was written


def saved(book: Workbook, path: Path) -> tuple[datetime, datetime]:
    """The earliest and the latest moment at which the file can have been saved: mostly one.

    Never after it came to this machine. LibreOffice writes the clock on the wall when somebody
    saves, but keeps the UTC of the workbook that it converts, both without a zone. When it made
    the zip, it writes there in UTC: that tells which it was, where it was at once.
    """
    arrived = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    stated = book.properties.get("modified") or book.properties.get("date") or ""
    try:
        said = datetime.fromisoformat(stated).replace(microsecond=0)
        zones = [oslo_zone(), UTC]
        may_be = [said] if said.tzinfo else [said.replace(tzinfo=zone) for zone in zones]
        moments = [min(arrived, moment.astimezone(UTC)) for moment in may_be]
    except (ValueError, OverflowError):
        return arrived, arrived
    if book.packed:
        moments = [one for one in moments if abs(one - book.packed) <= _NEAR] or moments
    return min(moments), max(moments)
