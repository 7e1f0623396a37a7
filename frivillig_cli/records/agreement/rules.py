"""What an agreement may hold, and when it is in force. No SQL, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.checks import past_day
from frivillig_cli.core.dates import parse_date
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import ChoiceError, InvalidValueError
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.core.names import clean, clean_name, fold, sort_key
from frivillig_cli.records.agreement.model import CONTRIBUTIONS, KINDS, PAYERS

MOST_TEXT = 4000

LABELS: Mapping[str, str] = {
    "title": N_("title"),
    "kind": N_("kind"),
    "from_date": N_("from"),
    "to_date": N_("to"),
    "ended": N_("ended"),
    "end_reason": N_("why it ended"),
    "signed": N_("signed"),
    "reviewed": N_("reviewed"),
    "exercise_payer": N_("pays exercises"),
    "event_payer": N_("pays when it happens"),
    "rescue_payer": N_("pays a search led by the police"),
    "case_number": N_("case number"),
    "caller": N_("who may call out"),
    "municipality_contact": N_("the municipality's number day and night"),
    "municipality_stand_in": N_("the municipality's stand-in"),
    "association_contact": N_("the association's number day and night"),
    "association_stand_in": N_("the association's stand-in"),
    "response_time": N_("response time"),
    "insurance": N_("insurance"),
    "confidentiality": N_("confidentiality"),
    "exercised": N_("exercised"),
    "notes": N_("notes"),
}
DATES = ("from_date", "to_date", "ended", "signed", "reviewed", "exercised")
CHOICES = {
    "kind": KINDS, "exercise_payer": PAYERS, "event_payer": PAYERS, "rescue_payer": PAYERS,
}  # fmt: skip


def check(values: Mapping[str, str | None]) -> dict[str, Any]:
    """Values as typed to values as stored; a blank becomes None. Raises InvalidValueError."""
    return {field: _checked(field, value) for field, value in values.items()}


def _checked(field: str, value: str | None) -> str | None:
    if field == "title":
        title = clean_name(value or "")
        refuse_birth_numbers(title, _(LABELS[field]))
        return title
    if value is None or not value.strip():
        if field == "kind":
            raise _not_one_of(field, "")
        return None
    if field in DATES:
        return parse_date(value).isoformat()
    if field in CHOICES:
        code = value.strip().lower().replace("-", "_")
        if code not in CHOICES[field]:
            raise _not_one_of(field, value)
        return code
    return free_text(value, _(LABELS[field]))


def free_text(value: str, label: str) -> str:
    """One text as it is stored: clean, no birth number, not endless. Raises InvalidValueError."""
    text = clean(value)
    refuse_birth_numbers(text, label)
    if len(text) > MOST_TEXT:
        raise InvalidValueError(
            _("{field} is {n} characters long; {most} is the most.", field=label.capitalize(),
              n=len(text), most=MOST_TEXT),
            _("Shorten it."),
            field=label,
        )  # fmt: skip
    return text


def _not_one_of(field: str, value: str) -> ChoiceError:
    return ChoiceError(
        _("{field} cannot be “{value}”.", field=_(LABELS[field]).capitalize(),
          value=echo(value)),
        _("Choose one of: {known}.", known=", ".join(CHOICES[field])),
        field=field,
        value=echo(value),
    )  # fmt: skip


def check_contribution(kind: str | None) -> str | None:
    """What kind of thing is promised, as a code; None where it is not said."""
    if not kind:
        return None
    code = kind.strip().lower()
    if code not in CONTRIBUTIONS:
        raise ChoiceError(
            _("{field} cannot be “{value}”.", field=_("contribution").capitalize(),
              value=echo(kind)),
            _("Choose one of: {known}.", known=", ".join(CONTRIBUTIONS)),
            field="kind",
            value=echo(kind),
        )  # fmt: skip
    return code


def check_past(stored: Mapping[str, str | None], today: date) -> None:
    """Raise InvalidValueError where something is said to have been done after `today`."""
    for field in ("signed", "reviewed", "exercised"):
        if value := stored.get(field):
            past_day(value, today, field, _(LABELS[field]))


def check_period(from_date: str | None, to_date: str | None) -> None:
    """Raise InvalidValueError if it ends before it begins."""
    if from_date and to_date and to_date < from_date:
        raise InvalidValueError(
            _("The agreement would end before it begins."),
            _("Give a later date with --to."),
            field="to_date",
            value=to_date,
        )


def status(values: Mapping[str, Any], today: date) -> str:
    """in_force, not_begun, expired or ended; the last day counts, the day it was ended does not."""
    day = today.isoformat()
    if values["ended"] and values["ended"] <= day:
        return "ended"
    if values["from_date"] and values["from_date"] > day:
        return "not_begun"
    if values["to_date"] and values["to_date"] < day:
        return "expired"
    return "in_force"


def keys(values: Mapping[str, Any], org: str) -> dict[str, str]:
    """The stored keys that follow from the values: order, name, and the rest for search."""
    rest = [org, *(str(values[key]) for key in ("case_number", "notes") if values.get(key))]
    return {
        "name_sort": sort_key(values["title"]),
        "name_search": fold(values["title"]),
        "search": fold(" ".join(rest)),
    }
