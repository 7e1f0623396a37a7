"""The values of the fields that a template may use: those that `letter fields` lists, no others.

Dates are dates, so that they are written out in the letter's language. Of people there are names
only, never an address, a number or an e-mail address of their own.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from frivillig_cli.documents.values import Word
from frivillig_cli.records.agreement.model import KIND_WORDS, PAYER_WORDS, Agreement
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.person.model import Person
from frivillig_cli.records.resource import queries as resources
from frivillig_cli.records.resource.model import FACILITY_WORDS, Resource
from frivillig_cli.records.resource.model import KIND_WORDS as KINDS
from frivillig_cli.records.response import queries as groups
from frivillig_cli.records.response.model import Group
from frivillig_cli.records.survey.model import Survey
from frivillig_cli.store.register import Register

_ORG = (
    "name", "orgnr", "email", "phone", "website", "street", "postcode", "city", "bank_account",
    "members",
)  # fmt: skip
_AGREEMENT = ("case_number", "caller", "municipality_contact", "response_time", "insurance")


def org_fields(org: Org) -> dict[str, Any]:
    """What a template may say of an association."""
    contact = contact_of(org)
    return {
        **{name: org.values[name] for name in _ORG},
        "contact_name": contact["name"] if contact else None,
        "leader_name": _holder(org, "leader"),
        "treasurer_name": _holder(org, "treasurer"),
        "tags": org.tags,
    }


def contact_of(org: Org) -> dict[str, Any] | None:
    """The office of the one whom a letter is addressed to: the contact person, else the leader."""
    for role in ("contact", "leader"):
        for office in org.contacts:
            if office["role"] == role and not office["to"]:
                return office
    return None


def _holder(org: Org, role: str) -> str | None:
    held = (office for office in org.contacts if office["role"] == role and not office["to"])
    return next((str(office["name"]) for office in held), None)


def volunteer_fields(person: Person) -> dict[str, Any]:
    """What a template may say of a volunteer."""
    volunteer = person.volunteer or {}
    completed = volunteer.get("intro_course_completed")
    return {"name": person.name, "intro_course_completed": _day(completed)}


def agreement_fields(register: Register, agreement: Agreement, hidden: set[int]) -> dict[str, Any]:
    """What a template may say of an agreement, with what its parties give.

    `hidden` are the protected people: they are named as no leader and no key-holder.
    """
    parties = [{"name": agreement.org, "role": None}]
    parties += [{"name": party["name"], "role": party["role"]} for party in agreement.parties]
    owners = [agreement.org_id, *(party["org_id"] for party in agreement.parties)]
    given = resources.of_orgs(register, (owner for owner in owners if owner))
    return {
        "title": agreement.title,
        "kind": Word(KIND_WORDS[agreement.kind]),
        "from": _day(agreement.from_date),
        "to": _day(agreement.to_date),
        "signed": _day(agreement.signed),
        "reviewed": _day(agreement.reviewed),
        **{name: getattr(agreement, name) for name in _AGREEMENT},
        "exercise_payer": _payer(agreement.exercise_payer),
        "event_payer": _payer(agreement.event_payer),
        "parties": parties,
        "contributions": [
            {name: row[name] for name in ("party", "what", "terms")}
            for row in agreement.contributions
        ],
        "groups": [_group(group) for group in groups.of_agreement(register, agreement.id)],
        "premises": [_place(one, hidden) for one in given if one.kind == "premises"],
        "equipment": [
            {"name": one.name, "kind": Word(KINDS[one.kind])}
            for one in given
            if one.kind != "premises"
        ],
    }


def _payer(code: str | None) -> Word | None:
    return Word(PAYER_WORDS[code]) if code else None


def _group(group: Group) -> dict[str, Any]:
    def named(role: str) -> str | None:
        seats = (one for one in group.members if one.role == role and not one.protected)
        return next((one.name for one in seats), None)

    return {
        "name": group.name,
        "leader": named("leader"),
        "deputy": named("deputy"),
        "members": len(group.members),
    }


def _place(place: Resource, hidden: set[int]) -> dict[str, Any]:
    return {
        "name": place.name,
        "address": place.address,
        "capacity": place.capacity,
        "facilities": [Word(word) for key, word in FACILITY_WORDS.items() if getattr(place, key)],
        "key_holder": None if place.key_holder_id in hidden else place.key_holder,
    }


def survey_fields(survey: Survey | None) -> dict[str, Any]:
    """What a template may say of the survey that the letter is about, if it is about one."""
    if survey is None:
        return {"title": None, "due": None}
    return {"title": survey.title, "due": _day(survey.due)}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
