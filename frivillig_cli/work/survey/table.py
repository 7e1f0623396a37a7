"""One workbook for all: a row for each organisation, for those who ring round and type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from frivillig_cli.core.i18n import _, in_language
from frivillig_cli.formats.cells import column_letter
from frivillig_cli.formats.xlsx_sheet import SheetBuilder
from frivillig_cli.formats.xlsx_style import Look
from frivillig_cli.records.survey import display
from frivillig_cli.records.survey.model import Choice, Kind, Question, Survey
from frivillig_cli.records.survey.model import in_language as spoken
from frivillig_cli.work.survey import marks
from frivillig_cli.work.survey.form import (
    LINE,
    Addressee,
    help_text,
    lines,
    meta_sheet,
    start_book,
)
from frivillig_cli.work.survey.lists import Lists
from frivillig_cli.work.survey.wording import table_steps

_KEY, _NAME, _TICK, _FIRST = 1, 2, 3, 4
_IDS, _HELP, _HEADER = 1, 2, 3
_FIRST_ROW = _IDS + marks.HEADINGS + 1
_NAME_WIDTH = 34
_WIDE = (Kind.TEXT, Kind.ORG_NAME, Kind.EMAIL, Kind.WEBSITE)


@dataclass(frozen=True)
class _Column:
    """One column of answers: a question, or one option of a many-of question."""

    field: str
    header: str
    help: str
    question: Question
    option: Choice | None = None


def write_table(path: Path, survey: Survey, language: str, rows: Sequence[Addressee]) -> Path:
    """Write one workbook with a row for each organisation, whole or not at all."""
    with in_language(language):
        book = start_book(survey)
        lists = Lists(book, language)
        _instructions(book.sheet(_("Instructions"), widths=[92]), survey, language)
        columns = list(_columns(survey.questions, language))
        widths = [4, _NAME_WIDTH, 16, *(_width(column) for column in columns)]
        sheet = book.sheet(_("Answers"), widths=widths)
        _head(sheet, columns)
        _restrict(sheet, columns, lists, max(len(rows), 1))
        for number, row in enumerate(rows, _FIRST_ROW):
            _row(sheet, number, row, columns, language)
        sheet.protect(filtering=True)
        last = column_letter(_FIRST + len(columns) - 1)
        sheet.filter(f"B{_HEADER}:{last}{_FIRST_ROW + max(len(rows), 1) - 1}")
        sheet.freeze(f"D{_FIRST_ROW}")
        sheet.print_setup(landscape=True, repeat=f"{_HEADER}:{_HEADER}")
        # forty columns on one page cannot be read: several pages side by side can
        sheet.raw.sheet_properties.pageSetUpPr.fitToPage = False
        sheet.raw.print_title_cols = "B:B"
        meta_sheet(book, survey)
    return book.save(path, private=True)


def _instructions(sheet: SheetBuilder, survey: Survey, language: str) -> None:
    sheet.put(1, 1, survey.title, Look.TITLE)
    sheet.height(1, 26)
    for number, line in enumerate(table_steps(language), 1):
        sheet.put(2 + number, 1, f"{number}.  {line}")
        sheet.height(2 + number, 20 if len(line) < 92 else 34)
    sheet.protect()
    sheet.print_setup()
    sheet.raw.sheet_view.showGridLines = False


def _columns(asked: Iterable[Question], language: str) -> Iterator[_Column]:
    for question in asked:
        text, more = question.in_language(language), help_text(question, language)
        if question.kind is not Kind.MANY_OF:
            yield _Column(question.id, text, more, question)
            continue
        for choice in question.options:
            field = marks.option_field(question.id, choice.id)
            header = f"{text} – {spoken(choice.text, language)}"
            yield _Column(field, header, more, question, choice)


def _width(column: _Column) -> int:
    if column.option or column.question.kind in (Kind.YES_NO, Kind.NUMBER):
        return 16
    return 28 if column.question.kind in _WIDE else 22


def _head(sheet: SheetBuilder, columns: Sequence[_Column]) -> None:
    sheet.put_row(_IDS, [marks.KEY, "", marks.TICK], Look.KEY)
    sheet.put_row(_HEADER, ["", _("Association"), _("Nothing has changed")], Look.HEADER)
    sheet.put_row(_HELP, ["", "", _("Choose Yes.")], Look.NOTE)
    for number, column in enumerate(columns, _FIRST):
        sheet.put(_IDS, number, marks.PREFIX + column.field, Look.KEY)
        sheet.put(_HEADER, number, column.header, Look.HEADER)
        sheet.put(_HELP, number, column.help, Look.NOTE)
    sheet.height(_HEADER, 48)
    sheet.height(_HELP, 70)
    sheet.hide_row(_IDS)
    sheet.hide_column(_KEY)


def _restrict(sheet: SheetBuilder, columns: Sequence[_Column], lists: Lists, count: int) -> None:
    """One validation a column, over all its rows: one for each cell takes quadratic time."""
    last = _FIRST_ROW + count - 1
    pick = _("Choose Yes, or leave it blank.")
    sheet.choose(f"C{_FIRST_ROW}:C{last}", lists.yes_no(), title="", help=pick)
    for number, column in enumerate(columns, _FIRST):
        letter = column_letter(number)
        cells = f"{letter}{_FIRST_ROW}:{letter}{last}"
        if column.option:
            sheet.choose(cells, lists.yes_no(), title="", help=pick)
        else:
            lists.restrict(sheet, cells, column.question)


def _row(
    sheet: SheetBuilder, number: int, row: Addressee, columns: Sequence[_Column], language: str
) -> None:
    sheet.put(number, _KEY, row.key, Look.KEY)
    sheet.put(number, _NAME, row.name, Look.PRESENT)
    sheet.put(number, _TICK, None, Look.ANSWER)
    height = lines(row.name, _NAME_WIDTH)
    for place, column in enumerate(columns, _FIRST):
        value = row.values.get(column.question.id)
        if column.question.kind is Kind.NUMBER:
            whole = value if isinstance(value, int) else None
            sheet.put(number, place, whole, Look.ANSWER_NUMBER)
        else:
            shown = display.show(column.question, value, language)
            sheet.put(number, place, shown or None, Look.ANSWER)
            height = max(height, lines(shown, _width(column) - 2))
    sheet.height(number, min(max(20.0, LINE * height + 2), 200.0))
