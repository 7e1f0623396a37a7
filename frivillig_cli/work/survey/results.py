"""What an import has come to, or would come to: the same words for the preview and the deed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from frivillig_cli.records.survey.compare import Erased
from frivillig_cli.records.survey.model import Outcome, Problem, Question, Value
from frivillig_cli.records.survey.questions import FURTHER
from frivillig_cli.work.survey.changed import LastChange

UNTOUCHED = "untouched"


@dataclass(frozen=True)
class Change:
    """One answered field: sent, answered, here now (before the import), and the outcome.

    `since`: of a conflict, who changed it here and when, where the history knows it. `begins`:
    of a new holder of an office, the day from which the office counts; `stands`: which of
    phone and email is still that of the one before, and was not taken for the new one. `copies`:
    where the answer stands more than once, each of them as it is written, `answer` the first.
    """

    question: Question
    base: Value
    current: Value
    answer: Value | Erased
    outcome: Outcome
    since: LastChange | None = None
    begins: date | None = None
    stands: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()

    def left(self) -> Change:
        """The same where it is not taken in: what would be applied is unchanged."""
        if self.outcome is not Outcome.APPLIED:
            return self
        return replace(self, outcome=Outcome.UNCHANGED)

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on; an answer that removes a value is null."""
        return {
            "field": self.question.id,
            "base": _plain(self.base),
            "current": _plain(self.current),
            "answer": None if isinstance(self.answer, Erased) else _plain(self.answer),
            "outcome": str(self.outcome),
            "changed_by": self.since.who if self.since else None,
            "changed_at": self.since.at if self.since else None,
            "from": self.begins.isoformat() if self.begins else None,
        }

    def to_answer(self) -> dict[str, Any]:
        """The same of a question that is no field of the register."""
        return {"field": self.question.id, "answer": self.to_json()["answer"]}


@dataclass(frozen=True)
class Otherwise:
    """Another answer to a field that the same organisation has given, and in which file."""

    question: Question
    answer: Value
    file: str

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return {"field": self.question.id, "answer": _plain(self.answer), "file": self.file}


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True)
class FormResult:
    """One form, or a file that holds none. `seen`: this file has been taken in before, and
    `moved`: it comes further this time.

    `result` is unchanged, changed, problems, refused, or untouched: a file that is still as it was
    sent, with no tick, which is nobody's answer; `earlier` other files in which the same
    organisation has answered something else, and `otherwise` what; `overtaken`: a later form of
    theirs, taken in at the same time, answers otherwise; `archived`: so is the organisation;
    `answers` are those to questions that are no field of the register;
    `alone`: corrections of an answer that is not there: it was undone, or has never been taken in;
    `held`: the file in which an account number waits by now that is confirmed in this one;
    `hint` the way out of a refusal.
    """

    file: str
    result: str
    org_id: int | None = None
    org: str | None = None
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    seen: bool = False
    moved: bool = False
    ticked: bool = False
    earlier: tuple[str, ...] = ()
    otherwise: tuple[Otherwise, ...] = ()
    overtaken: bool = False
    archived: bool = False
    held: str = ""
    alone: bool = False
    hint: str = ""
    answers: tuple[Change, ...] = ()

    @property
    def own_answers(self) -> list[Change]:
        """The answers to the questions that the survey has beside the default ones."""
        return [answer for answer in self.answers if answer.question.section == FURTHER]

    def with_outcome(self, outcome: Outcome) -> list[Change]:
        """The changes that came to `outcome`."""
        return [change for change in self.changes if change.outcome is outcome]

    def left(self) -> FormResult:
        """The same where none of it is taken in."""
        result = "unchanged" if self.result == "changed" else self.result
        return replace(self, result=result, changes=tuple(each.left() for each in self.changes))

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return {
            "file": self.file,
            "org": self.org,
            "org_id": self.org_id,
            "result": self.result,
            "seen": self.seen,
            "changes": [change.to_json() for change in self.changes],
            "answers": [answer.to_answer() for answer in self.answers],
            "problems": [problem_json(problem) for problem in self.problems],
            "earlier": list(self.earlier),
            "otherwise": [other.to_json() for other in self.otherwise],
            "held_by": self.held or None,
        }


@dataclass(frozen=True)
class ImportResult:
    """All forms of one import; `untouched` of them, or rows of a workbook for all, say nothing."""

    forms: tuple[FormResult, ...]
    untouched: int = 0

    def count(self, outcome: Outcome) -> int:
        """How many fields came to `outcome`."""
        return sum(len(form.with_outcome(outcome)) for form in self.forms)

    @property
    def refused(self) -> list[FormResult]:
        """Files, or rows, that are nobody's answer to this survey."""
        return [form for form in self.forms if form.result == "refused"]

    @property
    def taken(self) -> list[FormResult]:
        """Answers that found their organisation."""
        return [form for form in self.forms if form.result not in ("refused", UNTOUCHED)]

    @property
    def as_sent(self) -> int:
        """How many files are still as they were sent."""
        return sum(form.result == UNTOUCHED for form in self.forms)

    @property
    def complete(self) -> bool:
        """Nothing is left for a person, but by a file that came before and comes no further."""
        well = ("unchanged", "changed", UNTOUCHED)
        again = [form.seen and not form.moved for form in self.forms]
        return all(
            not form.held and (same or form.result in well)
            for form, same in zip(self.forms, again, strict=True)
        )

    @property
    def news(self) -> bool:
        """Whether there is anything to take in: a new form, or a field of one that was seen."""
        return any(form.moved for form in self.forms)

    def left(self) -> ImportResult:
        """The same where none of it is taken in: what would be applied stays as it is."""
        return replace(self, forms=tuple(form.left() for form in self.forms))

    def to_json(self, *, saved: bool) -> dict[str, Any]:
        """The keys that scripts rely on; the counts are fields.

        `saved`: whether the register was changed, or this is what would be done.
        """
        return {
            "files": [form.to_json() for form in self.forms],
            "saved": saved,
            "applied": self.count(Outcome.APPLIED),
            "conflicts": self.count(Outcome.CONFLICT),
            "rejected": self.count(Outcome.REJECTED),
            "untouched": self.untouched,
        }


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as scripts read it."""
    return {
        "id": problem.id,
        "code": problem.code,
        "message": problem.message,
        "org_id": problem.org_id,
        "file": problem.file,
        "sheet": problem.sheet,
        "cell": problem.cell,
        "field": problem.field,
        "value": problem.value,
        "status": problem.status,
    }
