"""What is changed while it goes on: the need, who is in charge, money laid out, notes, slips.

Every function runs inside the caller's transaction and writes a line in the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.dates import show_amount
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.core.names import clean_name
from frivillig_cli.core.sensitive import evacuee_words, health_words
from frivillig_cli.records.activation import (
    actions,
    arrivals,
    during_queries,
    expenses,
    queries,
    row_actions,
    shown,
    undoing,
)
from frivillig_cli.records.activation.actions import NewEntry, needed_text
from frivillig_cli.records.activation.calling import OUTCOME_WORDS
from frivillig_cli.records.activation.model import PAYER_WORDS, Expense, LogEntry, Row
from frivillig_cli.records.activation.times import check_happened
from frivillig_cli.records.response import queries as response
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import calls, need_lines, present
from frivillig_cli.work.beredskap.view import View, find_row, load


def need(
    register: Register, activation_id: int, needs: dict[str | None, int], *, by: str, now: datetime
) -> View:
    """State needs anew ({skill: how many}); those who have said yes count for them at once.

    Those in reserve are not moved: they were told that they could stay, so `next` asks them first;
    those of them who are on site count at once.
    """
    view = load(register, activation_id, now)
    activation = view.activation
    if activation.kind == "contact_test":
        raise RefusedError(
            _("A contact test calls nobody in."),
            _("Start a call-out with: frivillig beredskap activate TITLE --need N"),
        )
    said = []
    for skill, needed in needs.items():
        before = actions.set_need(register, activation, skill, needed)
        name = skill or _("anyone")
        if before is None:
            text = ngettext("{skill}: {n} is needed", "{skill}: {n} are needed", needed, skill=name)
            said.append(text)
        elif before != needed:
            text = ngettext(
                "{skill}: {n} is needed, not {before}", "{skill}: {n} are needed, not {before}",
                needed, skill=name, before=before,
            )  # fmt: skip
            said.append(text)
    row_actions.seat_the_standing(register, activation, view.rows, now=now)
    after = load(register, activation_id, now)
    if said:
        text = "; ".join(said)
        text = f"{text[0].upper()}{text[1:]}. "
        text += _("So far: {needs}.", needs=need_lines.needs_line(after))
        actions.write_log(register, activation, NewEntry("decision", text, by), now=now)
    return present.seat(register, after, by=by, now=now)


def hand_over(
    register: Register, activation_id: int, to: str, *, by: str, note: str | None, now: datetime
) -> View:
    """Put somebody else in charge; whom the one before was calling may be called by others."""
    refuse_birth_numbers(to, _("name"))
    name = clean_name(needed_text(register, to, _("name")))
    activation = queries.get(register, activation_id)
    if activation.in_charge == name:
        raise RefusedError(
            _("{name} is in charge already.", name=name),
            _("See it with: frivillig beredskap status"),
        )
    actions.hand_over(register, activation, name)
    text = _("{to} is in charge, after {before}.", to=name, before=activation.in_charge or by)
    if note:
        text += " " + needed_text(register, note, _("note"))
    entry = NewEntry("decision", text, by, sender=activation.in_charge or by, receiver=name)
    actions.write_log(register, activation, entry, now=now)
    return load(register, activation_id, now)


def retitle(register: Register, activation_id: int, title: str, *, by: str, now: datetime) -> View:
    """Correct the title, also when it is over. The log keeps the one there was.

    Where that one holds words that never belong there, the line with it is shown without them.
    """
    activation = queries.get(register, activation_id)
    before, name = activation.title, clean_name(needed_text(register, title, _("title")))
    if name == before:
        raise RefusedError(
            _("The title is “{title}” already.", title=name),
            _("See it with: frivillig beredskap status"),
        )
    stored = queries.title(register, activation_id)
    actions.retitle(register, activation, name)
    text, seq = _("The title is “{title}” now.", title=name), None
    if health_words(before) or evacuee_words(before):
        lines = queries.log(register, activation_id)
        seq = next((one.seq for one in reversed(lines) if stored in (one.text or "")), None)
    else:
        text += " " + _("It was “{title}”.", title=before)
    entry = NewEntry("correction", text, by, supersedes=seq)
    actions.write_log(register, activation, entry, now=now)
    return load(register, activation_id, now)


def expense(
    register: Register, activation_id: int, new: expenses.NewExpense, *, now: datetime
) -> Expense:
    """Write down money laid out, also when it is over or was called off."""
    activation = queries.get(register, activation_id)
    check_happened(new.happened, now)
    made = expenses.add(register, activation, new, now=now)
    text, seq = expense_line(made), None
    if made.supersedes:
        seq = during_queries.entry_of_expense(register, activation_id, made.supersedes)
    entry = NewEntry("expense", text, new.by, new.happened, supersedes=seq)
    actions.write_log(register, activation, entry, now=now)
    return made


def expense_line(one: Expense) -> str:
    """`1 250 kroner: mat · kommunen · bilag 14`: an expense in one line."""
    parts = [f"{kroner(one.amount)}: {one.what}", _(PAYER_WORDS[one.payer])]
    if one.receipt:
        parts.append(_("receipt {receipt}", receipt=one.receipt))
    return " · ".join(parts)


def kroner(ore: int) -> str:
    """An amount in øre for people."""
    from decimal import Decimal

    return show_amount(Decimal(ore) / 100)


def note(
    register: Register, activation_id: int, ref: str, text: str, *, by: str, at: datetime | None,
    now: datetime,
) -> tuple[Row, LogEntry]:  # fmt: skip
    """Write a line about somebody on the list; nothing of how they stand changes."""
    view = load(register, activation_id, now)
    row = find_row(view, ref)
    check_happened(at, now)
    entry = NewEntry("observation", f"{noted(row)}{needed_text(register, text, _('text'))}", by, at)
    return row, actions.write_log(register, view.activation, entry, now=now)


def noted(row: Row) -> str:
    """What a note about this row begins with in the log."""
    return f"{row.row_code} {row.name}: "


def notes(register: Register, activation_id: int, row: Row) -> list[str]:
    """The notes about a row, oldest first."""
    said = during_queries.entries_beginning(register, activation_id, noted(row))
    return shown.texts(register, activation_id, said)


@dataclass(frozen=True)
class TakenBack:
    """What was taken back, of whom, and the activation after it."""

    row: Row
    what: str
    view: View


def take_back(
    register: Register, activation_id: int, ref: str, *, by: str, now: datetime
) -> TakenBack:
    """Take back the last that was recorded of somebody: it was written by mistake. Both stay."""
    view = load(register, activation_id, now)
    activation = view.activation
    row = find_row(view, ref)
    was = calls.answer_line(view, row.id)
    last = undoing.take_back(register, activation, view.rows, row, by, now=now)
    if last["outcome"] == "wrong_number" and last["number"] and row.person_id:
        response.mark_right_number(register, row.person_id, last["number"])
    what = was if last["answer"] else _(OUTCOME_WORDS[last["outcome"]])
    text = _("{name}: «{what}» was written by mistake.", name=row.name, what=what)
    if stands := calls.answer_line(load(register, activation_id, now), row.id):
        text += " " + _("What stands: {answer}.", answer=stands)
    seq = during_queries.entry_of(register, row.id, last["registered"])
    entry = NewEntry("correction", text, by, supersedes=seq)
    actions.write_log(register, activation, entry, now=now)
    after = present.seat(register, load(register, activation_id, now), by=by, now=now)
    return TakenBack(after.by_id[row.id], what, after)


def take_back_arrival(
    register: Register, activation_id: int, ref: str, *, by: str, now: datetime
) -> TakenBack:
    """Take back that somebody came: they are what they were before, a walk-in is off the list."""
    view = load(register, activation_id, now)
    activation = view.activation
    row = find_row(view, ref)
    seq = arrivals.take_back(register, activation, view.rows, row, by, now=now)
    what = _(row_actions.DEPLOYMENT_WORDS["on_site"])
    text = _("{name}: «{what}» was written by mistake.", name=row.name, what=what)
    if row.walk_in and row.id not in load(register, activation_id, now).by_id:
        text += " " + _("They are off the list.")
        told = _("{name} had not come.", name=row.name)
        line = during_queries.turned_up_line(register, row.id)
        entry = NewEntry("correction", told, by, sender=row.name, supersedes=line)
        actions.write_log(register, activation, entry, now=now)
    entry = NewEntry("correction", text, by, sender=row.name, supersedes=seq, row=row.id)
    actions.write_log(register, activation, entry, now=now)
    after = present.seat(register, load(register, activation_id, now), by=by, now=now)
    return TakenBack(after.by_id.get(row.id, row), what, after)
