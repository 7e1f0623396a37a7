"""The values of the fields that a template may use: those that `letter fields` lists, no others.

Dates are dates, so that they are written out in the letter's language. Of people there are names
only, never an address, a number or an e-mail address of their own; but one who can be called out
reads the number that will be rung.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from frivillig_cli.records.org.model import Org

if TYPE_CHECKING:  # one letter needs one kind of them, and each takes its time to load
    from frivillig_cli.records.person.model import Person
    from frivillig_cli.records.survey.model import Survey

_ORG = (
    "name", "orgnr", "email", "phone", "website", "street", "postcode", "city", "bank_account",
    "members",
)  # fmt: skip


def org_fields(org: Org, hidden: Collection[int]) -> dict[str, Any]:
    """What a template may say of an association; nobody who is `hidden`, by id, is named."""
    contact = contact_of(org)
    named = contact is not None and contact["person_id"] not in hidden
    return {
        **{name: org.values[name] for name in _ORG},
        "contact_name": contact["name"] if contact and named else None,
        "leader_name": _holder(org, "leader", hidden),
        "treasurer_name": _holder(org, "treasurer", hidden),
        "tags": org.tags,
    }


def contact_of(org: Org) -> dict[str, Any] | None:
    """The office of the one whom a letter is addressed to: the contact person, else the leader."""
    for role in ("contact", "leader"):
        for office in org.contacts:
            if office["role"] == role and not office["to"]:
                return office
    return None


def _holder(org: Org, role: str, hidden: Collection[int]) -> str | None:
    held = (office for office in org.contacts if office["role"] == role and not office["to"])
    open_ = (office for office in held if office["person_id"] not in hidden)
    return next((str(office["name"]) for office in open_), None)


def volunteer_fields(person: Person) -> dict[str, Any]:
    """What a template may say of a volunteer."""
    volunteer = person.volunteer or {}
    completed = volunteer.get("intro_course_completed")
    return {"name": person.name, "intro_course_completed": day_of(completed)}


def survey_fields(survey: Survey | None) -> dict[str, Any]:
    """What a template may say of the survey that the letter is about, if it is about one."""
    if survey is None:
        return {"title": None, "due": None}
    return {"title": survey.title, "due": day_of(survey.due)}


def day_of(text: str | None) -> date | None:
    """A stored date as a date."""
    return date.fromisoformat(text) if text else None
