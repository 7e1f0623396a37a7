"""What a volunteer's fields may hold. No SQL, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from frivillig_cli.core import checks
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import N_, _

LABELS: Mapping[str, str] = {
    "status": N_("status"),
    "availability": N_("availability"),
    "languages": N_("speaks"),
    "driving_licence": N_("driving licence"),
    "confidentiality_signed": N_("confidentiality signed"),
    "police_certificate_seen": N_("police certificate seen"),
    "intro_course_completed": N_("introductory course"),
}
# What has happened has a date; of a police certificate nothing else is kept (never a scan, a
# number or what it says: politiregisterforskriften § 34-1 and personopplysningsloven § 11).
HAPPENED = ("confidentiality_signed", "police_certificate_seen", "intro_course_completed")


def _languages(value: str, field: str, label: str) -> str:
    text = (checks.text(value, field, label) or "").casefold()
    words = (" ".join(word.split()) for word in text.replace(";", ",").split(","))
    kept = list(dict.fromkeys(filter(None, words)))
    if not kept:
        raise InvalidValueError(
            _("{field} is empty.", field=label.capitalize()), _("Give a language."), field=field
        )
    return ", ".join(kept)


CHECKS: Mapping[str, checks.Check] = {
    "status": checks.one_of(("active", "archived")),
    "availability": checks.text,
    "languages": _languages,
    "driving_licence": checks.yes_no,
}


def check(values: Mapping[str, str | None], *, today: date) -> dict[str, Any]:
    """Values as typed to values as stored; a blank becomes None. Raises InvalidValueError.

    What has happened (signed, seen, completed) cannot be after `today`.
    """
    stored: dict[str, Any] = {}
    for field, value in values.items():
        label = _(LABELS[field])
        if value is None or not value.strip():
            stored[field] = "active" if field == "status" else None
        elif field in HAPPENED:
            stored[field] = checks.past_day(value, today, field, label)
        else:
            stored[field] = CHECKS[field](value, field, label)
    return stored
