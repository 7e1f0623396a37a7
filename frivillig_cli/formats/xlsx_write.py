"""Writing workbooks: lists and results in one call, forms with `Book` and `SheetBuilder`.

    book = Book("Skjema", properties={"frivillig-survey": "s3"})
    sheet = book.sheet("Svar", widths=[30, 30, 40])
    sheet.put(1, 1, "Telefon")
    sheet.put(1, 2, "=1+1 is text here", Look.ANSWER)
    sheet.choose("B2:B2", book.choices("yes_no", ["Ja", "Nei"]))
    sheet.protect()
    book.save(path)                          # then sheet.set(1, 2, "…") and save again

Text is text whatever it starts with. Numbers and dates become such only when given as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.formats.cells import MAX_ROW, column_letter
from frivillig_cli.formats.files import write_atomic
from frivillig_cli.formats.private import private_temporaries
from frivillig_cli.formats.xlsx_rows import RowWriter
from frivillig_cli.formats.xlsx_save import save_workbook
from frivillig_cli.formats.xlsx_sheet import SheetBuilder, Value, print_setup
from frivillig_cli.formats.xlsx_style import Look, looks
from frivillig_cli.formats.xlsx_text import cell_text, sheet_name


@dataclass(frozen=True)
class Column:
    """A column of a list: its header, its width in characters (0: found out), its look."""

    header: str
    width: int = 0
    look: Look = Look.TEXT


def write_table(
    path: Path,
    title: str,
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[Value]],
    *,
    private: bool = False,
) -> Path:
    """Write one list as a workbook for people: frozen header, filter, A4, header on each page.

    `rows` may be an iterator of any length up to Excel's; memory does not grow with it.
    Strings are written as text; int, float and date as such. Returns `path`.
    """
    with private_temporaries():  # rows wait there, as they come
        workbook = _table(title, columns, rows)
        return write_atomic(path, partial(save_workbook, workbook), private=private)


def _table(title: str, columns: Sequence[Column | str], rows: Iterable[Sequence[Value]]) -> Any:
    from openpyxl import Workbook

    heads = [c if isinstance(c, Column) else Column(c) for c in columns]
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(sheet_name(title))
    style = looks(workbook)
    buffered, rest = _peek(rows, 200)
    for index, head in enumerate(heads, 1):
        sheet.column_dimensions[column_letter(index)].width = head.width or _width(
            head.header, (row[index - 1] for row in buffered if len(row) >= index)
        )
    sheet.freeze_panes = "A2"
    print_setup(sheet, title, landscape=len(heads) > 5, repeat="1:1")

    writer = RowWriter(sheet, style, [head.look for head in heads])
    writer.header([head.header for head in heads])
    count = 1
    for row in _chain(buffered, rest):
        count += 1
        if count > MAX_ROW:
            raise RefusedError(
                _("The list has more rows than a worksheet can hold ({n}).", n=MAX_ROW),
                _("Choose fewer rows, or write CSV."),
            )
        writer.append(row)
    if heads:
        sheet.auto_filter.ref = f"A1:{column_letter(len(heads))}{count}"
    _describe(workbook, title, {})
    return workbook


class Book:
    """A workbook being built. Build it once, `set` its cells, `save` as often as needed."""

    def __init__(self, title: str, *, properties: Mapping[str, str] | None = None) -> None:
        """`title` and the custom `properties` are kept in the file itself.

        They are text: numbers change on their way round.
        """
        from openpyxl import Workbook

        self._workbook = Workbook()
        self._workbook.remove(self._workbook.active)
        self._title = title
        self._looks: dict[Look, Any] = {}
        self._lists: Any = None
        self._list_columns = 0
        self._properties = dict(properties or {})

    def sheet(self, name: str, *, widths: Sequence[int] = (), hidden: bool = False) -> SheetBuilder:
        """A new sheet after the others. `name` is fitted to Excel's rules; widths in characters."""
        made = self._workbook.create_sheet(sheet_name(name))
        if not self._looks:
            self._looks = looks(self._workbook)
        made.sheet_state = "hidden" if hidden else "visible"
        for index, width in enumerate(widths, 1):
            made.column_dimensions[column_letter(index)].width = width
        return SheetBuilder(made, self._looks)

    def choices(self, name: str, values: Sequence[str], *, sheet: str = "Lister") -> str:
        """Put `values` on the hidden list sheet and return the defined name for `choose`.

        A list in the validation itself would break at commas and past 255 characters.
        """
        if self._lists is None:
            self._lists = self.sheet(sheet, hidden=True)
        self._list_columns += 1
        column = self._list_columns
        for row, value in enumerate(values, 1):
            self._lists.put(row, column, value)
        letter = column_letter(column)
        self.define(name, self._lists, f"${letter}$1:${letter}${max(len(values), 1)}")
        return name

    def define(self, name: str, sheet: SheetBuilder, cells: str) -> None:
        """A defined name for `cells` (`$B$2:$B$9`) of `sheet`. ValueError for a bad name."""
        from openpyxl.workbook.defined_name import DefinedName

        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{3,200}", name):
            raise ValueError(name)
        quoted = sheet.name.replace("'", "''")
        self._workbook.defined_names[name] = DefinedName(name, attr_text=f"'{quoted}'!{cells}")

    def save(self, path: Path, *, private: bool = False) -> Path:
        """Write the workbook whole to `path` (see `write_atomic`). May be called again."""
        return write_atomic(path, self.content(), private=private)

    def content(self) -> bytes:
        """The workbook as a file holds it. May be called again."""
        self._finish()
        file = BytesIO()
        save_workbook(self._workbook, file)
        return file.getvalue()

    def _finish(self) -> None:
        if not any(sheet.sheet_state == "visible" for sheet in self._workbook.worksheets):
            raise ValueError("a workbook needs a sheet that can be seen")
        if self._lists is not None:  # last, so that it is never the sheet that opens
            lists = self._lists.raw
            sheets = self._workbook._sheets
            sheets.append(sheets.pop(sheets.index(lists)))
        _describe(self._workbook, self._title, self._properties)


def _describe(workbook: Any, title: str, properties: Mapping[str, str]) -> None:
    from openpyxl.packaging.custom import CustomPropertyList, StringProperty

    workbook.properties.title = cell_text(title)
    workbook.properties.creator = "frivillig"
    kept = CustomPropertyList()
    for name, value in properties.items():
        kept.append(StringProperty(name=name, value=cell_text(value)))
    workbook.custom_doc_props = kept


def _width(header: str, values: Iterable[Value]) -> int:
    longest = max((len(str(v)) for v in values if v is not None), default=0)
    return min(max(longest, len(header)) + 3, 50)


def _peek(rows: Iterable[Sequence[Value]], count: int) -> tuple[list[Sequence[Value]], Any]:
    iterator = iter(rows)
    first = [row for _index, row in zip(range(count), iterator, strict=False)]
    return first, iterator


def _chain(first: Iterable[Sequence[Value]], rest: Iterable[Sequence[Value]]) -> Any:
    yield from first
    yield from rest
