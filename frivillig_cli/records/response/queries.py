"""All the SQL that reads groups and members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from frivillig_cli.core.query import Query
from frivillig_cli.records.response.model import (
    Group,
    Member,
    RosterGroup,
    RosterPerson,
    RosterSeat,
)
from frivillig_cli.store import protected
from frivillig_cli.store.order import order_by
from frivillig_cli.store.query_sql import Field, where
from frivillig_cli.store.register import Register
from frivillig_cli.store.resolve import RefKind, resolve

KIND = RefKind("response_group", "frivillig beredskap group list --limit 0")
OFFERED = KIND._replace(where="status = 'active'")

FIELDS = {
    "id": Field("response_group.id", "number"),
    "name": Field("response_group.name_search", "text"),
    "order": Field("response_group.call_order", "number"),
    "org": Field(
        r"EXISTS (SELECT 1 FROM org o WHERE o.id = response_group.org_id AND o.name_search LIKE ?)",
        "text",
    ),
    "agreement": Field(
        r"EXISTS (SELECT 1 FROM agreement a WHERE a.id = response_group.agreement_id"
        r" AND a.name_search LIKE ?)",
        "text",
        empty="response_group.agreement_id IS NULL",
    ),
    "status": Field("response_group.status", "exact", choices=("active", "archived")),
}
_SELECT = """
SELECT response_group.*, o.name AS org, a.title AS agreement
FROM response_group JOIN org o ON o.id = response_group.org_id
LEFT JOIN agreement a ON a.id = response_group.agreement_id
"""


def group_id(register: Register, ref: str) -> int:
    """The id of the group that `ref` names."""
    return resolve(register, ref, KIND)


def _where(query: Query) -> tuple[str, list[Any]]:
    """The condition; archived groups are left out unless the query names a status."""
    condition, params = where(query, FIELDS, r"response_group.name_search LIKE ? ESCAPE '\'")
    if any(term.field == "status" for term in query.terms):
        return condition, params
    return f"response_group.status = 'active' AND ({condition})", params


def count(register: Register, query: Query) -> int:
    """How many groups `query` picks."""
    condition, params = _where(query)
    return int(register.value(f"SELECT count(*) FROM response_group WHERE {condition}", params))


def find(
    register: Register, query: Query, *, sort: str | None = None, limit: int | None = None
) -> list[Group]:
    """The groups that `query` picks, with their members, by name or by `sort`."""
    condition, params = _where(query)
    order = order_by(sort, FIELDS, "response_group.name_sort, response_group.id")
    sql = f"{_SELECT} WHERE {condition} ORDER BY {order} LIMIT ?"
    rows = register.rows(sql, [*params, -1 if limit is None else limit])
    return [_group(register, row) for row in rows]


def get(register: Register, wanted: int) -> Group:
    """One group with its members."""
    row = register.row(f"{_SELECT} WHERE response_group.id = ?", (wanted,))
    return _group(register, row)


def in_use(register: Register, wanted: Iterable[int]) -> list[Group]:
    """The active ones of some groups, with their members, in their order of call."""
    ids = sorted(set(wanted))
    marks = ",".join("?" * len(ids))
    rows = register.rows(
        f"{_SELECT} WHERE response_group.id IN ({marks}) AND response_group.status = 'active'"
        " ORDER BY response_group.call_order, response_group.name_sort, response_group.id",
        ids,
    )
    return [_group(register, row) for row in rows]


def row(register: Register, wanted: int) -> dict[str, Any]:
    """The columns of one group."""
    found = register.row("SELECT * FROM response_group WHERE id = ?", (wanted,))
    assert found is not None
    return dict(found)


def groups_to_call(register: Register, wanted: Iterable[int] = ()) -> list[RosterGroup]:
    """The active groups, or those of `wanted`, in their order of call."""
    ids = sorted(set(wanted))
    marks = ",".join("?" * len(ids))
    only = f"g.id IN ({marks})" if ids else "g.status = 'active'"
    rows = register.rows(
        "SELECT g.id, g.name, g.org_id, g.agreement_id, g.call_order, o.status = 'active' AS open"
        f" FROM response_group g JOIN org o ON o.id = g.org_id WHERE {only}"
        " ORDER BY g.call_order, g.name_sort, g.id",
        ids,
    )
    return [
        RosterGroup(
            id=row["id"],
            name=row["name"],
            org_id=row["org_id"],
            agreement_id=row["agreement_id"],
            order=row["call_order"],
            org_active=bool(row["open"]),
        )
        for row in rows
    ]


def roster(
    register: Register, *, groups: Iterable[int] = (), people: Iterable[int] = ()
) -> list[RosterPerson]:
    """Everybody with a seat in one of `groups`, and `people`, once each, by id."""
    group_ids, extra = sorted(set(groups)), sorted(set(people))
    in_groups = ",".join("?" * len(group_ids))
    in_people = ",".join("?" * len(extra))
    seats: dict[int, list[RosterSeat]] = defaultdict(list)
    for row in register.rows(
        "SELECT person_id, group_id, role, call_order FROM response_member"
        f" WHERE group_id IN ({in_groups}) ORDER BY group_id, person_id",
        group_ids,
    ):
        seats[row["person_id"]].append(RosterSeat(row["group_id"], row["role"], row["call_order"]))
    chosen = (
        "person.id IN (SELECT person_id FROM response_member"
        f" WHERE group_id IN ({in_groups})) OR person.id IN ({in_people})"
    )
    params = [*group_ids, *extra]
    numbers: dict[int, list[tuple[str, str | None]]] = defaultdict(list)
    for row in register.rows(_NUMBERS.format(chosen=chosen), params):
        numbers[row["person_id"]].append((row["number"], row["verified"]))
    skills: dict[int, list[str]] = defaultdict(list)
    for row in register.rows(_SKILLS.format(chosen=chosen), params):
        skills[row["person_id"]].append(row["skill"])
    away: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in register.rows(_ABSENCES.format(chosen=chosen), params):
        away[row["person_id"]].append((row["from_date"], row["to_date"]))
    duties: dict[int, list[str]] = defaultdict(list)
    found = register.rows(_DUTIES.format(chosen=chosen), params)
    texts = protected.everywhere(register, [row["what"] for row in found]) if found else []
    for row, what in zip(found, texts, strict=True):
        duties[row["person_id"]].append(what)
    return [
        RosterPerson(
            person_id=row["id"],
            name=row["name"],
            protected=bool(row["protected"]),
            minor=bool(row["minor"]),
            active=row["status"] != "archived",
            opted_out_until=row["opted_out_until"],
            numbers=tuple(numbers[row["id"]]),
            skills=tuple(skills[row["id"]]),
            seats=tuple(seats[row["id"]]),
            postcode=row["postcode"],
            city=row["city"],
            languages=tuple(_languages(row)),
            driving_licence=None if row["driving_licence"] is None else row["driving_licence"] == 1,
            languages_known=bool(row["languages"]),
            absences=tuple(away[row["id"]]),
            duties=tuple(duties[row["id"]]),
        )
        for row in register.rows(_PEOPLE.format(chosen=chosen), params)
    ]


def _languages(row: Any) -> list[str]:
    """The languages somebody speaks: those they said, and the one they are written to in."""
    spoken = [word.strip() for word in (row["languages"] or "").split(",")]
    return [word for word in (*spoken, row["language"]) if word]


def mark_wrong_number(register: Register, person: int, number: str) -> int:
    """Mark one person's number as wrong in the register; returns 1, or 0 where it was."""
    return register.execute(
        "UPDATE person_phone SET wrong = 1 WHERE person_id = ? AND number = ? AND wrong = 0",
        (person, number),
    )


