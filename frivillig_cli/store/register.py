"""The register: opens the SQLite file, and owns the only way to write in it.

Reading needs no ceremony. Writing happens inside `transaction()`, which begins IMMEDIATE,
names the command for the history, and commits or rolls back the whole. Between transactions
the connection refuses writes, and inside one nobody else can commit.
"""

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from frivillig_cli.core.errors import RegisterError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.version import __version__
from frivillig_cli.store import interrupt
from frivillig_cli.store.connection import (
    FAILURES,
    WRITE_PRAGMAS,
    GuardedConnection,
    all_storable,
    storable,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x46_52_56_4C  # "FRVL"
BUSY_SECONDS = 30.0
_TOGETHER = 500  # rows in one statement, where nothing is gained by more
_MANY = 500  # rows from which on they are logged together: of fewer it would take longer
# How the search index is built: bytes gathered before it begins a new part, and of how many
# parts on it merges them as it goes. SQLite's own, and for a long list.
_INDEX_AS_EVER = {"hashsize": 1 << 20, "automerge": 4}
_INDEX_A_LONG_LIST = {"hashsize": 32 << 20, "automerge": 0}
_HELD_OF_A_LONG_LIST = 32_000  # KB of pages: its indexes would go to the disk and back

Params = Sequence[object] | Mapping[str, object]
_OF_THE_DISK = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT)


class Command(NamedTuple):
    """What the history says about one change: never a name or a value, only the command."""

    name: str
    user: str
    at: datetime


