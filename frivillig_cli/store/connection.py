"""A connection to the file: its settings, the values it takes, and the guards of its writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath, PureWindowsPath
from typing import Any

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.errors import RegisterError
from frivillig_cli.core.i18n import _

# What a call to SQLite can raise. UnicodeError and OverflowError: values it cannot take, and
# text (its own messages, too) that damage has made unreadable.
FAILURES = (sqlite3.Error, sqlite3.Warning, UnicodeError, OverflowError)

READ_PRAGMAS = (
    "PRAGMA query_only=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cell_size_check=ON",
)
# Set before the first write: a command that only reads need not pay for them.
WRITE_PRAGMAS = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA fullfsync=ON",
    "PRAGMA secure_delete=ON",
    # 8 MB (SQLite's own is 2): the pages of a change, which would go to the disk and back.
    "PRAGMA cache_size=-8000",
    # Without it, a row that REPLACE pushes out leaves without a word in the history.
    "PRAGMA recursive_triggers=ON",
)
# A table's name, or how much is held in memory.
_TAKES_A_VALUE = frozenset(
    "table_info table_xinfo table_list index_list index_info index_xinfo foreign_key_list"
    " foreign_key_check cache_size".split()
)
_READING_PRAGMAS = _TAKES_A_VALUE | {
    "foreign_keys",
    "data_version",
    "user_version",
    "application_id",
}
# SQLite itself asks for a quick_check when a column with a CHECK is added.
_SCHEMA_PRAGMAS = _READING_PRAGMAS | {"defer_foreign_keys", "legacy_alter_table", "quick_check"}
_TRANSACTION_CODES = frozenset(
    (sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH)
)
_SCHEMA_CODES = frozenset(
    getattr(sqlite3, f"SQLITE_{verb}_{thing}")
    for verb in ("CREATE", "DROP")
    for thing in ("TABLE", "INDEX", "TRIGGER", "VIEW", "VTABLE")
) | {sqlite3.SQLITE_ALTER_TABLE}
_WRITE_CODES = frozenset((sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE))


class GuardedCursor(sqlite3.Cursor):
    """A cursor that notices when SQLite has rolled a command's transaction back by itself."""

    def execute(self, sql: str, parameters: Any = (), /) -> GuardedCursor:
        try:
            return super().execute(sql, parameters)
        except FAILURES:
            self._check()
            raise

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> GuardedCursor:
        try:
            return super().executemany(sql, parameters)
        except FAILURES:
            self._check()
            raise

    def _check(self) -> None:
        connection = self.connection
        if isinstance(connection, GuardedConnection) and connection.guarded:
            connection.lock_if_lost()


class GuardedConnection(sqlite3.Connection):
    """A connection that can be put under guard while a command's transaction is open."""

    guarded = False
    _allow: Callable[..., int] | None = None

    def cursor(self, factory: Any = GuardedCursor) -> Any:
        return super().cursor(factory)

    # The inherited shortcuts would make plain cursors.
    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Any:
        return self.cursor().executemany(sql, parameters)

    def guard(self, *, schema: bool) -> None:
        """From here on nobody else can begin or commit, or (without `schema`) alter tables."""
        denied = _TRANSACTION_CODES if schema else _TRANSACTION_CODES | _SCHEMA_CODES
        pragmas = _SCHEMA_PRAGMAS if schema else _READING_PRAGMAS

        def allow(code: int, first: str | None, second: str | None, db: Any, by: Any) -> int:
            if code in denied:
                # Temporary tables have codes of their own; a virtual table's are its own affair.
                return sqlite3.SQLITE_DENY
            if code == sqlite3.SQLITE_PRAGMA:
                reads = first in pragmas and (schema or second is None or first in _TAKES_A_VALUE)
                return sqlite3.SQLITE_OK if reads else sqlite3.SQLITE_DENY
            own = first in ("command", "event", "image") and by is None and not schema
            if code in _WRITE_CODES and own:
                return sqlite3.SQLITE_DENY
            return sqlite3.SQLITE_OK

        self.guarded, self._allow = True, allow
        self.set_authorizer(allow)

    def unguard(self) -> None:
        """Take the guard away: only the owner of the transaction does."""
        self.guarded = False
        self.set_authorizer(None)

    def lock_if_lost(self) -> None:
        """After an automatic rollback, refuse the writes that would commit one by one."""
        if not self.in_transaction:
            self.set_authorizer(None)
            super().cursor(sqlite3.Cursor).execute("PRAGMA query_only=ON")
            self.set_authorizer(self._allow)


def file_uri(path: PurePath) -> str:
    """`path`, which is absolute, as SQLite takes it (`as_uri` would import urllib)."""
    text = str(path).replace("%", "%25").replace("?", "%3F").replace("#", "%23")
    if isinstance(path, PureWindowsPath):
        text = text.replace("\\", "/")
        # SQLite takes no server before the path, so a share's is made a part of it.
        return f"file://{text}" if text.startswith("//") else f"file:///{text}"
    return f"file:{text}"


def connect(path: Path, *, mode: str, timeout: float) -> GuardedConnection:
    """Open the file at `path` with SQLite; `mode` is ro, rw or rwc, `timeout` seconds to wait."""
    return _connect(f"{file_uri(path.absolute())}?mode={mode}", timeout)


def connect_in_memory() -> GuardedConnection:
    """An empty database in memory."""
    return _connect(":memory:", 0)


def _connect(uri: str, timeout: float) -> GuardedConnection:
    connection = sqlite3.connect(
        uri, uri=True, timeout=timeout, isolation_level=None, factory=GuardedConnection
    )
    connection.row_factory = sqlite3.Row
    connection.create_function("norwegian_day", 1, _norwegian_day, deterministic=True)
    return connection


def _norwegian_day(stored: str | None) -> str | None:
    """The day in Norway (ISO) of a stored moment, for queries that compare it with a day."""
    return norwegian_day(stored).isoformat() if stored else None


def storable(value: object) -> object:
    """Text as the register keeps it: NFC, without NUL and halves of characters."""
    if not isinstance(value, str) or _is_storable(value):
        return value
    from unicodedata import normalize

    if "\0" in value or _has_halves(value):
        raise RegisterError(
            _("A value has characters or digits that cannot be stored."),
            _("Remove what looks odd in it, or type it again."),
        )
    return normalize("NFC", value)


def all_storable(values: list[Any]) -> list[Any]:
    """`storable` of each: nearly always all of a column are, which one look at them tells."""
    texts = "".join([value for value in values if isinstance(value, str)])
    return values if _is_storable(texts) else list(map(storable, values))


def _is_storable(text: str) -> bool:
    if text.isascii():
        return "\0" not in text
    from unicodedata import is_normalized

    return "\0" not in text and not _has_halves(text) and is_normalized("NFC", text)


def _has_halves(text: str) -> bool:
    """Whether a text has halves of characters, which no file of UTF-8 can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
