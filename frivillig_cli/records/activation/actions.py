"""Starting an activation, moving its state, and writing its log."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.clock import oslo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.ids import new_uid
from frivillig_cli.core.names import clean, clean_name, fold, sort_key
from frivillig_cli.records.activation import (
    chain,
    during_queries,
    given_before,
    numbering,
    queries,
    states,
)
from frivillig_cli.records.activation.model import Activation, GroupSeat, LogEntry, Phone
from frivillig_cli.records.activation.times import clock_gone_back
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register

MOST_TEXT = 4000


def stamp(moment: datetime) -> str:
    """A moment as it is stored: UTC with offset, to the second."""
    from datetime import UTC

    return moment.astimezone(UTC).isoformat(timespec="seconds")


def free_text(text: str | None, label: str) -> str | None:
    """A text as it is stored; None for a blank. Refuses birth numbers and endless texts."""
    kept = clean(text or "")
    refuse_birth_numbers(kept, label)
    if len(kept) > MOST_TEXT:
        raise InvalidValueError(
            _("{field} is too long.", field=label.capitalize()), _("Shorten it.")
        )
    return kept or None


def required_text(text: str | None, label: str) -> str:
    """`free_text` where there must be one."""
    kept = free_text(text, label)
    if kept is None:
        raise InvalidValueError(
            _("{field} is empty.", field=label.capitalize()),
            _("Write a few words: the report shows them."),
        )
    return kept


def typed_text(register: Register, text: str | None, label: str) -> str | None:
    """`free_text` as somebody types it: it may hold no number of a protected person either."""
    kept = free_text(text, label)
    protected.refuse(register, kept)
    return kept


def needed_text(register: Register, text: str | None, label: str) -> str:
    """`typed_text` where there must be one."""
    kept = required_text(text, label)
    protected.refuse(register, kept)
    return kept


@dataclass(frozen=True)
class Head:
    """What is decided when an activation starts; texts as typed, `needs` as {skill: how many}."""

    title: str
    kind: str
    needs: Mapping[str | None, int] = field(default_factory=dict)
    asked_by: str | None = None
    decided_by: str | None = None
    external_ref: str | None = None
    place: str | None = None
    place_id: int | None = None
    callback: str | None = None
    continues_id: int | None = None
    in_charge: str | None = None


@dataclass(frozen=True)
class Listed:
    """One person as they go on the list; `reason` None is eligible."""

    person_id: int | None
    name: str
    phones: tuple[Phone, ...]
    groups: tuple[GroupSeat, ...]
    skills: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True)
class Terms:
    """Who pays, and the agreements that say so, as they are now."""

    payer: str
    agreements: Sequence[Mapping[str, Any]]


def start(
    register: Register, head: Head, people: Sequence[Listed], terms: Terms, *, now: datetime
) -> int:
    """Store an activation with its whole list; returns its id. `people` are in order of call."""
    title = clean_name(needed_text(register, head.title, _("title")))
    year = oslo(now).year
    number = numbering.next_number(
        year, head.kind, [*queries.numbers(register, year), *given_before.last(register)]
    )
    new = register.insert(
        "activation",
        uid=new_uid(),
        number=number,
        title=title,
        name_sort=sort_key(title),
        name_search=fold(title),
        kind=head.kind,
        state="active",
        started=stamp(now),
        payer=terms.payer,
        agreements=json.dumps(list(terms.agreements), ensure_ascii=False),
        asked_by=typed_text(register, head.asked_by, _("asked by")),
        decided_by=typed_text(register, head.decided_by, _("decided by")),
        external_ref=typed_text(register, head.external_ref, _("reference")),
        place=typed_text(register, head.place, _("place")),
        place_id=head.place_id,
        callback=typed_text(register, head.callback, _("number to call back")),
        continues_id=head.continues_id,
        in_charge=head.in_charge,
    )
    for skill, needed in head.needs.items():
        register.insert("activation_need", activation_id=new, skill=skill, needed=needed)
    _store_list(register, new, number, people)
    return new


def _store_list(register: Register, new: int, number: str, people: Sequence[Listed]) -> None:
    if people:
        register.insert_many(
            "callout",
            [
                {
                    "activation_id": new,
                    "rank": rank,
                    "row_code": numbering.row_code(number, rank, len(people)),
                    **columns(person),
                }
                for rank, person in enumerate(people, start=1)
            ],
        )


def columns(person: Listed) -> dict[str, object]:
    """The snapshot of one person as columns."""
    return {
        "person_id": person.person_id,
        "name": person.name,
        "phones": json.dumps([vars(phone) for phone in person.phones]),
        "groups": _stored_groups(person.groups),
        "skills": _stored_skills(person.skills),
        "selection": "eligible" if person.reason is None else "excluded",
        "reason": person.reason,
    }


@lru_cache(maxsize=1024)
def _stored_groups(seats: tuple[GroupSeat, ...]) -> str:
    return json.dumps([vars(seat) for seat in seats], ensure_ascii=False)


@lru_cache(maxsize=1024)
def _stored_skills(skills: tuple[str, ...]) -> str:
    return json.dumps(list(skills), ensure_ascii=False)


@dataclass(frozen=True)
class NewEntry:
    """A line for the log; `happened` None is now. `row` is the row that it is about, if any."""

    type: str
    text: str
    by: str
    happened: datetime | None = None
    sender: str | None = None
    receiver: str | None = None
    supersedes: int | None = None
    row: int | None = None


def write_log(
    register: Register, activation: Activation, entry: NewEntry, *, now: datetime
) -> LogEntry:
    """Append a line. If the clock has gone back since the last line, a line before says so."""
    last = queries.last_entry(register, activation.id)
    text = clock_gone_back(last.registered, now) if last else None
    if text:
        last = _append(register, activation, NewEntry("correction", text, entry.by), last, now)
    return _append(register, activation, entry, last, now)


def _append(
    register: Register,
    activation: Activation,
    entry: NewEntry,
    last: LogEntry | None,
    now: datetime,
) -> LogEntry:
    values: dict[str, Any] = {
        "seq": last.seq + 1 if last else 1,
        "happened": stamp(entry.happened or now),
        "registered": stamp(now),
        "type": entry.type,
        "sender": free_text(entry.sender, _("from")),
        "receiver": free_text(entry.receiver, _("to")),
        "text": required_text(entry.text, _("text")),
        "by": clean(entry.by) or "?",
        "supersedes": entry.supersedes,
    }
    values["salt"] = os.urandom(16).hex()
    values["commitment"] = chain.commitment(values)
    previous = last.chain if last else chain.start(activation.uid)
    values["chain"] = chain.link(previous, values)
    register.insert("log_entry", activation_id=activation.id, callout_id=entry.row, **values)
    return LogEntry(**values)


def set_state(
    register: Register, activation: Activation, to: str, *, now: datetime, called_off: bool = False
) -> None:
    """Move the activation to another state. Raises RefusedError where there is no such step.

    `called_off`: it was set off by mistake, and not wound up.
    From closed to active a new episode begins: everybody may be called anew, and no answer that
    was given before counts, but none is rewritten. Once it is not active, nobody is being called.
    """
    states.step(activation.number, activation.state, to)
    if to != "active":
        for row_id in during_queries.leased_by(register, None, activation.id):
            register.update("callout", row_id, lease_by=None, lease_until=None)
    changes: dict[str, object] = {"state": to, "called_off": called_off}
    if activation.state == "active":
        changes["stood_down"] = stamp(now)
    if to in ("closed", "cancelled"):
        changes["ended"] = stamp(now)
    if to == "active":
        changes |= {"ended": None, "stood_down": None}
        if activation.state == "closed":
            changes.update(episode=activation.episode + 1, round=1)
            for row_id in during_queries.twin_rows(
                register, activation.id
            ):  # called once from now on
                register.update("callout", row_id, selection="excluded", reason="manual")
    register.update("activation", activation.id, **changes)


def new_round(register: Register, activation: Activation) -> None:
    """Begin another round: those who were not reached may be called again."""
    states.require_active(activation.number, activation.state)
    register.update("activation", activation.id, round=activation.round + 1)


def set_need(
    register: Register, activation: Activation, skill: str | None, needed: int
) -> int | None:
    """State how many are needed of a skill (None: anyone); returns how many it was, if stated."""
    states.require_active(activation.number, activation.state)
    for need in queries.needs(register, activation, ()):
        if (need.skill and fold(need.skill)) == (skill and fold(skill)):
            register.update("activation_need", need.id, needed=needed)
            return need.needed
    register.insert("activation_need", activation_id=activation.id, skill=skill, needed=needed)
    return None


def hand_over(register: Register, activation: Activation, to: str) -> None:
    """Put somebody else in charge; what the one before was calling is free for others."""
    states.require_open(activation.number, activation.state)
    register.update("activation", activation.id, in_charge=to)
    if activation.in_charge:
        for row_id in during_queries.leased_by(register, activation.in_charge, activation.id):
            register.update("callout", row_id, lease_by=None, lease_until=None)


def set_terms(register: Register, activation: Activation, terms: Terms) -> None:
    """Say who pays from now on, and by which agreements; who paid at first is remembered."""
    agreements = json.dumps(list(terms.agreements), ensure_ascii=False)
    register.update(
        "activation", activation.id, payer=terms.payer, agreements=agreements,
        payer_before=activation.payer_before or activation.payer,
    )  # fmt: skip


def retitle(register: Register, activation: Activation, title: str) -> None:
    """Give it another title."""
    register.update(
        "activation", activation.id, title=title, name_sort=sort_key(title),
        name_search=fold(title),
    )  # fmt: skip


def set_folder(register: Register, activation_id: int, folder: str) -> None:
    """Remember where the lists lie."""
    register.update("activation", activation_id, folder=folder)


def broken_chains(register: Register) -> list[tuple[str, int]]:
    """(number, first entry that does not hold) of each log that has been tampered with."""
    broken = []
    for activation in queries.all_activations(register):
        entries = [vars(entry) for entry in queries.log(register, activation.id)]
        first = chain.first_break(activation.uid, entries)
        if first is not None:
            broken.append((activation.number, first))
    return broken
