"""All the SQL that reads people, volunteers among them: a volunteer is a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from frivillig_cli.core.names import fold
from frivillig_cli.core.query import Query
from frivillig_cli.core.roles import role_sql
from frivillig_cli.records.person.model import Known, MatchResult, Person, Phone
from frivillig_cli.records.person.rules import decide
from frivillig_cli.store.order import order_by
from frivillig_cli.store.query_sql import Field, folded_sql, where, yes_no
from frivillig_cli.store.register import Register
from frivillig_cli.store.resolve import RefKind, resolve

# Two people of one name are told apart by the associations where they hold office.
_LABEL = (
    "name || coalesce((SELECT '  (' || group_concat(DISTINCT o.name) || ')' FROM contact c"
    " JOIN org o ON o.id = c.org_id WHERE c.person_id = person.id AND c.to_date IS NULL), '')"
)
KIND = RefKind("person", "frivillig person list --limit 0", label=_LABEL)
VOLUNTEER_KIND = RefKind(
    "person",
    "frivillig volunteer list --limit 0",
    label=_LABEL,
    where="id IN (SELECT v.id FROM volunteer v)",
)


def _open(column: str) -> str:
    """A column as a query may see it: nothing of a protected person's."""
    return f"CASE person.protected WHEN 0 THEN {column} END"


def _volunteer(column: str) -> str:
    return f"(SELECT v.{column} FROM volunteer v WHERE v.id = person.id)"


_NO_OFFICE = (
    "NOT EXISTS (SELECT 1 FROM contact c WHERE c.person_id = person.id AND c.to_date IS NULL)"
)

FIELDS = {
    "id": Field("person.id", "number"),
    "name": Field("person.name_search", "text"),
    "email": Field(_open("person.email"), "text"),
    "phone": Field(
        "EXISTS (SELECT 1 FROM person_phone f WHERE f.person_id = person.id AND f.wrong = 0"
        " AND person.protected = 0 AND f.number LIKE ? ESCAPE '\\')",
        "text",
        empty="person.protected = 1 OR NOT EXISTS"
        " (SELECT 1 FROM person_phone f WHERE f.person_id = person.id AND f.wrong = 0)",
    ),
    "street": Field(
        _open(folded_sql("person.street")), "text", empty=f"{_open('person.street')} IS NULL"
    ),
    "postcode": Field(_open("person.postcode"), "exact"),
    "city": Field(
        _open(folded_sql("person.city")), "text", empty=f"{_open('person.city')} IS NULL"
    ),
    "language": Field("person.language", "exact"),
    "protected": yes_no("person.protected"),
    "minor": yes_no("person.minor"),
    "mailings": yes_no("CASE WHEN person.no_mailings IS NULL THEN 1 ELSE 0 END"),
    "role": Field(
        "EXISTS (SELECT 1 FROM contact c WHERE c.person_id = person.id AND c.to_date IS NULL"
        f" AND c.role = {role_sql()})",
        "exists",
        empty=_NO_OFFICE,
    ),
    "org": Field(
        "EXISTS (SELECT 1 FROM contact c JOIN org o ON o.id = c.org_id"
        " WHERE c.person_id = person.id AND c.to_date IS NULL"
        " AND o.name_search LIKE ? ESCAPE '\\')",
        "text",
        empty=_NO_OFFICE,
    ),
    "skill": Field(
        "EXISTS (SELECT 1 FROM person_skill s WHERE s.person_id = person.id AND s.skill = ?)",
        "exists",
        empty="NOT EXISTS (SELECT 1 FROM person_skill s WHERE s.person_id = person.id)",
    ),
    "volunteer": Field(_volunteer("status"), "exact"),
    "availability": Field(
        folded_sql(_volunteer("availability")),
        "text",
        empty=f"{_volunteer('availability')} IS NULL",
    ),
    "speaks": Field(
        folded_sql(_volunteer("languages")), "text", empty=f"{_volunteer('languages')} IS NULL"
    ),
    "licence": yes_no(_volunteer("driving_licence")),
    "confidentiality": Field(_volunteer("confidentiality_signed"), "date"),
    "police": Field(_volunteer("police_certificate_seen"), "date"),
    "course": Field(_volunteer("intro_course_completed"), "date"),
    "opted_out_until": Field("person.opted_out_until", "date"),
    "created": Field("person.created", "moment"),
    "updated": Field("person.updated", "moment"),
}
VOLUNTEER_FIELDS = {**FIELDS, "status": FIELDS["volunteer"]}

