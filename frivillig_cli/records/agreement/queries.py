"""All the SQL that reads agreements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.query import Query
from frivillig_cli.records.agreement.model import CONTRIBUTIONS, Agreement
from frivillig_cli.records.agreement.rules import status
from frivillig_cli.store.held import HELD
from frivillig_cli.store.order import order_by
from frivillig_cli.store.query_sql import Condition, Field, folded_sql, searching, where
from frivillig_cli.store.register import Register
from frivillig_cli.store.resolve import RefKind, resolve

KIND = RefKind("agreement", "frivillig agreement list --limit 0", label="title")

# An exercise that called people by this agreement, as its snapshot says.
_CALLED = (
    f"{HELD} AND EXISTS (SELECT 1 FROM"
    " json_each(a.agreements) e WHERE json_extract(e.value, '$.id') = agreement.id)"
)
_EXERCISED = f"(SELECT norwegian_day(max(a.started)) FROM activation a WHERE {_CALLED})"

FIELDS = {
    "id": Field("agreement.id", "number"),
    "title": Field("agreement.name_search", "text"),
    "org": Field(
        r"EXISTS (SELECT 1 FROM org o WHERE o.id = agreement.org_id AND o.name_search LIKE ?)",
        "text",
    ),
    "kind": Field("agreement.kind", "exact"),
    "from": Field("agreement.from_date", "date"),
    "to": Field("agreement.to_date", "date"),
    "ended": Field("agreement.ended", "date"),
    "signed": Field("agreement.signed", "date"),
    "reviewed": Field("agreement.reviewed", "date"),
    "case_number": Field("agreement.case_number", "exact"),
    "exercise_payer": Field("agreement.exercise_payer", "exact"),
    "event_payer": Field("agreement.event_payer", "exact"),
    "rescue_payer": Field("agreement.rescue_payer", "exact"),
    "exercised": Field(
        f"nullif(max(ifnull(agreement.exercised, ''), ifnull({_EXERCISED}, '')), '')", "date"
    ),
    "promises": Field(
        "EXISTS (SELECT 1 FROM agreement_contribution c WHERE c.agreement_id = agreement.id"
        " AND c.kind = ?)",
        "exists",
        empty="NOT EXISTS (SELECT 1 FROM agreement_contribution c"
        " WHERE c.agreement_id = agreement.id)",
        choices=CONTRIBUTIONS,
    ),
    "party": Field(
        "EXISTS (SELECT 1 FROM agreement_party p LEFT JOIN org o ON o.id = p.org_id"
        " WHERE p.agreement_id = agreement.id"
        f" AND coalesce(o.name_search, {folded_sql('p.name')}) LIKE ? ESCAPE '\\')",
        "text",
    ),
}


def _where(register: Register, query: Query) -> Condition:
    def secret(words: list[str]) -> dict[str, list[int]]:
        from frivillig_cli.records.agreement.secret_queries import by_a_secret

        return by_a_secret(register, words)

    search = searching("agreement", query, secret)
    return where(query, FIELDS, search)


def agreement_id(register: Register, ref: str) -> int:
    """The id of the agreement that `ref` names."""
    return resolve(register, ref, KIND)


def count(register: Register, query: Query) -> int:
    """How many agreements `query` picks."""
    condition, params = _where(register, query)
    return int(register.value(f"SELECT count(*) FROM agreement WHERE {condition}", params))


def find(
    register: Register,
    query: Query,
    *,
    today: date,
    sort: str | None = None,
    limit: int | None = None,
) -> list[Agreement]:
    """The agreements that `query` picks, by title or by `sort`."""
    condition, params = _where(register, query)
    order = order_by(sort, FIELDS, "agreement.name_sort, agreement.id")
    sql = f"SELECT * FROM agreement WHERE {condition} ORDER BY {order} LIMIT ?"
    found = register.rows(sql, [*params, -1 if limit is None else limit])
    return _whole(register, found, today)


def blank(register: Register) -> Agreement:
    """An agreement with nothing in any field."""
    row = register.row("SELECT a.* FROM (SELECT 1) LEFT JOIN agreement a ON 0")
    return Agreement(dict(row or {}), "", "", [], [], [])


def get(register: Register, wanted: int, *, today: date) -> Agreement:
    """One agreement, whole."""
    rows = register.rows("SELECT * FROM agreement WHERE id = ?", (wanted,))
    return _whole(register, rows, today)[0]


def get_many(register: Register, wanted: Iterable[int], *, today: date) -> dict[int, Agreement]:
    """Several agreements by id."""
    ids = sorted(set(wanted))
    marks = ",".join("?" * len(ids))
    rows = register.rows(f"SELECT * FROM agreement WHERE id IN ({marks})", ids)
    return {agreement.id: agreement for agreement in _whole(register, rows, today)}


def org_name(register: Register, org_id: int) -> str:
    """The name of an organisation that has an agreement."""
    return str(register.value("SELECT name FROM org WHERE id = ?", (org_id,)))


def binding(register: Register, org_id: int, day: str) -> int | None:
    """The beredskap agreement that binds an organisation on `day` (ISO), in force or not.

    That is the only one in force; where none is, the one that was in force last, else one that has
    not begun, so that such a group is not taken for one that never had any. None where there is
    none, and where several are in force.
    """
    rows = register.rows(
        "SELECT id, ifnull(from_date, '') <= ? AND ifnull(to_date, '9999') >= ?"
        " AND ifnull(ended, '9999') > ? AS in_force FROM agreement"
        " WHERE org_id = ? AND kind = 'beredskap'"
        " ORDER BY in_force, ifnull(from_date, '') <= ?,"
        " min(ifnull(ended, '9999'), ifnull(to_date, '9999')), id",
        (day, day, day, org_id, day),
    )
    in_force = [row["id"] for row in rows if row["in_force"]]
    if len(in_force) > 1 or not rows:
        return None
    return int(in_force[0] if in_force else rows[-1]["id"])


def _whole(register: Register, found: Sequence[Any], today: date) -> list[Agreement]:
    return [
        Agreement(
            values=dict(row),
            org=org_name(register, row["org_id"]),
            status=status(dict(row), today),
            parties=_dicts(register, _PARTIES, row["id"]),
            contributions=_dicts(register, _CONTRIBUTIONS, row["id"]),
            groups=_groups(register, row, today),
            exercise=_exercise(register, row["id"]),
        )
        for row in found
    ]


def _dicts(register: Register, sql: str, agreement_id: int) -> list[dict[str, Any]]:
    return [dict(row) for row in register.rows(sql, (agreement_id,))]


def _groups(register: Register, agreement: Any, today: date) -> list[dict[str, Any]]:
    """The groups called by it: those that name it, and those it binds that name none."""
    bound = binding(register, agreement["org_id"], today.isoformat()) == agreement["id"]
    rows = register.rows(_GROUPS, (agreement["id"], bound, agreement["org_id"]))
    return [dict(row) for row in rows]


def _exercise(register: Register, agreement_id: int) -> tuple[str, str] | None:
    """The number and the day (ISO, in Norway) of the last exercise that called by it."""
    row = register.row(
        "SELECT a.number, a.started FROM activation a, agreement"
        f" WHERE agreement.id = ? AND {_CALLED}"
        " ORDER BY a.started DESC, a.id DESC LIMIT 1",
        (agreement_id,),
    )
    if row is None:
        return None
    return row["number"], norwegian_day(row["started"]).isoformat()


_PARTIES = """
SELECT p.id, p.org_id, coalesce(o.name, p.name) AS name, p.role
FROM agreement_party p LEFT JOIN org o ON o.id = p.org_id
WHERE p.agreement_id = ? ORDER BY p.id
"""
_CONTRIBUTIONS = """
SELECT id, party, what, terms, kind FROM agreement_contribution WHERE agreement_id = ? ORDER BY id
"""
_GROUPS = """
SELECT id, name FROM response_group
WHERE agreement_id = ? OR (? AND agreement_id IS NULL AND org_id = ? AND status = 'active')
ORDER BY call_order, name_sort, id
"""
