"""What the tables are like, as the history needs to know it; each is looked up once."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cached_property
from typing import Any

from frivillig_cli.store.register import Register
from frivillig_cli.store.triggers import Column, columns, image, recorded_tables


class Tables:
    """The recorded tables of a register, as they are now."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._columns: dict[str, dict[str, Column]] = {}

    @cached_property
    def names(self) -> list[str]:
        """The tables whose rows the history covers."""
        return recorded_tables(self.register._connection)

    def columns(self, table: str) -> dict[str, Column]:
        """The columns of a table by name, in order."""
        if table not in self._columns:
            found = columns(self.register._connection, table)
            self._columns[table] = {column.name: column for column in found}
        return self._columns[table]

    def image(self, table: str, without: Collection[str] = ()) -> str:
        """SQL for a row of the table as the history writes it, but for columns `without`."""
        return image(list(self.columns(table).values()), without=without)

    def row(self, table: str, row_id: int) -> dict[str, Any] | None:
        """A row as the history would write it now, or None."""
        text = self.register.value(
            f'SELECT {self.image(table)} FROM "{table}" WHERE id = ?', (row_id,)
        )
        found: dict[str, Any] | None = json.loads(text) if text else None
        return found

    @cached_property
    def append_only(self) -> set[str]:
        """The tables that refuse to have rows changed or deleted."""
        found = self.register.rows(
            "SELECT tbl_name FROM sqlite_master"
            " WHERE type = 'trigger' AND sql LIKE '%append-only:%'"
        )
        return {row[0] for row in found}

    @cached_property
    def references(self) -> dict[str, list[tuple[str, str]]]:
        """What refers to the rows of a table: table -> (other table, its column)."""
        found: dict[str, list[tuple[str, str]]] = {}
        for other in self.names:
            for key in self.register.rows(f'PRAGMA foreign_key_list("{other}")'):
                found.setdefault(key["table"], []).append((other, key["from"]))
        return found
