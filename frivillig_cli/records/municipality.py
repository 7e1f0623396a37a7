"""What the register knows of the municipality itself: its name, number and letterhead."""

from __future__ import annotations

from collections.abc import Mapping

from frivillig_cli.core import checks
from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import N_, _, typed
from frivillig_cli.core.names import clean
from frivillig_cli.store import settings
from frivillig_cli.store.register import Register

KEYS: Mapping[str, str] = {
    "municipality.name": N_("the municipality's name"),
    "municipality.number": N_("its 4-digit number"),
    "letterhead.unit": N_("the unit that writes, e.g. Frivilligsentralen"),
    "letterhead.street": N_("postal address: street or box"),
    "letterhead.postcode": N_("postal address: postcode"),
    "letterhead.city": N_("postal address: place"),
    "letterhead.visit": N_("visiting address"),
    "letterhead.phone": N_("phone"),
    "letterhead.email": N_("e-mail"),
    "letterhead.website": N_("web address"),
    "letterhead.orgnr": N_("organisation number"),
    "letterhead.caseworker": N_("who signs"),
    "letterhead.title": N_("the title of who signs"),
    "letterhead.logo": N_("the logo: a PNG or SVG file"),
    "beredskap.callback": N_("the number that volunteers call back in a crisis"),
    "beredskap.target_percent": N_("your own target: so many per cent of a call list reached"),
    "beredskap.target_minutes": N_("your own target: within so many minutes (15, 30, 60 or 120)"),
    "beredskap.responsible": N_("who is responsible for the preparedness plan"),
    "beredskap.pack_days": N_("after how many days printed lists are too old"),
}

_KINDS: Mapping[str, checks.Check] = {  # by the last word of the key
    "number": checks.municipality,
    "phone": checks.phone,
    "callback": checks.phone,
    "target_percent": checks.percent,
    "target_minutes": checks.minutes_of_a_mark,
    "email": checks.email,
    "website": checks.website,
    "orgnr": checks.orgnr,
    "postcode": checks.postcode,
    "pack_days": checks.whole_number(1, 366),
}


def check(*, number: str | None, name: str | None) -> dict[str, str]:
    """What `init` was given, checked; raises InvalidValueError."""
    checked = {}
    if number:
        from frivillig_cli.core.municipality import parse_municipality

        checked["municipality.number"] = parse_municipality(number)
    if name:
        checked["municipality.name"] = clean(name)
    return checked


def get(register: Register) -> dict[str, str]:
    """All settings of the municipality that have a value."""
    return settings.read(register)


def callback(register: Register) -> str | None:
    """The number to call back in a crisis, as it is set; None where it is a protected person's.

    Nobody waits for another then: what is called by, or written to those on a list, has none.
    """
    return None if callback_refused(register) else get(register).get("beredskap.callback")


def callback_refused(register: Register) -> RefusedError | None:
    """Why the number to call back that is set is used no more; None where nothing is wrong.

    Whose it is may have been protected since.
    """
    from frivillig_cli.store import protected

    try:
        protected.refuse(register, get(register).get("beredskap.callback"))
    except RefusedError as error:
        return RefusedError(
            _("The number to call back that is set: {why}", why=error.message),
            _("Set another: {command}",
              command=typed("frivillig config set beredskap.callback NUMBER")),
        )  # fmt: skip
    return None


def put(register: Register, values: Mapping[str, str | None]) -> None:
    """Set keys of KEYS; None or a blank takes one away. Raises InvalidValueError."""
    for key, value in values.items():
        text = clean(value or "")
        refuse_birth_numbers(text, key)
        kind = key.rpartition(".")[2]
        if text and kind in _KINDS:
            checked = str(_KINDS[kind](text, key, key))
            # In a letterhead it stands as it was typed: people choose how to group their digits.
            text = checked if kind in ("number", "pack_days") else text
        settings.write(register, key, text)
