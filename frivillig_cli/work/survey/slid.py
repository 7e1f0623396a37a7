"""Answers that stand a row too high or too low: a cell was cut out, a block pasted askew.

What was sent for one question and comes back under the next is no answer to that one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from frivillig_cli.core.echo import kept
from frivillig_cli.core.i18n import _, language
from frivillig_cli.records.survey.display import untouched
from frivillig_cli.records.survey.model import Kind, Outcome, Question
from frivillig_cli.work.survey.reading import RawForm
from frivillig_cli.work.survey.verdict import Context, Verdict

SLID = "slid"
_FEWEST = 3  # so many in a row of the form are no chance
_WORDS = (Kind.TEXT, Kind.ORG_NAME)
_OFTEN_ALIKE = (Kind.NUMBER, Kind.YES_NO)
_OPEN = (Outcome.APPLIED, Outcome.CONFLICT)


def slid(form: RawForm, verdicts: Mapping[str, Verdict], context: Context) -> dict[str, Verdict]:
    """The verdicts on answers that have slid, not taken; and on what was changed among them.

    One alone has slid where it is plainly no answer: a name that is the organisation number.
    """
    if form.correction:
        return {}
    asked = [question for question in context.questions if question.kind is not Kind.MANY_OF]
    changed = [
        number
        for number, question in enumerate(asked)
        if verdicts[question.id].touched or verdicts[question.id].fault
    ]
    found: dict[str, Verdict] = {}
    for step in (1, -1):
        hits = [
            number
            for number in changed
            if 0 <= number + step < len(asked)
            and _sent_as(verdicts[asked[number].id], asked[number + step], context)
        ]
        among = {at for at in hits if _no_answer(asked[at], asked[at + step])}
        for row in _rows(changed):
            theirs = [at for at in row if at in hits]
            if _are_no_chance(theirs, asked):
                among |= {at for at in row if theirs[0] <= at <= theirs[-1]}
        for number in sorted(among):
            verdict = verdicts[asked[number].id]
            if verdict.outcome in _OPEN and verdict.cell:
                other = asked[number + step] if number in hits else None
                words = _words(other)
                found[asked[number].id] = verdict.rejected(SLID, words, kept(verdict.cell.text))
    return found


def _rows(numbers: Sequence[int]) -> list[list[int]]:
    """The numbers, parted where one is left out."""
    rows: list[list[int]] = []
    for number in numbers:
        if rows and rows[-1][-1] == number - 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    return rows


def _are_no_chance(hits: Sequence[int], asked: Sequence[Question]) -> bool:
    """Whether so many stand right after one another, and not numbers and yes or no alone."""
    return any(
        len(row) >= _FEWEST and any(asked[at].kind not in _OFTEN_ALIKE for at in row)
        for row in _rows(hits)
    )


def _sent_as(verdict: Verdict, question: Question, context: Context) -> bool:
    base = context.base.get(question.id)
    cell = verdict.cell
    if base is None or cell is None or cell.problem:
        return False
    return untouched(question, cell.text, base)


def _no_answer(question: Question, other: Question) -> bool:
    return question.bound and question.kind in _WORDS and other.kind not in (*_WORDS, Kind.PERSON)


def _words(other: Question | None) -> str:
    if other is None:
        return _("The answers around it stand in the wrong row, so it is not taken: ask them.")
    return _(
        "It is what was sent for «{question}», in the wrong row, so it is not taken: ask them.",
        question=other.in_language(language()),
    )
