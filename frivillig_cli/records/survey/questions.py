"""The default questions: the formal changes that a municipality asks its associations for.

Each but the last few is bound to a field of the register. A survey keeps its questions as they
were when it was made, in every language, so that what was asked can be read years later.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from frivillig_cli.core.compact import compact_json
from frivillig_cli.core.i18n import LANGUAGES, N_, _, in_language
from frivillig_cli.records.survey.model import Choice, Kind, Question

OFFICES = ("leader", "deputy", "treasurer", "contact")
DATE_OF_OFFICE = "annual_meeting"
AGE_GROUPS = ("members_0_5", "members_6_12", "members_13_19", "members_20_25", "members_26")
ANSWERED_BY = "answered_by"
FURTHER = "further"

SECTIONS = {
    "association": N_("The association"),
    "board": N_("Board and contact person"),
    "meeting": N_("Annual meeting and account"),
    "members": N_("Members and activities"),
    FURTHER: N_("More questions"),
    "closing": N_("At the end"),
}

_PHONE_HELP = N_("Eight digits, or + and the country code.")
_EMAIL_HELP = N_("Such as name@association.example.")
_OFFICE_HELP = N_("First name and last name. A new name takes over from the old one.")

_DEFAULT = (
    ("name", Kind.ORG_NAME, "association", N_("Name"), N_("As it stands in your articles.")),
    (
        "orgnr",
        Kind.ORGNR,
        "association",
        N_("Organisation number"),
        N_("Nine digits. Leave it blank if you have none."),
    ),
    ("street", Kind.TEXT, "association", N_("Postal address"), N_("Street, or PO box.")),
    ("postcode", Kind.POSTCODE, "association", N_("Postcode"), N_("Four digits.")),
    ("city", Kind.TEXT, "association", N_("Town"), ""),
    (
        "email",
        Kind.EMAIL,
        "association",
        N_("E-mail of the association"),
        N_("We write here. Best is one that outlives a change of board."),
    ),
    ("phone", Kind.PHONE, "association", N_("Phone of the association"), _PHONE_HELP),
    ("website", Kind.WEBSITE, "association", N_("Website"), N_("Such as www.association.example.")),
    ("leader", Kind.PERSON, "board", N_("Leader"), _OFFICE_HELP),
    ("leader_phone", Kind.PHONE, "board", N_("Leader: phone"), _PHONE_HELP),
    ("leader_email", Kind.EMAIL, "board", N_("Leader: e-mail"), _EMAIL_HELP),
    ("deputy", Kind.PERSON, "board", N_("Deputy leader"), _OFFICE_HELP),
    ("deputy_phone", Kind.PHONE, "board", N_("Deputy leader: phone"), _PHONE_HELP),
    ("deputy_email", Kind.EMAIL, "board", N_("Deputy leader: e-mail"), _EMAIL_HELP),
    ("treasurer", Kind.PERSON, "board", N_("Treasurer"), _OFFICE_HELP),
    ("treasurer_phone", Kind.PHONE, "board", N_("Treasurer: phone"), _PHONE_HELP),
    ("treasurer_email", Kind.EMAIL, "board", N_("Treasurer: e-mail"), _EMAIL_HELP),
    (
        "contact",
        Kind.PERSON,
        "board",
        N_("Contact person"),
        N_("Whom the municipality calls first. May be one of those above."),
    ),
    ("contact_phone", Kind.PHONE, "board", N_("Contact person: phone"), _PHONE_HELP),
    ("contact_email", Kind.EMAIL, "board", N_("Contact person: e-mail"), _EMAIL_HELP),
    (
        "annual_meeting_month",
        Kind.MONTH,
        "meeting",
        N_("Month of the annual meeting"),
        N_("Choose from the list."),
    ),
    (
        DATE_OF_OFFICE,
        Kind.DATE,
        "meeting",
        N_("Date of your last annual meeting"),
        N_("Such as 12.03.2027. New offices count from this day."),
    ),
    (
        "bank_account",
        Kind.ACCOUNT,
        "meeting",
        N_("Account number"),
        N_("Eleven digits. We call you before a new number is used."),
    ),
    ("members", Kind.NUMBER, "members", N_("Members in all"), N_("Only the number, no names.")),
    ("members_0_5", Kind.NUMBER, "members", N_("Of these 0 to 5 years"), ""),
    ("members_6_12", Kind.NUMBER, "members", N_("Of these 6 to 12 years"), ""),
    ("members_13_19", Kind.NUMBER, "members", N_("Of these 13 to 19 years"), ""),
    ("members_20_25", Kind.NUMBER, "members", N_("Of these 20 to 25 years"), ""),
    ("members_26", Kind.NUMBER, "members", N_("Of these 26 years and over"), ""),
    ("members_local", Kind.NUMBER, "members", N_("Of these living in the municipality"), ""),
    (
        "activities",
        Kind.TEXT,
        "members",
        N_("Activities"),
        N_("What you do, in a few words: choir, football for girls, walks."),
    ),
    (
        "premises",
        Kind.TEXT,
        "members",
        N_("Premises"),
        N_("Where you meet, and whether you own it or rent it."),
    ),
    (
        "listed",
        Kind.YES_NO,
        "closing",
        N_("May we list you publicly?"),
        N_("Name, e-mail, website and activities in the municipality's open list."),
    ),
    (ANSWERED_BY, Kind.TEXT, "closing", N_("Who has filled in the form?"), ""),
)
_UNBOUND = (DATE_OF_OFFICE, ANSWERED_BY)


def default_questions() -> tuple[Question, ...]:
    """The default questions, in every language, in the order of the form."""
    return tuple(
        Question(name, kind, section, _texts(text), _texts(more), bound=name not in _UNBOUND)
        for name, kind, section, text, more in _DEFAULT
    )


def _texts(message: str) -> dict[str, str]:
    texts = {}
    for language in LANGUAGES:
        with in_language(language):
            texts[language] = _(message)
    return texts


@lru_cache(maxsize=256)  # of each field of each form
def office_of(field: str) -> str | None:
    """The office that a field tells of: `leader` for leader, leader_phone and leader_email."""
    office, _under, detail = field.partition("_")
    return office if office in OFFICES and detail in ("", "phone", "email") else None


def ordered(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Questions by section, in the order of the form."""
    places = list(SECTIONS)
    return tuple(sorted(questions, key=lambda question: places.index(question.section)))


def to_json(questions: Iterable[Question]) -> str:
    """Questions as the register keeps them."""
    return compact_json([_as_dict(question) for question in questions])


def _as_dict(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": str(question.kind),
        "section": question.section,
        "text": dict(question.text),
        "help": dict(question.help),
        "options": [{"id": choice.id, "text": dict(choice.text)} for choice in question.options],
        "bound": question.bound,
    }


def from_json(text: str) -> tuple[Question, ...]:
    """Questions as `to_json` wrote them."""
    return tuple(_from_dict(row) for row in json.loads(text))


def _from_dict(row: Mapping[str, Any]) -> Question:
    options = tuple(Choice(choice["id"], choice["text"]) for choice in row["options"])
    return Question(
        row["id"],
        Kind(row["kind"]),
        row["section"],
        row["text"],
        row["help"],
        options,
        bound=row["bound"],
    )
