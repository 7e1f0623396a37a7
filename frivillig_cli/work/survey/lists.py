"""The drop-downs and limits of a survey's workbook, by the kind of question."""

from __future__ import annotations

from frivillig_cli.core.dates import month_name
from frivillig_cli.core.i18n import _
from frivillig_cli.formats.xlsx_sheet import SheetBuilder
from frivillig_cli.formats.xlsx_write import Book
from frivillig_cli.records.survey import kinds
from frivillig_cli.records.survey.model import Choice, Kind, Question
from frivillig_cli.records.survey.model import in_language as spoken


class Lists:
    """The drop-downs of one book: each list is written once, and used by many cells."""

    def __init__(self, book: Book, language: str) -> None:
        self._book = book
        self._language = language
        self._made: dict[str, str] = {}

    def yes_no(self) -> str:
        """The name of the list Yes, No."""
        return self._list("yes_no", [_("Yes"), _("No")])

    def months(self) -> str:
        """The name of the list of months."""
        return self._list("months", [month_name(month) for month in range(1, 13)])

    def choices(self, question_id: str, options: tuple[Choice, ...]) -> str:
        """The name of the list of a question's own choices."""
        words = [spoken(choice.text, self._language) for choice in options]
        return self._list(f"choices_{question_id}", words)

    def restrict(self, sheet: SheetBuilder, cells: str, question: Question) -> None:
        """Give `cells` what the kind of question allows: a drop-down, whole numbers, or nothing."""
        title = question.in_language(self._language)[:32]
        pick = _("Choose from the list in the cell.")
        if question.kind is Kind.YES_NO:
            sheet.choose(cells, self.yes_no(), title=title, help=pick)
        elif question.kind is Kind.MONTH:
            sheet.choose(cells, self.months(), title=title, help=pick)
        elif question.kind is Kind.ONE_OF:
            sheet.choose(cells, self.choices(question.id, question.options), title=title, help=pick)
        elif question.kind is Kind.NUMBER:
            whole = _("Write a whole number, with digits only.")
            sheet.whole_number(cells, 0, kinds.MOST_PEOPLE, title=title, help=whole)

    def _list(self, name: str, words: list[str]) -> str:
        if name not in self._made:
            self._made[name] = self._book.choices(f"list_{name}", words)
        return self._made[name]
