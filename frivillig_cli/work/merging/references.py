"""Everything that points to one row, made to point to another.

What points is read from the schema (its foreign keys), so that a table that is added later is
not forgotten; so is what cannot stand beside what is there already (its unique indexes).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.store.register import Register
from frivillig_cli.store.tables import Tables
from frivillig_cli.work.merging import queries, same


class Mover:
    """Moves what points to one row over to another, and counts what became of it, by table."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._tables = Tables(register)
        self.moved: Counter[str] = Counter()
        self.same: Counter[str] = Counter()
        self.removed: Counter[str] = Counter()
        self.moved_ids: dict[str, list[int]] = {}

    def move(self, table: str, keep: int, drop: int) -> None:
        """Make every row that points to row `drop` of `table` point to row `keep`.

        Raises RefusedError where such a row is one that is never rewritten.
        """
        for child, column in self._tables.references.get(table, []):
            if column == "id":
                self._extension(child, keep, drop)
                continue
            for row_id in queries.pointing(self._register, child, column, drop):
                row = queries.row(self._register, child, row_id)  # what came before may touch it
                if row is not None and row[column] == drop:
                    self._one(child, column, row, keep)

    def remove(self, table: str, row_id: int) -> None:
        """Delete a row that has no meaning any more."""
        self._refuse_logged(table)
        self._register.delete(table, row_id)
        self.removed[table] += 1

    def _one(self, table: str, column: str, row: Mapping[str, Any], keep: int) -> None:
        self._refuse_logged(table)
        wanted = {**row, column: keep}
        if self._ties_to_itself(table, column, wanted):
            self.remove(table, row["id"])
            return
        twin = same.twin(self._register, table, column, wanted)
        if twin is None:
            self._register.update(table, row["id"], **{column: keep})
            self.moved[table] += 1
            self.moved_ids.setdefault(table, []).append(row["id"])
            return
        self.move(table, twin["id"], row["id"])
        self._put_into(table, twin, wanted)

    def _extension(self, table: str, keep: int, drop: int) -> None:
        """A row that carries the id of the one it belongs to: a volunteer's."""
        row = queries.row(self._register, table, drop)
        if row is None:
            return
        self._refuse_logged(table)
        own = queries.row(self._register, table, keep)
        if own is None:
            columns = self._tables.columns(table)
            values = {name: value for name, value in row.items() if name in columns}
            self._register.insert(table, **{**values, "id": keep})
        self.move(table, keep, drop)
        if own is None:
            self._register.delete(table, drop)
            self.moved[table] += 1
        else:
            self._put_into(table, own, row)

    def _put_into(self, table: str, stays: Mapping[str, Any], goes: Mapping[str, Any]) -> None:
        self._register.delete(table, goes["id"])
        filled = same.combined(table, stays, goes)
        if filled:
            self._register.update(table, stays["id"], **filled)
        self.same[table] += 1

    def _ties_to_itself(self, table: str, column: str, wanted: Mapping[str, Any]) -> bool:
        others = [
            name
            for found in self._tables.references.values()
            for child, name in found
            if child == table and name != column and wanted[name] == wanted[column]
        ]
        return any(queries.never_itself(self._register, table, column, name) for name in others)

    def _refuse_logged(self, table: str) -> None:
        if table in self._tables.append_only:
            raise RefusedError(
                _("The log ({table}) names the one that would go, and is never rewritten.",
                  table=table),
                _("Archive it instead: what has happened stays as it was logged."),
            )  # fmt: skip