_SEARCH = r"person.name_search LIKE ? ESCAPE '\' OR person.search LIKE ? ESCAPE '\'"
_ORDER = "person.name_sort, person.id"


def _where(query: Query, volunteers: bool) -> tuple[str, list[Any]]:
    if not volunteers:
        return where(query, FIELDS, _SEARCH)
    condition, params = where(query, VOLUNTEER_FIELDS, _SEARCH)
    among = "SELECT v.id FROM volunteer v"
    if not any(term.field in ("status", "volunteer") for term in query.terms):
        among += " WHERE v.status = 'active'"
    return f"person.id IN ({among}) AND ({condition})", params


def person_id(register: Register, ref: str) -> int:
    """The id of the person that `ref` names."""
    return resolve(register, ref, KIND)


def volunteer_id(register: Register, ref: str) -> int:
    """The id of the volunteer that `ref` names, archived ones too."""
    return resolve(register, ref, VOLUNTEER_KIND)


def count(register: Register, query: Query, *, volunteers: bool = False) -> int:
    """How many people (or volunteers) `query` picks."""
    condition, params = _where(query, volunteers)
    return int(register.value(f"SELECT count(*) FROM person WHERE {condition}", params))


def find(
    register: Register,
    query: Query,
    *,
    sort: str | None = None,
    limit: int | None = None,
    volunteers: bool = False,
) -> list[Person]:
    """The people that `query` picks, by name or by `sort`, whole.

    `volunteers`: only those who are, and only active ones unless the query names a status.
    """
    condition, params = _where(query, volunteers)
    order = order_by(sort, VOLUNTEER_FIELDS if volunteers else FIELDS, _ORDER)
    sql = f"SELECT * FROM person WHERE {condition} ORDER BY {order} LIMIT ?"
    return _whole(register, register.rows(sql, [*params, -1 if limit is None else limit]))


def blank(register: Register) -> Person:
    """A person with nothing in any field."""
    return _whole(register, register.rows("SELECT p.* FROM (SELECT 1) LEFT JOIN person p ON 0"))[0]


def get(register: Register, wanted: int) -> Person:
    """One person, whole."""
    return _whole(register, register.rows("SELECT * FROM person WHERE id = ?", (wanted,)))[0]


def get_many(register: Register, wanted: Sequence[int]) -> dict[int, Person]:
    """Several people by id, whole."""
    found: list[Person] = []
    for part in _parts(wanted):
        marks = ",".join("?" * len(part))
        found += _whole(
            register, register.rows(f"SELECT * FROM person WHERE id IN ({marks})", part)
        )
    return {person.id: person for person in found}


def match(
    register: Register, name: str, phones: Sequence[str] = (), email: str | None = None
) -> MatchResult:
    """Whether this is somebody who is there: `phones` as E.164, `email` as stored."""
    known = [
        Known(
            row["id"],
            row["name"],
            row["name_search"],
            frozenset(filter(None, (row["numbers"] or "").split(","))),
            row["email"],
        )
        for row in register.rows(
            "SELECT id, name, name_search, email, (SELECT group_concat(f.number)"
            " FROM person_phone f WHERE f.person_id = person.id AND f.wrong = 0) AS numbers"
            " FROM person WHERE name_search = ? ORDER BY id",
            (fold(name),),
        )
    ]
    return decide(name, phones, email, known)


def with_both(register: Register, phone: str, email: str) -> list[tuple[int, str]]:
    """The ids and names of those who have a phone (E.164) and an e-mail."""
    rows = register.rows(
        "SELECT DISTINCT p.id, p.name FROM person p JOIN person_phone f ON f.person_id = p.id"
        " WHERE f.number = ? AND f.wrong = 0 AND lower(p.email) = lower(?) ORDER BY p.id",
        (phone, email),
    )
    return [(row[0], row[1]) for row in rows]


