"""Volunteers: what an import reads of them, and how it writes it. One id with the person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.i18n import N_
from frivillig_cli.core.names import fold
from frivillig_cli.core.vacant import tells_of_nobody
from frivillig_cli.records.person import actions as person_actions
from frivillig_cli.records.person import rules as person_rules
from frivillig_cli.records.volunteer import actions, rules
from frivillig_cli.store.register import Register
from frivillig_cli.work.imports import queries
from frivillig_cli.work.imports.kind import Kind
from frivillig_cli.work.imports.known import Known
from frivillig_cli.work.imports.match import Index
from frivillig_cli.work.imports.mend import says_nothing
from frivillig_cli.work.imports.record import Value
from frivillig_cli.work.imports.rows import as_texts, several
from frivillig_cli.work.imports.titles import VOLUNTEER_TITLES

_LABELS = {
    **person_rules.LABELS,
    **rules.LABELS,
    "skills": N_("skills"),
    "first_name": N_("first name"),
    "last_name": N_("last name"),
    "postplace": N_("postcode and place"),
    "id": N_("number"),
    "volunteer": N_("volunteer"),
}
_PERSON = frozenset({"name", "email", "street", "postcode", "city", "language", "notes"})


def checker(now: datetime) -> Kind:
    """The kind, for today: what has happened (a signature) cannot be in the future."""

    def check(field: str, text: str) -> Value:
        if field == "phone":
            return tuple(person_rules.check_phones([text]))
        if field == "skills":
            parts = [part.strip() for part in re.split("[,;/\n]", text)]
            return tuple(dict.fromkeys(person_rules.skill(part) for part in parts if part))
        if says_nothing(field, text) or (field == "name" and tells_of_nobody(text)):
            return ""
        if field == "name" and text.count(",") == 1:
            last, first = text.split(",")
            text = f"{first.strip()} {last.strip()}"
        if field in _PERSON:
            stored: Value | None = person_rules.check({field: text})[field]
        else:
            stored = rules.check({field: text}, today=norwegian_day(now))[field]
        return "" if stored is None else stored

    return Kind(
        name="volunteer",
        titles=VOLUNTEER_TITLES,
        labels=_LABELS,
        lists=frozenset({"phone", "skills"}),
        additive=frozenset({"skills"}),
        guarded=frozenset(),
        strict=frozenset({"id", "name"}),
        check=check,
        index=index,
        current=current,
        add=add,
        change=change,
    )


def index(register: Register) -> Index:
    """All people, volunteers or not, by what identifies them."""
    found = Index(people=True)
    for row in queries.person_keys(register):
        closed = "protected" if row["protected"] else row["status"]
        found.learn(
            Known(
                row["id"],
                row["name"],
                emails=(row["email"],) if row["email"] else (),
                phones=tuple((row["numbers"] or "").split(",")) if row["numbers"] else (),
                postcode=row["postcode"],
                city=fold(row["city"] or "") or None,
                closed=closed if closed in ("protected", "archived") else None,
            )
        )
    queries.learn_merged(register, "person", found.merged)
    return found


def current(register: Register, person_id: int) -> Mapping[str, Value | None]:
    """What a person has now, as the values of a row; `volunteer` is None where they are none."""
    row = queries.volunteer_row(register, person_id)
    row["volunteer"] = row.pop("volunteer_id")
    return row


def add(register: Register, values: Mapping[str, Value], now: datetime) -> int:
    """Add a person who is a volunteer; returns the id."""
    person, volunteer = _parts(values)
    new = person_actions.add(register, person, phones=several(values, "phone"), now=now)
    actions.add(register, new, volunteer, now=now, today=norwegian_day(now))
    if values.get("skills"):
        person_actions.set_skills(register, new, add=several(values, "skills"), now=now)
    return new


def change(register: Register, person_id: int, values: Mapping[str, Value], now: datetime) -> None:
    """Set the fields given; `phone` goes before the numbers that are there."""
    person, volunteer = _parts(values)
    numbers: list[str] | None = None
    if values.get("phone"):
        before = queries.volunteer_row(register, person_id)["phone"]
        numbers = list(dict.fromkeys((*several(values, "phone"), *before)))
    if person or numbers:
        person_actions.edit(register, person_id, person, phones=numbers, now=now)
    if (
        not actions.add(register, person_id, volunteer, now=now, today=norwegian_day(now))
        and volunteer
    ):
        actions.edit(register, person_id, volunteer, now=now, today=norwegian_day(now))
    if values.get("skills"):
        person_actions.set_skills(register, person_id, add=several(values, "skills"), now=now)


def _parts(values: Mapping[str, Value]) -> tuple[dict[str, str], dict[str, str]]:
    texts = as_texts(values)
    person = {field: text for field, text in texts.items() if field in _PERSON}
    rest = {f: t for f, t in texts.items() if f not in _PERSON and f != "volunteer"}
    return person, rest
