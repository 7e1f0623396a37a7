"""What was done: each command with the rows it made, changed and deleted."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from frivillig_cli.core.errors import NotFoundError, RegisterError
from frivillig_cli.core.i18n import _
from frivillig_cli.store.connection import FAILURES
from frivillig_cli.store.events import Event, read_events
from frivillig_cli.store.failures import refusal
from frivillig_cli.store.register import Register
from frivillig_cli.store.seal import OUTSIDE

OPERATIONS = {"i": "insert", "u": "update", "d": "delete"}
Place = tuple[str, int]
_SEALED = "SELECT ifnull(max(last_seq), 0) FROM command"
_AT_ONCE = 500  # rows in one question


@dataclass(frozen=True)
class Change:
    """One row's change; `op` is insert, update or delete, `row` its id before it."""

    seq: int
    table: str
    row: int
    op: str
    before_json: str | None
    after_json: str | None

    @property
    def before(self) -> dict[str, Any]:
        """The row that was deleted, without nulls; for an update what its columns were."""
        found: dict[str, Any] = json.loads(self.before_json or "{}")
        return found

    @property
    def after(self) -> dict[str, Any]:
        """The row that was made, without nulls; for an update what its columns became."""
        found: dict[str, Any] = json.loads(self.after_json or "{}")
        return found

    @property
    def erased(self) -> bool:
        """Whether the content was erased later, for somebody's privacy."""
        return self.before_json is None and self.after_json is None


@dataclass(frozen=True)
class Entry:
    """One command in the history; `at` is ISO 8601 with offset.

    `undoes` is the command that this one took back, `undone_by` the one that took this back.
    What another program wrote since the last command has no `id` yet.
    """

    id: int | None
    at: str
    command: str
    who: str
    host: str
    version: str
    undoes: int | None
    undone_by: int | None
    changes: tuple[Change, ...]

    @property
    def outside(self) -> bool:
        """Whether another program than this wrote it."""
        return self.command == OUTSIDE


def history(
    register: Register,
    *,
    table: str | None = None,
    row: int | None = None,
    also: Collection[Place] = (),
    limit: int | None = None,
) -> list[Entry]:
    """Commands, newest first; with `table` (and `row`) only those that touched it, and only that.

    `also` names further rows to follow, as (table, id): an organisation's offices.
    """
    commands = register.rows("SELECT * FROM command ORDER BY id")
    ends = [command["last_seq"] for command in commands]
    filtered = table is not None or bool(also)
    start = ends[-limit - 1] if limit and not filtered and len(ends) > limit else 0
    grouped: dict[int, list[Change]] = {}
    for event in _events(register, start, table, row, also):
        grouped.setdefault(bisect_left(ends, event.seq), []).append(_change(event))
    takers = taken_back(register)
    newest = sorted(grouped, reverse=True)[:limit]
    return [
        _entry(commands[place] if place < len(commands) else None, grouped[place], takers)
        for place in newest
    ]


def under_way(register: Register, table: str, rows: Collection[int]) -> list[Change]:
    """What the command under way has done so far to some rows of a table."""
    found: list[Change] = []
    wanted = sorted(rows)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        where = f"seq > ({_SEALED}) AND table_name = ? AND row_id IN ({marks})"
        found += map(_change, _read(register, where, (table, *some)))
    return found


def count(register: Register) -> int:
    """How many commands there are, what another program wrote since the last one as one more."""
    commands, sealed = register.rows("SELECT count(*), max(last_seq) FROM command")[0]
    newest = register.value("SELECT max(seq) FROM event")
    return int(commands) + ((newest or 0) > (sealed or 0))


def entry(register: Register, command_id: int) -> Entry:
    """One command with all its changes. Raises NotFoundError."""
    command = register.row("SELECT * FROM command WHERE id = ?", (command_id,))
    if command is None:
        raise NotFoundError(
            _("The history has no command {id}.", id=command_id),
            _("See what there is with: frivillig history"),
        )
    start = register.value("SELECT max(last_seq) FROM command WHERE id < ?", (command_id,)) or 0
    events = _read(register, "seq > ? AND seq <= ?", (start, command["last_seq"]))
    return _entry(command, [_change(event) for event in events], taken_back(register))


def taken_back(register: Register) -> dict[int, int]:
    """The commands that stand undone now: id -> the id of the one that took it back."""
    found: dict[int, int] = {}
    # From the newest: an undo that was itself taken back takes nothing back.
    for taker in register.rows(
        "SELECT id, undoes FROM command WHERE undoes IS NOT NULL ORDER BY id DESC"
    ):
        if taker["id"] not in found:
            found.setdefault(taker["undoes"], taker["id"])
    return found


def former(register: Register, table: str, rows: Collection[int], column: str) -> dict[int, set]:
    """What stood in a column of some rows before it was changed or taken out, by their ids.

    What has been erased is not known.
    """
    found: dict[int, set] = {}
    marks = ",".join("?" * len(rows))
    where = f"op IN ('u', 'd') AND table_name = ? AND row_id IN ({marks})"
    for event in _read(register, where, (table, *rows)) if rows else ():
        before = json.loads(event.before or "{}").get(column)
        if before is not None:
            found.setdefault(event.row, set()).add(before)
    return found


def originals(
    register: Register, table: str, rows: tuple[int, int], columns: Collection[str]
) -> dict[int, dict[str, Any]]:
    """What stood in columns of the rows from one id to another before the first change of each.

    Of what was never changed, and what has been erased, there is nothing.
    """
    found: dict[int, dict[str, Any]] = {}
    where = "op = 'u' AND table_name = ? AND row_id BETWEEN ? AND ?"
    for event in _read(register, where, (table, *rows)):
        before = json.loads(event.before or "{}")
        for column in columns:
            if column in before:
                found.setdefault(event.row, {}).setdefault(column, before[column])
    return found


def _events(
    register: Register, start: int, table: str | None, row: int | None, also: Collection[Place]
) -> list[Event]:
    conditions, params = [], []
    for name, number in [*also, *([(table, row)] if table else [])]:
        conditions.append("table_name = ?" if number is None else "table_name = ? AND row_id = ?")
        params += [name] if number is None else [name, number]
    where = " OR ".join(conditions) or "1"
    return _read(register, f"seq > ? AND ({where})", (start, *params))


def _read(register: Register, where: str, params: Sequence[object]) -> list[Event]:
    try:
        return list(read_events(register._connection, where, params))
    except FAILURES as error:
        raise refusal(error, register.path) from error
    except ValueError as error:
        raise RegisterError(
            _("The history cannot be read to its end ({what}).", what=error),
            _("Keep the file as it is, and restore a backup: frivillig backup list"),
        ) from error


def _change(event: Event) -> Change:
    return Change(
        event.seq, event.table, event.row, OPERATIONS[event.op], event.before, event.after
    )


def _entry(command: sqlite3.Row | None, changes: list[Change], takers: dict[int, int]) -> Entry:
    if command is None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return Entry(None, now, OUTSIDE, "", "", "", None, None, tuple(changes))
    return Entry(
        command["id"],
        command["at"],
        command["name"],
        command["user"],
        command["host"],
        command["version"],
        command["undoes"],
        takers.get(command["id"]),
        tuple(changes),
    )
