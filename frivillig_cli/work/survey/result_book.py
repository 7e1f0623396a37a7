"""The results of a survey as a workbook: figures with charts, and the answers behind them.

Each figure names the cells that it was counted from, and leads there. People's names are left
out unless they are asked for, their numbers and addresses always: those stand in the register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from frivillig_cli.core.dates import show_date
from frivillig_cli.core.i18n import _, language, ngettext
from frivillig_cli.core.icnpo import category_name
from frivillig_cli.formats.cells import column_letter
from frivillig_cli.formats.xlsx_chart import Bars, bar_chart
from frivillig_cli.formats.xlsx_sheet import SheetBuilder
from frivillig_cli.formats.xlsx_style import Look
from frivillig_cli.formats.xlsx_write import Book
from frivillig_cli.records.survey import display
from frivillig_cli.records.survey.model import Choice, Kind, Question, Survey, SurveyCounts
from frivillig_cli.records.survey.model import in_language as spoken
from frivillig_cli.records.survey.questions import ANSWERED_BY, office_of
from frivillig_cli.work.survey import tally
from frivillig_cli.work.survey.confidential import confidential
from frivillig_cli.work.survey.tally import Counted, Given

_HEAD = 4  # the answers' header row
_NAME, _GROUP, _DAY, _FILES, _FIRST = range(1, 6)


@dataclass(frozen=True)
class Results:
    """What the workbook is made of; `groups` are the counts by ICNPO group, '' the unknown."""

    survey: Survey
    counts: SurveyCounts
    groups: Mapping[str, SurveyCounts]
    given: Sequence[Given]
    today: date
    people: bool = False


@dataclass(frozen=True)
class _Column:
    question: Question
    option: Choice | None = None

    @property
    def header(self) -> str:
        text = self.question.in_language(language())
        return f"{text} – {spoken(self.option.text, language())}" if self.option else text


def write_results(path: Path, results: Results) -> Path:
    """Write the workbook whole, readable by its owner only where it holds people's words."""
    return _ResultBook(results).save(path)


def holds_people(results: Results) -> bool:
    """Whether somebody may be told of in it: by name, or in what they wrote themselves."""
    asked = _asked(results)
    free = {question.id for question in asked if question.kind in (Kind.TEXT, Kind.PERSON)}
    return any(given.values.keys() & free for given in results.given)


def _asked(results: Results) -> list[Question]:
    return [
        question for question in results.survey.questions if _is_shown(question, results.people)
    ]


def _is_shown(question: Question, people: bool) -> bool:
    if question.kind is Kind.ACCOUNT:
        return False
    if question.kind is Kind.PERSON or question.id == ANSWERED_BY:
        return people
    return office_of(question.id) is None


