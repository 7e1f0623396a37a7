"""All the SQL that reads organisations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.query import Query
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.org.rules import LANGUAGES, STATUSES
from frivillig_cli.store.order import order_by
from frivillig_cli.store.query_sql import Field, folded_sql, searching, where, yes_no
from frivillig_cli.store.register import Register
from frivillig_cli.store.resolve import RefKind, resolve

KIND = RefKind("org", "frivillig org list --limit 0", code="orgnr")
OFFERED = KIND._replace(where="status = 'active'")

LEADER = (
    "SELECT p.name FROM contact c JOIN person p ON p.id = c.person_id"
    " WHERE c.org_id = org.id AND c.role = 'leader' AND c.to_date IS NULL LIMIT 1"
)

# When the first survey was closed that they never answered, nor confirmed their data
# after being sent it; NULL where there is none. Derived: an answer that comes late, a
# confirmation and an undone `survey close` each take it away.
UNCONFIRMED = (
    "SELECT min(at) FROM (SELECT s.closed AS at"
    " FROM survey_recipient r JOIN survey s ON s.id = r.survey_id"
    " WHERE r.org_id = org.id AND s.status = 'closed' GROUP BY s.id"
    " HAVING max(r.answered) IS NULL"
    " AND (org.confirmed IS NULL OR org.confirmed < norwegian_day(min(r.sent))))"
)
_ORG = f"SELECT *, ({UNCONFIRMED}) AS unconfirmed_since FROM org"

FIELDS = {
    "id": Field("org.id", "number"),
    "orgnr": Field("org.orgnr", "exact"),
    "name": Field("org.name_search", "text"),
    "form": Field("org.form", "exact"),
    # `category:1` is the whole group 1 (1100, 1200, …), never group 10 or 11.
    "category": Field(
        "org.category = ? OR (org.category LIKE ? || '___' AND length(?) < 3)",
        "exists",
        empty="org.category IS NULL",
        order="CAST(org.category AS INTEGER)",
    ),
    "status": Field("org.status", "exact", choices=STATUSES),
    "language": Field("org.language", "exact", choices=LANGUAGES),
    "email": Field("org.email", "text"),
    "phone": Field("org.phone", "digits"),
    "website": Field("org.website", "text"),
    "street": Field(folded_sql("org.street"), "text", empty="org.street IS NULL"),
    "postcode": Field("org.postcode", "exact"),
    "city": Field(folded_sql("org.city"), "text", empty="org.city IS NULL"),
    "municipality": Field("org.municipality", "exact"),
    "account": Field("org.bank_account", "exact"),
    "members": Field("org.members", "number"),
    "mailings": yes_no("CASE WHEN org.no_mailings IS NULL THEN 1 ELSE 0 END"),
    "confirmed": Field("org.confirmed", "date"),
    # `^unconfirmed:` are those that never answered a survey that is closed.
    "unconfirmed": Field(f"({UNCONFIRMED})", "moment"),
    "created": Field("org.created", "moment"),
    "updated": Field("org.updated", "moment"),
    "tag": Field(
        f"EXISTS (SELECT 1 FROM org_tag t WHERE t.org_id = org.id"
        f" AND {folded_sql('t.tag')} = replace(?, ' ', '-'))",
        "folded",
        empty="NOT EXISTS (SELECT 1 FROM org_tag t WHERE t.org_id = org.id)",
    ),
    "umbrella": Field(
        "EXISTS (SELECT 1 FROM org_umbrella u JOIN org above ON above.id = u.umbrella_id"
        " WHERE u.org_id = org.id AND above.name_search LIKE ? ESCAPE '\\')",
        "text",
        empty="NOT EXISTS (SELECT 1 FROM org_umbrella u WHERE u.org_id = org.id)",
    ),
    # `unanswered:3`: was sent survey 3, and has not answered it.
    "unanswered": Field(
        "EXISTS (SELECT 1 FROM survey_recipient r WHERE r.org_id = org.id AND r.survey_id = ?)"
        " AND NOT EXISTS (SELECT 1 FROM survey_recipient r WHERE r.org_id = org.id"
        " AND r.survey_id = ? AND r.answered IS NOT NULL)",
        "exists",
    ),
    "leader": Field(
        "EXISTS (SELECT 1 FROM contact c JOIN person p ON p.id = c.person_id"
        " WHERE c.org_id = org.id AND c.role = 'leader' AND c.to_date IS NULL"
        " AND p.name_search LIKE ? ESCAPE '\\')",
        "text",
        empty=f"({LEADER}) IS NULL",
    ),
    "contact": Field(
        "EXISTS (SELECT 1 FROM contact c JOIN person p ON p.id = c.person_id"
        " WHERE c.org_id = org.id AND c.to_date IS NULL AND p.name_search LIKE ? ESCAPE '\\')",
        "text",
        empty="NOT EXISTS (SELECT 1 FROM contact c WHERE c.org_id = org.id AND c.to_date IS NULL)",
    ),
}


def _where(register: Register, query: Query) -> tuple[str, list[Any]]:
    def secret(words: list[str]) -> dict[str, list[int]]:
        from frivillig_cli.records.org.secret_queries import by_a_secret

        return by_a_secret(register, words)

    search = searching("org", query, secret)
    condition, params = where(query, FIELDS, search)
    if not any(term.field == "status" for term in query.terms):
        condition = f"org.status = 'active' AND ({condition})"
    return condition, params


def org_id(register: Register, ref: str) -> int:
    """The id of the organisation that `ref` names."""
    return resolve(register, ref, KIND)


def next_id(register: Register) -> int:
    """The id that the next new organisation gets."""
    found = register.value("SELECT seq FROM sqlite_sequence WHERE name = 'org'")
    return 1 + (found or 0)


def count(register: Register, query: Query) -> int:
    """How many organisations `query` picks."""
    condition, params = _where(register, query)
    return int(register.value(f"SELECT count(*) FROM org WHERE {condition}", params))


def ids(register: Register, query: Query) -> list[int]:
    """The ids that `query` picks, by name."""
    condition, params = _where(register, query)
    sql = f"SELECT id FROM org WHERE {condition} ORDER BY name_sort, id"
    return [row[0] for row in register.rows(sql, params)]


def find(
    register: Register, query: Query, *, sort: str | None = None, limit: int | None = None
) -> list[Org]:
    """The organisations that `query` picks, by name or by `sort`, whole."""
    condition, params = _where(register, query)
    order = order_by(sort, FIELDS, "org.name_sort, org.id")
    sql = f"{_ORG} WHERE {condition} ORDER BY {order} LIMIT ?"
    return _whole(register, register.rows(sql, [*params, -1 if limit is None else limit]))


def rows(
    register: Register, query: Query, *, sort: str | None = None, limit: int | None = None
) -> list[Any]:
    """What a list shows of each: id, name, city, leader, confirmed."""
    condition, params = _where(register, query)
    order = order_by(sort, FIELDS, "org.name_sort, org.id")
    return register.rows(
        f"SELECT id, name, city, confirmed, status, ({LEADER}) AS leader FROM org"
        f" WHERE {condition} ORDER BY {order} LIMIT ?",
        [*params, -1 if limit is None else limit],
    )


def blank(register: Register) -> Org:
    """An organisation with nothing in any field."""
    sql = "SELECT org.*, NULL AS unconfirmed_since FROM (SELECT 1) LEFT JOIN org ON 0"
    return _whole(register, register.rows(sql))[0]


def get(register: Register, wanted: int) -> Org:
    """One organisation, whole."""
    return _whole(register, register.rows(f"{_ORG} WHERE id = ?", (wanted,)))[0]


def stored(register: Register, wanted: int) -> dict[str, Any]:
    """The row of one organisation, without what hangs on it."""
    row = register.row("SELECT * FROM org WHERE id = ?", (wanted,))
    assert row is not None
    return dict(row)


def get_many(register: Register, wanted: Sequence[int]) -> dict[int, Org]:
    """Several organisations by id, whole."""
    found: list[Org] = []
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ",".join("?" * len(part))
        found += _whole(register, register.rows(f"{_ORG} WHERE id IN ({marks})", part))
    return {org.id: org for org in found}


def by_orgnr(register: Register, orgnr: str) -> int | None:
    """The id of the organisation with this number, or None."""
    found = register.value("SELECT id FROM org WHERE orgnr = ?", (orgnr,))
    return None if found is None else int(found)


def name(register: Register, wanted: int) -> str:
    """The name of one organisation."""
    return str(register.value("SELECT name FROM org WHERE id = ?", (wanted,)))


def names(register: Register) -> dict[int, str]:
    """id -> name, of all organisations."""
    return {row[0]: row[1] for row in register.rows("SELECT id, name FROM org")}


def namesakes(register: Register, wanted: int) -> list[int]:
    """The ids of other organisations of the same name, æøå, accents and case forgiven."""
    sql = (
        "SELECT other.id FROM org JOIN org other ON other.name_search = org.name_search"
        " WHERE org.id = ? AND other.id <> org.id ORDER BY other.id LIMIT 10"
    )
    return [row[0] for row in register.rows(sql, (wanted,))]


def same_account(register: Register, wanted: int) -> list[str]:
    """Number and name of other organisations with the account number of this one."""
    sql = (
        "SELECT other.id, other.name FROM org JOIN org other"
        " ON other.bank_account = org.bank_account AND other.id <> org.id"
        " WHERE org.id = ? ORDER BY other.id LIMIT 10"
    )
    return [f"{row[0]} {row[1]}" for row in register.rows(sql, (wanted,))]


def with_account(register: Register, account: str) -> list[tuple[int, str]]:
    """Number and name of the organisations with an account number."""
    sql = "SELECT id, name FROM org WHERE bank_account = ? ORDER BY id LIMIT 10"
    return [(row[0], row[1]) for row in register.rows(sql, (account,))]


def tags(register: Register, org_id: int) -> set[str]:
    """The tags of one organisation."""
    return {row[0] for row in register.rows("SELECT tag FROM org_tag WHERE org_id = ?", (org_id,))}


def remove_tag(register: Register, org_id: int, tag: str) -> None:
    """Take one tag away."""
    register.execute("DELETE FROM org_tag WHERE org_id = ? AND tag = ?", (org_id, tag))


def above(register: Register, org_id: int, depth: int = 20) -> set[int]:
    """The ids of the umbrellas over an organisation, up to `depth` steps."""
    sql = (
        "WITH RECURSIVE above(id, depth) AS ("
        " SELECT umbrella_id, 1 FROM org_umbrella WHERE org_id = ?"
        " UNION SELECT u.umbrella_id, above.depth + 1 FROM org_umbrella u"
        " JOIN above ON u.org_id = above.id WHERE above.depth < ?)"
        " SELECT id FROM above"
    )
    return {row[0] for row in register.rows(sql, (org_id, depth))}


def remove_umbrella(register: Register, org_id: int, umbrella_id: int) -> int:
    """Leave an umbrella; returns 1, or 0 where it was not one."""
    sql = "DELETE FROM org_umbrella WHERE org_id = ? AND umbrella_id = ?"
    return register.execute(sql, (org_id, umbrella_id))


def rows_of(register: Register, org_id: int) -> list[tuple[str, int]]:
    """(table, id) of what hangs on an organisation now: offices, tags, umbrellas, merges."""
    return [
        (table, row[0])
        for table in ("contact", "org_tag", "org_umbrella", "merged")
        for row in register.rows(f"SELECT id FROM {table} WHERE org_id = ?", (org_id,))
    ]


def _whole(register: Register, found: Sequence[Any]) -> list[Org]:
    tags: dict[int, list[str]] = {}
    umbrellas: dict[int, list[dict[str, Any]]] = {}
    contacts: dict[int, list[dict[str, Any]]] = {}
    wanted = [row["id"] for row in found]
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ",".join("?" * len(part))
        for org, tag in register.rows(
            f"SELECT org_id, tag FROM org_tag WHERE org_id IN ({marks}) ORDER BY tag", part
        ):
            tags.setdefault(org, []).append(tag)
        for org, above, name in register.rows(
            "SELECT u.org_id, o.id, o.name FROM org_umbrella u JOIN org o ON o.id = u.umbrella_id"
            f" WHERE u.org_id IN ({marks}) ORDER BY o.name_sort",
            part,
        ):
            umbrellas.setdefault(org, []).append({"id": above, "name": name})
        for row in register.rows(_CONTACTS.format(marks=marks), part):
            contacts.setdefault(row["org_id"], []).append(_contact(row))
    return [
        Org(
            _values(row),
            tags.get(row["id"], []),
            umbrellas.get(row["id"], []),
            contacts.get(row["id"], []),
        )
        for row in found
    ]


def _values(row: Any) -> dict[str, Any]:
    values = dict(row)
    if since := values["unconfirmed_since"]:  # a day in Norway
        values["unconfirmed_since"] = norwegian_day(since).isoformat()
    return values


_CONTACTS = """
SELECT c.id, c.org_id, c.person_id, p.name, c.role, c.from_date, c.to_date, p.protected, p.email,
  (SELECT number FROM person_phone f WHERE f.person_id = p.id AND f.wrong = 0
   ORDER BY f.rank, f.id LIMIT 1) AS phone
FROM contact c JOIN person p ON p.id = c.person_id
WHERE c.org_id IN ({marks})
ORDER BY c.to_date IS NOT NULL, CASE c.role WHEN 'leader' THEN 1 WHEN 'deputy' THEN 2
  WHEN 'treasurer' THEN 3 WHEN 'secretary' THEN 4 WHEN 'contact' THEN 5 ELSE 6 END,
  p.name_sort, c.id
"""


def _contact(row: Any) -> dict[str, Any]:
    hidden = bool(row["protected"])
    return {
        "id": row["id"],
        "person_id": row["person_id"],
        "name": row["name"],
        "role": row["role"],
        "phone": None if hidden else row["phone"],
        "email": None if hidden else row["email"],
        "from": row["from_date"],
        "to": row["to_date"],
    }


def merged_into(register: Register) -> dict[int, set[int]]:
    """id -> the numbers of those that have been merged into that organisation."""
    found: dict[int, set[int]] = {}
    for row in register.rows("SELECT org_id, former_id FROM merged WHERE org_id IS NOT NULL"):
        found.setdefault(row["org_id"], set()).add(row["former_id"])
    return found
