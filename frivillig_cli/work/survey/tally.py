"""What everybody has answered to a survey, and what it adds up to. Plain data, no workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.dates import month_name
from frivillig_cli.core.i18n import _
from frivillig_cli.core.icnpo import group_of
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.survey import queries
from frivillig_cli.records.survey.model import (
    AnsweredField,
    Kind,
    Outcome,
    Question,
    Survey,
    Value,
    in_language,
)
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.before import in_order
from frivillig_cli.work.survey.guard import Ways
from frivillig_cli.work.survey.verdict import TWICE

# A sum of people that is smaller might tell who they are.
FEWEST = 5


@dataclass
class Given:
    """One organisation's answers: field -> value, the latest of several. `day` is ISO.

    `undecided`: fields that they have answered in two ways, and nobody has said which is right.
    `written`: field -> when an answer came in that is not only what the form was sent with.
    """

    org_id: int
    name: str
    group: str
    day: str = ""
    files: list[str] = field(default_factory=list)
    values: dict[str, Value] = field(default_factory=dict)
    undecided: set[str] = field(default_factory=set)
    written: dict[str, str] = field(default_factory=dict)

    def give(self, name: str, value: Value) -> None:
        """The last word on a field, None where they had it removed."""
        self.undecided.discard(name)
        self.values.pop(name, None)
        if value is not None:
            self.values[name] = value

    def leave_open(self, name: str) -> None:
        """Two answers to a field, of which none counts."""
        self.values.pop(name, None)
        self.undecided.add(name)


@dataclass(frozen=True)
class Counted:
    """One line of figures: how many associations, or how many people they add up to.

    `number` is None where it is held back; `code` is the answer that is counted.
    """

    label: str
    number: int | None
    code: str


def gather(register: Register, survey: Survey) -> list[Given]:
    """Everybody that has answered, by name. What was rejected is no answer, nor is one of two.

    Of several answers the one counts that was written last, in whatever order they were taken in;
    what only stands as the form was sent outvotes none that came in after the form was sent.
    Left out is what tells how somebody is reached who is protected by now.
    """

    answers = in_order(queries.answers(register, survey.id))
    known = orgs.get_many(register, sorted({answer.org_id for answer in answers}))
    ways = Ways(register)
    copies = queries.statuses(register, survey.id, TWICE)
    recipients = {one.id: one for one in queries.recipients(register, survey.id)}
    answered = {one.org_id for one in recipients.values() if one.answered}
    found: dict[int, Given] = {}
    for answer in answers:
        if answer.org_id not in answered:
            continue  # a note beside their row, or a blank form
        org = known[answer.org_id]
        given = found.setdefault(
            org.id, Given(org.id, org.name, group_of(org.category) if org.category else "")
        )
        day = norwegian_day(answer.received).isoformat()
        given.day = max(given.day, day)
        given.files.append(answer.file)
        form = recipients[answer.recipient_id]
        for name, said in answer.answers.items():
            if _written(said, form.base.get(name)):
                given.written[name] = max(given.written.get(name, ""), answer.received)
            elif given.written.get(name, "") >= form.sent:
                continue
            copied = copies.get((answer.id, name))
            if said.outcome is Outcome.CONFLICT and copied:
                if copied == "open":
                    given.leave_open(name)
                continue
            removed = said.outcome is Outcome.APPLIED and said.answer is None
            if said.outcome is Outcome.REJECTED or (said.answer is None and not removed):
                continue
            if not (isinstance(said.answer, str) and ways.whose(said.answer)):
                given.give(name, said.answer)
    order = {org_id: org.name_sort for org_id, org in known.items()}
    return sorted(found.values(), key=lambda given: (order[given.org_id], given.org_id))


def _written(said: AnsweredField, sent: Value) -> bool:
    """Whether a field says something else than it was sent with."""
    if said.outcome is Outcome.UNCHANGED:
        return said.answer not in (None, sent)
    return said.outcome is not Outcome.REJECTED


def is_counted(question: Question) -> bool:
    """Whether a question has so few possible answers that they are counted."""
    return question.kind in (Kind.YES_NO, Kind.ONE_OF, Kind.MANY_OF, Kind.MONTH)


def count(question: Question, everybody: Iterable[Given], language: str) -> list[Counted]:
    """How many associations gave each answer, how many gave two of them, and how many none."""
    everybody = list(everybody)
    values = [given.values.get(question.id) for given in everybody]
    two = undecided(question, everybody)
    counted = [
        Counted(label, sum(_chose(value, code) for value in values), code)
        for code, label in _alternatives(question, language)
    ]
    if two:
        counted.append(Counted(_("undecided"), two, ""))
    none = sum(value is None for value in values) - two
    return [*counted, Counted(_("no answer"), none, "")]


def undecided(question: Question, everybody: Iterable[Given]) -> int:
    """How many associations have answered a question in two ways that nobody has decided."""
    return sum(question.id in given.undecided for given in everybody)


def _chose(value: Value, code: str) -> bool:
    return code in value if isinstance(value, tuple) else value is not None and str(value) == code


def _alternatives(question: Question, language: str) -> list[tuple[str, str]]:
    if question.kind is Kind.YES_NO:
        return [("1", _("Yes")), ("0", _("No"))]
    if question.kind is Kind.MONTH:
        return [(str(month), month_name(month)) for month in range(1, 13)]
    return [(choice.id, in_language(choice.text, language)) for choice in question.options]


def add_up(question: Question, everybody: Sequence[Given], groups: Sequence[str]) -> list[Counted]:
    """What the associations' numbers come to, group by group; small sums are held back.

    Where one sum alone is held back, so is the next smallest: together with the total it
    would be told after all.
    """
    sums = dict.fromkeys(groups, 0)
    for given in everybody:
        value = given.values.get(question.id)
        if isinstance(value, int):
            sums[given.group] += value
    hidden = {group for group, number in sums.items() if 0 < number < FEWEST}
    others = sorted((number, group) for group, number in sums.items() if number >= FEWEST)
    if len(hidden) == 1 and others:
        hidden.add(others[0][1])
    return [
        Counted(group, None if group in hidden else number, group) for group, number in sums.items()
    ]
