"""All the SQL that reads absences, opt-outs and other duties."""

from __future__ import annotations

from frivillig_cli.core.errors import NotFoundError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.query import Query
from frivillig_cli.records.availability.model import Absence, Duty, OptOut
from frivillig_cli.store import protected
from frivillig_cli.store.order import order_by
from frivillig_cli.store.query_sql import Field, folded_sql, where
from frivillig_cli.store.register import Register

_SEARCH = r"person.name_search LIKE ? ESCAPE '\'"
_GROUP = Field(
    "EXISTS (SELECT 1 FROM response_member m JOIN response_group g ON g.id = m.group_id"
    r" WHERE m.person_id = person.id AND g.name_search LIKE ? ESCAPE '\')",
    "text",
)
_PERSON = {
    "name": Field("person.name_search", "text"),
    "person": Field("person.id", "number"),
    "group": _GROUP,
}
ABSENCE_FIELDS = {
    "id": Field("absence.id", "number"),
    **_PERSON,
    "from": Field("absence.from_date", "date"),
    "to": Field("absence.to_date", "date"),
}
DUTY_FIELDS = {
    "id": Field("other_duty.id", "number"),
    **_PERSON,
    "what": Field(folded_sql("other_duty.what"), "text"),
}
OPT_OUT_FIELDS = {**_PERSON, "until": Field("person.opted_out_until", "date")}

_ABSENCES = """
SELECT absence.id, absence.person_id, person.name, absence.from_date, absence.to_date
FROM absence JOIN person ON person.id = absence.person_id
"""
_DUTIES = """
SELECT other_duty.id, other_duty.person_id, person.name, other_duty.what
FROM other_duty JOIN person ON person.id = other_duty.person_id
"""


def absences(register: Register, query: Query, *, sort: str | None = None) -> list[Absence]:
    """The absences that `query` picks, the earliest first or by `sort`."""
    condition, params = where(query, ABSENCE_FIELDS, _SEARCH)
    order = order_by(sort, ABSENCE_FIELDS, "absence.from_date, person.name_sort, absence.id")
    sql = f"{_ABSENCES} WHERE {condition} ORDER BY {order}"
    rows = register.rows(sql, params)
    return [Absence(**dict(row)) for row in rows]


def absence(register: Register, wanted: int) -> Absence:
    """One absence. Raises NotFoundError."""
    row = register.row(f"{_ABSENCES} WHERE absence.id = ?", (wanted,))
    if row is None:
        raise NotFoundError(
            _("There is no absence number {id}.", id=wanted),
            _("See them all: {command}", command="frivillig beredskap absence list"),
        )
    return Absence(**dict(row))


def duties(register: Register, query: Query, *, sort: str | None = None) -> list[Duty]:
    """The other duties that `query` picks, by the person's name or by `sort`."""
    condition, params = where(query, DUTY_FIELDS, _SEARCH)
    order = order_by(sort, DUTY_FIELDS, "person.name_sort, other_duty.id")
    sql = f"{_DUTIES} WHERE {condition} ORDER BY {order}"
    rows = register.rows(sql, params)
    return protected.of(register, (Duty(**dict(row)) for row in rows), "what")


def duty(register: Register, wanted: int) -> Duty:
    """One other duty. Raises NotFoundError."""
    row = register.row(f"{_DUTIES} WHERE other_duty.id = ?", (wanted,))
    if row is None:
        raise NotFoundError(
            _("There is no duty number {id}.", id=wanted),
            _("See them all: {command}", command="frivillig beredskap duty list"),
        )
    return protected.of(register, [Duty(**dict(row))], "what")[0]


def opt_outs(register: Register, query: Query, *, sort: str | None = None) -> list[OptOut]:
    """Those who have asked not to be called, over or not, by name or by `sort`."""
    condition, params = where(query, OPT_OUT_FIELDS, _SEARCH)
    order = order_by(sort, OPT_OUT_FIELDS, "person.name_sort, person.id")
    sql = (
        "SELECT person.id AS person_id, person.name, person.opted_out_until AS until FROM person"
        f" WHERE person.opted_out_until IS NOT NULL AND ({condition}) ORDER BY {order}"
    )
    rows = register.rows(sql, params)
    return [OptOut(**dict(row)) for row in rows]