def mark_right_number(register: Register, person: int, number: str) -> int:
    """Take back that a number was marked as wrong; returns 1, or 0 where it was not."""
    return register.execute(
        "UPDATE person_phone SET wrong = 0 WHERE person_id = ? AND number = ? AND wrong = 1",
        (person, number),
    )


def seat_id(register: Register, group: int, person: int) -> int | None:
    """The id of this person's seat in this group, or None."""
    found = register.value(
        "SELECT id FROM response_member WHERE group_id = ? AND person_id = ?", (group, person)
    )
    return None if found is None else int(found)


def role_of(register: Register, seat: int) -> str:
    """What somebody is in their group."""
    return str(register.value("SELECT role FROM response_member WHERE id = ?", (seat,)))


def seats_of(register: Register, person: int, groups: Collection[int] | None = None) -> list[int]:
    """The ids of a person's seats in groups that are in use, or in those of `groups` that are."""
    rows = register.rows(
        "SELECT m.id, m.group_id FROM response_member m JOIN response_group g ON g.id = m.group_id"
        " WHERE m.person_id = ? AND g.status = 'active' ORDER BY m.id",
        (person,),
    )
    return [row[0] for row in rows if groups is None or row[1] in groups]


def only_agreement(register: Register, org_id: int, day: str) -> int | None:
    """The organisation's beredskap agreement in force on `day` (ISO), if there is just one."""
    rows = register.rows(
        "SELECT id FROM agreement WHERE org_id = ? AND kind = 'beredskap'"
        " AND ifnull(from_date, '') <= ? AND ifnull(to_date, '9999') >= ?"
        " AND ifnull(ended, '9999') > ?",
        (org_id, day, day, day),
    )
    return int(rows[0][0]) if len(rows) == 1 else None


