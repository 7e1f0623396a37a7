"""Two copies of one register: whether they are, and the numbers that have been given out."""

from __future__ import annotations

from collections.abc import Mapping

from frivillig_cli.store.register import Register

_OF_THE_HISTORY = ("command", "event")  # its numbers have no gaps: one would look like a cut


def same_register(one: Register, other: Register) -> bool:
    """Whether two files began as one register: the first link of the chain is the same."""
    return _first_link(one) == _first_link(other)


def _first_link(register: Register) -> object:
    return register.value("SELECT chain FROM command ORDER BY id LIMIT 1")


def numbers_given(register: Register) -> dict[str, int]:
    """The highest number that each table has given out, its row still there or not."""
    rows = register.rows("SELECT name, seq FROM sqlite_sequence")
    return {row[0]: int(row[1]) for row in rows if row[0] not in _OF_THE_HISTORY}


def give_none_again(register: Register, given: Mapping[str, int]) -> None:
    """Inside a transaction: the next number of each table is above what was `given` elsewhere."""
    own = numbers_given(register)
    numbered = {
        row[0]
        for row in register.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '% AUTOINCREMENT%'"
        )
    }
    for table, highest in given.items():
        if table in own and own[table] < highest:
            register.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (highest, table))
        elif table in numbered and table not in own:
            register.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)",
                             (table, highest))  # fmt: skip