class _ResultBook:
    def __init__(self, results: Results) -> None:
        self._results = results
        self._asked = _asked(results)
        self._columns = [
            _Column(question, option)
            for question in self._asked
            for option in (question.options if question.kind is Kind.MANY_OF else (None,))
        ]
        self._secret = holds_people(results)
        self._book = Book(_("Results: {title}", title=results.survey.title))
        self._summary = self._book.sheet(_("Summary"), widths=(54, 10, 16, 11, 22, 3))
        self._figures = self._book.sheet(_("Figures"), widths=(54, 15, 11, 22, 3))
        widths = [34, 30, 12, 26, *(18 for _column in self._columns)]
        self._answers = self._book.sheet(_("Answers"), widths=widths)

    def save(self, path: Path) -> Path:
        self._put_answers()
        self._put_summary()
        self._put_figures()
        return self._book.save(path, private=True)

    # the three sheets

    def _head(self, sheet: SheetBuilder, title: str) -> None:
        sheet.put(1, 1, title, Look.TITLE)
        sheet.height(1, 24)
        day = _("Written {date}", date=show_date(self._results.today))
        if self._secret:
            day = f"{day}  ·  {confidential(self._results.today)}"
        sheet.put(2, 1, day, Look.HEADING)
        sheet.merge("A2:E2")
        sheet.height(2, 18)

    def _put_answers(self) -> None:
        sheet = self._answers
        self._head(sheet, _("Answers"))
        heads = [_("Association"), _("Category"), _("Answered"), _("File")]
        sheet.put_row(_HEAD, [*heads, *(column.header for column in self._columns)], Look.HEADER)
        sheet.height(_HEAD, 48)
        for row, given in enumerate(self._results.given, _HEAD + 1):
            day = date.fromisoformat(given.day)
            start = (given.name, _group(given.group), day, ", ".join(given.files))
            sheet.put_row(row, start)
            for number, column in enumerate(self._columns, _FIRST):
                value = given.values.get(column.question.id)
                if column.question.id in given.undecided:
                    sheet.put(row, number, _("undecided"))
                elif column.option:
                    chosen = isinstance(value, tuple) and column.option.id in value
                    sheet.put(row, number, _("Yes") if chosen else None)
                elif column.question.kind is Kind.NUMBER:
                    sheet.put(row, number, value if isinstance(value, int) else None, Look.NUMBER)
                else:
                    sheet.put(row, number, display.show(column.question, value, language()) or None)
        last = column_letter(_FIRST + len(self._columns) - 1)
        sheet.filter(f"A{_HEAD}:{last}{self._last}")
        sheet.freeze(f"B{_HEAD + 1}")
        sheet.print_setup(landscape=True, repeat=f"{_HEAD}:{_HEAD}")

    @property
    def _last(self) -> int:
        return _HEAD + max(len(self._results.given), 1)

    def _put_summary(self) -> None:
        sheet, counts = self._summary, self._results.counts
        self._head(sheet, self._results.survey.title)
        rows = (
            (_("sent"), counts.sent),
            (_("have answered"), counts.answered),
            (_("without changes"), counts.unchanged),
            (_("with changes"), counts.changed),
            (_("need a look"), counts.problems),
            (_("have not answered"), counts.missing),
            *([(_("archived, and asked no more"), counts.archived)] if counts.archived else []),
        )
        for row, (label, number) in enumerate(rows, 4):
            sheet.put(row, 1, label)
            sheet.put(row, 2, number)
        if counts.both:
            words = ngettext("{n} of them with changes too", "{n} of them with changes too",
                             counts.both)  # fmt: skip
            sheet.put(8, 3, words)
        self._source(sheet, 5, 5, _NAME)
        start = 12
        sent = _("asked") if counts.archived else _("sent")
        heads = (_("Category"), sent, _("have answered"), _("per cent"), _("Counted from"))
        sheet.put_row(start, heads, Look.HEADER)
        for row, (group, part) in enumerate(self._results.groups.items(), start + 1):
            sheet.put_row(row, (_group(group), part.asked, part.answered, part.percent))
            self._source(sheet, row, 5, _GROUP)
        if self._results.groups:
            last = start + len(self._results.groups)
            title = _("Sent and answered, by category")
            bar_chart(sheet, "G4", Bars(title, 1, (2, 3), start + 1, last))
        sheet.print_setup(landscape=True)

    def _put_figures(self) -> None:
        sheet, row = self._figures, 4
        self._head(sheet, _("Figures"))
        blocks = 0
        for question in self._asked:
            if not tally.is_counted(question) and question.kind is not Kind.NUMBER:
                continue
            if blocks and blocks % 2 == 0:  # two charts fill a page
                sheet.break_before(row)
            blocks += 1
            if tally.is_counted(question):
                counted = tally.count(question, self._results.given, language())
                row = self._block(row, question, _("Associations"), counted)
            else:
                row = self._sums(row, question)
        if not blocks:
            sheet.put(row, 1, _("The survey asks nothing that is counted."), Look.TEXT)
        sheet.print_setup(landscape=True)

    def _sums(self, row: int, question: Question) -> int:
        groups = list(self._results.groups)
        sums = tally.add_up(question, self._results.given, groups)
        named = [Counted(_group(one.code), one.number, one.code) for one in sums]
        notes = []
        if any(one.number is None for one in sums):
            words = _("Sums under {n} are not shown, nor one from which such a sum could be worked "
                      "out: they might tell who somebody is.", n=tally.FEWEST)  # fmt: skip
            notes.append(words)
        if two := tally.undecided(question, self._results.given):
            words = ngettext("{n} association has answered in two ways, and is not counted.",
                             "{n} associations have answered in two ways, and are not counted.",
                             two)  # fmt: skip
            notes.append(words)
        return self._block(row, question, _("In all"), named, notes)

    def _block(
        self, row: int, question: Question, what: str, counted: list[Counted],
        notes: Sequence[str] = (),
    ) -> int:  # fmt: skip
        """One question: its figures, where they come from, its chart; returns the next free row."""
        sheet = self._figures
        title = question.in_language(language())
        sheet.put(row, 1, title, Look.HEADING)
        heads = (_("Category") if question.kind is Kind.NUMBER else _("Answer"), what,
                 _("per cent"), _("Counted from"))  # fmt: skip
        sheet.put_row(row + 1, heads, Look.HEADER)
        known = [one.number for one in counted if one.number is not None]
        total = sum(known) if len(known) == len(counted) else 0
        first = row + 2
        for at, one in enumerate(counted, first):
            sheet.put(at, 1, one.label)
            sheet.put(at, 2, _("not shown") if one.number is None else one.number)
            of = total if question.kind is Kind.NUMBER else len(self._results.given)
            sheet.put(at, 3, round(100 * one.number / of) if one.number and of else None)
            self._source(sheet, at, 4, self._place(question, one.code))
        last = first + len(counted) - 1
        for below, words in enumerate(notes, last + 1):
            sheet.put(below, 1, words, Look.NOTE)
            sheet.height(below, 30)
        rows = 0
        if any(known):
            rows = bar_chart(sheet, f"F{row}", Bars(title, 1, (2,), first, last))
        return max(last + max(len(notes), 1) + 2, row + rows + 1)

    # where a figure comes from

    def _place(self, question: Question, code: str) -> int:
        """The answers' column of a question; of a tick, that of its option."""
        places = [
            number
            for number, column in enumerate(self._columns, _FIRST)
            if column.question.id == question.id
        ]
        for number in places:
            option = self._columns[number - _FIRST].option
            if option is not None and option.id == code:
                return number
        return places[0]

    def _source(self, sheet: SheetBuilder, row: int, column: int, of: int) -> None:
        letter = column_letter(of)
        cells = f"{letter}{_HEAD + 1}:{letter}{self._last}"
        sheet.put(row, column, f"{self._answers.name}!{cells}", Look.NOTE)
        sheet.link(row, column, self._answers, cells)


def _group(group: str) -> str:
    return f"{group} {category_name(group)}" if group else _("without a category")
