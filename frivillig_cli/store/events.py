"""Reading the log: its events in order, with their images wherever those are kept.

A command of many rows has its images packed (zlib) into table `image`, some hundred events a
piece: an import would otherwise be kept twice over in full.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from frivillig_cli.core.compact import compact_json

PACKED_FROM = 50  # events a command; below, the pieces are too small to gain anything
PIECE = 400  # events
_FAST = 3  # of zlib's levels: half the time of its own choice, and a sixth more room
COMPACTED_FROM = 500  # events a command: of fewer the room that is freed is not worth the time
COMPACTED_TO = 5000  # pages: some 20 MB, a tenth of a second


class Event(NamedTuple):
    """One row's change; without salt it has been erased, and `commitment` is what is left."""

    seq: int
    table: str
    row: int
    op: str
    at: int
    before: str | None
    after: str | None
    salt: bytes | None
    commitment: bytes | None


def read_events(
    connection: sqlite3.Connection, where: str = "1", params: Sequence[object] = ()
) -> Iterator[Event]:
    """The events that fit a condition on table event, in order."""
    last_seq, images = 0, {}
    for found in connection.execute(f"SELECT * FROM event WHERE {where} ORDER BY seq", params):
        event = Event._make(found)
        if event.before is None and event.after is None and event.salt is not None:
            if event.seq > last_seq:
                last_seq, images = _piece(connection, event.seq)
            before, after = images.get(str(event.seq), (None, None))
            event = event._replace(before=before, after=after)
        yield event


def _piece(connection: sqlite3.Connection, seq: int) -> tuple[int, dict[str, list[str | None]]]:
    found = connection.execute(
        "SELECT last_seq, packed FROM image WHERE last_seq >= ? ORDER BY last_seq LIMIT 1", (seq,)
    ).fetchone()
    if found is None:
        raise ValueError(f"the images of event {seq} are missing")
    try:
        images: dict[str, list[str | None]] = json.loads(zlib.decompress(found[1]))
    except zlib.error as error:
        raise ValueError(str(error)) from error
    return int(found[0]), images


def packing(connection: sqlite3.Connection, events: Iterable[Event]) -> Iterator[Event]:
    """The events of one command as they come, with their images put into pieces on the way.

    When all have been taken, the events themselves are without them.
    """
    first = last = 0
    images: dict[int, tuple[str | None, str | None]] = {}
    for event in events:
        yield event
        first, last = first or event.seq, event.seq
        images[last] = (event.before, event.after)
        if len(images) == PIECE:
            _keep(connection, last, images)
            images = {}
    if images:
        _keep(connection, last, images)
    connection.execute(
        "UPDATE event SET before = NULL, after = NULL WHERE seq BETWEEN ? AND ?", (first, last)
    )


def _keep(connection: sqlite3.Connection, last_seq: int, images: Mapping[int, object]) -> None:
    connection.execute(
        "INSERT INTO image (last_seq, packed) VALUES (?, ?)",
        (last_seq, zlib.compress(compact_json(images).encode(), _FAST)),
    )


def compact(connection: sqlite3.Connection, events: int) -> None:
    """Give the room that packing `events` has freed back to the disk, where that is quickly done.

    Many rows at once leave the search index in pieces too: they are made into one.
    The command is saved by then, so a failure (a reader, a full disk) only leaves the room used.
    """
    if events < COMPACTED_FROM:
        return
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    if pages > COMPACTED_TO:
        return
    waits = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute("PRAGMA busy_timeout=0")
    try:
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        connection.execute("VACUUM")
    except sqlite3.Error:
        return
    finally:
        connection.execute(f"PRAGMA busy_timeout={waits}")
