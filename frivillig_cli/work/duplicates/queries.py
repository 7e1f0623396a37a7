"""The SQL of looking for duplicates."""

from __future__ import annotations

from frivillig_cli.core.likeness import Name
from frivillig_cli.store.register import Register
from frivillig_cli.work.duplicates.rules import Org


def orgs(register: Register) -> list[Org]:
    """Every organisation, archived ones too, by id."""
    return [
        Org(
            row["id"], Name(row["name"]), row["orgnr"], row["email"], row["phone"],
            row["website"], row["bank_account"], row["postcode"], row["city"],
            row["status"] == "active",
        )
        for row in register.rows(
            "SELECT id, name, orgnr, email, phone, website, bank_account, postcode, city, status"
            " FROM org ORDER BY id"
        )
    ]  # fmt: skip


def told_apart(register: Register) -> set[tuple[int, int]]:
    """The pairs that somebody has found to be two, the lower id first."""
    found = register.rows("SELECT org_id, other_id FROM not_duplicate")
    return {(min(row), max(row)) for row in map(tuple, found)}


def back_again(register: Register) -> list[tuple[int, int]]:
    """(id, id) where both have had one number: one of them has it now, and one with it was merged
    into the other, or such a one was merged into each.
    """
    found = register.rows(
        "SELECT o.id, m.org_id FROM merged m JOIN org o ON o.orgnr = m.former_orgnr"
        " WHERE m.org_id IS NOT NULL AND o.id <> m.org_id"
        " UNION SELECT a.org_id, b.org_id FROM merged a"
        " JOIN merged b ON b.former_orgnr = a.former_orgnr WHERE a.org_id < b.org_id"
    )
    return [(row[0], row[1]) for row in found]
