"""Changes to groups and their members."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import ChoiceError, InvalidValueError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import clean, clean_name, fold, sort_key
from frivillig_cli.core.results import FieldChange, differences
from frivillig_cli.records.response import queries
from frivillig_cli.records.response.model import ROLES
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register


def add_group(
    register: Register,
    name: str,
    org_id: int,
    *,
    agreement_id: int | None,
    order: int = 1,
    notes: str | None = None,
    today: date,
) -> int:
    """Add a group; without an agreement it takes its organisation's only one in force."""
    shown = clean_name(name)
    refuse_birth_numbers(shown, _("name"))
    text = clean(notes) if notes else None
    refuse_birth_numbers(text or "", _("notes"))
    protected.refuse(register, shown, text)
    _check_order(order)
    found = agreement_id or queries.only_agreement(register, org_id, today.isoformat())
    return register.insert(
        "response_group",
        org_id=org_id,
        agreement_id=found,
        name=shown,
        name_sort=sort_key(shown),
        name_search=fold(shown),
        call_order=order,
        notes=text,
    )


def edit_group(register: Register, group_id: int, values: Mapping[str, Any]) -> list[FieldChange]:
    """Change name, order, agreement_id, notes or status; returns what became different."""
    stored = dict(values)
    if "name" in stored:
        name = clean_name(stored["name"])
        refuse_birth_numbers(name, _("name"))
        stored |= {"name": name, "name_sort": sort_key(name), "name_search": fold(name)}
    if "notes" in stored:
        refuse_birth_numbers(stored["notes"], _("notes"))
        stored["notes"] = clean(stored["notes"]) or None
    if "call_order" in stored:
        _check_order(stored["call_order"])
    protected.refuse(register, stored.get("name"), stored.get("notes"))
    before = queries.row(register, group_id)
    changes = differences(before, stored)
    if changes:
        register.update("response_group", group_id, **{one.field: one.new for one in changes})
    return changes


def _check_order(order: int | None) -> None:
    if order is not None and order < 1:
        raise InvalidValueError(
            _("The order must be 1 or more."), _("1 is called first."), field="order"
        )


def add_member(
    register: Register, group_id: int, person_id: int, *, role: str = "member", order: int | None
) -> int:
    """Give a person a seat in a group, or change the seat that they have; returns the seat's id.

    Another role is one that they have not been told.
    """
    if role not in ROLES:
        raise ChoiceError(
            _("A member cannot be “{role}”.", role=echo(role)),
            _("Choose one of: {known}.", known=", ".join(ROLES)),
            field="role",
        )
    _check_order(order)
    seat = queries.seat_id(register, group_id, person_id)
    if seat is None:
        return register.insert(
            "response_member",
            group_id=group_id,
            person_id=person_id,
            role=role,
            call_order=order,
        )
    told = {} if queries.role_of(register, seat) == role else {"told": None}
    register.update("response_member", seat, role=role, call_order=order, **told)
    return seat


def mark_told(
    register: Register, person_id: int, on: date, groups: Collection[int] | None = None
) -> int:
    """Note that a person was told their role in every group they are in, or in those of `groups`.

    Returns how many seats.
    """
    seats = queries.seats_of(register, person_id, groups)
    for seat in seats:
        register.update("response_member", seat, told=on.isoformat())
    return len(seats)


def remove_member(register: Register, group_id: int, person_id: int) -> None:
    """Take a person out of a group. Raises RefusedError where they are not in it."""
    seat = queries.seat_id(register, group_id, person_id)
    if seat is None:
        group = queries.get(register, group_id)
        raise RefusedError(
            _("That person is not in {group}.", group=group.name),
            _("See who is: frivillig beredskap group show {id}", id=group_id),
        )
    register.delete("response_member", seat)
