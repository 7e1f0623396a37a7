"""The stored keys: the order and the search text of each name are what the rules make of it."""

from __future__ import annotations

from collections.abc import Iterator

from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold, sort_key
from frivillig_cli.store.findings import Finding
from frivillig_cli.store.register import Register
from frivillig_cli.work.doctor import queries

SHOWN = 10


def check_keys(register: Register) -> Iterator[Finding]:
    """A finding for each row whose keys do not follow from its name (at most SHOWN a table)."""
    for table, column in queries.NAMED.items():
        wrong = [
            row[0]
            for row in queries.names(register, table, column)
            if row[2] != sort_key(row[1]) or not row[3].startswith(fold(row[1]))
        ]
        for number in wrong[:SHOWN]:
            yield Finding(
                "keys",
                _("{table} {row} is sorted or found by another name than its own.",
                  table=table, row=number),
                _("Something else than frivillig wrote it: restore a backup, or edit its name."),
            )  # fmt: skip


def check_search(register: Register) -> Iterator[Finding]:
    """A finding where the search index holds other text than the register."""
    for kind, number in queries.unindexed(register)[:SHOWN]:
        yield Finding(
            "search",
            _("{table} {row} is not found by the text that it holds.", table=kind, row=number),
            _("Restore a backup, or edit it so that it is indexed anew."),
        )
