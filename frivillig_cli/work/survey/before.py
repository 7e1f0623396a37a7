"""What the same organisation has answered before: the same again, or something else since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from frivillig_cli.core.echo import kept
from frivillig_cli.core.i18n import language
from frivillig_cli.core.names import fold
from frivillig_cli.records.survey import display, queries
from frivillig_cli.records.survey.model import Answer, AnsweredField, Outcome, Problem, Value
from frivillig_cli.records.survey.questions import DATE_OF_OFFICE, OFFICES
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.judge import Judged
from frivillig_cli.work.survey.reading import ReadFile
from frivillig_cli.work.survey.verdict import TWICE, Verdict


@dataclass(frozen=True)
class Before:
    """An answer that has been taken in, with its problems: the file has come a second time."""

    answer: Answer
    problems: Sequence[Problem]

    @property
    def waiting(self) -> set[str]:
        """The fields that somebody still has to decide: what was dealt with is settled."""
        asked = {
            name
            for name, said in self.answer.answers.items()
            if said.outcome in (Outcome.CONFLICT, Outcome.REJECTED)
        }
        still = {problem.field for problem in self.problems if problem.status == "open"}
        dealt = {problem.field for problem in self.problems} - still
        return asked - dealt

    @property
    def passed_on(self) -> set[str]:
        """The fields that were not taken, and wait no more: another file may have them."""
        said = self.answer.answers
        held = {name for name in said if said[name].outcome is Outcome.REJECTED}
        return held - self.waiting

    def dealt_with(self, problem: Problem) -> bool:
        """Whether a problem of the file has been resolved since."""
        same = [other for other in self.problems if _alike(other) == _alike(problem)]
        return bool(same) and all(other.status != "open" for other in same)


def _alike(problem: Problem) -> tuple[str | None, str, str | None]:
    return problem.field, problem.code, problem.value  # the file may have another name by now


def in_order(answers: Iterable[Answer]) -> list[Answer]:
    """Answers in the order that their files were saved, whenever each was taken in."""
    return sorted(answers, key=lambda answer: (answer.written or "", answer.id))


def older(answers: Sequence[Answer], file: ReadFile) -> list[Answer]:
    """The answers that this file follows, in the order that they were written.

    With one that was written later, or may have been, it may be in conflict.
    """
    written = file.since.isoformat(timespec="seconds")
    return [answer for answer in in_order(answers) if (answer.written or "") <= written]


def in_file(
    register: Register, answers: Sequence[Answer], recipient_id: int, file: ReadFile
) -> Before | None:
    """The answer that came in this very file."""
    for answer in answers:
        if answer.recipient_id == recipient_id and answer.sha256 == file.sha256:
            return _before(register, answer)
    return None


def repeated(
    register: Register,
    answers: Sequence[Answer],
    recipient_id: int,
    judged: Judged,
    file: ReadFile,
) -> Before | None:
    """The answer that a file says once more, word for word: it was only saved again.

    It is the one that it follows, or their last: a program may be an hour off in when it saved.
    """
    for known in (older(answers, file), answers):
        if not known:
            continue
        latest = in_order(known)[-1]
        if latest.recipient_id == recipient_id:
            before = _before(register, latest)
            if _same(before, judged):
                return before
    return None


def _before(register: Register, answer: Answer) -> Before:
    return Before(answer, queries.problems_of_answer(register, answer.id))


def _same(before: Before, judged: Judged) -> bool:
    then = {(problem.code, problem.value) for problem in before.problems if not problem.field}
    if then != {(fault.code, fault.value) for _cell, fault in judged.faults}:
        return False
    said = before.answer.answers
    return all(
        _same_field(said.get(name), verdict, before.problems, judged.key)
        for name, verdict in judged.verdicts.items()
    )


def _same_field(
    then: AnsweredField | None, verdict: Verdict, problems: Sequence[Problem], key: str
) -> bool:
    if then is None:
        return not verdict.touched and not verdict.fault
    if then.mark is not None and then.mark == verdict.mark(key):
        return True
    held = {problem.value for problem in problems if problem.field == verdict.question.id}
    if verdict.fault is not None and verdict.fault.code == TWICE:
        return verdict.fault.value in held
    if then.outcome is not Outcome.REJECTED:
        return verdict.answer is not None and verdict.wanted == then.answer
    now = {
        verdict.fault.value if verdict.fault else None,
        kept(verdict.cell.text) if verdict.cell else None,
        kept(display.show(verdict.question, verdict.wanted, language())),
    }
    return bool((held & now) - {None, ""})


def base_of_corrections(
    register: Register,
    base: Mapping[str, Value],
    earlier: Sequence[Answer],
    written: Mapping[str, str],
) -> dict[str, Value]:
    """What corrections are held against: `base`, with whom they have named for each office since.

    A phone or an e-mail is that one's, whether the name was taken in or not, and what was sent is
    none of theirs; but for the name that was sent, where it is that which is `written` now.
    """
    held = dict(base)
    for office, name in _named(register, earlier).items():
        if fold(written.get(office, name)) != fold(str(base.get(office) or "")):
            held |= {office: name, f"{office}_phone": None, f"{office}_email": None}
    return held


def _named(register: Register, earlier: Sequence[Answer]) -> dict[str, str]:
    """office -> the name that they have given it last."""
    found: dict[str, str] = {}
    for answer in reversed(earlier):
        for office in OFFICES:
            said = answer.answers.get(office)
            if said is None or office in found:
                continue
            if said.outcome is Outcome.REJECTED:
                problems = queries.problems_of_answer(register, answer.id)
                told = [one.value for one in problems if one.field == office and one.value]
                if told:
                    found[office] = told[-1]
            elif isinstance(said.answer, str):
                found[office] = said.answer
    return found


def meeting_told(earlier: Sequence[Answer]) -> date | None:
    """The day of the annual meeting as they gave it last, where it was one."""
    for answer in reversed(earlier):
        said = answer.answers.get(DATE_OF_OFFICE)
        if said and said.outcome is not Outcome.REJECTED and isinstance(said.answer, str):
            return date.fromisoformat(said.answer)
    return None


def overtaken(
    forms: Sequence[tuple[int, Mapping[str, Verdict], ReadFile]],
) -> dict[int, frozenset[str]]:
    """form -> fields of it that a later form of the same organisation answers otherwise.

    `forms`: each with its verdicts and its file, in the order that they were written. Where that
    order is not certain, none overtakes the other.
    """
    later: dict[str, tuple[object, datetime]] = {}
    found: dict[int, frozenset[str]] = {}
    for form, verdicts, file in reversed(forms):
        taken = {
            name: verdict.wanted
            for name, verdict in verdicts.items()
            if verdict.outcome is Outcome.APPLIED and not verdict.fault
        }
        found[form] = frozenset(
            name
            for name, wanted in taken.items()
            if name in later and later[name][0] != wanted and later[name][1] >= file.written
        )
        later = {name: (wanted, file.since) for name, wanted in taken.items()} | later
    return found