def _group(register: Register, row: Any) -> Group:
    return Group(
        id=row["id"],
        name=row["name"],
        org_id=row["org_id"],
        org=row["org"],
        agreement_id=row["agreement_id"],
        agreement=row["agreement"],
        order=row["call_order"],
        status=row["status"],
        notes=row["notes"],
        members=tuple(_members(register, row["id"])),
    )


def _members(register: Register, group: int) -> list[Member]:
    people = {person.person_id: person for person in roster(register, groups=[group])}
    rows = register.rows(_MEMBERS, (group,))
    return [
        Member(
            id=row["id"],
            person_id=row["person_id"],
            name=person.name,
            role=row["role"],
            order=row["call_order"],
            phones=()
            if person.protected
            else tuple(number for number, _verified in person.numbers),
            skills=person.skills,
            told=row["told"],
            protected=person.protected,
            verified=next((verified for _number, verified in person.numbers), None),
            minor=person.minor,
            opted_out_until=person.opted_out_until,
            absences=person.absences,
            duties=person.duties,
            archived=not person.active,
        )
        for row in rows
        for person in [people[row["person_id"]]]
    ]


_PEOPLE = """
SELECT person.id, person.name, person.protected, person.minor, person.postcode, person.city,
  person.language, v.status, person.opted_out_until, v.languages, v.driving_licence
FROM person LEFT JOIN volunteer v ON v.id = person.id WHERE {chosen} ORDER BY person.id
"""
_NUMBERS = """
SELECT f.person_id, f.number, f.verified FROM person_phone f JOIN person ON person.id = f.person_id
WHERE f.wrong = 0 AND ({chosen}) ORDER BY f.person_id, f.callout DESC, f.rank, f.id
"""
_ABSENCES = """
SELECT a.person_id, a.from_date, a.to_date FROM absence a JOIN person ON person.id = a.person_id
WHERE {chosen} ORDER BY a.person_id, a.from_date, a.id
"""
_DUTIES = """
SELECT d.person_id, d.what FROM other_duty d JOIN person ON person.id = d.person_id
WHERE {chosen} ORDER BY d.person_id, d.id
"""
_SKILLS = """
SELECT s.person_id, s.skill FROM person_skill s JOIN person ON person.id = s.person_id
WHERE {chosen} ORDER BY s.person_id, s.skill
"""
_MEMBERS = """
SELECT m.id, m.person_id, m.role, m.call_order, m.told
FROM response_member m JOIN person p ON p.id = m.person_id WHERE m.group_id = ?
ORDER BY instr('leader deputy member', m.role), m.call_order IS NULL, m.call_order,
  p.name_sort, p.id
"""
