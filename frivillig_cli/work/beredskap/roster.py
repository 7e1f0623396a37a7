"""Who goes on the list: the members of the groups, as the register has them now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.names import sort_key
from frivillig_cli.records.activation import queries as activations
from frivillig_cli.records.activation import selection
from frivillig_cli.records.activation.actions import Listed, Terms
from frivillig_cli.records.activation.model import GroupSeat, Phone
from frivillig_cli.records.activation.selection import Payers
from frivillig_cli.records.agreement import queries as agreements
from frivillig_cli.records.agreement.model import Agreement
from frivillig_cli.records.response import queries as response
from frivillig_cli.records.response.model import Group, RosterGroup, RosterPerson
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap.wanted import Wanted


@dataclass(frozen=True)
class Roster:
    """The list in order of call, and who pays for it."""

    people: list[Listed]
    terms: Terms


def build(
    register: Register,
    groups: Sequence[RosterGroup],
    *,
    kind: str,
    wanted: Wanted,
    expired_too: bool = False,
    rescue: bool = False,
    continues: int | None = None,
    now: datetime,
) -> Roster:
    """Everybody in `groups` who is `wanted`, the left-out ones last.

    In a `rescue`, a search that the police lead, another may pay. With `expired_too`, those are
    called too whose agreement is not in force; who pays for them is then to be settled.
    """
    today = norwegian_day(now)
    in_force = agreements_of(register, groups, now)
    busy = activations.busy(register, kind, but=[continues] if continues else [])
    roster = response.roster(register, groups=[group.id for group in groups])
    people = {person.person_id: person for person in roster if wanted.fits(person)}
    bound = {} if expired_too else in_force
    known = {group.id: group for group in groups}
    ordered = selection.in_order(
        _candidate(person, known, bound, busy, today) for person in people.values()
    )
    reasons = {one.person_id: selection.exclusion(one, today) for one in ordered}
    ordered.sort(key=lambda one: reasons[one.person_id] is not None)
    listed = [_listed(people[one.person_id], one.seats, reasons[one.person_id]) for one in ordered]
    return Roster(listed, _terms(kind, groups, in_force, listed, expired_too, rescue))


def skills(register: Register, groups: Sequence[RosterGroup]) -> list[str]:
    """The skills that somebody in `groups` has, in order."""
    people = response.roster(register, groups=[group.id for group in groups])
    return sorted({skill for person in people for skill in person.skills}, key=sort_key)


def one_person(register: Register, person_id: int, *, now: datetime) -> tuple[Listed, str | None]:
    """One person as they would go on a list now, and what would keep them off it."""
    person = response.roster(register, people=[person_id])[0]
    groups = {group.id: group for group in response.groups_to_call(register)}
    everything = response.roster(register, groups=groups)
    own = next((one for one in everything if one.person_id == person_id), person)
    today = norwegian_day(now)
    in_force = agreements_of(register, list(groups.values()), now)
    found = _candidate(own, groups, in_force, set(), today)
    seats = found.seats or (selection.Seat(0, "", "member", 1, None),)
    candidate = replace(found, seats=seats, active=person.active)
    return _listed(person, found.seats, None), selection.exclusion(candidate, today)


def expired(register: Register, groups: Sequence[RosterGroup], *, now: datetime) -> list[Agreement]:
    """The agreements of `groups` that are not in force now, once each."""
    found = {one.id: one for one in agreements_of(register, groups, now).values()}
    return [one for one in found.values() if one.status != "in_force"]


def agreements_of(
    register: Register, groups: Sequence[RosterGroup] | Sequence[Group], now: datetime
) -> dict[int, Agreement]:
    """The agreement of each group: its own, else the one that binds its organisation.

    It may be one that is not in force by now.
    """
    today = norwegian_day(now)
    ids = {
        group.id: group.agreement_id
        or agreements.binding(register, group.org_id, today.isoformat())
        for group in groups
    }
    found = agreements.get_many(register, [one for one in ids.values() if one], today=today)
    return {group: found[agreement] for group, agreement in ids.items() if agreement}


def _candidate(
    person: RosterPerson,
    known: Mapping[int, RosterGroup],
    in_force: dict[int, Agreement],
    busy: set[int],
    today: date,
) -> selection.Candidate:
    held = [seat for seat in person.seats if seat.group_id in known]
    seats = tuple(
        selection.Seat(
            group_id=seat.group_id,
            group=known[seat.group_id].name,
            role=seat.role,
            tier=known[seat.group_id].order,
            order=seat.order,
            in_force=seat.group_id not in in_force or in_force[seat.group_id].status == "in_force",
        )
        for seat in held
    )
    open_org = any(known[seat.group_id].org_active for seat in held)
    return selection.Candidate(
        person_id=person.person_id,
        name=person.name,
        numbers=tuple(number for number, _verified in person.numbers),
        seats=seats,
        skills=person.skills,
        active=person.active and open_org,
        minor=person.minor,
        protected=person.protected,
        busy=person.person_id in busy,
        opted_out_until=person.opted_out_until,
        absent=person.away(today.isoformat()) is not None,
        other_duty=bool(person.duties),
    )


def _listed(person: RosterPerson, seats: Sequence[selection.Seat], reason: str | None) -> Listed:
    """The snapshot of a person; a protected one's numbers are not copied."""
    phones = () if person.protected else person.numbers
    return Listed(
        person_id=person.person_id,
        name=person.name,
        phones=tuple(Phone(number, verified=verified) for number, verified in phones),
        groups=tuple(GroupSeat(seat.group_id, seat.group, seat.role, seat.tier) for seat in seats),
        skills=person.skills,
        reason=reason,
    )


def _terms(
    kind: str,
    groups: Sequence[RosterGroup],
    in_force: dict[int, Agreement],
    listed: Sequence[Listed],
    expired_too: bool,
    rescue: bool,
) -> Terms:
    """Who pays, by the agreements of the groups that have somebody to call (else of them all).

    One agreement does not pay for the people of a group that has none.
    """
    called = {seat.id for person in listed if person.reason is None for seat in person.groups}
    used: dict[int, Agreement] = {}
    held: dict[int, list[int]] = {}
    without = False
    for group in groups:
        agreement = in_force.get(group.id)
        if called and group.id not in called:
            continue
        if agreement is None:
            without = True
        elif agreement.status == "in_force" or expired_too:
            used[agreement.id] = agreement
            held.setdefault(agreement.id, []).append(group.id)
    payers = {
        one.id: Payers(one.exercise_payer, one.event_payer, one.rescue_payer).of(
            kind, rescue=rescue
        )
        for one in used.values()
    }
    copied = [snapshot(one, payers[one.id], held[one.id]) for one in used.values()]
    # An agreement that is not in force binds nobody to pay.
    named = [payers[one.id] if one.status == "in_force" else None for one in used.values()]
    if without:
        named.append(None)
    return Terms(selection.payer(named), copied)


def snapshot(one: Agreement, payer: str | None, groups: Sequence[int]) -> dict[str, Any]:
    """What an activation keeps of an agreement, as it is now; `groups` are those it is for."""
    return {
        "id": one.id,
        "title": one.title,
        "org": one.org,
        "payer": payer,
        "case_number": one.case_number,
        "from": one.from_date,
        "to": one.to_date,
        "status": one.status,
        "groups": list(groups),
    }
