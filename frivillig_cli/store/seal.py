"""The chain: each command is sealed, just before COMMIT, over what it changed.

A link is SHA-256 of the link before it, the command, and for each of its events the place
(seq, table, row, op, time) and the commitment SHA-256(salt, before, after). It is evidence
against accident and casual edits, not against somebody who makes the whole chain again.
"""

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

from frivillig_cli.store.events import PACKED_FROM, Event, packing, read_events

OUTSIDE = "outside"

_quote = json.encoder.encode_basestring_ascii
_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


class Link(NamedTuple):
    """Where the chain ends: the last command's id, the last event it owns, its hash."""

    id: int
    last_seq: int
    chain: bytes


class Signed(NamedTuple):
    """What a link says of its command."""

    at: str
    name: str
    user: str
    host: str
    version: str
    undoes: int | None


def last_link(connection: sqlite3.Connection) -> Link:
    """The newest link, or an empty one before the first command."""
    row = connection.execute(
        "SELECT id, last_seq, chain FROM command ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return Link(*row) if row else Link(0, 0, b"")


def last_seq(connection: sqlite3.Connection) -> int:
    """The number of the newest event."""
    return int(connection.execute("SELECT ifnull(max(seq), 0) FROM event").fetchone()[0])


def commitment(event: Event) -> bytes:
    """What the chain holds of an event's content; kept by itself where that was erased."""
    if event.salt is None:
        return event.commitment or b""
    before, after = event.before or "", event.after or ""
    return sha256(event.salt + before.encode() + b"\0" + after.encode()).digest()


def link(previous: bytes, number: int, signed: Signed, events: Iterable[Event]) -> bytes:
    """The hash of a command's link."""
    digest = sha256(previous)
    digest.update(_text(number, *signed))
    for event in events:
        digest.update(_place(event) + commitment(event))
    return digest.digest()


def _text(*parts: object) -> bytes:
    return _encode(parts).encode() + b"\n"


def _place(event: Event) -> bytes:
    """`_text` of where and when an event was: some of those that are made for every row."""
    seq, table, row, op, at = event[:5]
    return f"[{seq:d},{_quote(table)},{row:d},{_quote(op)},{at:d}]\n".encode()


def seal(connection: sqlite3.Connection, signed: Signed) -> tuple[int | None, int]:
    """Seal every event since the last link under a new command.

    Returns the command's number (None where there is nothing to seal) and how many events it owns.
    """
    previous, newest = last_link(connection), last_seq(connection)
    if newest <= previous.last_seq:
        return None, 0
    number = 1 + max(previous.id, _highest_used(connection))
    events = read_events(connection, "seq > ?", (previous.last_seq,))
    owned = newest - previous.last_seq
    events = packing(connection, events) if owned >= PACKED_FROM else events
    connection.execute(
        "INSERT INTO command (id, at, name, user, host, version, undoes, last_seq, chain)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (number, *signed, newest, link(previous.chain, number, signed, events)),
    )
    return number, owned


def _highest_used(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'command'").fetchone()
    return int(row[0]) if row else 0


def seal_outside(connection: sqlite3.Connection) -> None:
    """Put what another program wrote since the last command under a command of its own."""
    previous, newest = last_link(connection), last_seq(connection)
    if newest <= previous.last_seq:
        return
    at = connection.execute("SELECT at FROM event WHERE seq = ?", (newest,)).fetchone()[0]
    moment = datetime.fromtimestamp(at, UTC).isoformat()
    seal(connection, Signed(moment, OUTSIDE, "", "", "", None))
