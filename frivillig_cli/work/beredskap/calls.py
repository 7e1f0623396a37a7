"""What came of a call. Every function runs inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.core.phone import parse_phone, show_phone
from frivillig_cli.records.activation import (
    actions,
    calling,
    row_actions,
)
from frivillig_cli.records.activation.actions import NewEntry
from frivillig_cli.records.activation.began import check_at
from frivillig_cli.records.activation.calling import ANSWER_WORDS, OUTCOME_WORDS, Said
from frivillig_cli.records.activation.model import Row
from frivillig_cli.records.activation.row_actions import Attempt, Decided
from frivillig_cli.records.activation.times import coming_time
from frivillig_cli.records.response import queries as response
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import crossed, group_answers, present, twice, twins
from frivillig_cli.work.beredskap.view import View, find_row, load


@dataclass(frozen=True)
class Heard:
    """An outcome as typed: a word of SAID, times in UTC, a number as typed, the caller's name.

    `overtaken`, `in_time` and `listed` are those of an `Attempt`. With `once`, what was just
    recorded of the same person, and is the same, is not counted twice.
    """

    word: str
    caller: str
    at: datetime | None = None
    eta: datetime | None = None
    number: str | None = None
    skill: str | None = None
    how: str = "phone"
    overtaken: bool = False
    in_time: bool = False
    listed: bool = False
    once: bool = False


@dataclass(frozen=True)
class CallResult:
    """What was stored, and the activation after it. `others` share the number that was wrong.

    `repeated` is (when, by whom, the number that did not answer) where the same had just been
    recorded, and nothing was stored; `twins` those coming too who may be the same person.
    """

    row: Row
    decided: Decided
    view: View
    shared_with: list[str]
    repeated: tuple[str, str, str | None] | None = None
    twins: Sequence[twins.Twin] = ()
    crossed: Sequence[str] = ()  # what others who call, or have called in, have to do with it


def record_call(
    register: Register, activation_id: int, ref: str, heard: Heard, *, now: datetime
) -> CallResult:
    """Store one outcome for the person that `ref` names, and decide what follows from it."""
    view = load(register, activation_id, now)
    activation = view.activation
    row = find_row(view, ref)
    view.must_be_listed(row)
    sharers = [view.told_apart(other) for other in view.sharers.get(row.id, [])]
    said = _said(heard)
    if row.deployment == "on_site" and said.answer in ("no", "withdrew") and not heard.listed:
        raise is_on_site(row)
    happened = heard.at or now
    check_at(register, activation, heard.at, now)
    number = _number(row, heard, said)
    not_kept = crossed.not_kept(register, row, number) if not heard.listed else []
    number = None if not_kept else number
    attempt = Attempt(
        said, heard.caller, happened, number, heard.eta, heard.skill, heard.overtaken,
        heard.in_time, heard.listed,
    )  # fmt: skip
    last = None
    if heard.once:
        last = twice.just_recorded(register, view, row, attempt, heard.number, now=now)
    if last:
        stands = Decided(row.contact, row.answer, row.need_id, bool(last["late"]), last["id"])
        rung = None if said.answer or row.protected else last["number"]
        said_before = last["registered"], last["caller"], rung
        return CallResult(row, stands, view, sharers, said_before)
    if said.outcome == "wrong_number" and not row.protected and not not_kept:
        _must_be_a_number(row, number)
    replaced = crossed.replaced(register, row, attempt)
    decided = row_actions.record(register, activation, view.rows, row, attempt, now=now)
    if said.outcome == "wrong_number" and number and row.person_id and not row.protected:
        response.mark_wrong_number(register, row.person_id, number)
    after = load(register, activation_id, now)
    entry = _entry(row, attempt, decided, after)
    actions.write_log(register, activation, entry, now=now)
    after = present.seat(register, after, by=heard.caller, now=now)
    now_row = after.by_id[row.id]
    found = twins.coming_too(now_row, after) if said.answer and not heard.overtaken else []
    if alike := [one for one in found if one.alike]:  # the log is silent of a couple's one number
        told = NewEntry("observation", twins.log_text(now_row, alike), heard.caller)
        actions.write_log(register, activation, told, now=now)
    told_of = [*not_kept, *(crossed.changed(row, now_row, replaced, happened) if replaced else [])]
    told_of += crossed.called_in_twice(register, after, now_row, now) if said.answer else []
    told_of += group_answers.not_kept(after, view)
    return CallResult(now_row, decided, after, sharers, twins=found, crossed=told_of)


def is_on_site(row: Row) -> RefusedError:
    """That a no of somebody who is there is not taken, and what to record."""
    return RefusedError(
        _("{name} is {where} already.", name=row.name,
          where=_(row_actions.DEPLOYMENT_WORDS["on_site"])),
        _("If they leave: {leave}. If they have not come: {undo}",
          leave=f"frivillig beredskap leave {row.ref}",
          undo=f"frivillig beredskap arrive {row.ref} --undo"),
    )  # fmt: skip


def record_past(
    register: Register, activation_id: int, ref: str, heard: Heard, episode: int, *, now: datetime
) -> int:
    """Store one outcome of an episode that is over; returns the attempt's id."""
    view = load(register, activation_id, now)
    row = find_row(view, ref)
    view.must_be_listed(row)
    said = _said(heard)
    happened = heard.at or now
    check_at(register, view.activation, heard.at, now)
    number = _number(row, heard, said)
    attempt = Attempt(
        said, heard.caller, happened, number, heard.eta, overtaken=heard.overtaken,
        in_time=heard.in_time, listed=True,
    )  # fmt: skip
    if said.outcome == "wrong_number" and not row.protected:
        _must_be_a_number(row, number)
        if number and row.person_id:
            response.mark_wrong_number(register, row.person_id, number)
    made = row_actions.record_past(register, view.activation, row, attempt, episode, now=now)
    after = load(register, activation_id, now)
    gone = row.called_in and not after.by_id[row.id].called_in
    word = ANSWER_WORDS[said.answer] if said.answer else OUTCOME_WORDS[said.outcome]
    text = _("{name}: {answer} · in episode {n}, taken in after it was over", name=row.name,
             answer=_(word), n=episode)  # fmt: skip
    if gone:
        text += " · " + _("they were counted as coming in episode {n}, and are not now",
                          n=row.episode)  # fmt: skip
    entry = (
        NewEntry("answer", text, heard.caller, happened, sender=row.name, row=row.id)
        if said.answer
        else NewEntry("call", text, heard.caller, happened, receiver=row.name, row=row.id)
    )
    actions.write_log(register, view.activation, entry, now=now)
    present.seat(register, after, by=heard.caller, now=now)
    return made


