"""Two rows that say the same thing: when they do, and what the one that stays becomes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from frivillig_cli.core.compact import compact_json
from frivillig_cli.store.register import Register
from frivillig_cli.store.triggers import DERIVED
from frivillig_cli.work.merging import queries
from frivillig_cli.work.merging.fields import blank

Row = Mapping[str, Any]
SEATS = ("leader", "deputy", "member")


def twin(register: Register, table: str, column: str, wanted: Row) -> dict[str, Any] | None:
    """The row of `table` beside which `wanted` cannot stand, or would say nothing new."""
    found = queries.twin(register, table, column, wanted)
    if found is None and table == "contact":
        return queries.same_office(register, wanted)
    if found is None and table == "agreement_party" and wanted["org_id"] is not None:
        return queries.same_party(register, wanted)
    return found


def combined(table: str, stays: Row, goes: Row) -> dict[str, Any]:
    """The columns in which the row that stays becomes different: its blanks are filled."""
    filled = {
        name: value
        for name, value in goes.items()
        if name != "id" and name not in DERIVED and blank(stays[name]) and not blank(value)
    }
    if table in _RULES:
        filled |= _RULES[table](stays, goes)
    return {name: value for name, value in filled.items() if value != stays[name]}


def _seat(stays: Row, goes: Row) -> dict[str, Any]:
    # a group that had a leader must not lose the one it has
    return {"role": min(stays["role"], goes["role"], key=SEATS.index)}


def _number(stays: Row, goes: Row) -> dict[str, Any]:
    checked = max(stays, goes, key=lambda row: row["verified"] or "")
    # "wrong" is said once somebody else has answered; nothing else says that it is right
    return {
        "wrong": max(stays["wrong"], goes["wrong"]),
        "callout": max(stays["callout"], goes["callout"]),
        "verified": checked["verified"],
        "verified_by": checked["verified_by"],
    }


def _confirmation(stays: Row, goes: Row) -> dict[str, Any]:
    said, also = json.loads(stays["fields"]), json.loads(goes["fields"])
    return {"fields": compact_json(list(dict.fromkeys([*said, *also])))}


_RULES: Mapping[str, Callable[[Row, Row], dict[str, Any]]] = {
    "response_member": _seat,
    "person_phone": _number,
    "confirmation": _confirmation,
}
