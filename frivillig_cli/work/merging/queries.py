"""The SQL of a merge. Table and column names come from the schema itself, never from a person."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from frivillig_cli.core.compact import compact_json
from frivillig_cli.store.register import Register


def row(register: Register, table: str, row_id: int) -> dict[str, Any] | None:
    """One row, whole, or None."""
    found = register.row(f'SELECT * FROM "{table}" WHERE id = ?', (row_id,))
    return None if found is None else dict(found)


def merged_into(register: Register, *orgs: int) -> list[int]:
    """The ids of the associations that some were merged into."""
    sql = "SELECT org_id FROM merged WHERE org_id IS NOT NULL AND former_id IN"
    return [found[0] for found in register.rows(f"{sql} ({','.join('?' * len(orgs))})", orgs)]


def pointing(register: Register, table: str, column: str, row_id: int) -> list[int]:
    """The ids of the rows of `table` whose `column` is this id, in the order they were made."""
    sql = f'SELECT id FROM "{table}" WHERE "{column}" = ? ORDER BY id'
    return [found[0] for found in register.rows(sql, (row_id,))]


def twin(
    register: Register, table: str, column: str, wanted: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The row that a unique index would not let stand beside `wanted`, or None.

    `wanted` is the row as it is to become (id included), `column` the one that is another then.
    """
    for columns, condition in _unique(register, table, column):
        both = " AND ".join(f'"{name}" = ?' for name in columns)
        sql = f'SELECT * FROM "{table}" WHERE {both} AND id <> ? AND ({condition})'
        values = [*(wanted[name] for name in columns), wanted["id"]]
        # a partial index binds the row only where its condition holds for the row too
        own = f'SELECT 1 FROM "{table}" WHERE id = ? AND ({condition})'
        found = register.row(sql, values)
        if found is not None and register.row(own, (wanted["id"],)):
            return dict(found)
    return None


def _unique(register: Register, table: str, column: str) -> list[tuple[list[str], str]]:
    """(columns, condition) of the table's unique indexes that `column` is part of."""
    found = []
    for index in register.rows(f'PRAGMA index_list("{table}")'):
        if not index["unique"]:
            continue
        name = index["name"]
        columns = [part["name"] for part in register.rows(f'PRAGMA index_info("{name}")')]
        if column not in columns or None in columns:
            continue
        sql = register.value("SELECT sql FROM sqlite_master WHERE name = ?", (name,)) or ""
        parts = re.split(r"\bWHERE\b", sql, maxsplit=1, flags=re.IGNORECASE)
        found.append((columns, parts[1] if index["partial"] and len(parts) > 1 else "1"))
    return found


def never_itself(register: Register, table: str, one: str, other: str) -> bool:
    """Whether the table refuses rows whose two columns are the same (CHECK (a <> b))."""
    sql = register.value("SELECT sql FROM sqlite_master WHERE name = ?", (table,)) or ""
    pair = r'"?\b{}\b"?\s*(?:<>|!=|<|>)\s*"?\b{}\b'
    return any(
        re.search(pair.format(re.escape(a), re.escape(b)), sql, re.IGNORECASE)
        for a, b in ((one, other), (other, one))
    )


def same_office(register: Register, wanted: Mapping[str, Any]) -> dict[str, Any] | None:
    """The office that says the same: both held now, or of one period as far as it is known."""
    found = register.row(
        "SELECT * FROM contact WHERE org_id = :org_id AND person_id = :person_id AND role = :role"
        " AND to_date IS :to_date AND id <> :id AND (:to_date IS NULL OR from_date IS :from_date"
        " OR from_date IS NULL OR :from_date IS NULL) ORDER BY id",
        dict(wanted),
    )
    return None if found is None else dict(found)


def same_party(register: Register, wanted: Mapping[str, Any]) -> dict[str, Any] | None:
    """The party to the same agreement in the same role."""
    found = register.row(
        "SELECT * FROM agreement_party WHERE agreement_id = :agreement_id AND org_id = :org_id"
        " AND role IS :role AND id <> :id ORDER BY id",
        dict(wanted),
    )
    return None if found is None else dict(found)


def holders(register: Register, org_id: int, roles: Sequence[str]) -> list[tuple[str, str]]:
    """(role, name) of those who hold one of `roles` now."""
    marks = ",".join("?" * len(roles))
    found = register.rows(
        "SELECT c.role, p.name FROM contact c JOIN person p ON p.id = c.person_id"
        f" WHERE c.org_id = ? AND c.to_date IS NULL AND c.role IN ({marks})"
        " ORDER BY c.role, p.name_sort, p.id",
        (org_id, *roles),
    )
    return [(one["role"], one["name"]) for one in found]


def called_out_together(register: Register, keep: int, drop: int) -> list[dict[str, Any]]:
    """The activations where both people are on the list: number, state, kept and dropped row."""
    found = register.rows(
        "SELECT a.number, a.state, k.id AS keep, d.id AS dropped FROM callout k"
        " JOIN callout d ON d.activation_id = k.activation_id AND d.person_id = ?"
        " JOIN activation a ON a.id = k.activation_id WHERE k.person_id = ?"
        " AND k.twin_of IS NULL AND d.twin_of IS NULL ORDER BY a.id",
        (drop, keep),
    )
    return [dict(one) for one in found]


def move_ranks_behind(register: Register, keep: int, drop: int) -> None:
    """Put DROP's phone numbers behind KEEP's, in the order they have."""
    register.execute(
        "UPDATE person_phone SET rank = rank + (SELECT max(rank) FROM person_phone"
        " WHERE person_id = :keep) WHERE person_id = :drop"
        " AND EXISTS (SELECT 1 FROM person_phone WHERE person_id = :keep)",
        {"keep": keep, "drop": drop},
    )


def one_callout_number(register: Register, keep: int, drop: int) -> None:
    """Unmark DROP's call-out number where KEEP has one: a person has one at most."""
    register.execute(
        "UPDATE person_phone SET callout = 0 WHERE person_id = :drop AND callout = 1"
        " AND EXISTS (SELECT 1 FROM person_phone WHERE person_id = :keep AND callout = 1)",
        {"keep": keep, "drop": drop},
    )


def forget_confirmation(register: Register, org_id: int, field: str) -> int:
    """Forget when an organisation said that `field` is right; returns in how many answers."""
    found = register.rows(
        "SELECT id, fields FROM confirmation WHERE org_id = ?"
        " AND EXISTS (SELECT 1 FROM json_each(fields) WHERE value = ?)",
        (org_id, field),
    )
    for row_id, said in found:
        left = [name for name in json.loads(said) if name != field]
        if left:
            register.update("confirmation", row_id, fields=compact_json(left))
        else:
            register.delete("confirmation", row_id)
    return len(found)
