"""The SQL that tells which numbers nothing of a call-out may show."""

from __future__ import annotations

from frivillig_cli.store.register import Register


def protected_numbers(register: Register, activation_id: int) -> dict[str, set[str]]:
    """The numbers of those who are protected now, with their names: in the register, on this
    call-out's list, and rung in it.
    """
    rows = register.rows(
        "SELECT f.number, p.name FROM person p JOIN person_phone f ON f.person_id = p.id"
        " WHERE p.protected = 1"
        " UNION SELECT a.number, c.name FROM attempt a JOIN callout c ON c.id = a.callout_id"
        " JOIN person p ON p.id = c.person_id"
        " WHERE p.protected = 1 AND a.activation_id = :wanted AND a.number IS NOT NULL"
        " UNION SELECT json_extract(f.value, '$.number'), c.name FROM callout c"
        " JOIN person p ON p.id = c.person_id, json_each(c.phones) f"
        " WHERE p.protected = 1 AND c.activation_id = :wanted",
        {"wanted": activation_id},
    )
    found: dict[str, set[str]] = {}
    for number, name in rows:
        found.setdefault(number, set()).add(name)
    return found


def namesakes(register: Register, activation_id: int) -> dict[int, tuple[str, str]]:
    """The log's lines about one of several on the list who have one name: that name, and their row
    code, by the line's number.
    """
    found = register.rows(
        "SELECT l.seq, c.name, c.row_code FROM log_entry l JOIN callout c ON c.id = l.callout_id"
        " WHERE l.activation_id = :wanted AND c.name IN (SELECT name FROM callout"
        " WHERE activation_id = :wanted GROUP BY name HAVING count(*) > 1)",
        {"wanted": activation_id},
    )
    return {row[0]: (row[1], row[2]) for row in found}


def protected_with(register: Register, number: str) -> tuple[int, str] | None:
    """(number, name) of the protected person who has this phone number in the register."""
    row = register.row(
        "SELECT p.id, p.name FROM person p JOIN person_phone f ON f.person_id = p.id"
        " WHERE p.protected = 1 AND f.number = ? ORDER BY p.id LIMIT 1",
        (number,),
    )
    return None if row is None else (row["id"], row["name"])
