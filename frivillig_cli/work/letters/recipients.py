"""To whom: who gets a letter, with which fields and address, and who is left out and why.

Archived ones that the query fits are left out by name, so that nobody is missed in silence.
A protected volunteer gets no letter. An association's letter goes to the association's own
address whoever leads it; a protected contact person's name is not put there, only in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from frivillig_cli.core.i18n import _
from frivillig_cli.core.query import Query, Term
from frivillig_cli.records.agreement import queries as agreements
from frivillig_cli.records.letter import queries as letters
from frivillig_cli.records.letter.model import SKIP_REASONS, LetterRow
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.person import queries as people
from frivillig_cli.records.person.model import Person
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters.fields import (
    agreement_fields,
    contact_of,
    org_fields,
    volunteer_fields,
)

DEFAULT_LANGUAGE = "nb"


@dataclass(frozen=True)
class Recipient:
    """One who may get the letter: fields for the template, address lines, and why not.

    `language` is what the recipient reads; `ids` are those that the batch records.
    """

    id: int
    name: str
    language: str
    address: tuple[str, ...]
    ids: dict[str, Any]
    fields: dict[str, Any] = field(repr=False)
    skipped: str | None = None
    missing_field: str | None = None
    missing_in: str | None = None

    @property
    def all_fields(self) -> dict[str, Any]:
        """The fields of this recipient's letter, its name and address lines among them."""
        name = next(
            self.fields[kind]["name"] for kind in ("org", "volunteer") if kind in self.fields
        )
        return {
            **self.fields,
            "recipient": {"name": name, "address_lines": list(self.address)},
        }

    def row(self, **written: Any) -> LetterRow:
        """What the batch records of this recipient."""
        return LetterRow(
            recipient=self.name,
            address="\n".join(self.address) or None,
            skipped=self.skipped,
            missing_field=self.missing_field,
            missing_in=self.missing_in,
            **self.ids,
            **{"language": self.language, **written},
        )


def reason(row: Recipient | LetterRow) -> str:
    """Why somebody is left out, in words."""
    if row.missing_field:
        return _("{field} is missing ({place})", field=row.missing_field, place=row.missing_in)
    return _(SKIP_REASONS.get(row.skipped or "", row.skipped or ""))


def find(
    register: Register, kind: str, query: Query, got: set[int], *, today: date
) -> Iterator[Recipient]:
    """Everybody of `kind` (org, volunteer, agreement) that `query` picks, by name.

    `got` are the ids that were sent the same letter before. Archived ones come last.
    """
    makers = {"org": _orgs, "volunteer": _volunteers, "agreement": _agreements}
    for recipient in makers[kind](register, query, today):
        if recipient.skipped is None and recipient.id in got:
            yield replace(recipient, skipped="already_sent")
        else:
            yield recipient


def _also_archived(
    find: Callable[[Query], Sequence[Any]], query: Query, names: tuple[str, ...]
) -> Iterator[Any]:
    """What `find` gives, and after it the archived ones, unless the query names a status."""
    yield from find(query)
    if not any(term.field in names for term in query.terms):
        yield from find(Query((*query.terms, Term("archived", field="status"))))


def _orgs(register: Register, query: Query, today: date) -> Iterator[Recipient]:
    hidden = letters.protected_people(register)
    for org in _also_archived(lambda q: orgs.find(register, q), query, ("status",)):
        yield Recipient(
            id=org.id,
            name=org.name,
            language=org.language or DEFAULT_LANGUAGE,
            address=_org_address(org, hidden),
            ids={"org_id": org.id},
            fields={"org": org_fields(org)},
            skipped=_why_not(org.status, org.values),
        )


def _agreements(register: Register, query: Query, today: date) -> Iterator[Recipient]:
    hidden = letters.protected_people(register)
    for agreement in agreements.find(register, query, today=today):
        org = orgs.get(register, agreement.org_id)
        yield Recipient(
            id=agreement.id,
            name=f"{org.name}: {agreement.title}",
            language=org.language or DEFAULT_LANGUAGE,
            address=_org_address(org, hidden),
            ids={"org_id": org.id, "agreement_id": agreement.id},
            fields={
                "org": org_fields(org),
                "agreement": agreement_fields(register, agreement, hidden),
            },
            skipped=_why_not(org.status, org.values),
        )


def _volunteers(register: Register, query: Query, today: date) -> Iterator[Recipient]:
    def found(wanted: Query) -> list[Person]:
        return people.find(register, wanted, volunteers=True)

    for person in _also_archived(found, query, ("status", "volunteer")):
        own = {name: getattr(person, name) for name in ("email", "street", "postcode", "city")}
        skipped = _why_not((person.volunteer or {}).get("status"), own)
        yield Recipient(
            id=person.id,
            name=person.name,
            language=person.language or DEFAULT_LANGUAGE,
            address=() if person.protected else _lines(person.name, None, own),
            ids={"person_id": person.id},
            fields={"volunteer": volunteer_fields(person)},
            skipped="protected" if person.protected else skipped,
        )


def _why_not(status: str | None, values: dict[str, Any]) -> str | None:
    if status == "archived":
        return "archived"
    reachable = values.get("email") or (values.get("postcode") and values.get("city"))
    return None if reachable else "no_address"


def _org_address(org: Org, hidden: set[int]) -> tuple[str, ...]:
    contact = contact_of(org)
    named = contact is not None and contact["person_id"] not in hidden
    return _lines(org.name, contact["name"] if contact and named else None, org.values)


def _lines(name: str, contact: str | None, values: dict[str, Any]) -> tuple[str, ...]:
    place = " ".join(values[key] for key in ("postcode", "city") if values.get(key))
    return tuple(line for line in (name, contact, values.get("street"), place) if line)
