"""What a person's fields may hold, and when two people are one. No SQL, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from frivillig_cli.core import checks
from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.core.names import clean, fold, sort_key
from frivillig_cli.records.person.model import HIDDEN_WHEN_PROTECTED, Known, MatchResult

LANGUAGES = ("nb", "nn", "en")
MOST_PHONES = 10

LABELS: Mapping[str, str] = {
    "name": N_("name"),
    "email": N_("e-mail"),
    "phone": N_("phone"),
    "street": N_("street"),
    "postcode": N_("postcode"),
    "city": N_("city"),
    "language": N_("language"),
    "minor": N_("under 18"),
    "protected": N_("protected"),
    "opted_out_until": N_("not to be called until"),
    "no_mailings": N_("no mailings since"),
    "notes": N_("notes"),
    "skill": N_("skill"),
}

CHECKS: Mapping[str, checks.Check] = {
    "name": checks.person_name,
    "email": checks.email,
    "street": checks.text,
    "postcode": checks.postcode,
    "city": checks.text,
    "language": checks.one_of(LANGUAGES),
    "minor": checks.yes_no,
    "opted_out_until": checks.day,
    "no_mailings": checks.day,
    "notes": checks.text,
}


def check(values: Mapping[str, str | None]) -> dict[str, Any]:
    """Values as typed to values as stored; a blank becomes None. Raises InvalidValueError."""
    stored: dict[str, Any] = {}
    for field, value in values.items():
        if value is not None and value.strip():
            stored[field] = CHECKS[field](value, field, _(LABELS[field]))
        elif field == "name":
            raise InvalidValueError(_("The name is empty."), _("Write a name."), field=field)
        else:
            stored[field] = 0 if field == "minor" else None
    return stored


def check_phones(texts: Iterable[str]) -> list[str]:
    """Phone numbers as typed, several in one text allowed, to E.164, each once, in that order."""
    from frivillig_cli.core.phone import parse_phones

    numbers = list(dict.fromkeys(number for text in texts for number in parse_phones(text)))
    if len(numbers) > MOST_PHONES:
        raise InvalidValueError(
            _("{n} phone numbers are too many for one person.", n=len(numbers)),
            _("Keep at most {n}.", n=MOST_PHONES),
            field="phone",
        )
    return numbers


def skill(value: str) -> str:
    """A skill as stored: small letters, at most 40 characters. Raises InvalidValueError."""
    text = clean(value).casefold()
    if not text or len(text) > 40 or any(mark in text for mark in ":^,;="):
        raise InvalidValueError(
            _("“{value}” cannot be a skill.", value=echo(value)),
            _("Use at most 40 letters, without colon, comma, = or ^."),
            field="skill",
        )
    label = LABELS["skill"]
    return refuse_birth_numbers(text, "skill", _(label))


def keys(values: Mapping[str, Any], phones: Sequence[str], skills: Iterable[str]) -> dict[str, str]:
    """The stored keys that follow from a person: order, name, and the rest for searching.

    Of a protected person only the skills can be searched for.
    """
    words = list(skills)
    if not values.get("protected"):
        words += phones
        words += [str(values[key]) for key in HIDDEN_WHEN_PROTECTED if values.get(key)]
    return {
        "name_sort": sort_key(values["name"]),
        "name_search": fold(values["name"]),
        "search": fold(" ".join(words)),
    }


def decide(
    name: str, phones: Iterable[str], email: str | None, known: Iterable[Known]
) -> MatchResult:
    """Who of `known` has this name, and whether it is certain.

    The same name (æøå, accents and case forgiven) and a phone number or e-mail address in
    common is the same person, whatever else differs: people change the other. The same name
    alone is uncertain, and so are two people who both have something in common with it.
    A number in common without the name says nothing: families share one.
    """
    folded, numbers, address = fold(name), set(phones), (email or "").casefold()
    namesakes = tuple(person for person in known if person.name_search == folded)
    if not namesakes:
        return MatchResult("new")
    same = [
        person
        for person in namesakes
        if numbers & person.phones or (address and address == (person.email or "").casefold())
    ]
    if len(same) == 1:
        return MatchResult("same", same[0].id, namesakes)
    return MatchResult("uncertain", None, namesakes)
