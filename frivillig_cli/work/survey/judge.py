"""What each cell of a returned form comes to: the three-way comparison, field by field.

No SQL and no clock: the register's side is handed in. What depends on more than one cell is
judged here too: offices go with their phone and e-mail, and there are no more young members
than members.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from frivillig_cli.core.birthnumber import find_birth_number, is_birth_number
from frivillig_cli.core.dates import show_date_short
from frivillig_cli.core.echo import echo, kept
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _, language, typed
from frivillig_cli.core.names import fold, printable
from frivillig_cli.core.sentence import masked
from frivillig_cli.formats.values import date_text
from frivillig_cli.records.survey import answers, display
from frivillig_cli.records.survey.compare import compare
from frivillig_cli.records.survey.model import Kind, Outcome, Question, Value, in_language
from frivillig_cli.records.survey.questions import AGE_GROUPS, DATE_OF_OFFICE, OFFICES
from frivillig_cli.work.survey import marks
from frivillig_cli.work.survey.address import address
from frivillig_cli.work.survey.copies import cells_of, copies, proposed
from frivillig_cli.work.survey.displaced import displaced
from frivillig_cli.work.survey.offices import judge_office
from frivillig_cli.work.survey.outside import OUTSIDE, outside
from frivillig_cli.work.survey.reading import RawCell, RawForm
from frivillig_cli.work.survey.slid import slid
from frivillig_cli.work.survey.verdict import (
    NOT_THEIRS,
    TWICE,
    Context,
    Fault,
    Verdict,
    decided,
    settled,
)

OLDEST_MEETING = 5
_OLDEST_DAY, _LAST_DAY = 10_000, 80_000  # days since 1900: other numbers are meant as numbers
UNSAID = "unsaid"
ACCOUNT = "account"
BESIDE = "office_beside"
_SAME = Outcome.UNCHANGED


@dataclass(frozen=True)
class Judged:
    """A whole form: verdicts by field, the tick, and what is odd about the form itself.

    `key` is the form's; `in_table`: it is a row of a workbook for all, which comes back if they
    have answered or not. `noted` are the fields with a comment: they confirm nothing before
    somebody has read it. `another_row`: it is another association's by its words: no answer.
    """

    verdicts: dict[str, Verdict]
    ticked: bool
    faults: tuple[tuple[RawCell, Fault], ...] = ()
    key: str = ""
    in_table: bool = False
    noted: frozenset[str] = frozenset()
    another_row: bool = False

    @property
    def says_nothing(self) -> bool:
        """Nothing changed, nothing answered, nothing ticked, nothing wrong."""
        return self._quiet and not self.ticked and not self.faults

    @property
    def unsaid(self) -> bool:
        """Whether it says that something has changed, and not what: it confirms nothing."""
        codes = {fault.code for _cell, fault in self.faults}
        return UNSAID in codes or (OUTSIDE in codes and self._quiet and not self.agreed)

    @property
    def agreed(self) -> bool:
        """Whether they say that all is right, with no comment to it."""
        return self.ticked and marks.TICK not in self.noted

    @property
    def answered(self) -> bool:
        """Whether it is an answer: not one whose cells are all blank, nor a row that is copied,
        holds what another was sent, or has a note beside it, and says nothing else."""
        if self.another_row:
            return False
        if self.in_table:
            said = (each for each in self.verdicts.values() if each.touched or each.fault)
            return self.ticked or not all(map(_may_be_anothers, said))
        return not any(fault.code == UNSAID and not cell.ref for cell, fault in self.faults)

    @property
    def in_doubt(self) -> bool:
        """Whether it is open which of two rows is theirs, or if they have answered at all: the
        rest of it confirms nothing."""
        if not self.in_table:
            return False  # asked of each answer
        copied = any(each.fault and each.fault.code == TWICE for each in self.verdicts.values())
        return copied or not self.answered

    @property
    def _quiet(self) -> bool:
        return not any(verdict.touched or verdict.fault for verdict in self.verdicts.values())


def _may_be_anothers(verdict: Verdict) -> bool:
    return verdict.fault is not None and verdict.fault.code in NOT_THEIRS


def judge(form: RawForm, context: Context) -> Judged:
    """Compare every answer of a form with what was sent and with what stands here now."""
    verdicts = {
        question.id: decided(_verdict(form, question, context), context)
        for question in context.questions
    }
    verdicts |= slid(form, verdicts, context)
    verdicts |= displaced(form, verdicts, context)
    for office in OFFICES:
        if office in verdicts:
            verdicts |= judge_office(office, verdicts, context)
    verdicts |= _members(verdicts)
    verdicts |= address(verdicts, context)
    verdicts = {name: _last_word(verdict, context) for name, verdict in verdicts.items()}
    ticked, faults = _tick(form)
    another = context.ours.another(form.outside) if form.in_table else ""
    if another:
        verdicts, faults = _of_this_row(form, verdicts, another, ticked=ticked)
    faults = (*faults, *_strays(form), *_lost(form, context), *outside(form, context.ours))
    key, noted = str(form.key), frozenset(form.noted)
    judged = Judged(
        verdicts, ticked and not another, faults, key, form.in_table, noted, bool(another)
    )
    return replace(judged, faults=_unsaid(form, context)) if judged.says_nothing else judged


def _verdict(form: RawForm, question: Question, context: Context) -> Verdict:
    base, current = context.base.get(question.id), context.current.get(question.id)
    said = copies(form, question, base).chosen(context.picked.get(question.id))
    blank = Verdict(question, base, None, current, _SAME)
    return proposed(_one(said.form, question, context, blank), said)


def _one(form: RawForm, question: Question, context: Context, blank: Verdict) -> Verdict:
    base = blank.base
    try:
        if question.kind is Kind.MANY_OF:
            return _many(form, question, blank)
        cell, text = _text(form, question.id)
        if cell is None:
            return blank
        if not cell.problem and cell.now is None and display.untouched(question, text, base):
            return Verdict(question, base, base, blank.current, _SAME, cell)  # nearly every cell
        read = blank._replace(cell=cell)
        if cell.problem:
            return read.rejected("formula", *_result(question, cell, cell.problem))
        if cell.now is not None and question.bound and answers.is_as_it_was(question, text):
            words = _("“{value}” may be said of what they wrote, or of what stands here: write the "
                      "value.", value=echo(text))  # fmt: skip
            return read.rejected("invalid", words, kept(text))
        read = read._replace(answer=answers.parse(question, text, base))
    except InvalidValueError as error:
        if question.kind is Kind.PERSON and display.untouched(question, text, blank.current):
            return _compared(read._replace(answer=blank.current), context)
        code = "birth_number" if find_birth_number(text) else "invalid"
        return read.rejected(code, error.message, kept(text))
    if question.id == DATE_OF_OFFICE and isinstance(read.answer, str):
        wrong = _no_meeting(date.fromisoformat(read.answer), context.today)
        if wrong:
            return read.rejected("invalid", wrong, kept(text))
    if not question.bound:
        return read
    return _compared(read, context)


def _result(question: Question, cell: RawCell, problem: str) -> tuple[str, str]:
    """Why a formula is not taken, and its last result: of a date that may be a number of days."""
    day = date_text(cell.text, "date", epoch_1904=False) if question.kind is Kind.DATE else None
    if day is None or not _OLDEST_DAY <= float(cell.text) <= _LAST_DAY:
        return problem, kept(cell.text)
    shown = show_date_short(date.fromisoformat(day))
    words = _("The cell holds a formula, whose last result was {value}: write the value.",
              value=shown)  # fmt: skip
    return words, shown


def _no_meeting(day: date, today: date) -> str:
    """Why a day cannot be that of the last annual meeting; empty when it can."""
    if day > today:
        return _("That day has not come yet.")
    if day.year < today.year - OLDEST_MEETING:
        return _("That is more than {n} years ago.", n=OLDEST_MEETING)
    return ""


def _compared(verdict: Verdict, context: Context) -> Verdict:
    cell, current = verdict.cell, verdict.current
    if cell and cell.now is not None and display.untouched(verdict.question, cell.now, current):
        # somebody has written what is right, with what stands here before their eyes
        return verdict._replace(outcome=compare(current, verdict.answer, current))
    before = context.accepted.get(verdict.question.id, verdict.base)
    base = before if before == verdict.current else verdict.base
    outcome = compare(base, verdict.answer, verdict.current)
    together = context.together.get(verdict.question.id, ())
    if outcome is Outcome.CONFLICT and fold(str(verdict.wanted or "")) in together:
        outcome = Outcome.UNCHANGED  # they hold the office by now, beside the one it is held to
    came, wanted = context.come_since.get(verdict.question.id), verdict.wanted
    if outcome is Outcome.APPLIED and came and wanted and fold(str(wanted)) not in together:
        words = _("{holder} has got the office here since the form was sent, and keeps it. If "
                  "{name} is right too, choose it with --accept ask.",
                  holder=came, name=echo(str(wanted)))  # fmt: skip
        outcome, fault = Outcome.CONFLICT, Fault(BESIDE, masked(words), kept(str(wanted)))
        return verdict._replace(outcome=outcome, fault=fault)
    return verdict._replace(outcome=outcome)


def _text(form: RawForm, name: str) -> tuple[RawCell | None, str]:
    """The one answer to a field: a blank copy says nothing."""
    cells = form.cells.get(name, [])
    said = [cell for cell in cells if printable(cell.text)] if len(cells) > 1 else cells
    cell = next(iter(said or cells), None)
    return cell, cell.text if cell else ""


def _many(form: RawForm, question: Question, blank: Verdict) -> Verdict:
    ticks = {}
    read = blank
    for choice in question.options:
        cell, text = _text(form, marks.option_field(question.id, choice.id))
        if cell is None:
            continue
        read = read._replace(cell=cell)
        if cell.problem:
            return read.rejected("formula", cell.problem, kept(cell.text))
        ticks[choice.id] = text
    try:
        return read._replace(answer=answers.parse_options(question, ticks))
    except InvalidValueError as error:
        return read.rejected("invalid", error.message, kept(error.value))


def _of_this_row(
    form: RawForm, verdicts: Mapping[str, Verdict], another: str, *, ticked: bool
) -> tuple[dict[str, Verdict], tuple[tuple[RawCell, Fault], ...]]:
    """Nothing is taken from a row that was sorted or pasted without its hidden key."""
    words = _(
        "The row is headed {name}, and its hidden key is another association's: nothing in it is "
        "taken. Sort whole rows, with all their columns.",
        name=echo(another),
    )
    judged = {
        name: each.rejected("other_row", words, kept(each.cell.text if each.cell else ""))
        if each.touched and each.outcome is not _SAME and not _is_refused(each)
        else each
        for name, each in verdicts.items()
    }
    ticks = [cell for cell in form.cells.get(marks.TICK, []) if ticked and cell.text.strip()]
    return judged, tuple((cell, Fault("other_row", words, kept(cell.text))) for cell in ticks)


def _is_refused(verdict: Verdict) -> bool:
    """Whether it is not taken in any case; with what was written hidden, of one protected."""
    if verdict.fault is None or verdict.outcome is not Outcome.REJECTED:
        return False
    return verdict.fault.code != ACCOUNT


def _tick(form: RawForm) -> tuple[bool, tuple[tuple[RawCell, Fault], ...]]:
    cells = form.cells.get(marks.TICK, [])
    ticked = False
    faults = []
    for cell in cells:
        try:
            if cell.problem:
                raise InvalidValueError(cell.problem, value=kept(cell.text))
            ticked = ticked or answers.is_tick(cell.text)
        except InvalidValueError as error:
            fault = Fault("invalid", masked(error.message), kept(error.value))
            faults.append((cell, fault))
    return ticked, tuple(faults)


def _strays(form: RawForm) -> tuple[tuple[RawCell, Fault], ...]:
    """Rows that were copied in from another association's form: neither's answer."""
    words = _("The row comes from another association's form, so its answer is nobody's.")
    return tuple((cell, Fault("other_key", words, kept(cell.text))) for cell in form.strays)


def _lost(form: RawForm, context: Context) -> tuple[tuple[RawCell, Fault], ...]:
    """Answers whose hidden key or id is gone, and questions that the form no longer has."""
    words = _("The row has lost the hidden words that say what it is, so its answer is nobody's.")
    lost = [(cell, Fault("lost_row", words, kept(cell.text))) for cell in form.lost]
    gone = missing(form, context.questions)
    if form.whole and gone and not form.strays:
        words = _("The form has no row for {questions}: look in it for what they wrote there.",
                  questions=gone)  # fmt: skip
        lost.append((RawCell(form.sheet, "", ""), Fault("lost_row", words)))
    return tuple(lost)


def missing(form: RawForm, questions: Sequence[Question]) -> str:
    """The names of the questions of which a form has no cell; empty where it has all."""
    gone: list[str] = []
    for question in questions:
        lost = [name for name in cells_of(question) if name not in form.cells]
        if not lost:
            continue
        text = question.in_language(language())
        if len(lost) < len(question.options):
            named = dict(zip(cells_of(question), question.options, strict=False))
            gone += [f"«{text} – {in_language(named[name].text, language())}»" for name in lost]
        else:
            gone.append(f"«{text}»")
    return ", ".join(gone)


def _unsaid(form: RawForm, context: Context) -> tuple[tuple[RawCell, Fault], ...]:
    """A form that says that something is to come, or nothing at all."""
    if form.whole and _emptied(form, context):
        words = _("Every cell is blank: that removes nothing, and confirms nothing.")
        return ((RawCell(form.sheet, "", ""), Fault(UNSAID, words)),)
    words = _("They say that something has changed, and have not written what.")
    return tuple(
        (cell, Fault(UNSAID, words, kept(cell.text)))
        for cell in form.cells.get(marks.TICK, [])
        if answers.is_no(cell.text)
    )


def _emptied(form: RawForm, context: Context) -> bool:
    """Whether nothing stands in a form that was sent with something in it."""
    sent = any(context.base.get(question.id) is not None for question in context.questions)
    return sent and not any(cell.text.strip() for cells in form.cells.values() for cell in cells)


def _members(verdicts: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """No part is bigger than the whole."""
    whole = verdicts.get("members")
    if whole is None:
        return {}
    most = whole.wanted if whole.outcome is Outcome.APPLIED else whole.current
    judged = {}
    for name in ("members_youth", *AGE_GROUPS, "members_local"):
        part = verdicts.get(name)
        if part is None or part.outcome is not Outcome.APPLIED:
            continue
        if isinstance(most, int) and isinstance(part.wanted, int) and part.wanted > most:
            words = _("{part} is more than all {whole} members.", part=part.wanted, whole=most)
            judged[name] = part.rejected("invalid", words, str(part.wanted))
    return judged or _ages(verdicts, most)


def _ages(verdicts: Mapping[str, Verdict], most: Value) -> dict[str, Verdict]:
    """The age groups together are no more than all members either."""
    groups = {name: verdicts[name] for name in AGE_GROUPS if name in verdicts}
    held = [each.wanted if each.touched else each.current for each in groups.values()]
    together = sum(number for number in held if isinstance(number, int))
    if not isinstance(most, int) or together <= most:
        return {}
    words = _("The age groups are {part} together, more than all {whole} members.",
              part=together, whole=most)  # fmt: skip
    return {
        name: each.rejected("invalid", words, str(each.wanted))
        for name, each in groups.items()
        if each.outcome is Outcome.APPLIED
    }


def _last_word(verdict: Verdict, context: Context) -> Verdict:
    """What the file has settled stays so; a changed account number waits for a call."""
    verdict = settled(verdict, context)
    number = verdict.wanted if verdict.question.kind is Kind.ACCOUNT else None
    if verdict.outcome is Outcome.APPLIED and is_birth_number(str(number or "")):
        # a word for the whole pile is no word for this one number
        shown = f"{str(number)[:6]}*****"
        words = _(
            "The account number {value} may be a birth number. Ring them; "
            "if it is theirs: {command}",
            value=shown,
            command=typed("frivillig org edit REF --account NUMBER --confirm-account"),
        )
        return verdict.rejected("birth_number", words, shown)
    unconfirmed = verdict.question.kind is Kind.ACCOUNT and not context.confirm_account
    if unconfirmed and verdict.outcome is Outcome.APPLIED and verdict.wanted is None:
        words = _("They ask to have the account number removed. Call them on a number that you "
                  "know, and confirm with --confirm-account.")  # fmt: skip
        return verdict.rejected(ACCOUNT, words, answers.erase_word(language()))
    if unconfirmed and verdict.outcome is Outcome.APPLIED:
        return verdict.rejected(
            ACCOUNT,
            _(
                "The account number is changed. Call them on a number that you know, and confirm "
                "with --confirm-account."
            ),
            kept(display.show(verdict.question, verdict.wanted, "nb")),
        )
    return verdict
