"""All the SQL of imports: the keys to match by, one row to compare with, files taken in before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from frivillig_cli.store.history import former
from frivillig_cli.store.register import Register
from frivillig_cli.work.imports.merged import Merged


def org_keys(register: Register) -> list[Any]:
    """What identifies each organisation, archived ones too."""
    return register.rows(
        "SELECT id, name, orgnr, email, phone, postcode, city, status, bank_account"
        " FROM org ORDER BY id"
    )


def learn_merged(register: Register, table: Literal["org", "person"], merged: Merged) -> None:
    """Add those that were merged into another; of people their numbers, as a name tells nobody."""
    rows = register.rows(
        f"SELECT {table}_id, former_id, former_orgnr FROM merged"
        f" WHERE {table}_id IS NOT NULL ORDER BY id"
    )
    gone = [row[1] for row in rows] if table == "org" else []
    names = former(register, table, gone, "name")
    for into, number, orgnr in rows:
        merged.learn(into, number, orgnr, names.get(number, ()))


def org_rows(
    register: Register, ids: Sequence[int], columns: Sequence[str]
) -> dict[int, dict[str, Any]]:
    """Some columns of some organisations, with `tags`, by id."""
    wanted = json.dumps(ids)
    fields = ", ".join(["id", *columns])
    rows = register.rows(
        f"SELECT {fields} FROM org WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
    )
    found = {row[0]: dict(zip(columns, row[1:], strict=True)) | {"tags": ()} for row in rows}
    for org, tag in register.rows(
        "SELECT org_id, tag FROM org_tag WHERE org_id IN (SELECT value FROM json_each(?))"
        " ORDER BY tag",
        (wanted,),
    ):
        found[org]["tags"] += (tag,)
    return found


def shared_accounts(register: Register) -> dict[str, list[str]]:
    """Account number → number and name of each organisation that has it, where several do."""
    found: dict[str, list[str]] = {}
    for account, org, name in register.rows(
        "SELECT bank_account, id, name FROM org WHERE bank_account IN"
        " (SELECT bank_account FROM org WHERE bank_account IS NOT NULL"
        "  GROUP BY bank_account HAVING count(*) > 1) ORDER BY bank_account, id"
    ):
        found.setdefault(account, []).append(f"{org} {name}")
    return found


def owners_of_emails(register: Register) -> dict[str, list[tuple[int, str]]]:
    """E-mail, in small letters → id, and number with name, of each organisation that has it."""
    found: dict[str, list[tuple[int, str]]] = {}
    for email, org, name in register.rows(
        "SELECT email, id, name FROM org WHERE email IS NOT NULL ORDER BY id"
    ):
        found.setdefault(email.casefold(), []).append((org, f"{org} {name}"))
    return found


def person_keys(register: Register) -> Iterator[Any]:
    """What identifies each person; `numbers` joined with commas, wrong ones left out."""
    yield from register.rows(
        "SELECT p.id, p.name, p.email, p.postcode, p.city, p.protected, v.status,"
        " (SELECT group_concat(f.number) FROM person_phone f"
        "  WHERE f.person_id = p.id AND f.wrong = 0) AS numbers"
        " FROM person p LEFT JOIN volunteer v ON v.id = p.id ORDER BY p.id"
    )


def protected_contacts(register: Register) -> frozenset[str]:
    """The phone numbers and (in small letters) e-mail addresses of those who are protected."""
    found = register.rows(
        "SELECT f.number FROM person_phone f JOIN person p ON p.id = f.person_id"
        " WHERE p.protected = 1 AND f.wrong = 0"
        " UNION SELECT email FROM person WHERE protected = 1 AND email IS NOT NULL"
    )
    return frozenset(row[0].casefold() for row in found)


def volunteer_row(register: Register, person_id: int) -> dict[str, Any]:
    """One person's columns and their volunteer's (NULL where they are none), phones, skills."""
    row = dict(
        register.row(
            "SELECT p.*, v.id AS volunteer_id, v.availability, v.languages, v.driving_licence,"
            " v.confidentiality_signed, v.police_certificate_seen, v.intro_course_completed"
            " FROM person p LEFT JOIN volunteer v ON v.id = p.id WHERE p.id = ?",
            (person_id,),
        )
        or {}
    )
    numbers = register.rows(
        "SELECT number FROM person_phone WHERE person_id = ? AND wrong = 0 ORDER BY rank, id",
        (person_id,),
    )
    skills = register.rows(
        "SELECT skill FROM person_skill WHERE person_id = ? ORDER BY skill", (person_id,)
    )
    return {
        **row,
        "phone": tuple(number[0] for number in numbers),
        "skills": tuple(skill[0] for skill in skills),
    }


def imported(register: Register, sha256: str, kind: str) -> list[tuple[str, dict[str, Any]]]:
    """When a file with this content was taken in, and how; the latest first."""
    found = register.rows(
        "SELECT at, mapping FROM imported_file WHERE sha256 = ? AND kind = ? ORDER BY id DESC",
        (sha256, kind),
    )
    return [(row[0], json.loads(row[1] or "{}")) for row in found]


def remembered_columns(register: Register, kind: str, titles: list[str]) -> dict[str, str]:
    """The columns that were chosen by hand for a file with the same titles; the latest."""
    found = register.value(
        "SELECT json_extract(mapping, '$.columns') FROM imported_file"
        " WHERE kind = ? AND json_extract(mapping, '$.titles') = json(?) ORDER BY id DESC LIMIT 1",
        (kind, json.dumps(titles)),
    )
    return dict(json.loads(found)) if found else {}


def remember(
    register: Register, *, sha256: str, kind: str, name: str, at: str, how: Mapping[str, Any]
) -> None:
    """Note that a file was taken in, and how."""
    mapping = json.dumps(how)
    register.insert("imported_file", sha256=sha256, kind=kind, name=name, at=at, mapping=mapping)