class Register:
    """An open register. Made by `open_register` or `create_register`.

    Every failure of the file or of SQLite is raised as RegisterError.
    `last_command_id` is the history's number of the last transaction here, None if it changed
    nothing (a dry run, an edit to the same values); `saved` whether any has changed something.
    """

    def __init__(self, path: Path, connection: GuardedConnection) -> None:
        self.path = path
        self.last_command_id: int | None = None
        self.saved = False
        self._connection = connection
        self._file = identity(path)
        self._writing = False
        self._ready_to_write = False
        self._undoes: int | None = None
        self._fault: RegisterError | None = None  # of the disk, in this transaction
        self._loading = False

    # reading

    def rows(self, sql: str, params: Params = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        try:
            return self._connection.execute(sql, params).fetchall()
        except FAILURES as error:
            raise self._refusal(error) from error

    def row(self, sql: str, params: Params = ()) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        try:
            found: sqlite3.Row | None = self._connection.execute(sql, params).fetchone()
        except FAILURES as error:
            raise self._refusal(error) from error
        return found

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, params)
        return found[0] if found else None

    # writing, inside a transaction

    def execute(self, sql: str, params: Params = ()) -> int:
        """Run one changing statement; returns the number of rows it touched."""
        return self._run(sql, params).rowcount

    def insert(self, table: str, /, **values: object) -> int:
        """Insert one row and return its id."""
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
        if not values:
            sql = f'INSERT INTO "{table}" DEFAULT VALUES'
        return int(self._run(sql, tuple(map(storable, values.values()))).lastrowid or 0)

    def update(self, table: str, row_id: int, /, **values: object) -> int:
        """Change columns of the row with this id; returns 1, or 0 where there is none."""
        names = ", ".join(f'"{name}" = ?' for name in values)
        return self.execute(
            f'UPDATE "{table}" SET {names} WHERE id = ?',
            (*map(storable, values.values()), row_id),
        )

    def delete(self, table: str, row_id: int, /) -> int:
        """Delete the row with this id; returns 1, or 0 where there is none."""
        return self.execute(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))

    def insert_many(
        self, table: str, rows: Iterable[Mapping[str, object]], *, together: int = _TOGETHER
    ) -> None:
        """Insert many rows that all have the same columns, `together` in one statement.

        More together take more memory. But the search index begins a part of its own at each
        statement: one for each row would cost several times the rows themselves. Where they are
        put into it together in any case, each row is quickest by itself.
        """
        waiting = iter(rows)
        first = list(islice(waiting, _MANY))
        every = chain(first, waiting)
        if self._loading and len(first) == _MANY:
            names = list(first[0])
            with self._logged_together(table, names):
                self._insert_each(table, names, every)
        else:
            self._insert_groups(table, every, together)

    def _insert_each(
        self, table: str, names: list[str], rows: Iterable[Mapping[str, object]]
    ) -> None:
        columns = ", ".join(f'"{name}"' for name in names)
        sql = f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(names))})'
        waiting = iter(rows)
        while group := list(islice(waiting, _TOGETHER)):
            values = [all_storable(list(map(itemgetter(name), group))) for name in names]
            self._tried(self._connection.executemany, sql, zip(*values, strict=True))

    def _insert_groups(
        self, table: str, rows: Iterable[Mapping[str, object]], together: int
    ) -> None:
        waiting = iter(rows)
        most = self._connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        while first := next(waiting, None):
            group = [first, *islice(waiting, min(together, most // len(first)) - 1)]
            names = ", ".join(f'"{name}"' for name in first)
            marks = ", ".join([f"({', '.join('?' * len(first))})"] * len(group))
            columns = [all_storable([row[name] for row in group]) for name in first]
            values = list(chain.from_iterable(zip(*columns, strict=True)))
            self._run(f'INSERT INTO "{table}" ({names}) VALUES {marks}', values)

    @contextmanager
    def part(self) -> Iterator[None]:
        """Inside a transaction: what an error ends is taken back, and what was before it stands."""
        self._run("SAVEPOINT part", ())
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._run("ROLLBACK TO part", ())
            raise
        finally:
            if self._connection.in_transaction:
                self._run("RELEASE part", ())

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Inside a transaction: many rows come, and the search index is built for many at once.

        More of them is held in memory, from here on. After an error the transaction has to be
        taken back, and this with it.
        """
        self._run(f"PRAGMA cache_size=-{_HELD_OF_A_LONG_LIST}", ())
        self._set_up_index(_INDEX_A_LONG_LIST)
        self._loading = True
        yield
        self._loading = False
        self._set_up_index(_INDEX_AS_EVER)

    @contextmanager
    def _logged_together(self, table: str, given: Collection[str]) -> Iterator[None]:
        """What the triggers do for each new row of a table, done for all of them when they are in.

        By the triggers' own words, and to the same end: it takes a third less of the time. The
        rows have the columns `given`.
        """
        from frivillig_cli.store.triggers import columns_without, for_all_new, of_inserts

        found = of_inserts(self._connection, table)
        blank = columns_without(self._connection, table, given)
        last = self.value(f'SELECT ifnull(max(id), 0) FROM "{table}"')
        self._connection.guard(schema=True)
        try:
            for name in found:
                self._run(f'DROP TRIGGER "{name}"', ())
            yield
        finally:
            # after an error too: some rows may be in, and whoever meets it may go on
            if self._connection.in_transaction:
                for sql in found.values():
                    self._run(for_all_new(sql, table, blank), (last,))
                    self._run(sql, ())
            self._connection.guard(schema=False)

    def _set_up_index(self, settings: Mapping[str, int]) -> None:
        for name, value in settings.items():
            self._run("INSERT INTO search (search, rank) VALUES (?, ?)", (name, value))

    @property
    def db(self) -> "Database":
        """The same connection as a sqlite-utils Database: for schema and bulk loads."""
        from sqlite_utils import Database

        return Database(
            self._connection, execute_plugins=False, strict=True, recursive_triggers=False
        )

    @contextmanager
    def transaction(self, command: Command, *, dry_run: bool = False) -> Iterator[None]:
        """One command, wholly or not at all; with `dry_run`, done for real and rolled back.

        Waits up to 30 s for another process that is writing. Raises RegisterError when nothing
        could be saved; when it returns, what was written is on the disk.
        """
        with self._transaction(command, dry_run=dry_run):
            yield

    def undoes(self, command_id: int) -> None:
        """Say in the history that the command now under way takes back `command_id`."""
        self._must_be_writing()
        self._undoes = command_id

    @property
    def takes_back(self) -> bool:
        """Whether the command under way takes another back."""
        return self._undoes is not None

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def _transaction(
        self, command: Command, *, dry_run: bool = False, schema: bool = False
    ) -> Iterator[None]:
        if self._writing:
            raise RuntimeError("a transaction is open already")
        connection = self._connection
        self.last_command_id = self._undoes = self._fault = None
        self._writing, self._loading = True, False
        try:
            self._begin(dry_run=dry_run, schema=schema)
            before = connection.total_changes
            connection.guard(schema=schema)
            yield
            connection.unguard()
            interrupt.stop_if_asked()
            if self._fault or not connection.in_transaction:
                raise self._lost()
            if dry_run:
                connection.execute("ROLLBACK")
            else:
                self._commit(command, changed=schema or connection.total_changes != before)
        except BaseException as error:
            self._abandon()
            if isinstance(error, FAILURES):
                raise self._refusal(error) from error
            raise
        finally:
            connection.unguard()
            self._writing = False
            # Fails only where the connection is past use; the error under way says why.
            connection.execute("PRAGMA query_only=ON")

    def _begin(self, *, dry_run: bool, schema: bool) -> None:
        connection = self._connection
        connection.execute("PRAGMA query_only=OFF")
        if not self._ready_to_write:
            for pragma in WRITE_PRAGMAS:
                connection.execute(pragma)
            self._ready_to_write = True
        connection.execute(f"PRAGMA foreign_keys={'OFF' if schema else 'ON'}")
        # A preview that outgrows the cache would otherwise write pages and take them back.
        connection.execute(f"PRAGMA cache_spill={'OFF' if dry_run else 'ON'}")
        connection.execute("BEGIN IMMEDIATE")
        refuse_replaced(self.path, self._file)
        if not schema:
            from frivillig_cli.store.seal import seal_outside

            seal_outside(connection)

    def _commit(self, command: Command, *, changed: bool) -> None:
        from frivillig_cli.store.events import compact
        from frivillig_cli.store.seal import Signed, seal

        at = command.at.isoformat(timespec="seconds")
        signed = Signed(at, command.name, command.user, _host(), __version__, self._undoes)
        number, events = seal(self._connection, signed)
        with interrupt.held():
            self._connection.execute("COMMIT" if changed or number else "ROLLBACK")
            self.last_command_id, self.saved = number, self.saved or number is not None
        interrupt.stop_if_asked()
        compact(self._connection, events)

    def _abandon(self) -> None:
        self._connection.unguard()
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _run(self, sql: str, params: Params) -> sqlite3.Cursor:
        return self._tried(self._connection.execute, sql, params)

    def _tried(self, execute: Callable[..., sqlite3.Cursor], *given: object) -> sqlite3.Cursor:
        self._must_be_writing()
        try:
            cursor = execute(*given)
        except FAILURES as error:
            raise self._refusal(error) from error
        return cursor

    def _must_be_writing(self) -> None:
        if not self._writing:
            raise RuntimeError("writing needs a transaction")
        if not self._connection.in_transaction:
            raise self._lost()

    def _lost(self) -> RegisterError:
        return self._fault or RegisterError(
            _("An error on the way made the register take everything back; nothing was saved."),
            _("Look at what was reported before this, and do it again."),
        )

    def _refusal(self, error: Exception) -> RegisterError:
        from frivillig_cli.store.failures import refusal

        made = refusal(error, self.path)
        if self._writing and getattr(error, "sqlite_errorcode", 0) & 0xFF in _OF_THE_DISK:
            # Whoever meets it may take it for one row's fault: it is told again at the end.
            self._fault = self._fault or made
        return made


def identity(path: Path) -> tuple[int, int] | None:
    """Which file is at the path: a restore or a sync client may put another one there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def refuse_replaced(path: Path, was: tuple[int, int] | None) -> None:
    """Raise RegisterError where another file than it `was` is at the path by now."""
    if identity(path) != was:
        raise RegisterError(
            _("The register has been replaced by another file meanwhile."),
            _("Do this again; it then works on the one that is there now."),
        )


def _host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
