"""What is kept and told of one form: its answers, its problems, what it confirms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from frivillig_cli.core.echo import kept
from frivillig_cli.core.i18n import _, language
from frivillig_cli.core.sentence import masked
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.survey.answers import erase_word
from frivillig_cli.records.survey.compare import Erased, confirms
from frivillig_cli.records.survey.display import show
from frivillig_cli.records.survey.model import Answer, AnsweredField, Outcome, Problem
from frivillig_cli.records.survey.questions import OFFICES, office_of
from frivillig_cli.work.survey.before import Before
from frivillig_cli.work.survey.changed import LastChange
from frivillig_cli.work.survey.copies import places
from frivillig_cli.work.survey.guard import Guard, Ways, is_free
from frivillig_cli.work.survey.judge import Judged
from frivillig_cli.work.survey.offices import same_name, stands
from frivillig_cli.work.survey.reading import RawForm, ReadFile
from frivillig_cli.work.survey.results import Change, Otherwise
from frivillig_cli.work.survey.verdict import Fault, Verdict


def said(
    verdicts: Mapping[str, Verdict],
    before: Before | None = None,
    today: date | None = None,
    key: str = "",
) -> dict[str, AnsweredField]:
    """field -> answer and outcome, as kept; what a seen file has settled stays as it was.

    Of an office that is taken over when the file comes again, `today` is kept as well; of an
    answer that is not kept, its mark with the `key` of the form.
    """
    said = dict(before.answer.answers) if before else {}
    for name, verdict in verdicts.items():
        if before is not None and name not in before.waiting:
            continue
        if verdict.answer is not None or verdict.fault or name in said:
            rejected = verdict.outcome is Outcome.REJECTED
            answer = None if rejected else verdict.wanted
            late = before and today and name in OFFICES and verdict.outcome is Outcome.APPLIED
            day = today.isoformat() if late and today else None
            mark = verdict.mark(key) if key else None
            said[name] = AnsweredField(answer, verdict.outcome, mark, day)
    return said


def confirmed(verdict: Verdict, judged: Judged) -> bool:
    """Whether the form says that what the register now holds is right."""
    if not verdict.question.bound or judged.unsaid or judged.another_row:
        return False
    if verdict.question.id in judged.noted:
        return False
    if verdict.outcome is Outcome.APPLIED:
        return True
    if verdict.outcome is not Outcome.UNCHANGED or judged.in_doubt:
        return False
    agreed = judged.agreed and verdict.base == verdict.current
    return agreed or (verdict.answer is not None and confirms(verdict.answer, verdict.current))


def of_another(field: str, verdicts: Mapping[str, Verdict]) -> bool:
    """Whether a phone or e-mail stands beside another name than the one who has it here."""
    office = office_of(field)
    name = verdicts.get(office or "")
    if name is None or office == field or name.outcome is Outcome.UNCHANGED:
        return False
    return verdicts[field].outcome is Outcome.UNCHANGED and not same_name(name.wanted, name.current)


def answered_well(verdict: Verdict, form: RawForm) -> bool:
    """Whether a field has an answer that nothing is wrong with.

    In a workbook of rejected answers what was sent is one too: the call was made, and it was right.
    """
    clear = verdict.outcome in (Outcome.APPLIED, Outcome.UNCHANGED)
    said = verdict.touched or corrected(verdict, form)
    return clear and verdict.answer is not None and not verdict.fault and said


def corrected(verdict: Verdict, form: RawForm) -> bool:
    """Whether somebody has written what is right in a workbook of rejected answers."""
    return form.correction and verdict.cell is not None and bool(verdict.cell.text.strip())


def shielded(verdicts: Mapping[str, Verdict], guard: Guard, ways: Ways) -> dict[str, Verdict]:
    """The verdicts as they may be told: without what was sent of a protected person, and without
    texts that tell how one of them is reached."""
    return {
        name: verdict._replace(base=None, answer=verdict.answer if verdict.touched else None)
        if guard.sent(name)
        else _without_ways(verdict, ways)
        for name, verdict in verdicts.items()
    }


def _without_ways(verdict: Verdict, ways: Ways) -> Verdict:
    if not is_free(verdict.question):
        return verdict
    held = {
        part: _("[protected]")
        for part in ("base", "current", "answer")
        if ways.held_in(verdict.question, getattr(verdict, part))
    }
    return verdict._replace(**held) if held else verdict


def veiled(verdict: Verdict, ways: Ways) -> Verdict:
    """A verdict as it is shown: what was written in a cell that is not taken may tell it too."""
    if verdict.copies:
        copies = [
            cell._replace(text=_("[protected]")) if ways.whose(cell.text) else cell
            for cell in verdict.copies
        ]
        verdict = verdict._replace(copies=tuple(copies))
    fault = verdict.fault
    if fault is None or not fault.value or ways.whose(fault.value) is None:
        return verdict
    return verdict._replace(fault=replace(fault, value=None))


def changed_here(verdict: Verdict) -> bool:
    """Whether a field is in conflict as it was changed here since it was sent."""
    return verdict.outcome is Outcome.CONFLICT and verdict.base != verdict.current


def told(verdict: Verdict) -> bool:
    """Whether a field is among the changes that are reported."""
    answered = verdict.question.bound and verdict.answer is not None
    return answered or verdict.fault is not None or verdict.outcome is Outcome.APPLIED


def unbound(verdicts: Mapping[str, Verdict], before: Before | None) -> tuple[Change, ...]:
    """The answers that are kept with the survey alone; not those that came `before`."""
    return tuple(
        change(verdict)
        for name, verdict in verdicts.items()
        if not (verdict.question.bound or verdict.fault)
        and verdict.wanted is not None
        and (before is None or name in before.waiting)
    )


def change(
    verdict: Verdict,
    since: LastChange | None = None,
    office_from: date | None = None,
    form: Mapping[str, Verdict] = MappingProxyType({}),
) -> Change:
    """A verdict as it is reported; what was rejected is safe to show.

    `office_from`: the day from which the new holders of this `form` have their offices.
    """
    rejected = verdict.fault is not None and verdict.outcome is Outcome.REJECTED
    answer = verdict.fault.value if verdict.fault and rejected else verdict.answer
    new = _takes_office(verdict)
    return Change(
        verdict.question,
        verdict.base,
        verdict.current,
        answer,
        verdict.outcome,
        since,
        office_from if new else None,
        stands(verdict.question.id, form) if new and verdict.current is not None else (),
        tuple(places(verdict.copies)) if len(verdict.copies) > 1 else (),
    )


def _takes_office(verdict: Verdict) -> bool:
    if verdict.question.id not in OFFICES or verdict.outcome is not Outcome.APPLIED:
        return False
    return verdict.wanted is not None and not same_name(verdict.wanted, verdict.current)


def result(verdicts: Mapping[str, Verdict], found: Sequence[Problem]) -> str:
    """What a whole form has come to: problems, changed or unchanged."""
    if found:
        return "problems"
    applied = any(verdict.outcome is Outcome.APPLIED for verdict in verdicts.values())
    return "changed" if applied else "unchanged"


def problems(
    file: ReadFile,
    form: RawForm,
    org: Org,
    judged: Judged,
    verdicts: Mapping[str, Verdict],
    before: Before | None,
) -> list[Problem]:
    """What a person must look at, conflicts among it, with its place in the file.

    What has been dealt with since the same file came `before` is not told again.
    """
    found = [
        Problem(
            file.name, fault.code, fault.message, org.id, cell.sheet, cell.ref, None, fault.value
        )
        for cell, fault in judged.faults
    ]
    for name, verdict in verdicts.items():
        fault = verdict.fault
        if fault is None and verdict.outcome is Outcome.CONFLICT:
            fault = _conflict(verdict)
        if fault is None:
            continue
        sheet = verdict.cell.sheet if verdict.cell else form.sheet
        ref = verdict.cell.ref if verdict.cell else None
        found.append(
            Problem(file.name, fault.code, fault.message, org.id, sheet, ref, name, fault.value)
        )
    return [problem for problem in found if before is None or not before.dealt_with(problem)]


def _conflict(verdict: Verdict) -> Fault:
    shown = [
        show(verdict.question, value, language()) or "–"
        for value in (verdict.base, verdict.wanted, verdict.current)
    ]
    if isinstance(verdict.answer, Erased):
        shown[1] = erase_word(language())
    words = _(
        "Changed on both sides: sent {base}, answered {answer}, "
        "here when it was taken in {current}.",
        base=shown[0],
        answer=shown[1],
        current=shown[2],
    )
    return Fault("conflict", masked(words), kept(shown[1]))


def earlier(
    answers: Sequence[Answer], file: ReadFile, form: RawForm, verdicts: Mapping[str, Verdict]
) -> tuple[str, ...]:
    """The other files in which they have answered, and have answered something else.

    A correction is of what they have answered, so that only what else they said is told.
    """
    if not answers:
        return ()
    now = said(verdicts)
    return tuple(
        dict.fromkeys(
            answer.file
            for answer in answers
            if answer.sha256 != file.sha256
            and _differs(_beside(answer, now) if form.correction else answer.answers, now)
        )
    )


def otherwise(
    answers: Sequence[Answer],
    file: ReadFile,
    form: RawForm,
    verdicts: Mapping[str, Verdict],
    guard: Guard,
    ways: Ways,
) -> tuple[Otherwise, ...]:
    """What they have answered to a field in other files, where it is something else.

    Left out is what tells how somebody is reached who is protected by now.
    """
    if not answers:
        return ()
    now = said(verdicts)
    return tuple(
        Otherwise(verdicts[name].question, other.answer, answer.file)
        for name in now
        if name in verdicts and not guard.sent(name)
        for answer in answers
        if answer.sha256 != file.sha256
        and (other := answer.answers.get(name)) is not None
        and other.outcome is not Outcome.REJECTED
        and not (form.correction and other.outcome is Outcome.CONFLICT)
        and other.answer not in (None, now[name].answer, verdicts[name].base)
        and not (isinstance(other.answer, str) and ways.whose(other.answer))
    )


def _beside(answer: Answer, correction: Mapping[str, AnsweredField]) -> Mapping[str, AnsweredField]:
    """What an answer says to the fields of a correction, where it was not what is corrected."""
    open_ = (Outcome.REJECTED, Outcome.CONFLICT)
    return {
        name: said
        if (said := answer.answers.get(name)) and said.outcome not in open_
        else correction[name]
        for name in correction
    }


def _differs(one: Mapping[str, AnsweredField], other: Mapping[str, AnsweredField]) -> bool:
    fields = one.keys() | other.keys()
    return any(
        (one[name].answer if name in one else None)
        != (other[name].answer if name in other else None)
        for name in fields
    )
