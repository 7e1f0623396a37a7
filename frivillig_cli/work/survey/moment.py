"""When answers are taken in, and from which day an office counts."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime

from frivillig_cli.records.survey.model import Value
from frivillig_cli.records.survey.questions import DATE_OF_OFFICE
from frivillig_cli.work.survey.verdict import Verdict


@dataclass(frozen=True)
class Moment:
    """When the answers are taken in. `meeting`: the annual meeting that they have told of before,
    for a form that corrects what they wrote and says nothing of it. `theirs`: the phones and
    e-mails of protected people, with whose they are: see `protected.by_way`. `decided`: the fields
    of a form whose answer a person has said yes to; `sent`: what the form was sent with. `names`:
    what the associations were called before any answer was taken in, by id; `given`: the names
    that they have got since."""

    now: datetime
    today: date
    theirs: Mapping[str, str]
    names: Mapping[int, str]
    meeting: date | None = None
    decided: Set[str] = frozenset()
    sent: Mapping[str, Value] = field(default_factory=dict)
    given: dict[int, str] = field(default_factory=dict)


def offices_begin(done: Mapping[str, Verdict], at: Moment) -> date:
    """New offices count from the annual meeting; from today where its date is not given."""
    return meeting_of(done, at) or at.today


def meeting_of(done: Mapping[str, Verdict], at: Moment) -> date | None:
    """The day of the annual meeting as the form gives it, or as they told of it before."""
    meeting = done.get(DATE_OF_OFFICE)
    if meeting is None or meeting.fault or not isinstance(meeting.answer, str):
        return at.meeting
    return min(date.fromisoformat(meeting.answer), at.today)
