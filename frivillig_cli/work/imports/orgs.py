"""Organisations: what an import reads of them, and how it writes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from frivillig_cli.core.checks import MAX_TEXT
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import N_
from frivillig_cli.core.icnpo import find_code
from frivillig_cli.core.names import fold
from frivillig_cli.records.org import actions, rules
from frivillig_cli.sources.casing import nice_name
from frivillig_cli.sources.unit import Unit
from frivillig_cli.store.register import Register
from frivillig_cli.work.imports import queries
from frivillig_cli.work.imports.headers import ORG_TITLES
from frivillig_cli.work.imports.match import Index, Known
from frivillig_cli.work.imports.record import Kind, Record, Value
from frivillig_cli.work.imports.result import Rejection
from frivillig_cli.work.imports.rows import as_texts, several

_UNIT_FIELDS = (
    "orgnr", "name", "form", "email", "phone", "website", "street", "postcode", "city",
    "municipality", "language", "founded", "activities", "category",
)  # fmt: skip
# The forms of associations; the search gives companies and one-person firms too.
ASSOCIATION_FORMS = frozenset({"FLI", "STI", "SA", "ANNA", "KIRK"})


def check(field: str, text: str) -> Value:
    """One value as it is stored. Raises InvalidValueError."""
    if field == "tags":
        parts = [part.strip() for part in text.replace(",", ";").split(";")]
        return tuple(dict.fromkeys(rules.tag(part) for part in parts if part))
    if field == "category":
        text = find_code(text) or text
    stored: Value | None = rules.check({field: text})[field]
    return "" if stored is None else stored


def index(register: Register) -> Index:
    """All organisations by what identifies them."""
    found = Index(people=False)
    for row in queries.org_keys(register):
        found.learn(
            Known(
                row["id"],
                row["name"],
                orgnr=row["orgnr"],
                emails=(row["email"],) if row["email"] else (),
                phones=(row["phone"],) if row["phone"] else (),
                postcode=row["postcode"],
                city=fold(row["city"] or "") or None,
                closed="archived" if row["status"] == "archived" else None,
            )
        )
    return found


def current(register: Register, org_id: int) -> Mapping[str, Value | None]:
    """What an organisation has now, as the values of a row."""
    return queries.org_row(register, org_id)


def add(register: Register, values: Mapping[str, Value], now: datetime) -> int:
    """Add an organisation; returns its id."""
    stored = {f: value for f, value in values.items() if f not in ("id", "tags")}
    new = actions.add_checked(register, stored, now=now)
    actions.set_tags(register, new, add=several(values, "tags"))
    return new


def change(register: Register, org_id: int, values: Mapping[str, Value], now: datetime) -> None:
    """Set the fields given."""
    texts = as_texts(values)
    if texts:
        actions.edit(register, org_id, texts, now=now)
    actions.set_tags(register, org_id, add=several(values, "tags"))


def from_unit(row: int, unit: Unit) -> tuple[Record | Rejection, list[Rejection]]:
    """The record of a unit of the state's register, and values of it that are none here.

    Only a wrong number or name refuses the unit; the rest is the register's own data, and one
    odd web address should not keep an association out.
    """
    name = unit.name or ""
    given = {
        **{field: getattr(unit, field, None) for field in _UNIT_FIELDS},
        "name": nice_name(name, (unit.city or "",)),
        "phone": unit.phone or unit.mobile,
        "category": next(iter(unit.icnpo), None),
        "activities": (unit.activities or "")[:MAX_TEXT],
    }
    values: dict[str, Value] = {}
    left_out = []
    for field, text in given.items():
        try:
            value = check(field, text) if text else ""
        except InvalidValueError as error:
            rejection = Rejection(row, field, error.value, error.message)
            if field in ("orgnr", "name"):
                return rejection, []
            left_out.append(rejection)
        else:
            if value != "":
                values[field] = value
    equals: dict[str, tuple[str, ...]] = {}
    if unit.mobile and unit.phone:
        try:
            equals["phone"] = (str(check("phone", unit.mobile)),)
        except InvalidValueError:
            equals = {}
    shown = {"name": name} if name and name != values.get("name") else {}
    return Record(row, values, shown, equals), left_out


ORGS = Kind(
    name="org",
    titles=ORG_TITLES,
    labels={**rules.LABELS, "tags": N_("tags"), "id": N_("number")},
    lists=frozenset({"tags"}),
    additive=frozenset({"tags"}),
    guarded=frozenset({"bank_account"}),
    check=check,
    index=index,
    current=current,
    add=add,
    change=change,
)
