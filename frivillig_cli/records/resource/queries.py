"""All the SQL that reads resources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from frivillig_cli.core.errors import AmbiguousError, NotFoundError
from frivillig_cli.core.query import Query
from frivillig_cli.records.resource.model import FACILITIES, Resource
from frivillig_cli.store.order import order_by
from frivillig_cli.store.query_sql import Field, where, yes_no
from frivillig_cli.store.register import Register
from frivillig_cli.store.resolve import RefKind, resolve

KIND = RefKind("resource", "frivillig beredskap resource list --limit 0")
# What is archived is no place to meet.
_IN_USE = KIND._replace(where="status = 'active'")


def _holder(column: str) -> Field:
    return Field(
        f"EXISTS (SELECT 1 FROM person k WHERE k.id = resource.{column}"
        r" AND k.name_search LIKE ? ESCAPE '\')",
        "text",
        empty=f"resource.{column} IS NULL",
    )


FIELDS = {
    "id": Field("resource.id", "number"),
    "name": Field("resource.name_search", "text"),
    "kind": Field("resource.kind", "exact"),
    "status": Field("resource.status", "exact", choices=("active", "archived")),
    "capacity": Field("resource.capacity", "number"),
    "beds": Field("resource.beds", "number"),
    **{name: yes_no(f"resource.{name}") for name in FACILITIES},
    "key_holder": _holder("key_holder_id"),
    "second_key_holder": _holder("second_key_holder_id"),
    "org": Field(
        "EXISTS (SELECT 1 FROM org o WHERE o.id = resource.org_id"
        r" AND o.name_search LIKE ? ESCAPE '\')",
        "text",
    ),
}
_SEARCH = r"resource.name_search LIKE ? ESCAPE '\'"
_PHONE = """
CASE WHEN {person}.protected = 0 THEN
  (SELECT number FROM person_phone f WHERE f.person_id = {person}.id AND f.wrong = 0
   ORDER BY f.callout DESC, f.rank, f.id LIMIT 1) END
"""
_SELECT = f"""
SELECT resource.*, o.name AS org_name, p.name AS key_holder,
  {_PHONE.format(person="p")} AS key_holder_phone,
  q.name AS second_key_holder, {_PHONE.format(person="q")} AS second_key_holder_phone
FROM resource JOIN org o ON o.id = resource.org_id
LEFT JOIN person p ON p.id = resource.key_holder_id
LEFT JOIN person q ON q.id = resource.second_key_holder_id
"""


def resource_id(register: Register, ref: str) -> int:
    """The id of the resource that `ref` names."""
    return resolve(register, ref, KIND)


def named_place(register: Register, text: str) -> int | None:
    """The id of the one resource in use that `text` names, or None where it is only a text."""
    try:
        return resolve(register, text, _IN_USE)
    except (NotFoundError, AmbiguousError):
        return None


def _where(query: Query) -> tuple[str, list[Any]]:
    """The condition; archived ones are left out unless the query names a status."""
    condition, params = where(query, FIELDS, _SEARCH)
    if any(term.field == "status" for term in query.terms):
        return condition, params
    return f"resource.status = 'active' AND ({condition})", params


def count(register: Register, query: Query) -> int:
    """How many resources `query` picks."""
    condition, params = _where(query)
    return int(register.value(f"SELECT count(*) FROM resource WHERE {condition}", params))


def find(
    register: Register, query: Query, *, sort: str | None = None, limit: int | None = None
) -> list[Resource]:
    """The resources that `query` picks, by name or by `sort`."""
    condition, params = _where(query)
    order = order_by(sort, FIELDS, "resource.name_sort, resource.id")
    sql = f"{_SELECT} WHERE {condition} ORDER BY {order} LIMIT ?"
    rows = register.rows(sql, [*params, -1 if limit is None else limit])
    return [_resource(dict(row)) for row in rows]


def of_orgs(register: Register, orgs: Iterable[int]) -> list[Resource]:
    """What these organisations have, by name."""
    ids = sorted(set(orgs))
    marks = ",".join("?" * len(ids))
    rows = register.rows(
        f"{_SELECT} WHERE resource.status = 'active' AND resource.org_id IN ({marks})"
        " ORDER BY resource.name_sort, resource.id",
        ids,
    )
    return [_resource(dict(row)) for row in rows]


def get(register: Register, wanted: int) -> Resource:
    """One resource."""
    row = register.row(f"{_SELECT} WHERE resource.id = ?", (wanted,))
    assert row is not None
    return _resource(dict(row))


def _resource(row: dict[str, Any]) -> Resource:
    keys = ("key_holder", "key_holder_phone", "second_key_holder", "second_key_holder_phone")
    held = {key: row.pop(key) for key in keys}
    return Resource(values=row, org=row.pop("org_name"), **held)
