"""A unit of the state's registers as the values of an organisation here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from frivillig_cli.core.checks import MAX_TEXT
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.icnpo import find_code
from frivillig_cli.records.org import rules
from frivillig_cli.sources.casing import nice_name
from frivillig_cli.sources.unit import Unit

# The forms of associations; a search gives companies and one-person firms too.
ASSOCIATION_FORMS = frozenset({"FLI", "STI", "SA", "ANNA", "KIRK"})
_FIELDS = (
    "orgnr", "form", "email", "website", "street", "postcode", "city", "municipality", "language",
    "founded",
)  # fmt: skip
# Without these a unit is none.
NEEDED = ("orgnr", "name")


class LeftOut(NamedTuple):
    """A value of the register that is none here; `value` is safe to show."""

    field: str
    value: str
    why: str


@dataclass(frozen=True)
class UnitValues:
    """A unit's values as they are stored, without blanks.

    `given_name` is the name in the register's own letters. `mobile` counts as the same phone.
    """

    values: dict[str, str]
    left_out: tuple[LeftOut, ...]
    given_name: str
    mobile: str | None = None

    @property
    def wrong(self) -> LeftOut | None:
        """Why it is no unit at all: its number or its name."""
        return next((found for found in self.left_out if found.field in NEEDED), None)


def is_association(unit: Unit) -> bool:
    """Whether a unit is one by its form, or stands in the register of voluntary organisations."""
    return not unit.form or unit.form in ASSOCIATION_FORMS or bool(unit.voluntary)


def values_of(unit: Unit) -> UnitValues:
    """The values of a unit. What is wrong in one field is left out, and the rest is taken."""
    name = unit.name or ""
    given = {
        **{field: getattr(unit, field) for field in _FIELDS},
        "name": nice_name(name, (unit.city or "",)),
        "phone": unit.phone or unit.mobile,
        "category": find_code(next(iter(unit.icnpo), "")),
        "activities": (unit.activities or "")[:MAX_TEXT],
    }
    values, left_out = {}, []
    for field, text in given.items():
        try:
            stored = rules.check({field: text})[field] if text else None
        except InvalidValueError as error:
            left_out.append(LeftOut(field, error.value or echo(text), error.message))
        else:
            if stored:
                values[field] = str(stored)
    return UnitValues(values, tuple(left_out), name, _mobile(unit))


def _mobile(unit: Unit) -> str | None:
    if not unit.mobile or not unit.phone:
        return None
    try:
        return str(rules.check({"phone": unit.mobile})["phone"])
    except InvalidValueError:
        return None