class NumberError(RefusedError):
    """A number was wrong already, or there was none: it says nothing new."""


def _must_be_a_number(row: Row, number: str | None) -> None:
    wrong = any(phone.number == number and phone.wrong for phone in row.phones)
    if number is not None and not wrong:
        return
    raise NumberError(
        _("{name}: {number} is marked as wrong already.", name=row.name, number=show_phone(number))
        if number
        else _("{name} has no number left that could be wrong.", name=row.name),
        _("Write the right one in the register: {command}",
          command=typed(f"frivillig person edit {row.person_id} --phone NUMBER"))
        if row.person_id
        else _("If another number was rung, add it: {option}", option=typed("--number NUMBER")),
    )  # fmt: skip


def _said(heard: Heard) -> Said:
    said = calling.SAID[heard.word]
    if heard.how == "phone":
        return said
    if said.answer is None:
        raise RefusedError(
            _("“{word}” is the outcome of a phone call.", word=heard.word),
            _("Leave --how out, or give the answer that you got."),
        )
    return Said(heard.how.replace("-", "_"), said.answer)


def _number(row: Row, heard: Heard, said: Said) -> str | None:
    if row.protected or said.outcome in ("in_person", "via_leader"):
        return None
    if heard.number:
        return parse_phone(heard.number)
    last = row.tried[-1] if row.contact == "reached" and row.tried else None
    if last and ((last in row.usable and not row.tries) or said.outcome == "wrong_number"):
        return last
    return calling.number_to_ring(row)


def _entry(row: Row, attempt: Attempt, decided: Decided, view: View) -> NewEntry:
    """The log's line about an attempt; of a protected person without the number."""
    happened = attempt.happened
    if attempt.said.answer is None:
        number = "" if row.protected or not attempt.number else f" ({show_phone(attempt.number)})"
        text = f"{row.name}{number}: {_(OUTCOME_WORDS[attempt.said.outcome])}"
        return NewEntry("call", text, attempt.caller, happened, receiver=row.name, row=row.id)
    if attempt.overtaken:
        text = _("{name}: {answer}; a later answer stands already", name=row.name,
                 answer=_(ANSWER_WORDS[attempt.said.answer]))  # fmt: skip
    else:
        text = f"{row.name}: {answer_line(view, row.id)}"
    if decided.late:
        text += " · " + _("late: it came after the stand-down")
    elif attempt.in_time and view.activation.state != "active":
        text += " · " + _("said in time, and taken in after the end")
    return NewEntry("answer", text, attempt.caller, happened, sender=row.name, row=row.id)


def answer_line(view: View, row_id: int) -> str:
    """`yes, there 03:55 · omsorg`, `from 06:00`, `reserve`: a row's answer for people."""
    row = view.by_id[row_id]
    if row.answer is None:
        return ""
    time = coming_time(row.eta, row.last_attempt) if row.eta else ""
    if row.answer == "later" and time:
        text = _("from {time}", time=time)
    elif time:
        text = _("{answer}, there {time}", answer=_(ANSWER_WORDS[row.answer]), time=time)
    else:
        text = _(ANSWER_WORDS[row.answer])
    need = next((need for need in view.needs if need.id == row.need_id), None)
    return f"{text} · {need.skill}" if need and need.skill else text
