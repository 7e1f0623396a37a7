"""Organisations: what an import reads of them, and how it writes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from frivillig_cli.core.i18n import N_
from frivillig_cli.core.icnpo import find_code
from frivillig_cli.core.names import fold
from frivillig_cli.core.roles import ROLE_WORDS
from frivillig_cli.records.org import actions, rules
from frivillig_cli.records.org.from_unit import values_of
from frivillig_cli.records.org.queries import next_id
from frivillig_cli.records.org.source import note_taken
from frivillig_cli.sources.unit import Unit
from frivillig_cli.store.register import Register
from frivillig_cli.work.imports import queries
from frivillig_cli.work.imports.kind import Kind, Many
from frivillig_cli.work.imports.known import Known
from frivillig_cli.work.imports.match import Index
from frivillig_cli.work.imports.mend import says_nothing
from frivillig_cli.work.imports.record import Record, Value
from frivillig_cli.work.imports.result import Rejection
from frivillig_cli.work.imports.rows import as_texts, several
from frivillig_cli.work.imports.titles import NAME_PARTS, OFFICES, ORG_TITLES

OFFICE_FIELDS = frozenset(
    f"{office}{detail}" for office in OFFICES for detail in ("", "_phone", "_email", *NAME_PARTS)
)
# Up to so many associations a slip of the finger is looked for; no municipality has more.
_MOST_WITH_SLIPS = 20_000
_COLUMNS = tuple(field for field in rules.LABELS if field not in ("tag", "umbrella"))
_OFFICE_LABELS = {
    **{office: ROLE_WORDS[office] for office in OFFICES},
    "leader_phone": N_("the leader's phone"),
    "leader_email": N_("the leader's e-mail"),
    "deputy_phone": N_("the deputy leader's phone"),
    "deputy_email": N_("the deputy leader's e-mail"),
    "treasurer_phone": N_("the treasurer's phone"),
    "treasurer_email": N_("the treasurer's e-mail"),
    "secretary_phone": N_("the secretary's phone"),
    "secretary_email": N_("the secretary's e-mail"),
    "contact_phone": N_("the contact person's phone"),
    "contact_email": N_("the contact person's e-mail"),
    "leader_first": N_("the leader's first name"),
    "leader_last": N_("the leader's last name"),
    "deputy_first": N_("the deputy leader's first name"),
    "deputy_last": N_("the deputy leader's last name"),
    "treasurer_first": N_("the treasurer's first name"),
    "treasurer_last": N_("the treasurer's last name"),
    "secretary_first": N_("the secretary's first name"),
    "secretary_last": N_("the secretary's last name"),
    "contact_first": N_("the contact person's first name"),
    "contact_last": N_("the contact person's last name"),
}


def check(field: str, text: str) -> Value:
    """One value as it is stored. Raises InvalidValueError."""
    if field == "tags":
        parts = [part.strip() for part in text.replace(",", ";").split(";")]
        return tuple(dict.fromkeys(rules.tag(part) for part in parts if part))
    if says_nothing(field, text):
        return ""
    if field == "category":
        text = find_code(text) or text
    stored: Value | None = rules.check_one(field, text)
    return "" if stored is None else stored


def index(register: Register) -> Index:
    """All organisations by what identifies them."""
    rows = queries.org_keys(register)
    found = Index(people=False, slips=len(rows) <= _MOST_WITH_SLIPS)
    for row in rows:
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
                account=row["bank_account"],
            )
        )
    queries.learn_merged(register, "org", found.merged)
    return found


def current(register: Register, org_id: int) -> Mapping[str, Value | None]:
    """What an organisation has now, as the values of a row."""
    return current_many(register, [org_id], _COLUMNS)[org_id]


def current_many(
    register: Register, ids: Sequence[int], fields: Collection[str]
) -> Mapping[int, Mapping[str, Value | None]]:
    """`current` of several, by id: their tags and those fields."""
    return queries.org_rows(register, ids, [name for name in _COLUMNS if name in fields])


def add(register: Register, values: Mapping[str, Value], now: datetime) -> int:
    """Add an organisation; returns its id."""
    new = actions.add_checked(register, _stored(values), now=now)
    if values.get("tags"):
        actions.set_tags(register, new, add=several(values, "tags"))
    return new


def add_many(register: Register, new: Mapping[int, Mapping[str, Value]], now: datetime) -> None:
    """Add many at once, by the ids that they get."""
    actions.add_many(register, {one: _stored(values) for one, values in new.items()}, now=now)
    for one, values in new.items():
        if values.get("tags"):
            actions.set_tags(register, one, add=several(values, "tags"))


def _stored(values: Mapping[str, Value]) -> Mapping[str, Value]:
    if "id" not in values and "tags" not in values:
        return values
    return {f: value for f, value in values.items() if f not in ("id", "tags")}


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
    said = values_of(unit)
    if said.wrong:
        return Rejection(row, *said.wrong), []
    shown = {"name": said.given_name} if said.given_name != said.values.get("name", "") else {}
    equals: dict[str, tuple[str, ...]] = {"phone": (said.mobile,)} if said.mobile else {}
    values: dict[str, Value] = dict(said.values)
    left_out = [Rejection(row, *entry) for entry in said.left_out]
    return Record(row, values, shown, equals, care_of=unit.care_of), left_out


def noting(kind: Kind) -> Kind:
    """The kind for units of the state's register: what is taken from there is noted as such."""

    def add_unit(register: Register, values: Mapping[str, Value], now: datetime) -> int:
        new = kind.add(register, values, now)
        note_taken(register, new, values, now=now)
        return new

    def add_units(
        register: Register, new: Mapping[int, Mapping[str, Value]], now: datetime
    ) -> None:
        add_many(register, new, now)
        for one, values in new.items():
            note_taken(register, one, values, now=now)

    def change_unit(
        register: Register, org_id: int, values: Mapping[str, Value], now: datetime
    ) -> None:
        kind.change(register, org_id, values, now)
        note_taken(register, org_id, values, now=now)

    many = replace(MANY_ORGS, add=add_units)
    return replace(kind, add=add_unit, many=many, change=change_unit)


MANY_ORGS = Many(next_id, add_many, current_many)
ORGS = Kind(
    name="org",
    titles=ORG_TITLES,
    labels={
        **rules.LABELS,
        **_OFFICE_LABELS,
        "tags": N_("tags"),
        "protected": N_("protected"),
        "id": N_("number"),
        "postplace": N_("postcode and place"),
    },
    lists=frozenset({"tags"}),
    additive=frozenset({"tags"}),
    guarded=frozenset({"bank_account"}),
    strict=frozenset({"id", "orgnr", "name"}),
    check=check,
    index=index,
    current=current,
    add=add,
    change=change,
    offices=OFFICE_FIELDS,
    many=MANY_ORGS,
)
