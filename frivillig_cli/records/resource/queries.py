"""All the SQL that reads resources."""

from __future__ import annotations

from collections.abc import Iterable

from frivillig_cli.core.errors import AmbiguousError, NotFoundError
from frivillig_cli.core.query import Query
from frivillig_cli.records.resource.model import Resource
from frivillig_cli.store.order import order_by
from frivillig_cli.store.query_sql import Field, where
from frivillig_cli.store.register import Register
from frivillig_cli.store.resolve import RefKind, resolve

KIND = RefKind("resource", "frivillig beredskap resource list --limit 0")

FIELDS = {
    "id": Field("resource.id", "number"),
    "name": Field("resource.name_search", "text"),
    "kind": Field("resource.kind", "exact"),
    "capacity": Field("resource.capacity", "number"),
    "org": Field(
        r"EXISTS (SELECT 1 FROM org o WHERE o.id = resource.org_id AND o.name_search LIKE ?)",
        "text",
    ),
}

_SELECT = """
SELECT resource.*, o.name AS org_name, p.name AS key_holder,
  CASE WHEN p.protected = 0 THEN
    (SELECT number FROM person_phone f WHERE f.person_id = p.id AND f.wrong = 0
     ORDER BY f.rank, f.id LIMIT 1) END AS key_holder_phone
FROM resource JOIN org o ON o.id = resource.org_id
LEFT JOIN person p ON p.id = resource.key_holder_id
"""


def named_place(register: Register, text: str) -> int | None:
    """The id of the one resource that `text` names, or None where it is only a text."""
    try:
        return resolve(register, text, KIND)
    except (NotFoundError, AmbiguousError):
        return None


def count(register: Register, query: Query) -> int:
    """How many resources `query` picks."""
    condition, params = where(query, FIELDS, r"resource.name_search LIKE ? ESCAPE '\'")
    return int(register.value(f"SELECT count(*) FROM resource WHERE {condition}", params))


def find(
    register: Register, query: Query, *, sort: str | None = None, limit: int | None = None
) -> list[Resource]:
    """The resources that `query` picks, by name or by `sort`."""
    condition, params = where(query, FIELDS, r"resource.name_search LIKE ? ESCAPE '\'")
    order = order_by(sort, FIELDS, "resource.name_sort, resource.id")
    sql = f"{_SELECT} WHERE {condition} ORDER BY {order} LIMIT ?"
    rows = register.rows(sql, [*params, -1 if limit is None else limit])
    return [_resource(dict(row)) for row in rows]


def of_orgs(register: Register, orgs: Iterable[int]) -> list[Resource]:
    """What these organisations have, by name."""
    ids = sorted(set(orgs))
    marks = ",".join("?" * len(ids))
    rows = register.rows(
        f"{_SELECT} WHERE resource.org_id IN ({marks}) ORDER BY resource.name_sort, resource.id",
        ids,
    )
    return [_resource(dict(row)) for row in rows]


def get(register: Register, wanted: int) -> Resource:
    """One resource."""
    row = register.row(f"{_SELECT} WHERE resource.id = ?", (wanted,))
    assert row is not None
    return _resource(dict(row))


def _resource(row: dict[str, object]) -> Resource:
    org, holder = str(row.pop("org_name")), row.pop("key_holder")
    phone = row.pop("key_holder_phone")
    return Resource(row, org, str(holder) if holder else None, str(phone) if phone else None)
