"""Who pays when somebody is taken in whom no agreement of the call-out covers, or left out again.

An agreement that came with them is marked `taken_in` among those of the call-out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation import actions, selection
from frivillig_cli.records.activation.actions import Terms
from frivillig_cli.records.activation.model import PAYER_WORDS, Activation, GroupSeat, Row
from frivillig_cli.records.activation.selection import Payers
from frivillig_cli.records.response import queries as response
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import roster


def settle(
    register: Register, activation: Activation, seats: Sequence[GroupSeat], *, now: datetime
) -> None:
    """Bring in the agreement of one who is taken in, as if their group had been called at first.

    Where no agreement in force covers them, who pays is to be settled from now on.
    """
    own = [seat.id for seat in seats]
    bound = _bound(activation)
    if not bound or not bound.isdisjoint(own):
        return
    groups = response.groups_to_call(register, own) if own else []
    held = roster.agreements_of(register, groups, now)
    found = next(((group, one) for group, one in held.items() if one.status == "in_force"), None)
    known: list[dict[str, Any]] = [dict(one) for one in activation.agreements]
    payer = "to_be_settled"
    if found:
        group, agreement = found
        same = next((one for one in known if one["id"] == agreement.id), None)
        if same:
            same["groups"] = [*same.get("groups", ()), group]
            payer = activation.payer
        else:
            rescue = any(one["payer"] == "rescue_service" for one in known)
            pays = Payers(agreement.exercise_payer, agreement.event_payer, agreement.rescue_payer)
            named = pays.of(activation.kind, rescue=rescue)
            known.append({**roster.snapshot(agreement, named, [group]), "taken_in": True})
            payer = selection.payer([activation.payer, named])
    actions.set_terms(register, activation, Terms(payer, known))


def settle_without(register: Register, activation: Activation, rows: Iterable[Row]) -> None:
    """Set back who pays when one who was taken in is left out; `rows` are all, after that."""
    if activation.payer_before is None:
        return
    called = [
        {seat.id for seat in row.groups}
        for row in rows
        if row.selection == "eligible" and not row.walk_in
    ]
    kept = [
        one
        for one in activation.agreements
        if not one.get("taken_in") or any(own.intersection(one["groups"]) for own in called)
    ]
    bound = {group for one in kept for group in one.get("groups", ())}
    named = [activation.payer_before, *(one["payer"] for one in kept if one.get("taken_in"))]
    if any(bound.isdisjoint(own) for own in called):
        named.append(None)
    payer = selection.payer(named)
    if (payer, kept) != (activation.payer, activation.agreements):
        actions.set_terms(register, activation, Terms(payer, kept))


def told_without(before: Activation, after: Activation) -> str | None:
    """What is to be said of who pays, now that one is left out; None if all is as it was."""
    if before.payer == after.payer:
        return None
    return _("Who pays now: {payer}.", payer=_(PAYER_WORDS[after.payer]))


def told(
    before: Activation, after: Activation, name: str, seats: Sequence[GroupSeat]
) -> str | None:
    """What is to be said of who pays, now that this one is taken in; None if all is as it was."""
    bound = _bound(after)
    if bound and bound.isdisjoint(seat.id for seat in seats):
        return _("Who pays is to be settled: no agreement in force covers {name}.", name=name)
    known = {one["id"] for one in before.agreements}
    new = next((one["id"] for one in after.agreements if one["id"] not in known), None)
    if new is None:
        return None
    return _("{name} comes under agreement {id}. Who pays now: {payer}.", name=name, id=new,
             payer=_(PAYER_WORDS[after.payer]))  # fmt: skip


def _bound(activation: Activation) -> set[int]:
    return {group for one in activation.agreements for group in one.get("groups", ())}
