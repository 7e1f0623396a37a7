"""Two who call at once, and one who is called in twice: what has to be said of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation import calling, next_queries, queries, shown_queries
from frivillig_cli.records.activation.actions import stamp
from frivillig_cli.records.activation.calling import ANSWER_WORDS, as_typed
from frivillig_cli.records.activation.model import Activation, Row, lease_holds
from frivillig_cli.records.activation.row_actions import Attempt
from frivillig_cli.records.activation.times import clock_time, coming_time
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import enough
from frivillig_cli.work.beredskap.view import View


@dataclass(frozen=True)
class Elsewhere:
    """What other call-outs of the same kind have to do with this one's rows, by their ids.

    `called_in` is the number of the one that has called them in; `rung` who rings them just now for
    another, until when, and its number. `never` are those whom nobody calls, by the register now.
    """

    called_in: Mapping[int, str]
    rung: Mapping[int, tuple[str, str, str]]
    never: Collection[int] = ()

    @property
    def rows(self) -> set[int]:
        """All of them."""
        return {*self.called_in, *self.rung, *self.never}


def elsewhere(register: Register, activation: Activation, now: datetime) -> Elsewhere:
    """What other call-outs of the same kind have to do with this one's rows."""
    rung = {
        row_id: one
        for row_id, one in next_queries.rung_elsewhere(register, activation).items()
        if lease_holds(one[1], now)
    }
    off = next_queries.kept_off(register, activation, now)
    never = {row for row, why in off.items() if why in next_queries.NEVER_CALLED}
    return Elsewhere(next_queries.elsewhere(register, activation), rung, never)


def engaged(
    register: Register, activation: Activation, rows: Iterable[Row], caller: str, now: datetime
) -> dict[str, Row]:
    """The numbers that others than `caller` are ringing now, for this call-out (of whose `rows`)
    or for another of its kind: a household has one telephone.
    """
    found = calling.engaged(rows, caller, now)
    for other in queries.under_way(register):
        if other.id != activation.id and other.kind == activation.kind:
            rung = queries.rows(register, other, now, which="c.contact = 'calling'")
            found = {**calling.engaged(rung, caller, now), **found}
    return found


def free(rows: Iterable[Row], out: Elsewhere) -> list[Row]:
    """Those who can be called, and whom no other call-out has called in; whom one rings just now
    is reserved here too.
    """
    left = [row for row in rows if row.id not in out.called_in and row.id not in out.never]
    return [
        replace(row, contact="calling", lease_by=out.rung[row.id][0],
                lease_until=out.rung[row.id][1])
        if row.id in out.rung
        else row
        for row in left
    ]  # fmt: skip


def nobody_left(view: View, out: Elsewhere, now: datetime, caller: str) -> RefusedError:
    """What `enough` says, with those who are called in elsewhere, and how they are asked."""
    error = enough.nobody_left(replace(view, rows=free(view.rows, out)), now, caller)
    rung = [f"{row.name} ({out.rung[row.id][2]})" for row in view.eligible if row.id in out.rung]
    away = enough.called_in_elsewhere(view.eligible, out.called_in)
    more = [
        *enough.kept_off(view),
        *([_("Being called for another call-out: {names}.", names=", ".join(rung))] * bool(rung)),
        *([away] * bool(away)),
    ]
    return RefusedError(error.message, error.hint, [*error.rows, *more]) if more else error


def not_kept(register: Register, row: Row, number: str | None) -> list[str]:
    """That the number used is a protected person's, and not this row's too: it is not stored."""
    if number is None or number in row.usable:
        return []
    found = shown_queries.protected_with(register, number)
    if found is None:
        return []
    return [
        _("{name} is protected, and has the number that was used: it is not stored.",
          name=found[1])
    ]  # fmt: skip


def replaced(register: Register, row: Row, attempt: Attempt) -> dict[str, Any] | None:
    """What another caller has recorded, which `attempt` is about to replace: another answer, or
    when they come. Not that of one whose time had come: they were to be asked again.
    """
    if calling.can_come(row, attempt.happened):
        return None
    answer = attempt.said.answer
    if row.answer is None or answer is None or attempt.overtaken:
        return None
    last = _last(register, row)
    if last is None or last["caller"] == attempt.caller:
        return None
    eta = datetime.fromisoformat(last["eta"]) if last["eta"] else None
    same_time = eta is None or (attempt.eta and abs(attempt.eta - eta) < timedelta(minutes=1))
    return None if last["answer"] == answer and same_time else last


def changed(before: Row, row: Row, last: dict[str, Any], happened: datetime) -> list[str]:
    """That what another caller has recorded (`last`) was replaced, in words as each stood."""
    return [
        _("{name}: {who} recorded «{before}» at {time}, and it is «{after}» now. If that was wrong:"
          " {undo}", name=row.name, who=last["caller"],
          before=_standing(before, last["happened"]),
          time=clock_time(datetime.fromisoformat(last["registered"])),
          after=_standing(row, stamp(happened)),
          undo=f"frivillig beredskap call {row.ref} {as_typed('undo')}")
    ]  # fmt: skip


def stands(register: Register, row: Row, caller: str) -> list[str]:
    """That what another caller has recorded stands, where `caller` is about to ring them."""
    last = _last(register, row) if row.answer else None
    if last is None or last["caller"] == caller:
        return []
    return [
        _("{name}: «{answer}» stands, recorded by {who} at {time}.", name=row.name,
          answer=_standing(row, last["happened"]), who=last["caller"],
          time=clock_time(datetime.fromisoformat(last["registered"])))
    ]  # fmt: skip


def _last(register: Register, row: Row) -> dict[str, Any] | None:
    """The answer of a row that stands in this episode."""
    said = queries.standing_attempts(register, row.id, row.episode)
    return next((one for one in reversed(said) if one["answer"]), None)


def _standing(row: Row, said: str) -> str:
    """The answer of a row as it stands: a yes may have become a reserve."""
    answer = _(ANSWER_WORDS[str(row.answer)])
    if row.eta is None:
        return answer
    time = coming_time(row.eta, said)
    if row.answer == "later":
        return _("from {time}", time=time)
    return _("{answer}, there {time}", answer=answer, time=time)


def called_in_twice(register: Register, view: View, row: Row, now: datetime) -> list[str]:
    """That one who comes here is called in to another call-out too."""
    if row.answer not in ("yes", "later") or not row.called_in:
        return []
    number = next_queries.elsewhere(register, view.activation).get(row.id)
    if number is None:
        return []
    other = queries.get(register, queries.activation_id(register, number))
    found = queries.rows(register, other, now, which=f"c.person_id = {row.person_id}")
    there = any(one.deployment in ("on_site", "relieved") for one in found)
    out = f"leave {row.ref}" if there else f"call {row.ref} {as_typed('withdrew')}"
    return [
        _("{name} is called in to {number} too, and counts in both. Settle where they go, and"
          " take them out of the other: {command}", name=row.name, number=number,
          command=f"frivillig beredskap {out} --activation {number}")
    ]  # fmt: skip
