"""Changes to resources. A code for an alarm or a lock is never kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.core.names import clean, clean_name, fold, sort_key
from frivillig_cli.core.results import FieldChange, differences
from frivillig_cli.records.resource import queries
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register

# A postcode is no secret; phone numbers are written in groups or have eight digits.
_WORD = r"(?:alarm|(?<!post)(?<!post )(?:kode|code)|\bpin\b)"
_CODE = re.compile(rf"{_WORD}\D{{0,25}}\d{{4,6}}\b|\b\d{{4,6}}\D{{0,15}}{_WORD}")
_LABELS = {
    "name": N_("name"),
    "street": N_("street"),
    "postcode": N_("postcode"),
    "city": N_("city"),
    "notes": N_("notes"),
}


def check_text(text: str, field: str) -> str:
    """A text about premises as it is stored. Raises InvalidValueError for codes of any kind."""
    stored = clean(text)
    refuse_birth_numbers(stored, field)
    if len(stored) > 2000:
        raise InvalidValueError(
            _("{field} is too long.", field=field.capitalize()), _("Shorten it.")
        )
    if _CODE.search(fold(stored)):
        raise InvalidValueError(
            _("{field} seems to hold a code for an alarm or a lock.", field=field.capitalize()),
            _("Leave it out: write who has the key, never the code."),
            field=field,
        )
    return stored


def add(register: Register, name: str, org_id: int, values: Mapping[str, Any]) -> int:
    """Add a resource of an organisation; `values` are the other columns. Returns its id."""
    stored = _checked({**values, "name": name})
    protected.refuse(register, stored["name"], stored.get("notes"))
    return register.insert("resource", org_id=org_id, **stored)


def edit(register: Register, resource_id: int, values: Mapping[str, Any]) -> list[FieldChange]:
    """Change columns (a blank text empties); returns what became different."""
    before = queries.get(register, resource_id).values
    stored = _checked(values)
    protected.refuse(register, stored.get("name"), stored.get("notes"))
    changes = differences(before, stored)
    if changes:
        register.update("resource", resource_id, **{one.field: one.new for one in changes})
    return changes


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as they are stored: texts without codes, the keys that follow from the name."""
    stored = {
        key: check_text(value, _(_LABELS.get(key, key))) or None
        if isinstance(value, str)
        else value
        for key, value in values.items()
    }
    if stored.get("postcode"):
        from frivillig_cli.core.postcode import parse_postcode

        stored["postcode"] = parse_postcode(str(stored["postcode"]))
    if "name" in stored:
        name = clean_name(stored["name"] or "")
        stored |= {"name": name, "name_sort": sort_key(name), "name_search": fold(name)}
    return stored
