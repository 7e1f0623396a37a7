"""One function a change to a survey: made, sent, answered, closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.compact import compact_json
from frivillig_cli.core.dates import show_date
from frivillig_cli.core.errors import InvalidValueError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.ids import new_uid
from frivillig_cli.core.names import clean_name, fold, sort_key
from frivillig_cli.core.sentence import keep
from frivillig_cli.records.survey import queries, questions
from frivillig_cli.records.survey.key import base_key
from frivillig_cli.records.survey.model import (
    AnsweredField,
    Outcome,
    Problem,
    Question,
    Survey,
    Value,
)
from frivillig_cli.store.register import Register


def new(
    register: Register,
    title: str,
    asked: Sequence[Question],
    *,
    due: date | None,
    now: datetime,
    today: date,
) -> int:
    """Make a survey; returns its id. Raises InvalidValueError for its title or due date."""
    name = clean_name(title)
    refuse_birth_numbers(name, _("title"))
    if due and due < today:
        raise InvalidValueError(
            _("The due date {date} has passed.", date=show_date(due)),
            _("Choose a day that is still to come."),
            field="due",
        )
    return register.insert(
        "survey",
        uid=new_uid(),
        title=name,
        name_sort=sort_key(name),
        name_search=fold(name),
        due=due.isoformat() if due else None,
        questions=questions.to_json(asked),
        created=_stamp(now),
    )


def close(register: Register, survey: Survey, *, now: datetime) -> None:
    """Close a survey. Refused when it is closed already."""
    refuse_closed(survey)
    register.update("survey", survey.id, status="closed", closed=_stamp(now))


def refuse_closed(survey: Survey) -> None:
    """Raise RefusedError for a survey that is closed."""
    if survey.status == "closed":
        raise RefusedError(
            _("The survey «{title}» is closed.", title=survey.title),
            _("Make a new one with: frivillig survey new"),
        )


def send(
    register: Register,
    survey_id: int,
    org: tuple[int, str],
    base: Mapping[str, Value],
    *,
    now: datetime,
) -> str:
    """Keep what one organisation (id, uid) is sent; returns the base's key.

    The same values twice are one sending: an export may be made again.
    """
    key = base_key(org[1], base)
    kept = compact_json(base)
    queries.keep_base(register, (survey_id, org[0], kept, key, _stamp(now)))
    return key


@dataclass(frozen=True)
class Received:
    """One form as it came back: whose it is, in which file, and what it said.

    `answered`: whether it says anything, so that its recipient has answered.
    """

    survey_id: int
    org_id: int
    recipient_id: int
    file: str
    sha256: str
    answers: Mapping[str, AnsweredField]
    result: str
    written: datetime
    answered: bool = True


def receive(register: Register, form: Received, *, now: datetime) -> int:
    """Keep one returned form and mark its recipient as answered; returns the answer's id.

    The same form of the same file again keeps one answer, with what it has come to by now.
    """
    said = compact_json({field: cell.to_json() for field, cell in form.answers.items()})
    known = queries.stored_answer(register, form.recipient_id, form.sha256)
    if known is None:
        answer_id = register.insert(
            "survey_answer",
            survey_id=form.survey_id,
            org_id=form.org_id,
            recipient_id=form.recipient_id,
            file=form.file,
            sha256=form.sha256,
            received=_stamp(now),
            written=_stamp(form.written),
            answers=said,
        )
        if form.answered:
            result = _standing(register, form.recipient_id, form.result)
            register.update(
                "survey_recipient", form.recipient_id, answered=_stamp(now), result=result
            )
        return answer_id
    answer_id, before = known
    if form.answered:
        queries.mark_answered(register, form.recipient_id, _stamp(now))
    if before != said:
        register.update("survey_answer", answer_id, answers=said)
        result = _standing(register, form.recipient_id, form.result)
        register.update("survey_recipient", form.recipient_id, result=result)
    return answer_id


def _standing(register: Register, recipient_id: int, result: str) -> str:
    """What one recipient's forms have come to together: a change stays one when they answer on."""
    if result != "unchanged":
        return result
    said = queries.outcomes_of(register, recipient_id)
    return "changed" if Outcome.APPLIED in said else "unchanged"


