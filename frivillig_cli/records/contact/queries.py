"""All the SQL that reads offices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from frivillig_cli.core.query import Query
from frivillig_cli.core.roles import role_sql
from frivillig_cli.records.contact.model import Contact
from frivillig_cli.store.order import order_by
from frivillig_cli.store.query_sql import Field, where, yes_no
from frivillig_cli.store.register import Register

_FROM = """
FROM contact JOIN org ON org.id = contact.org_id JOIN person ON person.id = contact.person_id
"""
_PHONE = (
    "(SELECT f.number FROM person_phone f WHERE f.person_id = person.id AND f.wrong = 0"
    " ORDER BY f.rank, f.id LIMIT 1)"
)
# Nothing of a protected person leaves the register this way.
_OPEN_PHONE = f"CASE person.protected WHEN 0 THEN {_PHONE} END"
_OPEN_EMAIL = "CASE person.protected WHEN 0 THEN person.email END"
_SELECT = f"""
SELECT contact.id, contact.org_id, org.name AS org, contact.person_id, person.name, contact.role,
  {_OPEN_PHONE} AS phone, {_OPEN_EMAIL} AS email, contact.from_date, contact.to_date,
  person.protected {_FROM}
"""
_ROLE_ORDER = (
    "CASE contact.role WHEN 'leader' THEN 1 WHEN 'deputy' THEN 2 WHEN 'treasurer' THEN 3"
    " WHEN 'secretary' THEN 4 WHEN 'contact' THEN 5 ELSE 6 END"
)
_ORDER = (
    f"org.name_sort, org.id, contact.to_date IS NOT NULL, {_ROLE_ORDER}, person.name_sort,"
    " contact.id"
)
_SEARCH = r"org.name_search LIKE ? ESCAPE '\' OR person.name_search LIKE ? ESCAPE '\'"

FIELDS = {
    "id": Field("contact.id", "number"),
    "org": Field("org.name_search", "text"),
    "org_id": Field("contact.org_id", "number"),
    "name": Field("person.name_search", "text"),
    "person_id": Field("contact.person_id", "number"),
    "role": Field(f"contact.role = {role_sql()}", "exists"),
    "phone": Field(_OPEN_PHONE, "text"),
    "email": Field(_OPEN_EMAIL, "text"),
    "from": Field("contact.from_date", "date"),
    "to": Field("contact.to_date", "date"),
    "current": yes_no("(contact.to_date IS NULL)")._replace(empty=""),
    "tag": Field(
        "EXISTS (SELECT 1 FROM org_tag t WHERE t.org_id = org.id AND t.tag = lower(?))",
        "exists",
        empty="NOT EXISTS (SELECT 1 FROM org_tag t WHERE t.org_id = org.id)",
    ),
}


def _where(query: Query) -> tuple[str, list[Any]]:
    condition, params = where(query, FIELDS, _SEARCH)
    if not any(term.field in ("current", "to", "id") for term in query.terms):
        condition = f"contact.to_date IS NULL AND ({condition})"
    return f"(org.status = 'active' OR contact.to_date IS NOT NULL) AND ({condition})", params


def count(register: Register, query: Query) -> int:
    """How many offices `query` picks."""
    condition, params = _where(query)
    return int(register.value(f"SELECT count(*) {_FROM} WHERE {condition}", params))


def find(
    register: Register, query: Query, *, sort: str | None = None, limit: int | None = None
) -> list[Contact]:
    """The offices that `query` picks: held now, unless it asks for `current:no` or `to:`."""
    condition, params = _where(query)
    default = "person.name_sort, contact.id" if (sort or "").lstrip("-") == "name" else _ORDER
    order = order_by(sort, FIELDS, default)
    sql = f"{_SELECT} WHERE {condition} ORDER BY {order} LIMIT ?"
    return _contacts(register.rows(sql, [*params, -1 if limit is None else limit]))


def blank() -> Contact:
    """An office with nothing in any field."""
    nothing: dict[str, Any] = dict.fromkeys(field.name for field in fields(Contact))
    return Contact(**nothing)


def get(register: Register, wanted: int) -> Contact:
    """One office."""
    return _contacts(register.rows(f"{_SELECT} WHERE contact.id = ?", (wanted,)))[0]


def current(register: Register, org_id: int, role: str | None = None) -> list[Contact]:
    """Who holds office in an association now; `role` narrows it."""
    sql = f"{_SELECT} WHERE contact.org_id = ? AND contact.to_date IS NULL"
    params: list[Any] = [org_id]
    if role is not None:
        sql += " AND contact.role = ?"
        params.append(role)
    return _contacts(register.rows(f"{sql} ORDER BY {_ORDER}", params))


def beside_protected(register: Register) -> list[Contact]:
    """All offices, ended ones too, of the associations where a protected person has held one."""
    theirs = (
        "SELECT c.org_id FROM contact c JOIN person p ON p.id = c.person_id WHERE p.protected = 1"
    )
    return _contacts(
        register.rows(f"{_SELECT} WHERE contact.org_id IN ({theirs}) ORDER BY {_ORDER}", [])
    )


def _contacts(rows: Sequence[Any]) -> list[Contact]:
    return [Contact(**{**dict(row), "protected": bool(row["protected"])}) for row in rows]
