"""Append-only migrations: each `schema/NNNN_*.sql` is one step, applied once, in order.

sqlite-utils runs them and remembers which have run; all of them stand in one transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from frivillig_cli.core import clock
from frivillig_cli.core.errors import RegisterError
from frivillig_cli.core.i18n import _
from frivillig_cli.store.connection import FAILURES, connect, connect_in_memory
from frivillig_cli.store.failures import refusal
from frivillig_cli.store.history import Place
from frivillig_cli.store.reach import SCHEMA
from frivillig_cli.store.register import APPLICATION_ID, Command, Register
from frivillig_cli.store.triggers import DERIVED, make_triggers
from frivillig_cli.store.verify import Mismatch, mismatches

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations


def statements(script: str) -> Iterator[str]:
    """Split a script into statements; `executescript` would commit the transaction around it."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending


def steps() -> dict[str, str]:
    """The steps in order: name -> script."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(SCHEMA.glob("*.sql"))}


def build(path: Path) -> None:
    """Make the whole schema in the empty file at `path` (which is nobody's register yet)."""
    register = Register(path, connect(path, mode="rw", timeout=1))
    try:
        migrate(register, at=clock.now())
    finally:
        register.close()


def build_in_memory() -> Register:
    """An empty register in memory, as this version makes it."""
    register = _in_memory()
    migrate(register, at=clock.now())
    return register


def brought_up_in_memory(register: Register) -> Register:
    """A copy in memory of an older register, brought up to this version. Raises RegisterError."""
    copy = _in_memory()
    try:
        copy._connection.deserialize(register._connection.serialize())
        migrate(copy, at=clock.now())
    except BaseException as error:
        copy.close()
        if isinstance(error, FAILURES):
            raise refusal(error, register.path) from error
        raise
    return copy


def _in_memory() -> Register:
    return Register(Path(":memory:"), connect_in_memory())


def migrate(register: Register, *, at: datetime) -> None:
    """Bring the schema up to this version's, in one transaction; does nothing if it is."""
    scripts = steps()
    with register._transaction(Command("migrate", "frivillig", at), schema=True):
        # Read under the lock: of several that open an old register, one does the work.
        version = register.value("PRAGMA user_version")
        if version >= len(scripts):
            return
        strange = {m.place for m in mismatches(register)} if version else set()
        _migrations(scripts).apply(register.db)
        make_triggers(register._connection)
        _log_what_was_rebuilt(register, strange)
        _refuse_loose_ends(register)
        register.execute(f"PRAGMA application_id={APPLICATION_ID}")
        register.execute(f"PRAGMA user_version={len(scripts)}")


def _migrations(scripts: dict[str, str]) -> Migrations:
    from sqlite_utils import Migrations

    found = Migrations("frivillig")
    for name, script in scripts.items():
        found(name=name)(_step(script))
    return found


def _step(script: str) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        for statement in statements(script):
            db.execute(statement)
        # At once, so that what a later step does to the rows is in the history. A new file has no
        # rows, and gets its triggers once.
        if db.execute("PRAGMA user_version").fetchone()[0]:
            make_triggers(db.conn)

    return run


def _log_what_was_rebuilt(register: Register, strange: set[Place]) -> None:
    """Write into the history what the triggers cannot see: a new column's default, a rebuilt table.

    `strange` are the rows that stood otherwise than logged before; they stay so.
    """
    for found in mismatches(register):
        if found.place not in strange:
            op, before, after = _difference(found)
            register.execute(
                "INSERT INTO event (table_name, row_id, op, at, before, after, salt) VALUES"
                " (?, ?, ?, CAST(strftime('%s', 'now') AS INTEGER), ?, ?, randomblob(16))",
                (*found.place, op, before, after),
            )


def _difference(found: Mismatch) -> tuple[str, str | None, str | None]:
    if found.logged is None or found.stands is None:
        return ("i" if found.logged is None else "d"), found.logged, found.stands
    was, now = json.loads(found.logged), json.loads(found.stands)
    names = [
        name for name in {**was, **now} if was.get(name) != now.get(name) and name not in DERIVED
    ]
    before = json.dumps({name: was.get(name) for name in names}, ensure_ascii=False)
    after = json.dumps({name: now.get(name) for name in names}, ensure_ascii=False)
    return "u", before, after


def _refuse_loose_ends(register: Register) -> None:
    loose = register.rows("PRAGMA foreign_key_check")
    if loose:
        raise RegisterError(
            _(
                "The register could not be brought up to this version: {table} has loose ends.",
                table=loose[0][0],
            ),
            _("Nothing was changed. Use the version you had, and report this."),
        )