def keep_problems(
    register: Register, survey_id: int, answer_id: int, problems: Iterable[Problem]
) -> None:
    """Keep what somebody must look at. What a form still has is kept once; the rest is resolved."""
    wanted = list(problems)
    kept = queries.problems_of_answer(register, answer_id)
    for problem in wanted:
        if not any(_same(problem, other) for other in kept):
            _insert(register, survey_id, answer_id, problem)
    gone = [p for p in kept if not any(_same(p, other) for other in wanted)]
    resolve(register, gone)


def keep_nobodys(register: Register, survey_id: int, problem: Problem) -> Problem | None:
    """Keep what stands in a column that is no association's: what was kept of it before, if it is
    the same, whatever the file is called by now. What else stood there in that file is resolved."""
    place = (problem.sheet, problem.cell, problem.code)
    kept = [
        other
        for other in queries.problems(register, survey_id, status=None)
        if other.org_id is None and (other.sheet, other.cell, other.code) == place
    ]
    same = next((other for other in reversed(kept) if other.value == problem.value), None)
    if same is None:
        resolve(register, [other for other in kept if other.file == problem.file])
        _insert(register, survey_id, None, problem)
    return same


def _insert(register: Register, survey_id: int, answer_id: int | None, problem: Problem) -> None:
    register.insert(
        "survey_problem",
        survey_id=survey_id,
        answer_id=answer_id,
        org_id=problem.org_id,
        file=problem.file,
        sheet=problem.sheet,
        cell=problem.cell,
        field=problem.field,
        value=problem.value,
        code=problem.code,
        message=keep(problem.message),
    )


def _same(one: Problem, other: Problem) -> bool:
    return (one.file, one.sheet, one.cell, one.field, one.code, one.value) == (
        other.file,
        other.sheet,
        other.cell,
        other.field,
        other.code,
        other.value,
    )


def resolve(register: Register, problems: Iterable[Problem]) -> int:
    """Mark problems as resolved; returns how many were open.

    A form whose last problem is gone counts as changed or unchanged from then on.
    """
    resolved = 0
    for problem in problems:
        if problem.status == "open" and problem.id is not None:
            resolved += register.update("survey_problem", problem.id, status="resolved")
            _settle(register, problem.id)
    return resolved


def _settle(register: Register, problem_id: int) -> None:
    answer = queries.settled_answer(register, problem_id)
    if answer is not None:
        result = _standing(register, answer.recipient_id, "unchanged")
        register.update("survey_recipient", answer.recipient_id, result=result)


def supersede(
    register: Register, forms: Collection[int], answer_id: int, fields: Iterable[str]
) -> None:
    """A later form answers these fields well: older problems of `forms`, its like, are resolved.

    While others are open, what came back still needs a look, whatever the later form is like.
    """
    answered = set(fields)
    older = queries.problems_of_forms(register, forms, before_answer=answer_id)
    resolve(register, [problem for problem in older if problem.field in answered])
    if any(problem.field not in answered for problem in older):
        recipient = queries.recipient_of(register, answer_id)
        register.update("survey_recipient", recipient, result="problems")


def resolve_ids(register: Register, survey_id: int, ids: Sequence[int]) -> int:
    """Mark problems of a survey as resolved by number. Refused when one is not there."""
    found = queries.problems(register, survey_id, status=None, ids=ids)
    unknown = sorted(set(ids) - {problem.id for problem in found})
    if unknown:
        raise RefusedError(
            _("The survey has no problem number {id}.", id=unknown[0]),
            _("See them with: frivillig survey problems {id}", id=survey_id),
        )
    return resolve(register, found)


def confirm(
    register: Register, org_id: int, fields: Iterable[str], *, today: date, source: str
) -> None:
    """An organisation has said today, in `source`, that these fields are right."""
    queries.confirm_fields(register, org_id, list(fields), today.isoformat(), source)


def _stamp(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
