"""The workbook for one organisation: a form that a volunteer fills in without help.

It is built once for each language and then patched for one organisation after the other:
building all of it anew takes half as long again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from frivillig_cli.core.dates import show_date
from frivillig_cli.core.i18n import _, in_language
from frivillig_cli.formats.files import write_atomic
from frivillig_cli.formats.xlsx_sheet import page_header
from frivillig_cli.formats.xlsx_style import Look
from frivillig_cli.formats.xlsx_write import Book
from frivillig_cli.records.survey import display
from frivillig_cli.records.survey.model import Kind, Question, Survey, Value
from frivillig_cli.records.survey.model import in_language as spoken
from frivillig_cli.records.survey.questions import FURTHER, SECTIONS
from frivillig_cli.work.survey import marks
from frivillig_cli.work.survey.lists import Lists
from frivillig_cli.work.survey.wording import Sender, steps

_KEY, _FIELD, _QUESTION, _ANSWER, _HELP = range(1, 6)
_WIDTHS = (4, 4, 31, 38, 35)
_WHOLE_WIDTH = sum(_WIDTHS[2:])
LINE = 15.0
_ROOMY = ("members", FURTHER)  # where people write sentences
_PAGE = 760.0  # points on an A4 page at the scale that makes the columns fit its width
_TITLE_ROW, _NAME_ROW, _DUE_ROW, _FIRST_STEP_ROW = 2, 3, 4, 6


@dataclass(frozen=True)
class Addressee:
    """One organisation: its name, its key, its present values."""

    name: str
    key: str
    values: Mapping[str, Value]


class Form:
    """The form in one language; `content` is it for one organisation, and `save` writes it."""

    def __init__(self, survey: Survey, sender: Sender, language: str) -> None:
        self._survey = survey
        self._language = language
        self._rows: dict[str, int] = {}
        self._questions: dict[int, Question] = {}
        with in_language(language):
            self._book = start_book(survey)
            self._lists = Lists(self._book, language)
            self._sheet = self._book.sheet(_("Form"), widths=_WIDTHS)
            self._build(sender)
            meta_sheet(self._book, survey)

    def save(self, path: Path, to: Addressee) -> Path:
        """Write the form for one organisation, whole or not at all."""
        return write_atomic(path, self.content(to), private=True)

    def content(self, to: Addressee) -> bytes:
        """The form's file, with one organisation's key and present values."""
        sheet = self._sheet
        sheet.set(_NAME_ROW, _QUESTION, to.name)
        sheet.height(_NAME_ROW, 17.0 * lines(to.name, _WHOLE_WIDTH * 0.8))
        head = f"{self._survey.title} – {to.name}"
        sheet.raw.oddHeader.left.text = page_header(head)
        for row in self._rows.values():
            sheet.set(row, _KEY, to.key)
        for row, question in self._questions.items():
            value = to.values.get(question.id)
            shown = display.show(question, value, self._language)
            number = question.kind is Kind.NUMBER and isinstance(value, int)
            sheet.set(row, _ANSWER, value if number else shown or None)
            self._fit(row, question, shown)
        return self._book.content()

    def tick(self, ticked: bool) -> None:
        """Set or clear "nothing has changed", for the forms that are saved from now on."""
        with in_language(self._language):
            self._sheet.set(self._rows[marks.TICK], _ANSWER, _("Yes") if ticked else None)

    # building, once

    def _build(self, sender: Sender) -> None:
        sheet = self._sheet
        sheet.put(1, _KEY, marks.KEY, Look.KEY)
        sheet.put(1, _FIELD, marks.FIELD, Look.KEY)
        sheet.put(1, _ANSWER, marks.ANSWER, Look.KEY)
        sheet.hide_row(1)
        self._across(_TITLE_ROW, self._survey.title, Look.TITLE, 24.0)
        self._across(_NAME_ROW, "", Look.HEADING, 17.0)
        self._across(_DUE_ROW, self._due(sender), Look.TEXT, LINE)
        row = _FIRST_STEP_ROW
        for number, step in enumerate(steps(self._language, sender), 1):
            words = f"{number}.  {step}"
            self._across(row, words, Look.TEXT, LINE * lines(words, _WHOLE_WIDTH))
            row += 1
        row = self._tick(row + 1)
        top = _TITLE_ROW
        for section, questions in self._sections():
            start, row = row + 1, self._section(row + 1, section, questions)
            if self._height(top, row) > _PAGE:
                sheet.break_before(start)
                top = start
        for column in (_KEY, _FIELD):
            sheet.hide_column(column)
        sheet.protect()
        sheet.print_setup()
        sheet.print_area(f"C{_TITLE_ROW}:E{row - 1}")
        sheet.raw.sheet_view.showGridLines = False
        first = sheet.raw.sheet_view.selection[0]
        first.activeCell = first.sqref = f"D{self._rows[marks.TICK]}"

    def _due(self, sender: Sender) -> str:
        parts = [sender.name] if sender.name else []
        if self._survey.due:
            day = show_date(date.fromisoformat(self._survey.due))
            parts.append(_("Answer by {date}", date=day))
        return "  ·  ".join(parts)

    def _height(self, first: int, end: int) -> float:
        """How high the rows from `first` up to `end` are, in points; a spare row is a line."""
        heights = self._sheet.raw.row_dimensions
        return sum(heights[row].height or LINE for row in range(first, end))

    def _across(self, row: int, words: str, look: Look, height: float) -> None:
        self._sheet.put(row, _QUESTION, words, look)
        self._sheet.merge(f"C{row}:E{row}")
        self._sheet.height(row, height)

    def _tick(self, row: int) -> int:
        """The one tick for those who have nothing to change."""
        self._line(row, marks.TICK, _("Nothing has changed"), label_look=Look.HEADING)
        words = _("Choose Yes here if all of it is right, and you are done.")
        self._sheet.put(row, _HELP, words, Look.NOTE)
        self._sheet.choose(f"D{row}", self._lists.yes_no(), title="", help=words)
        self._sheet.height(row, max(20.0, LINE * lines(words, _WIDTHS[_HELP - 1])))
        return row + 1

    def _sections(self) -> Iterator[tuple[str, list[Question]]]:
        for section in SECTIONS:
            chosen = [
                question for question in self._survey.questions if question.section == section
            ]
            if chosen:
                yield section, chosen

    def _section(self, row: int, section: str, questions: list[Question]) -> int:
        self._sheet.put(row, _QUESTION, _(SECTIONS[section]), Look.HEADER)
        self._sheet.put(row, _ANSWER, _("Your answer"), Look.HEADER)
        self._sheet.put(row, _HELP, "", Look.HEADER)
        self._sheet.height(row, 18.0)
        row += 1
        for question in questions:
            row = self._question(row, question)
        return row

    def _question(self, row: int, question: Question) -> int:
        if question.kind is Kind.MANY_OF:
            return self._many(row, question)
        self._line(row, question.id, question.in_language(self._language), question.kind)
        self._questions[row] = question
        self._sheet.put(row, _HELP, help_text(question, self._language), Look.NOTE)
        self._lists.restrict(self._sheet, f"D{row}", question)
        self._fit(row, question, "")
        return row + 1

    def _many(self, row: int, question: Question) -> int:
        self._sheet.put(row, _QUESTION, question.in_language(self._language), Look.LABEL)
        self._sheet.put(row, _HELP, help_text(question, self._language), Look.NOTE)
        self._fit(row, question, "")
        for choice in question.options:
            row += 1
            label = f"      {spoken(choice.text, self._language)}"
            self._line(row, marks.option_field(question.id, choice.id), label)
            self._sheet.choose(
                f"D{row}", self._lists.yes_no(), title="", help=_("Choose Yes, or leave it blank.")
            )
            self._sheet.height(row, max(20.0, LINE * lines(label, _WIDTHS[_QUESTION - 1])))
        return row + 1

    def _line(
        self,
        row: int,
        field: str,
        label: str,
        kind: Kind = Kind.TEXT,
        *,
        label_look: Look = Look.LABEL,
    ) -> None:
        """A row that carries an answer: key, field, question, answer cell."""
        look = Look.ANSWER_NUMBER if kind is Kind.NUMBER else Look.ANSWER
        self._sheet.put(row, _KEY, "", Look.KEY)
        self._sheet.put(row, _FIELD, field, Look.KEY)
        self._sheet.put(row, _QUESTION, label, label_look)
        self._sheet.put(row, _ANSWER, None, look)
        self._rows[field] = row

    def _fit(self, row: int, question: Question, shown: str) -> None:
        """Make the row as high as its longest cell needs; free text gets room to write."""
        roomy = question.kind is Kind.TEXT and question.section in _ROOMY
        needed = max(
            2 if roomy else 1,
            lines(question.in_language(self._language), _WIDTHS[_QUESTION - 1]),
            lines(help_text(question, self._language), _WIDTHS[_HELP - 1] * 1.08),
            lines(shown, _WIDTHS[_ANSWER - 1]),
        )
        self._sheet.height(row, min(max(20.0, LINE * needed + 2), 300.0))


def start_book(survey: Survey) -> Book:
    """A book that says in its properties which survey it belongs to."""
    properties = {marks.PROPERTY_CODE: survey.code, marks.PROPERTY_TITLE: survey.title}
    return Book(survey.title, properties=properties)


def meta_sheet(book: Book, survey: Survey) -> None:
    """The hidden sheet that names the survey: to tell whose workbook it is, nothing more."""
    sheet = book.sheet(marks.META_SHEET, hidden=True)
    sheet.put_row(1, [marks.META_CODE, survey.code], Look.KEY)
    sheet.put_row(2, [marks.META_TITLE, survey.title], Look.KEY)
    sheet.protect()


def help_text(question: Question, language: str) -> str:
    """The words beside a question."""
    return spoken(question.help, language)


def lines(text: str, width: float) -> int:
    """How many lines a wrapped text takes in a column that is `width` characters wide."""
    if "\n" not in text:
        return max(1, math.ceil(len(text) / width))
    return sum(lines(part, width) for part in text.split("\n"))
