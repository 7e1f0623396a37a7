"""To whom: who gets a letter, with which fields and address, and who is left out and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from frivillig_cli.core.i18n import N_
from frivillig_cli.core.query import Query
from frivillig_cli.records.agreement import queries as agreements
from frivillig_cli.records.letter.model import LetterRow
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.volunteer import queries as volunteers
from frivillig_cli.store.register import Register

REASONS = {
    "archived": N_("archived"),
    "no_address": N_("neither postal address nor e-mail"),
    "protected": N_("protected"),
    "already_sent": N_("has got this letter"),
}

COLUMNS = {"org": "org_id", "volunteer": "person_id", "agreement": "agreement_id"}


@dataclass(frozen=True)
class Recipient:
    """One who may get the letter: fields for the template, address lines, and why not."""

    id: int
    kind: str
    name: str
    language: str
    address: tuple[str, ...]
    fields: dict[str, Any] = field(repr=False)
    skipped: str | None = None

    def row(self, **written: Any) -> LetterRow:
        """What the batch records of this recipient."""
        address = "\n".join(self.address) or None
        if self.skipped == "protected":
            address = None
        return LetterRow(
            recipient=self.name,
            language=self.language,
            address=address,
            skipped=self.skipped,
            **{COLUMNS[self.kind]: self.id},
            **written,
        )


def find(
    register: Register, kind: str, query: Query, got: set[int], *, today: date
) -> Iterator[Recipient]:
    """Everybody of `kind` (org, volunteer, agreement) that `query` picks, by name.

    `got` are the ids that were sent the same template before.
    """
    makers = {"org": _orgs, "volunteer": _volunteers, "agreement": _agreements}
    for recipient in makers[kind](register, query, today):
        if recipient.skipped is None and recipient.id in got:
            yield Recipient(**{**vars(recipient), "skipped": "already_sent"})
        else:
            yield recipient


def _lines(name: str, values: dict[str, Any], contact: str | None = None) -> tuple[str, ...]:
    place = " ".join(values[key] for key in ("postcode", "city") if values.get(key))
    street = values.get("street")
    return tuple(line for line in (name, contact, street, place) if line)


def org_fields(org: Org) -> dict[str, Any]:
    """What a template may say of an association."""
    present = [contact for contact in org.contacts if not contact["to"]]
    offices = {
        role: next((c["name"] for c in present if c["role"] == role), None)
        for role in ("leader", "treasurer", "contact")
    }
    names = (
        "id", "name", "orgnr", "email", "phone", "website", "street", "postcode", "city",
        "category", "bank_account", "members",
    )  # fmt: skip
    return {
        **{name: org.values[name] for name in names},
        "leader_name": offices["leader"],
        "treasurer_name": offices["treasurer"],
        "contact_name": offices["contact"] or offices["leader"],
        "tags": org.tags,
    }


def _reachable(values: dict[str, Any]) -> bool:
    return bool(values.get("email") or (values.get("postcode") and values.get("city")))


def _orgs(register: Register, query: Query, today: date) -> Iterator[Recipient]:
    for org in orgs.find(register, query):
        skipped = "archived" if org.status == "archived" else None
        if skipped is None and not _reachable(org.values):
            skipped = "no_address"
        about = org_fields(org)
        contact = about["contact_name"]
        yield Recipient(
            org.id, "org", org.name, org.language or "nb",
            _lines(org.name, org.values, contact), {"org": about}, skipped,
        )  # fmt: skip


def _volunteers(register: Register, query: Query, today: date) -> Iterator[Recipient]:
    for person in volunteers.find(register, query):
        data = person.to_json()
        volunteer = data["volunteer"] or {}
        skipped = "archived" if volunteer.get("status") == "archived" else None
        if person.protected:
            skipped = "protected"
        elif skipped is None and not _reachable(data):
            skipped = "no_address"
        about = {"id": data["id"], "name": data["name"], **volunteer}
        yield Recipient(
            data["id"], "volunteer", data["name"], data["language"] or "nb",
            _lines(data["name"], data), {"volunteer": about}, skipped,
        )  # fmt: skip


def _agreements(register: Register, query: Query, today: date) -> Iterator[Recipient]:
    for agreement in agreements.find(register, query, today=today):
        org = orgs.get(register, agreement.org_id)
        skipped = None if _reachable(org.values) else "no_address"
        about = org_fields(org)
        yield Recipient(
            agreement.id, "agreement", f"{org.name}: {agreement.title}", org.language or "nb",
            _lines(org.name, org.values, about["contact_name"]),
            {"org": about, "agreement": agreement.to_json()}, skipped,
        )  # fmt: skip
