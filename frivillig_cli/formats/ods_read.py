"""Reading an .ods file into the same `Workbook` as an .xlsx file.

LibreOffice writes a sheet as runs ("this row a million times"); runs of blanks are counted,
never made. Source: OASIS OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import re
from pathlib import Path

from frivillig_cli.core.i18n import _
from frivillig_cli.formats.archive import MAX_SHEET, Archive, damaged, too_big
from frivillig_cli.formats.budget import LONG, MAX_DATA_COLUMNS, Budget
from frivillig_cli.formats.cells import (
    MAX_COLUMN,
    MAX_ROW,
    MOST_MERGED,
    CellKind,
    Note,
    Row,
    RowMaker,
    Sheet,
    Workbook,
    note_text,
    picture_text,
)
from frivillig_cli.formats.counting import refuse_many_cells
from frivillig_cli.formats.values import clean_text, number_text
from frivillig_cli.formats.xml_parts import MAX_DEPTH, XmlTarget, elements, parse, too_deep

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE = f"{_OASIS}table:1.0}}"
_OFFICE = f"{_OASIS}office:1.0}}"
_TEXT = f"{_OASIS}text:1.0}}"
_STYLE = f"{_OASIS}style:1.0}}"
_DRAW = f"{_OASIS}drawing:1.0}}"
_ERROR = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_NOTE = f"{_OFFICE}annotation"
_SHAPES = f"{_TABLE}shapes"
_NOT_CELLS = {
    f"{_TABLE}tracked-changes",
    _SHAPES,
    _NOTE,
    f"{_OFFICE}forms",
    f"{_TABLE}dde-link",
}
_LINES = (f"{_STYLE}text-line-through-style", f"{_STYLE}text-line-through-type")
_CLOCK = re.compile(r"PT(\d{1,2})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S\Z")


def read_ods(path: Path, budget: Budget) -> Workbook:
    """Read the sheets, properties and names of an .ods file. FileFormatError when it is broken."""
    with Archive(path) as archive:
        refuse_many_cells(archive, ["content.xml"], ods=True)
        target = _OdsTarget(budget)
        chunks = archive.chunks("content.xml", MAX_SHEET)
        parse(target, chunks, name=archive.name, part="content.xml")
        properties = _properties(archive)
        packed = archive.packed("content.xml")
        parts = archive.names()
    if not target.sheets:
        raise damaged(path.name, _("it has no worksheets"))
    return Workbook(
        kind="ods",
        sheets=tuple(target.sheets),
        properties=properties,
        names=target.names,
        has_macros=any(
            name.startswith(("basic/", "scripts/")) and not name.endswith("/") for name in parts
        ),
        has_links=target.has_links,
        packed=packed,
    )


def _properties(archive: Archive) -> dict[str, str]:
    found: dict[str, str] = {}
    if "meta.xml" not in archive:
        return found
    wanted = ("title", "creator", "creation-date", "date", "user-defined")
    own = elements(archive, "meta.xml", wanted)
    for element in sorted(own, key=lambda one: one.name == "user-defined"):
        custom = element.name == "user-defined"
        name = element.attributes.get("name", "") if custom else element.name
        found[name] = element.text.strip()
    return found


class _OdsTarget(XmlTarget):
    def __init__(self, budget: Budget) -> None:
        self.sheets: list[Sheet] = []
        self.names: dict[str, str] = {}
        self.has_links = False
        self._budget = budget
        self._depth = 0
        self._skip = 0
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._struck_styles: set[str] = set()
        self._struck = False
        self._table: dict[str, str] | None = None
        self._rows: list[Row] = []
        self._notes: list[Note] = []
        self._note: list[str] | None = None
        self._drawn = False
        self._maker = RowMaker()
        self._merged: list[tuple[int, int, int]] = []
        self._hidden_rows: list[int] = []
        self._row_hidden = False
        self._row = 0
        self._repeat_row = 1
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._pieces: list[str] = []
        self._paragraph = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep(self._budget.name, "content.xml")
        if self._skip:
            if self._note is not None and name == f"{_TEXT}p":
                self._note.append("\n")
                self._paragraph = self._paragraph or self._depth
            elif self._note is not None and name == f"{_DRAW}image":
                self._note.append(f"\n{picture_text()}")
            return
        self._drawn = name == _SHAPES or name.startswith(_DRAW)
        if (name == _NOTE and self._cell is not None) or (self._drawn and self._table is not None):
            self._note = []
        if name in _NOT_CELLS or self._drawn:
            self._skip = self._depth
        elif name.startswith(_TEXT):
            if self._cell is not None:
                self._start_text(name[len(_TEXT) :], attributes)
        elif name.startswith(_TABLE):
            self._start_table(name[len(_TABLE) :], attributes)
        elif name == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self._hidden_styles.add(self._style)
        elif name == f"{_STYLE}text-properties" and any(
            attributes.get(line, "none") != "none" for line in _LINES
        ):
            self._struck_styles.add(self._style)

    def text(self, data: str) -> None:
        if self._paragraph:
            if self._note is not None:
                self._note.append(data)
            elif not self._skip:
                self._pieces.append(data)

    def end(self, name: str) -> None:
        depth, self._depth = self._depth, self._depth - 1
        if self._paragraph == depth:
            self._paragraph = 0
        if self._skip:
            if depth == self._skip:
                self._skip = 0
                self._end_note()
            return
        if not name.startswith(_TABLE):
            return
        local = name[len(_TABLE) :]
        if local in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif local == "table-row" and self._table is not None:
            self._end_row()
        elif local == "table" and self._table is not None:
            hidden = self._table.get(f"{_TABLE}style-name", "") in self._hidden_styles
            sheet = self._table.get(f"{_TABLE}name", "")
            self.sheets.append(
                Sheet(
                    sheet, hidden, tuple(self._rows), tuple(self._notes),
                    tuple(self._merged), tuple(self._hidden_rows),
                )
            )  # fmt: skip
            self._table = None

    def _start_table(self, local: str, attributes: dict[str, str]) -> None:
        if local == "table":
            if self._table is not None or len(self.sheets) >= 64:
                raise too_big(self._budget.name, _("it has more than {n} sheets", n=64))
            self._table, self._rows, self._notes, self._row = attributes, [], [], 0
            self._merged, self._hidden_rows = [], []
        elif local == "table-source":
            self.has_links = True
        elif local == "named-range":
            address = attributes.get(f"{_TABLE}cell-range-address", "")
            self.names[attributes.get(f"{_TABLE}name", "")] = address
        elif self._table is None:
            return
        elif local == "table-row":
            self._repeat_row = self._times(attributes, "number-rows-repeated")
            self._column = 0
            self._row_hidden = attributes.get(f"{_TABLE}visibility", "visible") != "visible"
        elif local in ("table-cell", "covered-table-cell"):
            self._budget.looked_at(1)
            self._cell, self._pieces, self._paragraph = attributes, [], 0
            self._struck = attributes.get(f"{_TABLE}style-name", "") in self._struck_styles

    def _start_text(self, local: str, attributes: dict[str, str]) -> None:
        if attributes.get(f"{_TEXT}style-name", "") in self._struck_styles:
            self._struck = True
        if local == "p":
            if self._pieces:
                self._pieces.append("\n")
            self._paragraph = self._paragraph or self._depth
        elif local == "s":
            count = self._times(attributes, "c", _TEXT)
            self._pieces.append(" " * min(count, 100))
        elif local == "tab":
            self._pieces.append("\t")
        elif local == "line-break":
            self._pieces.append("\n")

    def _end_cell(self, attributes: dict[str, str]) -> None:
        first = self._column + 1
        self._column += self._times(attributes, "number-columns-repeated")
        shown = clean_text("".join(self._pieces))
        formula = attributes.get(f"{_TABLE}formula")
        kind, value = _read(attributes, shown)
        if formula is not None:
            formula = formula.partition("=")[2]
            kind = kind if kind is CellKind.ERROR else CellKind.FORMULA
        if kind is CellKind.BLANK:
            return
        rows = self._times(attributes, "number-rows-spanned")
        if rows > 1 and len(self._merged) < MOST_MERGED:
            self._merged.append((self._row + 1, first, rows))
        if self._struck:
            kind = CellKind.STRUCK
        if self._column > MAX_COLUMN or self._column - first >= MAX_DATA_COLUMNS:
            raise too_big(self._budget.name, _("a row has over {n} columns", n=MAX_DATA_COLUMNS))
        for column in range(first, self._column + 1):
            if value is not None and len(value) > LONG:
                self._budget.long_text(value)
            self._maker.add(column, kind, value, formula)

    def _end_note(self) -> None:
        """A comment, or what is drawn, belongs to the cell that it stands in, or to the sheet."""
        text = note_text(clean_text("".join(self._note or ())) or "").strip()
        self._note = None
        row, column = (0, 0) if self._cell is None else (self._row, self._column)
        if text and column < MAX_COLUMN and row < MAX_ROW:
            self._budget.long_text(text)
            self._notes.append(Note(row + 1, column + 1, text, self._drawn))

    def _end_row(self) -> None:
        filled = len(self._maker.columns)
        if not filled:
            self._row += self._repeat_row
            return
        if self._row + self._repeat_row > MAX_ROW:
            raise too_big(self._budget.name, _("it has too many rows"))
        row = self._maker.row(self._row + 1)
        for _extra in range(self._repeat_row):
            self._budget.row(filled)
            self._row += 1
            self._rows.append(row._replace(number=self._row))
            if self._row_hidden:
                self._hidden_rows.append(self._row)

    def _times(self, attributes: dict[str, str], name: str, space: str = _TABLE) -> int:
        raw = attributes.get(space + name)
        if raw is None:
            return 1
        if not (raw.isascii() and raw.isdecimal() and 0 < len(raw) < 9 and int(raw)):
            raise damaged(self._budget.name, _("a run of cells has no length"))
        return int(raw)


def _read(attributes: dict[str, str], shown: str | None) -> tuple[CellKind, str | None]:
    kind = attributes.get(f"{_OFFICE}value-type", "string")
    if attributes.get(_ERROR) == "error":
        return CellKind.ERROR, shown or "#"
    if kind in ("float", "currency", "percentage"):
        return _number(attributes.get(f"{_OFFICE}value", ""), shown)
    if kind == "boolean":
        return CellKind.BOOL, attributes.get(f"{_OFFICE}boolean-value", shown)
    if kind == "date":
        stored = attributes.get(f"{_OFFICE}date-value", "") or shown or "#"
        day, _t, clock = stored.partition("T")
        clock = clock.partition(".")[0]
        return CellKind.DATE, day if clock in ("", "00:00:00") else f"{day}T{clock}"
    if kind == "time":
        clock_parts = _CLOCK.match(attributes.get(f"{_OFFICE}time-value", ""))
        if clock_parts and int(clock_parts[1]) < 24:
            return CellKind.DATE, ":".join(f"{int(part):02}" for part in clock_parts.groups())
        return CellKind.TEXT if shown else CellKind.ERROR, shown or "#"
    value = shown or clean_text(attributes.get(f"{_OFFICE}string-value", ""))
    return (CellKind.BLANK if value is None else CellKind.TEXT), value


def _number(raw: str, shown: str | None) -> tuple[CellKind, str | None]:
    value = number_text(raw.strip())
    if value is None:
        return CellKind.ERROR, shown or "#"
    if shown and shown.isdecimal() and shown.lstrip("0") == value and len(shown) > len(value):
        return CellKind.NUMBER, shown  # a format of noughts: 0301
    return CellKind.NUMBER, value
