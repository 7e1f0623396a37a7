"""What the register holds for each question: sent out, and what answers are held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from frivillig_cli.core.names import fold
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.survey.model import Question, Value
from frivillig_cli.records.survey.questions import OFFICES


@dataclass(frozen=True)
class Holder:
    """Who holds an office now. Phone and e-mail are None for a protected person."""

    contact_id: int
    person_id: int
    name: str
    phone: str | None
    email: str | None
    from_date: str | None


def holders(org: Org) -> dict[str, Holder]:
    """office -> who holds it; the first by name where several do."""
    found: dict[str, Holder] = {}
    for contact in org.contacts:
        if contact["to"] is None and contact["role"] in OFFICES:
            found.setdefault(contact["role"], _holder(contact))
    return found


def together(org: Org) -> dict[str, dict[str, Holder]]:
    """office -> all who hold it now, by their folded names, where they are several."""
    found: dict[str, dict[str, Holder]] = {}
    for contact in org.contacts:
        if contact["to"] is None and contact["role"] in OFFICES:
            found.setdefault(contact["role"], {})[fold(contact["name"])] = _holder(contact)
    return {office: held for office, held in found.items() if len(held) > 1}


def _holder(contact: Mapping[str, Any]) -> Holder:
    return Holder(
        contact["id"],
        contact["person_id"],
        contact["name"],
        contact["phone"],
        contact["email"],
        contact["from"],
    )


def present(org: Org, asked: Iterable[Question]) -> dict[str, Value]:
    """field -> value as the register keeps it, for each question that is bound to it."""
    held = holders(org)
    values: dict[str, Value] = {}
    for question in asked:
        if question.bound:
            values[question.id] = _value(org, held, question.id)
    return values


def _value(org: Org, held: Mapping[str, Holder], field: str) -> Value:
    office, _under, detail = field.partition("_")
    if office not in OFFICES:
        stored: Value = org.values[field]
        return stored
    holder = held.get(office)
    if holder is None:
        return None
    return {"": holder.name, "phone": holder.phone, "email": holder.email}[detail]
