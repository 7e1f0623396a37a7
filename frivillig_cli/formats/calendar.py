"""iCalendar files (RFC 5545), as calendars on a phone and in an office take them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from frivillig_cli.formats.files import write_atomic


def calendar_text(entries: Iterable[Mapping[str, Any]], *, now: datetime) -> str:
    """Whole-day events: `uid`, `day` (a date), `title` and `note` of each."""
    import vobject

    made = vobject.iCalendar()
    made.add("prodid").value = "-//frivillig//frivillig//NO"
    for entry in entries:
        event = made.add("vevent")
        event.add("uid").value = f"{entry['uid']}@frivillig"
        event.add("dtstamp").value = now.astimezone(vobject.icalendar.utc)
        event.add("dtstart").value = entry["day"]
        event.add("summary").value = " ".join(str(entry["title"]).split())
        if entry["note"]:
            event.add("description").value = " ".join(str(entry["note"]).split())
    return str(made.serialize(lineLength=75))


def write_calendar(path: Path, entries: Iterable[Mapping[str, Any]], *, now: datetime) -> Path:
    """Write the events to `path` (UTF-8) and return it."""
    return write_atomic(path, calendar_text(entries, now=now).encode("utf-8"))