def phones(register: Register, of: int) -> dict[str, int]:
    """The numbers of one person, wrong ones too, in order: number to the id of its row."""
    sql = "SELECT number, id FROM person_phone WHERE person_id = ? ORDER BY rank, id"
    return {row[0]: row[1] for row in register.rows(sql, (of,))}


def rows_of(register: Register, of: int) -> list[tuple[str, int]]:
    """(table, id) of what hangs on a person now, and of those that were merged into them."""
    hanging = (
        "contact", "person_phone", "person_skill", "response_member", "absence", "other_duty",
        "merged",
    )  # fmt: skip
    return [
        ("volunteer", of),
        *(
            (table, row[0])
            for table in hanging
            for row in register.rows(f"SELECT id FROM {table} WHERE person_id = ?", (of,))
        ),
    ]


def skills(register: Register, of: int) -> dict[str, int]:
    """The skills of one person: skill to the id of its row."""
    sql = "SELECT skill, id FROM person_skill WHERE person_id = ? ORDER BY skill"
    return {row[0]: row[1] for row in register.rows(sql, (of,))}


def _parts(wanted: Sequence[int]) -> list[Sequence[int]]:
    return [wanted[start : start + 500] for start in range(0, len(wanted), 500)]


def _whole(register: Register, found: Sequence[Any]) -> list[Person]:
    numbers: dict[int, list[Phone]] = {}
    roles: dict[int, list[dict[str, Any]]] = {}
    able: dict[int, list[str]] = {}
    serving: dict[int, dict[str, Any]] = {}
    for part in _parts([row["id"] for row in found]):
        marks = ",".join("?" * len(part))
        for row in register.rows(
            "SELECT person_id, number, rank, verified, wrong, callout, verified_by"
            f" FROM person_phone WHERE person_id IN ({marks}) ORDER BY wrong, rank, id",
            part,
        ):
            phone = Phone(
                row["number"], row["rank"], row["verified"], bool(row["wrong"]),
                bool(row["callout"]), row["verified_by"],
            )  # fmt: skip
            numbers.setdefault(row["person_id"], []).append(phone)
        for row in register.rows(_ROLES.format(marks=marks), part):
            role = dict(row)
            roles.setdefault(role.pop("person_id"), []).append(role)
        for person, skill in register.rows(
            f"SELECT person_id, skill FROM person_skill WHERE person_id IN ({marks})"
            " ORDER BY skill",
            part,
        ):
            able.setdefault(person, []).append(skill)
        for row in register.rows(f"SELECT * FROM volunteer WHERE id IN ({marks})", part):
            serving[row["id"]] = dict(row)
    return [
        Person(
            dict(row),
            tuple(numbers.get(row["id"], ())),
            tuple(roles.get(row["id"], ())),
            tuple(able.get(row["id"], ())),
            serving.get(row["id"]),
        )
        for row in found
    ]


_ROLES = """
SELECT c.person_id, c.org_id, o.name AS org, c.role, c.from_date AS "from", c.to_date AS "to"
FROM contact c JOIN org o ON o.id = c.org_id
WHERE c.person_id IN ({marks})
ORDER BY c.to_date IS NOT NULL, o.name_sort, c.id
"""


def protected_names(register: Register) -> list[str]:
    """The names of all who are protected."""
    return [row[0] for row in register.rows("SELECT name FROM person WHERE protected = 1")]


def protected_uids(register: Register) -> set[str]:
    """What follows each of the protected for good, also of those who were merged into them."""
    rows = register.rows(
        "SELECT uid FROM person WHERE protected = 1 UNION SELECT m.former_uid FROM merged m"
        " JOIN person p ON p.id = m.person_id WHERE p.protected = 1"
    )
    return {row[0] for row in rows}


def protected_since(register: Register, uids: Collection[str]) -> list[int]:
    """The ids of the protected who are none of `uids`."""
    rows = register.rows("SELECT id, uid FROM person WHERE protected = 1 ORDER BY id")
    return [row[0] for row in rows if row[1] not in uids]


def unprotected(register: Register, uids: Collection[str]) -> list[int]:
    """The ids of those of `uids` who are not protected."""
    rows = register.rows("SELECT id, uid FROM person WHERE protected = 0 ORDER BY id")
    return [row[0] for row in rows if row[1] in uids]
