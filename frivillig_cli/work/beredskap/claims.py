"""Whom to call next, and who rings them. Every function runs inside the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.records.activation import (
    actions,
    calling,
    during_queries,
    next_queries,
    queries,
    row_actions,
    states,
)
from frivillig_cli.records.activation import needs as need_rules
from frivillig_cli.records.activation.actions import NewEntry, stamp
from frivillig_cli.records.activation.model import Activation, GroupSeat, Row
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import crossed, group_answers, script, twins
from frivillig_cli.work.beredskap.need_lines import needs_line
from frivillig_cli.work.beredskap.view import View, find_row, load


@dataclass(frozen=True)
class NextResult:
    """Whom to call: the numbers, the one to ring first, what to say, until when it is reserved.

    `last_ring` is when that number was last rung for somebody else, and for whom; `reported` what
    the leaders of their groups have answered for them, where that was not enough; `engaged` who is
    ringing that number just now, and whom they are ringing; `kept_off` why they would be left out
    by what the register says now.
    """

    row: Row
    phones: list[str]
    say: str
    lease_until: str
    shared_with: list[str]
    last_ring: tuple[str, str] | None
    place: tuple[int, int]
    twins: list[twins.Twin]
    reported: list[str] = field(default_factory=list)
    engaged: tuple[str, str] | None = None
    kept_off: str | None = None
    sharers: Sequence[str] = ()  # those of `shared_with`, told apart

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return {
            "person_id": self.row.person_id,
            "name": self.row.name,
            "phones": self.phones,
            "say": self.say,
            "lease_until": self.lease_until,
            "row_code": self.row.row_code,
            "groups": [seat.name for seat in self.row.groups],
            "skills": list(self.row.skills),
            "shared_with": self.shared_with,
            "attempts": self.row.attempts,
            "may_be": [one.row.row_code for one in self.twins],
            "reported": self.reported,
            "kept_off": self.kept_off,
            "number_called_by": self.engaged[0] if self.engaged else None,
        }


def claim_next(
    register: Register,
    activation_id: int,
    *,
    caller: str,
    now: datetime,
    any_skill: bool = False,
    new_round: bool = False,
    skipped: Collection[int] = (),
) -> NextResult:
    """Reserve the next one to call for `caller`. Raises RefusedError: covered, or nobody left.

    The rows `skipped` come last, and then all anew.
    """
    activation = queries.get(register, activation_id)
    states.require_active(activation.number, activation.state)
    how: Any = {"any_skill": any_skill, "skipped": skipped}
    row, covered, begun = _next_row(register, activation, caller, now, **how)
    if not covered and new_round:
        _begin_round(register, activation, caller, now)
        activation = queries.get(register, activation_id)
        row, covered, begun = _next_row(register, activation, caller, now, **how)
    if row is None and not covered and skipped:
        return claim_next(register, activation_id, caller=caller, now=now, any_skill=any_skill)
    if covered:
        seen = load(register, activation_id, now)
        raise RefusedError(
            _("The need is covered: {needs}.", needs=needs_line(seen)),
            _("Record those who call back with: frivillig beredskap call PERSON yes"),
        )
    if row is None:
        seen = load(register, activation_id, now)
        elsewhere = crossed.elsewhere(register, activation, now)
        others = replace(seen, rows=crossed.free(seen.rows, elsewhere))
        row = _of_the_rest(register, others, caller, now, any_skill=any_skill)
        if row is None:
            raise crossed.nobody_left(seen, elsewhere, now, caller)
        found = _claimed(register, activation, row, caller, now, seen.rows)
        return replace(found, reported=group_answers.reported(seen, row))
    return _claimed(register, activation, row, caller, now, begun)


def _of_the_rest(
    register: Register, view: View, caller: str, now: datetime, *, any_skill: bool
) -> Row | None:
    """Whom to call where nobody else is left, since something is missing still.

    First of the groups whose leader has answered, then on a number that somebody is ringing now.
    """
    ringing = crossed.engaged(register, view.activation, view.rows, caller, now)
    told = view.told_out if view.needs else view.answered_groups
    ways = [(told, ringing), (view.answered_groups, {}), (told, {})]
    found = (
        calling.next_row(view.rows, view.needs, now, any_skill=any_skill, told=left, engaged=out)
        for left, out in ways
    )
    return next((row for row in found if row), None)


def _next_row(
    register: Register, activation: Activation, caller: str, now: datetime, *, any_skill: bool,
    skipped: Collection[int],
) -> tuple[Row | None, bool, list[Row]]:  # fmt: skip
    """Whom to call, whether the need is covered, and those touched: from them and the first not.

    The whole of a long list is not read: the next one must be there at once. Nobody on a number
    that another is ringing now.
    """
    touched = queries.rows(register, activation, now, which=next_queries.TOUCHED)
    needs = queries.needs(register, activation, touched)
    if need_rules.covered(needs):
        return None, True, touched
    said = during_queries.group_answers(register, activation)
    told = {one.group_id for one in said if one.coming}

    def fits(seats: tuple[GroupSeat, ...], skills: tuple[str, ...]) -> bool:
        answered = bool(seats) and all(seat.id in told for seat in seats)
        return not answered and (any_skill or need_rules.useful(skills, needs))

    ringing = crossed.engaged(register, activation, touched, caller, now)
    out = crossed.elsewhere(register, activation, now)
    but = {*out.rows, *skipped}
    fresh = next_queries.candidate(register, activation, now, fits, engaged=ringing, but=but)
    rows = crossed.free([row for row in (*touched, *fresh) if row.id not in skipped], out)
    row = calling.next_row(rows, needs, now, any_skill=any_skill, told=told, engaged=ringing)
    return row, False, touched


def claim_again(
    register: Register, activation_id: int, row_code: str, *, caller: str, now: datetime
) -> NextResult:
    """Reserve one row that `caller` goes back to."""
    view = load(register, activation_id, now)
    states.require_active(view.activation.number, view.activation.state)
    row = find_row(view, row_code)
    return _claimed(register, view.activation, row, caller, now, view.rows)


def release(register: Register, found: NextResult, caller: str) -> None:
    """Let go of one who was reserved and not called."""
    row_actions.release(register, found.row.id, caller)


def _claimed(
    register: Register, activation: Activation, row: Row, caller: str, now: datetime,
    begun: list[Row],
) -> NextResult:  # fmt: skip
    until = row_actions.claim(register, row, caller, now=now)
    first = calling.number_to_ring(row)
    rung = queries.last_ring(register, activation.id, first) if first else None
    other = crossed.engaged(register, activation, begun, caller, now).get(first or "")
    sharing = next_queries.sharing(register, activation, now, row)
    return NextResult(
        row=row,
        phones=sorted(row.usable, key=lambda number: number != first),
        say=script.say(activation, script.municipality_name(register)),
        lease_until=stamp(until),
        shared_with=[one.name for one in sharing],
        sharers=_told_apart(row, sharing),
        last_ring=rung if rung and rung[1] != row.name else None,
        place=next_queries.place_of(register, activation.id, row),
        twins=twins.of(row, begun),
        engaged=(str(other.lease_by), other.name) if other else None,
        kept_off=next_queries.kept_off(register, activation, now).get(row.id),
    )


def _told_apart(row: Row, others: Sequence[Row]) -> list[str]:
    """The names of others; with their code, where one has the same name as `row` or another."""
    names = Counter(fold(one.name) for one in (row, *others))
    return [
        f"{one.name} ({one.row_code})" if names[fold(one.name)] > 1 else one.name
        for one in others
    ]  # fmt: skip


def _begin_round(register: Register, activation: Activation, caller: str, now: datetime) -> None:
    actions.new_round(register, activation)
    text = _("Round {n} begins: those who were not reached are called again.",
             n=activation.round + 1)  # fmt: skip
    actions.write_log(register, activation, NewEntry("decision", text, caller), now=now)
