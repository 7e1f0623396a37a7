"""What an organisation's fields may hold. No SQL, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from frivillig_cli.core import checks
from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import N_, _, language
from frivillig_cli.core.names import clean, fold, sort_key

LANGUAGES = ("nb", "nn", "en")
STATUSES = ("active", "archived")

LABELS: Mapping[str, str] = {
    "name": N_("name"),
    "orgnr": N_("organisation number"),
    "form": N_("legal form"),
    "category": N_("category"),
    "status": N_("status"),
    "language": N_("language"),
    "email": N_("e-mail"),
    "phone": N_("phone"),
    "website": N_("website"),
    "street": N_("street"),
    "postcode": N_("postcode"),
    "city": N_("city"),
    "municipality": N_("municipality"),
    "bank_account": N_("account number"),
    "founded": N_("founded"),
    "annual_meeting_month": N_("month of the annual meeting"),
    "members": N_("members"),
    "members_local": N_("members who live in the municipality"),
    "members_youth": N_("members under 26"),
    "members_0_5": N_("members aged 0 to 5"),
    "members_6_12": N_("members aged 6 to 12"),
    "members_13_19": N_("members aged 13 to 19"),
    "members_20_25": N_("members aged 20 to 25"),
    "members_26": N_("members aged 26 and over"),
    "activities": N_("activities"),
    "premises": N_("premises"),
    "listed": N_("may be listed publicly"),
    "no_mailings": N_("no mailings since"),
    "notes": N_("notes"),
    "confirmed": N_("confirmed"),
    "tag": N_("tag"),
    "umbrella": N_("umbrella"),
}

AGE_GROUPS = ("members_0_5", "members_6_12", "members_13_19", "members_20_25", "members_26")

CHECKS: Mapping[str, checks.Check] = {
    "name": checks.name,
    "orgnr": checks.orgnr,
    "form": checks.text,
    "category": checks.category,
    "status": checks.one_of(STATUSES),
    "language": checks.one_of(LANGUAGES),
    "email": checks.email,
    "phone": checks.phone,
    "website": checks.website,
    "street": checks.text,
    "postcode": checks.postcode,
    "city": checks.text,
    "municipality": checks.municipality,
    "founded": checks.day_or_year,
    "annual_meeting_month": checks.whole_number(1, 12),
    "members": checks.whole_number(0, 10_000_000),
    "members_local": checks.whole_number(0, 10_000_000),
    "members_youth": checks.whole_number(0, 10_000_000),
    **{field: checks.whole_number(0, 10_000_000) for field in AGE_GROUPS},
    "activities": checks.text,
    "premises": checks.text,
    "listed": checks.yes_no,
    "no_mailings": checks.day,
    "notes": checks.text,
    "confirmed": checks.day,
}


def check(values: Mapping[str, str | None], *, account_confirmed: bool = False) -> dict[str, Any]:
    """Values as typed to values as stored; a blank becomes None. Raises InvalidValueError.

    `account_confirmed`: the person has said that an account number which could be a birth
    number is an account number.
    """
    return {
        field: check_one(field, value, account_confirmed=account_confirmed)
        for field, value in values.items()
    }


def check_one(field: str, value: str | None, *, account_confirmed: bool = False) -> Any:
    """One value as typed to that value as stored, as `check` does."""
    if value is None or not value.strip():
        if field == "name":
            raise InvalidValueError(_("The name is empty."), _("Write a name."), field=field)
        return "active" if field == "status" else None
    if field == "bank_account":
        from frivillig_cli.core.account import parse_account

        return parse_account(value, confirmed=account_confirmed)
    return CHECKS[field](value, field, _label(field, language()))


@cache
def _label(field: str, _spoken: str) -> str:
    return _(LABELS[field])


def tag(value: str) -> str:
    """A tag as stored: lower case, one word or words joined by a hyphen, at most 40 characters."""
    text = "-".join(clean(value).casefold().split())
    if not text or len(text) > 40 or any(mark in text for mark in ":^,"):
        raise InvalidValueError(
            _("“{value}” cannot be a tag.", value=echo(value)),
            _("Use at most 40 letters, without colon, comma or ^."),
            field="tag",
        )
    label = LABELS["tag"]
    return refuse_birth_numbers(text, "tag", _(label))


_SEARCHED = "orgnr email phone website street postcode city activities notes".split()
_OF_DIGITS = ("orgnr", "phone", "postcode")


def keys(values: Mapping[str, Any]) -> dict[str, str]:
    """The stored keys that follow from an organisation's values: order, name, and the rest."""
    return {
        "name_sort": sort_key(values["name"]),
        "name_search": fold(values["name"]),
        "search": " ".join(
            [
                value if key in _OF_DIGITS else fold(value)
                for key in _SEARCHED
                if (value := values.get(key))
            ]
        ),
    }
