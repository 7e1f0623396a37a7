"""What an organisation's fields may hold. No SQL, no clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.core.names import clean, clean_name, fold, sort_key

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
    "activities": N_("activities"),
    "premises": N_("premises"),
    "listed": N_("may be listed publicly"),
    "notes": N_("notes"),
    "confirmed": N_("confirmed"),
}

MAX_TEXT = 2000


def _text(value: str, field: str) -> str:
    text = clean(value)
    if len(text) > MAX_TEXT:
        raise InvalidValueError(
            _("{field} is longer than {n} characters.", field=_(LABELS[field]), n=MAX_TEXT),
            _("Shorten it."),
            field=field,
        )
    refuse_birth_numbers(text, field)
    return text


def _name(value: str, field: str) -> str:
    refuse_birth_numbers(value, field)
    return clean_name(value)


def _orgnr(value: str, field: str) -> str:
    from frivillig_cli.core.orgnr import parse_orgnr

    return parse_orgnr(value)


def _email(value: str, field: str) -> str:
    from frivillig_cli.core.email import parse_email

    return parse_email(value)


def _phone(value: str, field: str) -> str:
    from frivillig_cli.core.phone import parse_phone

    return parse_phone(value)


def _website(value: str, field: str) -> str:
    from frivillig_cli.core.website import parse_website

    return parse_website(value)


def _postcode(value: str, field: str) -> str:
    from frivillig_cli.core.postcode import parse_postcode

    return parse_postcode(value)


def _municipality(value: str, field: str) -> str:
    from frivillig_cli.core.municipality import parse_municipality

    return parse_municipality(value)


def _date(value: str, field: str) -> str:
    from frivillig_cli.core.dates import parse_date

    return parse_date(value).isoformat()


def _number(value: str, field: str) -> int:
    text = clean(value).replace(" ", "")
    top = 12 if field == "annual_meeting_month" else 10_000_000
    low = 1 if field == "annual_meeting_month" else 0
    if not text.isdecimal() or not low <= int(text) <= top:
        raise InvalidValueError(
            _("{field} must be a whole number.", field=_(LABELS[field])),
            _("Write it with digits only, from {low} to {top}.", low=low, top=top),
            field=field,
            value=text[:40],
        )
    return int(text)


def _one_of(choices: tuple[str, ...]) -> Callable[[str, str], str]:
    def check(value: str, field: str) -> str:
        text = clean(value).lower()
        if text not in choices:
            raise InvalidValueError(
                _("{field} cannot be {value}.", field=_(LABELS[field]), value=text[:40]),
                _("Choose one of: {known}.", known=", ".join(choices)),
                field=field,
                value=text[:40],
            )
        return text

    return check


def _yes_no(value: str, field: str) -> int:
    text = fold(value)
    if text in ("1", "yes", "ja", "true", "sant", "x"):
        return 1
    if text in ("0", "no", "nei", "false", "usant"):
        return 0
    raise InvalidValueError(
        _("{field} must be yes or no.", field=_(LABELS[field])),
        _("Write yes or no."),
        field=field,
        value=text[:40],
    )


CHECKS: Mapping[str, Callable[[str, str], Any]] = {
    "name": _name,
    "orgnr": _orgnr,
    "form": _text,
    "category": _text,
    "status": _one_of(STATUSES),
    "language": _one_of(LANGUAGES),
    "email": _email,
    "phone": _phone,
    "website": _website,
    "street": _text,
    "postcode": _postcode,
    "city": _text,
    "municipality": _municipality,
    "founded": _date,
    "annual_meeting_month": _number,
    "members": _number,
    "members_local": _number,
    "members_youth": _number,
    "activities": _text,
    "premises": _text,
    "listed": _yes_no,
    "notes": _text,
    "confirmed": _date,
}


def check(values: Mapping[str, str | None], *, account_confirmed: bool = False) -> dict[str, Any]:
    """Values as typed to values as stored; a blank becomes None. Raises InvalidValueError.

    `account_confirmed`: the person has said that an account number which could be a birth
    number is an account number.
    """
    stored: dict[str, Any] = {}
    for field, value in values.items():
        if value is None or not value.strip():
            if field == "name":
                raise InvalidValueError(_("The name is empty."), _("Write a name."), field=field)
            stored[field] = None
        elif field == "bank_account":
            from frivillig_cli.core.account import parse_account

            stored[field] = parse_account(value, confirmed=account_confirmed)
        else:
            stored[field] = CHECKS[field](value, field)
    return stored


def tag(value: str) -> str:
    """A tag as stored: lower case, one word or words joined by a hyphen, at most 40 characters."""
    text = "-".join(clean(value).casefold().split())
    if not text or len(text) > 40 or any(mark in text for mark in ":^,"):
        raise InvalidValueError(
            _("«{value}» cannot be a tag.", value=text[:60]),
            _("Use at most 40 letters, without colon, comma or ^."),
            field="tag",
        )
    refuse_birth_numbers(text, "tag")
    return text


def keys(values: Mapping[str, Any]) -> dict[str, str]:
    """The stored keys that follow from an organisation's values: order, name, and the rest."""
    rest = (
        "orgnr",
        "email",
        "phone",
        "website",
        "street",
        "postcode",
        "city",
        "activities",
        "notes",
    )
    return {
        "name_sort": sort_key(values["name"]),
        "name_search": fold(values["name"]),
        "search": fold(" ".join(str(values[key]) for key in rest if values.get(key))),
    }
