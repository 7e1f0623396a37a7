"""The rows of a long list, written as text and counted afterwards: a tenth of a cell's cost each.

openpyxl makes two objects and four calls of every cell. A list's cells are nearly all text in
one of a few looks, so that a row can be put together as XML and handed over whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from frivillig_cli.formats.cells import column_letter
from frivillig_cli.formats.xlsx_sheet import Value, fill_cell
from frivillig_cli.formats.xlsx_style import Look
from frivillig_cli.formats.xlsx_text import cell_text

_ROW = b"<row "


class RowWriter:
    """Appends rows to a write-only sheet of openpyxl, whose columns have these looks."""

    def __init__(self, sheet: Any, style: Mapping[Look, Any], column_looks: Sequence[Look]) -> None:
        from openpyxl.cell import WriteOnlyCell

        self._sheet, self._style = sheet, style
        self._looks = column_looks
        self._letters = [column_letter(n) for n in range(1, len(column_looks) + 1)]
        self._new_cell = WriteOnlyCell
        self._numbers: dict[Look, int] = {}
        self._row = 0

    def header(self, texts: Sequence[str]) -> None:
        """The row of names, as openpyxl writes it; what follows is handed to its writer."""
        self._row += 1
        self._sheet.append([self._cell(text, Look.HEADER) for text in texts])
        self._write_cells = self._sheet._writer.write_row
        self._sheet._writer.write_row = self._write_row
        self._sheet._values_to_row = lambda row, _number: row

    def append(self, row: Sequence[Value]) -> None:
        """One row; values beyond the last column are left out."""
        self._row += 1
        self._sheet.append(row)

    def _write_row(self, stream: Any, row: Sequence[Value], number: int) -> None:
        from openpyxl.xml.functions import fromstring

        parts = [f'<row r="{number}">']
        for letter, value, look in zip(self._letters, row, self._looks, strict=False):
            if value is None or value == "":
                parts.append(f'<c r="{letter}{number}" s="{self._number(look)}"/>')
            elif isinstance(value, str):
                text = cell_text(value)
                space = "" if text == text.strip() else ' xml:space="preserve"'
                parts.append(
                    f'<c r="{letter}{number}" s="{self._number(look)}" t="inlineStr">'
                    f"<is><t{space}>{escape(text, quote=False)}</t></is></c>"
                )
            else:
                return self._with_cells(stream, row, number)
        parts.append("</row>")
        stream.write(fromstring("".join(parts)))
        return None

    def _with_cells(self, stream: Any, row: Sequence[Value], number: int) -> None:
        """A row with numbers or dates, which openpyxl knows how to write."""
        cells = [self._cell(value, look) for value, look in zip(row, self._looks, strict=False)]
        for column, cell in enumerate(cells, 1):
            cell.row, cell.column = number, column
        self._write_cells(stream, cells, number)

    def _number(self, look: Look) -> int:
        """The number by which the workbook knows a look."""
        if look not in self._numbers:
            self._numbers[look] = self._cell(None, look).style_id
        return self._numbers[look]

    def _cell(self, value: Value, look: Look) -> Any:
        made = self._new_cell(self._sheet, "")
        fill_cell(made, value, self._style, look)
        return made


def count_rows(path: Path) -> int:
    """How many rows the first sheet of a workbook that was written here has, header and all.

    The file is opened anew and the sheet unpacked whole, so that its checksum is tried. Raises
    what zipfile raises where it is not whole.
    """
    import zipfile

    count, end = 0, b""
    with zipfile.ZipFile(path) as book, book.open("xl/worksheets/sheet1.xml") as part:
        while chunk := part.read(1 << 18):
            chunk = end + chunk
            count += chunk.count(_ROW)
            end = chunk[1 - len(_ROW) :]  # too short to hold one that has been counted
    return count
