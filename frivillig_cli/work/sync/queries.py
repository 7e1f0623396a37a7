"""The SQL of comparing with the state's registers."""

from __future__ import annotations

import json

from frivillig_cli.core.names import fold
from frivillig_cli.store.register import Register
from frivillig_cli.store.tables import Tables
from frivillig_cli.work.sync.compare import Standing


def held(register: Register) -> set[str]:
    """The organisation numbers in the register, archived ones too."""
    return {row[0] for row in register.rows("SELECT orgnr FROM org WHERE orgnr IS NOT NULL")}


def standings(register: Register) -> dict[str, Standing]:
    """Number → how the organisation stands, for all that have one."""
    confirmed: dict[int, set[str]] = {}
    for org, fields in register.rows("SELECT org_id, fields FROM confirmation"):
        confirmed.setdefault(org, set()).update(json.loads(fields))
    taken = {row[0]: row[1] for row in register.rows("SELECT org_id, taken FROM org_source")}
    found = {}
    for row in register.rows("SELECT * FROM org WHERE orgnr IS NOT NULL ORDER BY name_sort, id"):
        found[row["orgnr"]] = Standing(
            row["id"],
            row["name"],
            row["orgnr"],
            row["status"],
            dict(row),
            json.loads(taken.get(row["id"], "{}")),
            frozenset(confirmed.get(row["id"], ())),
        )
    return found


def merged_into(register: Register) -> dict[str, Standing]:
    """Number of an organisation that is gone → how the one stands that it was merged into."""
    found = register.rows(
        "SELECT m.former_orgnr, o.* FROM merged m JOIN org o ON o.id = m.org_id"
        " WHERE m.former_orgnr IS NOT NULL ORDER BY m.id"
    )
    return {
        row["former_orgnr"]: Standing(
            row["id"], row["name"], row["orgnr"] or "", row["status"], dict(row)
        )
        for row in found
    }


def unregistered(register: Register) -> dict[int, tuple[str, str]]:
    """id → (name, folded place) of those without a number."""
    sql = "SELECT id, name, city FROM org WHERE orgnr IS NULL ORDER BY name_sort, id"
    return {row[0]: (row[1], fold(row[2] or "")) for row in register.rows(sql)}


def hanging_on(register: Register, org_id: int) -> dict[str, int]:
    """table → how many rows of it hang on an organisation, the note on its source left out."""
    found: dict[str, int] = {}
    for table, column in Tables(register).references.get("org", []):
        if table != "org_source":
            sql = f'SELECT count(*) FROM "{table}" WHERE "{column}" = ?'
            number = int(register.value(sql, (org_id,)))
            if number:
                found[table] = found.get(table, 0) + number
    return found


def offices(register: Register) -> dict[int, list[tuple[str, str]]]:
    """id → (role, name) of those who hold office now."""
    found: dict[int, list[tuple[str, str]]] = {}
    for org, role, name in register.rows(
        "SELECT c.org_id, c.role, p.name FROM contact c JOIN person p ON p.id = c.person_id"
        " WHERE c.to_date IS NULL ORDER BY p.name_sort, c.id"
    ):
        found.setdefault(org, []).append((role, name))
    return found
