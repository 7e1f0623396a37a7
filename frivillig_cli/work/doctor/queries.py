"""The SQL of the checks."""

from __future__ import annotations

from typing import Any

from frivillig_cli.store.register import Register

NAMED = {
    "org": "name",
    "person": "name",
    "agreement": "title",
    "resource": "name",
    "response_group": "name",
    "survey": "title",
    "activation": "title",
}
_KINDS = {"org": 1, "person": 2, "agreement": 3}


def names(register: Register, table: str, column: str) -> list[Any]:
    """(id, name, order, folded name) of every row of `table`, one of NAMED."""
    return register.rows(f"SELECT id, {column}, name_sort, name_search FROM {table}")


def unindexed(register: Register) -> list[tuple[str, int]]:
    """(table, id) of rows whose text in the search index is not the row's own."""
    return [
        (table, row[0])
        for table, kind in _KINDS.items()
        for row in register.rows(
            f"SELECT t.id FROM {table} t LEFT JOIN search s ON s.rowid = t.id * 8 + {kind}"
            " WHERE s.title IS NOT ' ' || t.name_search OR s.body IS NOT ' ' || t.search"
        )
    ]
