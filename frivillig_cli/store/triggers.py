"""The triggers that write the history: three a table, generated from its columns.

They use SQLite's own functions only, so what another program writes is logged too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

# Folded from other columns by core.names, and checked by those who fold them. An insert's image
# leaves them out: they would make a quarter of the history.
DERIVED = frozenset(("name_sort", "name_search", "search"))
OWN_TABLES = ("command", "event", "image", "_sqlite_migrations")
# What letters said is known by its hash, which is in the history; the outbox is written between
# two commands, before and after each message.
BESIDE = ("letter_pack", "letter_file", "letter_mail")


@dataclass(frozen=True)
class Column:
    """A column of a recorded table and its declared type."""

    name: str
    type: str

    def value(self, row: str) -> str:
        """SQL for the value as it stands in an image; JSON has no bytes and 15 digits only."""
        source = f'{row}."{self.name}"' if row else f'"{self.name}"'
        if self.type == "BLOB":
            return f"CASE WHEN {source} IS NOT NULL THEN hex({source}) END"
        if self.type == "REAL":
            return f"CASE WHEN {source} IS NOT NULL THEN printf('%!.17g',{source}) END"
        return source

    def stored(self, value: object) -> object:
        """The value to store for what stands in an image."""
        if isinstance(value, str) and self.type == "BLOB":
            return bytes.fromhex(value)
        if isinstance(value, str) and self.type == "REAL":
            return float(value)
        return value


def recorded_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables whose rows the history covers: all but its own, those BESIDE it, and SQLite's."""
    return sorted(
        row[1]
        for row in connection.execute("PRAGMA main.table_list")
        if row[2] == "table"
        and row[1] not in (*OWN_TABLES, *BESIDE)
        and not row[1].startswith("sqlite_")
    )


def columns(connection: sqlite3.Connection, table: str) -> list[Column]:
    """The columns of a table, in order. Generated columns are left out."""
    found = connection.execute(f'PRAGMA main.table_xinfo("{table}")').fetchall()
    return [Column(row[1], row[2].upper()) for row in found if not row[6]]


def image(found: list[Column], row: str = "", without: Collection[str] = ()) -> str:
    """SQL for the whole row as JSON, without its nulls, its id, and the columns `without`."""
    left_out = {"id", *without}
    pairs = ",".join(f"'{c.name}',{c.value(row)}" for c in found if c.name not in left_out)
    return f"json_patch('{{}}',json_object({pairs}))"


def make_triggers(connection: sqlite3.Connection) -> None:
    """Make the triggers of every recorded table, again where the table has changed."""
    for table in recorded_tables(connection):
        for name, sql in _triggers(table, columns(connection, table)).items():
            connection.execute(f'DROP TRIGGER IF EXISTS "{name}"')
            connection.execute(sql)


def _triggers(table: str, found: list[Column]) -> dict[str, str]:
    if not any(c.name == "id" and c.type == "INTEGER" for c in found):
        raise ValueError(f"{table} has no integer id, which the history needs")
    head = "INSERT INTO event(table_name,row_id,op,at,before,after,salt)"
    now = "CAST(strftime('%s','now') AS INTEGER)"
    salt = "randomblob(16)"
    pairs = ",".join(
        f"('{c.name}',{c.value('old')},{c.value('new')})" for c in found if c.name != "id"
    )
    differing = f"SELECT 'id' AS k,old.id AS o,new.id AS n UNION ALL VALUES{pairs}"
    bodies = {
        "INSERT": f"VALUES('{table}',new.id,'i',{now},NULL,{image(found, 'new', DERIVED)},{salt})",
        "DELETE": f"VALUES('{table}',old.id,'d',{now},{image(found, 'old')},NULL,{salt})",
        # Grouping by a constant makes one row of what differs, and none where nothing does.
        "UPDATE": f"SELECT '{table}',old.id,'u',{now},json_group_object(k,o),"
        f"json_group_object(k,n),{salt} FROM ({differing})"
        " WHERE o COLLATE BINARY IS NOT n GROUP BY ''",
    }
    return {
        f"history_{table}_{kind[0].lower()}": f'CREATE TRIGGER "history_{table}_{kind[0].lower()}"'
        f' AFTER {kind} ON "{table}" BEGIN {head} {body}; END'
        for kind, body in bodies.items()
    }


def of_inserts(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """What writes the history and the search index at each new row of a table: name -> trigger."""
    names = (f"history_{table}_i", f"search_{table}_i")
    found = connection.execute(
        "SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger' AND name IN (?, ?)", names
    )
    return {row[0]: row[1] for row in found}


def columns_without(
    connection: sqlite3.Connection, table: str, given: Collection[str]
) -> list[str]:
    """The columns of a table that hold nothing in a row that is inserted with those `given`."""
    found = connection.execute(f'PRAGMA main.table_xinfo("{table}")').fetchall()
    return [row[1] for row in found if row[1] not in given and row[4] is None]


def for_all_new(trigger: str, table: str, blank: Collection[str] = ()) -> str:
    """What a trigger of `of_inserts` says for one row, as one statement for all after an id.

    An image is without its nulls: those of the columns that are `blank` are not asked for.
    """
    body = trigger.partition("BEGIN")[2].rpartition(";")[0]
    for name in blank:
        body = body.replace(f",'{name}',new.\"{name}\"", "")
    head, _values, values = body.partition("VALUES")
    values = values.strip().removeprefix("(").removesuffix(")")
    return f'{head} SELECT {values} FROM "{table}" AS new WHERE new.id > ? ORDER BY new.id'
