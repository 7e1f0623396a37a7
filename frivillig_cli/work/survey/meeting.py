"""The date of the annual meeting, set right where offices were entered from another day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.dates import show_date
from frivillig_cli.core.echo import kept
from frivillig_cli.core.i18n import _
from frivillig_cli.records.contact import actions as contacts
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.survey.model import Answer, Outcome, Value
from frivillig_cli.records.survey.questions import DATE_OF_OFFICE, OFFICES
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.newcomers import took_over_later
from frivillig_cli.work.survey.offices import same_name
from frivillig_cli.work.survey.verdict import Verdict


@dataclass(frozen=True)
class _Change:
    """Who came and who left in one office on the day that stood in for the meeting."""

    came: Mapping[str, Any] | None
    left: Sequence[Mapping[str, Any]]
    day: str


def set_right(
    register: Register,
    org_id: int,
    verdicts: Mapping[str, Verdict],
    others: Sequence[Answer],
    later: Sequence[Answer],
) -> dict[str, Verdict]:
    """Move the offices that `others` of their answers began to the date of the meeting that a form
    now gives: from another date that one of them gave, or from the day that each was taken over
    here, as there was none. An office that has another day by now stays: somebody has set it.
    Answers that are `later` than the form and give a date have the last word. Returns the
    verdicts."""
    done = dict(verdicts)
    given = done.get(DATE_OF_OFFICE)
    if given is None or given.fault or not isinstance(given.answer, str):
        return done
    if any(_gives(answer) not in (None, given.answer) for answer in later):
        return done
    meeting = date.fromisoformat(given.answer)
    changes = list(_changes(orgs.get(register, org_id).contacts, others, given.answer))
    words = next(filter(None, (_why_not(change, meeting) for change in changes)), "")
    if words:
        said = given.cell.text if given.cell else given.answer
        done[DATE_OF_OFFICE] = given.rejected("meeting", words, kept(said))
        return done
    for change in changes:
        if change.came:
            contacts.move(register, change.came["id"], from_date=meeting)
        for left in change.left:
            contacts.move(register, left["id"], to_date=meeting)
    if changes:
        done[DATE_OF_OFFICE] = given._replace(current=changes[0].day, outcome=Outcome.APPLIED)
    return done


def _why_not(change: _Change, meeting: date) -> str:
    """Why an office cannot have changed hands at that meeting; empty when it can."""
    for left in change.left:
        if left["from"] and left["from"] > meeting.isoformat():
            return took_over_later(left["name"], left["from"], meeting)
    came = change.came
    if came and came["to"] and came["to"] < meeting.isoformat():
        return _(
            "{holder} left on {to_date}, before the annual meeting of {meeting}: ask which of the "
            "dates is right.",
            holder=came["name"],
            to_date=show_date(date.fromisoformat(came["to"])),
            meeting=show_date(meeting),
        )
    return ""


def _gives(answer: Answer) -> Value:
    """The date of the meeting that an answer gives, where it is one."""
    said = answer.answers.get(DATE_OF_OFFICE)
    return None if said is None or said.outcome is Outcome.REJECTED else said.answer


def _changes(
    held: Sequence[Mapping[str, Any]], others: Sequence[Answer], meeting: str
) -> Iterator[_Change]:
    told = {str(day) for day in map(_gives, others) if day}
    for answer in others:
        received = norwegian_day(answer.received).isoformat()
        for office in OFFICES:
            said = answer.answers.get(office)
            if said is None or said.outcome is not Outcome.APPLIED:
                continue
            days = {said.day or received, *told} - {meeting}
            own = [contact for contact in held if contact["role"] == office]
            came = next(
                (one for one in own if one["from"] in days and same_name(one["name"], said.answer)),
                None,
            )
            day = came["from"] if came else _left_on(own, days) if said.answer is None else None
            if day:
                left = [one for one in own if one["to"] == day and one is not came]
                yield _Change(came, left, day)


def _left_on(held: Sequence[Mapping[str, Any]], days: Set[str]) -> str | None:
    """The day, of several, on which one who holds an office no more has left it."""
    return max((one["to"] for one in held if one["to"] in days), default=None)
