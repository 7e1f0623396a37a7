"""One sheet of a workbook being built: cells with looks, drop-downs, locks, print set-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from frivillig_cli.formats.cells import column_letter
from frivillig_cli.formats.xlsx_style import Look
from frivillig_cli.formats.xlsx_text import cell_text

Value = str | int | float | bool | date | None

MOST_HEADER = 100  # characters of a printed page's header, which has one line


class SheetBuilder:
    """One sheet of a `Book`. Rows and columns count from 1; `raw` is openpyxl's worksheet."""

    def __init__(self, sheet: Any, style: Mapping[Look, Any]) -> None:
        self.raw = sheet
        self._looks = style

    @property
    def name(self) -> str:
        """The sheet's name as it was fitted."""
        return str(self.raw.title)

    def put(self, row: int, column: int, value: Value, look: Look = Look.TEXT) -> str:
        """Write `value` with a look and return the cell's name (`C14`)."""
        fill_cell(self.raw.cell(row, column), value, self._looks, look)
        return f"{column_letter(column)}{row}"

    def put_row(
        self, row: int, values: Sequence[Value], look: Look = Look.TEXT, *, start: int = 1
    ) -> None:
        """Write values side by side from column `start`."""
        for column, value in enumerate(values, start):
            self.put(row, column, value, look)

    def put_heads(self, row: int, heads: Sequence[str]) -> None:
        """Write the columns' names side by side, and make the row high enough for all their words.

        The widths are to be set before. Excel finds the height out, LibreOffice does not.
        """
        from textwrap import wrap

        self.put_row(row, heads, Look.HEADER)
        lines = 1
        for column, head in enumerate(heads, start=1):
            width = self.raw.column_dimensions[column_letter(column)].width
            # A bold letter takes some more than the width's digit, and the cell has margins.
            lines = max(lines, len(wrap(head, max(4, int((width - 2) / 1.1)))))
        self.height(row, 15.5 * lines + 3)

    def set(self, row: int, column: int, value: Value) -> None:
        """Change only the value: look, lock, comment and validation stay."""
        _value(self.raw.cell(row, column), value)

    def choose(self, cells: str, name: str, *, title: str = "", help: str = "") -> None:
        """A drop-down in `cells` (`C2:C171`) from the list that `Book.choices` named."""
        self._validate(cells, "list", {"formula1": name}, (title, help))

    def whole_number(
        self, cells: str, low: int, high: int, *, title: str = "", help: str = ""
    ) -> None:
        """Only whole numbers from `low` to `high` may be typed in `cells` (ANSWER_NUMBER)."""
        bounds = {"operator": "between", "formula1": str(low), "formula2": str(high)}
        self._validate(cells, "whole", bounds, (title, help))

    def hint(self, cells: str, title: str, help: str) -> None:
        """Help text shown while one of `cells` is selected; anything may be typed."""
        from openpyxl.worksheet.datavalidation import DataValidation

        self.raw.add_data_validation(
            DataValidation(
                sqref=cells,
                showInputMessage=True,
                promptTitle=title[:32],
                prompt=help[:255],
                allow_blank=True,
            )
        )

    def _validate(
        self, cells: str, kind: str, rule: Mapping[str, str], words: tuple[str, str]
    ) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        title, advice = words
        made = DataValidation(
            type=kind,
            sqref=cells,
            allow_blank=True,
            showErrorMessage=True,
            errorTitle=title[:32] or None,
            error=advice[:255] or None,
            **rule,
        )
        if advice:
            made.showInputMessage, made.promptTitle, made.prompt = True, title[:32], advice[:255]
        self.raw.add_data_validation(made)

    def link(self, row: int, column: int, to: SheetBuilder, cells: str) -> None:
        """Lead from a cell to `cells` of a sheet in the same workbook."""
        from openpyxl.worksheet.hyperlink import Hyperlink

        cell = self.raw.cell(row, column)
        quoted = to.name.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{cells}")

    def merge(self, cells: str) -> None:
        """Make one cell of a range, for headings and instructions only."""
        self.raw.merge_cells(cells)

    def height(self, row: int, points: float) -> None:
        """Set a row's height: merged and wrapped cells do not find theirs out."""
        self.raw.row_dimensions[row].height = points

    def hide_column(self, column: int) -> None:
        """Hide a column; it survives sorting, copying of rows and LibreOffice."""
        self.raw.column_dimensions[column_letter(column)].hidden = True

    def hide_row(self, row: int) -> None:
        """Hide a row."""
        self.raw.row_dimensions[row].hidden = True

    def freeze(self, cell: str) -> None:
        """Keep what is above and to the left of `cell` in sight."""
        self.raw.freeze_panes = cell

    def filter(self, cells: str) -> None:
        """Filter buttons on the header row of `cells`."""
        self.raw.auto_filter.ref = cells

    def protect(self, *, filtering: bool = False) -> None:
        """Lock all but the answer cells, without a password: it is a hint, not a safe.

        Column widths and row heights may still be changed; `filtering` allows that. Sorting is
        never allowed: the locked columns would stay behind, and each row get another's answers.
        """
        protection = self.raw.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = False
        protection.sort = True
        protection.autoFilter = not filtering

    def print_setup(self, *, landscape: bool = False, repeat: str = "") -> None:
        """A4, one page wide, page numbers; `repeat` rows (`1:2`) come on every page."""
        print_setup(self.raw, self.name, landscape=landscape, repeat=repeat)

    def break_before(self, row: int) -> None:
        """Begin a new page with `row` when the sheet is printed."""
        from openpyxl.worksheet.pagebreak import Break

        self.raw.row_breaks.append(Break(id=row - 1))

    def print_area(self, cells: str) -> None:
        """Print only `cells`."""
        self.raw.print_area = cells


def fill_cell(cell: Any, value: Value, style: Mapping[Look, Any], look: Look) -> None:
    """Put `value` in an openpyxl cell with its look; a number or date in a text look is shown
    as one."""
    if value is None:
        if cell.value is not None:
            cell.value = None
        cell._style = style[look]
        return
    if isinstance(value, date) and look in (Look.TEXT, Look.PRESENT, Look.NUMBER):
        look = Look.DATE
    elif type(value) in (int, float) and look in (Look.TEXT, Look.PRESENT):
        look = Look.NUMBER
    _value(cell, value)
    cell._style = style[look]


def _value(cell: Any, value: Value) -> None:
    if isinstance(value, str):
        cell._value = cell_text(value)
        cell.data_type = "s"  # set here, since openpyxl takes "=…" for a formula
        return
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.replace(tzinfo=None)
    if isinstance(value, date) and value.year < 1900:
        value = value.isoformat()  # Excel has no earlier dates
    if isinstance(value, float) and not abs(value) < float("inf"):
        value = str(value)  # NaN would become an empty cell
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**15:
        value = str(value)  # Excel keeps fifteen digits
    cell.value = value


def page_header(text: str) -> str:
    """What stands above a printed page: as much as its one line holds, marked where it is cut."""
    said = cell_text(text)
    if len(said) > MOST_HEADER:
        said = f"{said[: MOST_HEADER - 1].rstrip()}…"
    return said.replace("&", "&&")


def print_setup(sheet: Any, title: str, *, landscape: bool, repeat: str) -> None:
    """A4, one page wide, the title above, page numbers below, `repeat` rows on each page."""
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top = margins.bottom = 0.7
    sheet.oddHeader.left.text = page_header(title)
    sheet.oddFooter.center.text = "&P / &N"
    if repeat:
        sheet.print_title_rows = repeat
