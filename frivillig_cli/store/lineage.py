"""Two copies of one register: whether they are, and the numbers that have been given out."""

from __future__ import annotations

from collections.abc import Mapping

from frivillig_cli.store.register import Register

_OF_THE_HISTORY = ("command", "event")  # its numbers have no gaps: one would look like a cut
_AT_LEAST = 500  # numbers left out, where nobody knows how many were given


def same_register(one: Register, other: Register) -> bool:
    """Whether two files began as one register: the first link of the chain is the same."""
    return _first_link(one) == _first_link(other)


def _first_link(register: Register) -> object:
    return register.value("SELECT chain FROM command ORDER BY id LIMIT 1")


def numbers_given(register: Register) -> dict[str, int]:
    """The highest number that each table has given out, its row still there or not."""
    rows = register.rows("SELECT name, seq FROM sqlite_sequence")
    return {row[0]: int(row[1]) for row in rows if row[0] not in _OF_THE_HISTORY}


def last_done(register: Register) -> str | None:
    """When the last was done that stands in the history, as it is stored; None for nothing."""
    sql = "SELECT at FROM command WHERE name <> 'migrate' ORDER BY id DESC LIMIT 1"
    found = register.value(sql)
    return None if found is None else str(found)


def leave_out_numbers(register: Register) -> None:
    """Inside a transaction: go on at a full thousand, as nobody knows what was given elsewhere."""
    own = numbers_given(register)
    highest = {table: own.get(table, 0) for table in _numbered(register)}
    give_none_again(
        register, {table: -(-(last + _AT_LEAST) // 1000) * 1000 for table, last in highest.items()}
    )


def _numbered(register: Register) -> set[str]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '% AUTOINCREMENT%'"
    return {row[0] for row in register.rows(sql)} - set(_OF_THE_HISTORY)


def give_none_again(register: Register, given: Mapping[str, int]) -> None:
    """Inside a transaction: the next number of each table is above what was `given` elsewhere."""
    own = numbers_given(register)
    numbered = _numbered(register)
    for table, highest in given.items():
        if table in own and own[table] < highest:
            register.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (highest, table))
        elif table in numbered and table not in own:
            register.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)",
                             (table, highest))  # fmt: skip
