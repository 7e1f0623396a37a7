"""Values as typed to values as stored, for the fields that organisations and people share.

Each check takes the text, the field's key, and the field's name as a person reads it, and
raises InvalidValueError, which never repeats a birth number.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import cache
from typing import Any

from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import ChoiceError, InvalidValueError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import clean, clean_name, fold

Check = Callable[[str, str, str], Any]
MAX_TEXT = 2000


def text(value: str, field: str, label: str) -> str | None:
    """Cleaned text of at most 2000 characters, without birth numbers; None for nothing visible."""
    kept = clean(value)
    if len(kept) > MAX_TEXT:
        raise InvalidValueError(
            _("{field} is longer than {n} characters.", field=label.capitalize(), n=MAX_TEXT),
            _("Shorten it."),
            field=field,
        )
    return refuse_birth_numbers(kept, field, label) or None


def name(value: str, field: str, label: str) -> str:
    """A name: not empty, at most 200 characters."""
    return clean_name(refuse_birth_numbers(value, field, label))


def person_name(value: str, field: str, label: str) -> str:
    """A person's name: `name`, with a letter in it. Associations are called 4H, and 1881."""
    kept = name(value, field, label)
    if not any(char.isalpha() for char in kept):
        raise InvalidValueError(
            _("“{value}” is no name: there is no letter in it.", value=echo(kept)),
            _("Write the person's name."),
            field=field,
            value=echo(kept),
        )
    return kept


def orgnr(value: str, field: str, label: str) -> str:
    """An organisation number."""
    return _parse_orgnr()(value)


def email(value: str, field: str, label: str) -> str:
    """One e-mail address."""
    return _parse_email()(refuse_birth_numbers(value, field, label))


def phone(value: str, field: str, label: str) -> str:
    """One phone number, as E.164."""
    return _parse_phone()(value)


# Imported once: no two rows of a long list have the same, and each import takes as long as a check.
@cache
def _parse_orgnr() -> Callable[[str], str]:
    from frivillig_cli.core.orgnr import parse_orgnr

    return parse_orgnr


@cache
def _parse_email() -> Callable[[str], str]:
    from frivillig_cli.core.email import parse_email

    return parse_email


@cache
def _parse_phone() -> Callable[[str], str]:
    from frivillig_cli.core.phone import parse_phone

    return parse_phone


def website(value: str, field: str, label: str) -> str:
    """A web address."""
    from frivillig_cli.core.website import parse_website

    return parse_website(refuse_birth_numbers(value, field, label, lost_nought=False))


def postcode(value: str, field: str, label: str) -> str:
    """A postcode."""
    from frivillig_cli.core.postcode import parse_postcode

    return parse_postcode(value)


def category(value: str, field: str, label: str) -> str:
    """An ICNPO category or group, by its code or its name; as its code."""
    from frivillig_cli.core.icnpo import parse_category

    return parse_category(refuse_birth_numbers(value, field, label))


def municipality(value: str, field: str, label: str) -> str:
    """A municipality's number."""
    from frivillig_cli.core.municipality import parse_municipality

    return parse_municipality(value)


def day(value: str, field: str, label: str) -> str:
    """A date, as ISO 8601."""
    from frivillig_cli.core.dates import parse_date

    return parse_date(value).isoformat()


def day_or_year(value: str, field: str, label: str) -> str:
    """A date, as ISO 8601, or a year alone."""
    from frivillig_cli.core.dates import parse_day_or_year

    return parse_day_or_year(value)


def past_day(value: str, today: date, field: str, label: str) -> str:
    """A date that is not after `today`, as ISO 8601."""
    from frivillig_cli.core.dates import show_date

    kept = day(value, field, label)
    if kept > today.isoformat():
        raise InvalidValueError(
            _("{field}: {date} is in the future.", field=label.capitalize(), date=show_date(kept)),
            _("Give a date that has been."),
            field=field,
            value=kept,
        )
    return kept


def whole_number(low: int, top: int) -> Check:
    """A check for a whole number from `low` to `top`."""

    def check(value: str, field: str, label: str) -> int:
        digits = clean(value).replace(" ", "")
        known = digits.isascii() and digits.isdigit() and len(digits) < 18
        if not known or not low <= int(digits) <= top:
            raise InvalidValueError(
                _("{field} must be a whole number.", field=label.capitalize()),
                _("Write it with digits only, from {low} to {top}.", low=low, top=top),
                field=field,
                value=echo(value),
            )
        return int(digits)

    return check


def one_of(choices: tuple[str, ...]) -> Check:
    """A check for one of `choices`."""

    def check(value: str, field: str, label: str) -> str:
        chosen = clean(value).lower()
        if chosen not in choices:
            raise ChoiceError(
                _("{field} cannot be {value}.", field=label.capitalize(), value=echo(value)),
                _("Choose one of: {known}.", known=", ".join(choices)),
                field=field,
                value=echo(value),
            )
        return chosen

    return check


def yes_no(value: str, field: str, label: str) -> int:
    """1 for yes, 0 for no."""
    answer = fold(value)
    if answer in ("1", "yes", "ja", "true", "sant", "x"):
        return 1
    if answer in ("0", "no", "nei", "false", "usant"):
        return 0
    raise InvalidValueError(
        _("{field} must be yes or no.", field=label.capitalize()),
        _("Write yes or no."),
        field=field,
        value=echo(value),
    )


def percent(value: str, field: str, label: str) -> str:
    """A whole number from 1 to 100, as text."""
    return _within(value, field, label, range(1, 101), _("Give a whole number from 1 to 100."))


def minutes_of_a_mark(value: str, field: str, label: str) -> str:
    """The minutes that reports count at: 15, 30, 60 or 120, as text."""
    return _within(value, field, label, (15, 30, 60, 120), _("Choose 15, 30, 60 or 120."))


def _within(value: str, field: str, label: str, allowed: Collection[int], hint: str) -> str:
    text = value.strip().removesuffix("%").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 5 and int(text) in allowed):
        raise InvalidValueError(
            _("“{value}” does not fit {field}.", value=echo(value), field=label), hint, field=field
        )
    return str(int(text))
