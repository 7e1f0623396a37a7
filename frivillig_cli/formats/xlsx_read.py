"""Reading a workbook that somebody sent: `read_workbook`, behind every guard there is.

One pass over each sheet, with the formula *and* its stored result: a reader that gives one or
the other cannot tell a blank from a formula that was never worked out. Claims about the size
of a sheet are ignored, gaps are never made up, and damage is a refusal, never fewer rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.core.i18n import _
from frivillig_cli.formats.archive import MAX_SHEET, Archive, damaged
from frivillig_cli.formats.budget import LONG, Budget
from frivillig_cli.formats.cells import (
    MAX_COLUMN,
    MAX_ROW,
    MOST_MERGED,
    Cell,
    CellKind,
    Row,
    RowMaker,
    Sheet,
    Workbook,
    parse_ref,
)
from frivillig_cli.formats.counting import refuse_many_cells
from frivillig_cli.formats.guard import FileKind, file_kind, refuse_kind
from frivillig_cli.formats.values import clean_text, date_text, number_text, unescape
from frivillig_cli.formats.xlsx_notes import holds_notes, read_notes
from frivillig_cli.formats.xlsx_parts import (
    Contents,
    SheetPart,
    main_names,
    read_contents,
    says_yes,
)
from frivillig_cli.formats.xml_parts import MAX_DEPTH, XmlTarget, parse, too_deep

_UNNUMBERED = re.compile(rb"<row(?:>|\s(?![^<>]*\br=)|/)")
_BLANK_ROW = re.compile(
    rb"<row\s[^<>]*?\br=\"\d+\"[^<>/]*+(?:/>|>(?:\s*<c\s[^<>/]*+/>)*+\s*</row>)"
)


def read_workbook(path: Path) -> Workbook:
    """Read an .xlsx, .xlsm or .ods file whole.

    Sheets may hold 200,000 rows with data.
    FileFormatError with a sentence and a way out for everything else: other kinds of file,
    damage, bombs, and a workbook in which no cell holds anything. Macros and links are
    flagged, never run or followed.
    """
    path = Path(path)
    kind = file_kind(path)
    budget = Budget(path.name)
    if kind is FileKind.ODS:
        from frivillig_cli.formats.ods_read import read_ods

        book = read_ods(path, budget)
    elif kind is FileKind.XLSX:
        book = _read_xlsx(path, budget)
    else:
        raise refuse_kind(path, kind)
    if not any(sheet.rows for sheet in book.sheets):
        raise FileFormatError(
            _("{name} is an empty workbook: no cell holds anything.", name=path.name),
            _("Check that it was saved after it was filled in."),
        )
    return book


def _read_xlsx(path: Path, budget: Budget) -> Workbook:
    with Archive(path) as archive:
        contents = read_contents(archive)
        refuse_many_cells(archive, [sheet.part for sheet in contents.sheets])
        noted = holds_notes(archive)
        sheets = tuple(
            _read_sheet(archive, sheet, contents, budget, noted) for sheet in contents.sheets
        )
    return Workbook(
        kind="xlsx",
        sheets=sheets,
        properties=contents.properties,
        names=contents.names,
        has_macros=contents.has_macros,
        has_links=contents.has_links,
    )


def _read_sheet(
    archive: Archive, sheet: SheetPart, contents: Contents, budget: Budget, noted: bool
) -> Sheet:
    target = _SheetTarget(sheet, contents, budget)
    chunks = _without_blank_rows(archive.chunks(sheet.part, MAX_SHEET))
    parse(target, chunks, name=archive.name, part=sheet.part)
    if not target.has_data:
        raise damaged(archive.name, _("the sheet «{sheet}» has no table", sheet=sheet.name))
    notes = read_notes(archive, sheet.part) if noted else ()
    return Sheet(
        sheet.name, sheet.hidden, tuple(target.rows), notes,
        tuple(target.merged), tuple(target.hidden_rows),
    )  # fmt: skip


def _without_blank_rows(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same without rows that hold nothing but looks: a million of them cost no time.

    Only rows that say their number are left out, and only where all rows in sight do: the place
    of the others is counted from the row before. A row that is cut in two by a chunk stays.
    """
    for chunk in chunks:
        plain = b"CDATA" not in chunk and not _UNNUMBERED.search(chunk)
        yield _BLANK_ROW.sub(b"", chunk) if plain else chunk


class _SheetTarget(XmlTarget):
    """Gathers rows. Every position must come after the one before it."""

    _known = main_names("row", "c", "v", "t", "f", "rPh", "sheetData", "strike", "mergeCell")

    def __init__(self, sheet: SheetPart, contents: Contents, budget: Budget) -> None:
        self.rows: list[Row] = []
        self.has_data = False
        self.merged: list[tuple[int, int, int]] = []
        self.hidden_rows: list[int] = []
        self._row_hidden = False
        self._sheet, self._contents, self._budget = sheet, contents, budget
        self._depth = 0
        self._maker = RowMaker()
        self._row = 0
        self._row_text = ""
        self._column = 0
        self._looked_at = 0
        self._letters: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._cell: dict[str, str] | None = None
        self._formula: str | None = None
        self._value: list[str] | None = None
        self._pieces: list[str] | None = None
        self._guide = self._struck = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        known = self._known.get(name)
        if known is None:
            if self._depth > MAX_DEPTH:
                raise too_deep(self._budget.name, self._sheet.part)
        elif known == "c":
            self._looked_at += 1
            self._column = self._position(attributes.get("r"))
            self._cell = attributes
            self._formula = self._value = self._pieces = None
            self._struck = attributes.get("s", "0") in self._contents.struck_looks
        elif known == "row":
            self._start_row(attributes)
        elif known == "sheetData":
            self.has_data = True
        elif known == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif self._cell is None:
            return
        elif known == "rPh":
            self._guide = True
        elif known == "strike":
            self._struck = self._struck or says_yes(attributes)
        elif known == "f":
            self._pieces = []
        elif known == "v" or not self._guide:  # v, or a t of a text kept in the cell
            if self._value is None:
                self._value = []
            self._pieces = self._value

    def text(self, data: str) -> None:
        if self._pieces is not None:
            self._pieces.append(data)

    def end(self, name: str) -> None:
        self._depth -= 1
        known = self._known.get(name)
        if known is None:
            return
        if known == "c":
            if self._value is not None or self._formula is not None:
                self._end_cell()
            self._cell = None
        elif known == "row":
            self._budget.looked_at(self._looked_at)
            self._looked_at = 0
            if self._maker.columns:
                self._budget.row(len(self._maker.columns))
                self.rows.append(self._maker.row(self._row))
                if self._row_hidden:
                    self.hidden_rows.append(self._row)
        elif known == "f":
            self._formula = "".join(self._pieces or ())
            self._pieces = None
        elif known == "rPh":
            self._guide = False
        else:
            self._pieces = None

    def _start_row(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r")
        number = self._row + 1 if given is None else _whole(given)
        if not self._row < number <= MAX_ROW:
            raise self._misplaced(_("row {row}", row=(given or str(number))[:20]))
        self._row, self._row_text, self._column = number, str(number), 0
        self._row_hidden = attributes.get("hidden", "0") in ("1", "true")

    def _merge(self, ref: str) -> None:
        """Keep one that reaches over several rows; what is no range of cells is passed over."""
        first, _colon, last = ref.partition(":")
        try:
            (row, column), (end, _last) = parse_ref(first), parse_ref(last)
        except ValueError:
            return
        if end > row and len(self.merged) < MOST_MERGED:
            self.merged.append((row, column, end - row + 1))

    def _position(self, ref: str | None) -> int:
        """The column of the next cell, which must be to the right of the last."""
        if ref is None:
            column = self._column + 1
        else:
            digits = len(self._row_text)
            letters = ref[:-digits] if digits else ""
            found = self._letters.get(letters)
            if found is None:
                try:
                    found = parse_ref(f"{letters}1")[1]
                except ValueError:
                    raise self._misplaced(_("cell {cell}", cell=ref[:20])) from None
                self._letters[letters] = found
            column = found if ref[-digits:] == self._row_text else 0
        if not self._column < column <= MAX_COLUMN:
            raise self._misplaced(_("cell {cell}", cell=(ref or "")[:20]))
        return column

    def _end_cell(self) -> None:
        kind, value = self._read(self._cell or {}, "".join(self._value or ()))
        if self._formula is not None and kind is not CellKind.ERROR:
            kind = CellKind.FORMULA
        if kind is CellKind.BLANK:
            return
        if self._struck:
            kind = CellKind.STRUCK
        if value is not None:
            if len(value) > LONG:
                self._budget.long_text(value)
            elif len(self._texts) < 100_000:
                value = self._texts.setdefault(value, value)
        self._maker.add(self._column, kind, value, self._formula)

    def _read(self, attributes: dict[str, str], raw: str) -> tuple[CellKind, str | None]:
        kind = attributes.get("t", "n")
        if kind == "n":
            return self._number(attributes, raw.strip())
        if kind == "s":
            index = _whole(raw.strip())
            if not 0 <= index < len(self._contents.strings):
                raise damaged(
                    self._budget.name,
                    _("cell {cell} points at a text that is not there", cell=self._where()),
                )
            value = self._contents.strings[index]
            self._struck = self._struck or index in self._contents.struck_texts
            return (CellKind.BLANK if value is None else CellKind.TEXT), value
        if kind == "e":
            return CellKind.ERROR, clean_text(raw) or "#"
        if kind == "b":
            return CellKind.BOOL, "true" if raw.strip() in ("1", "true") else "false"
        value = clean_text(unescape(raw))
        if value is None:
            return CellKind.BLANK, None
        return (CellKind.DATE if kind == "d" else CellKind.TEXT), value

    def _number(self, attributes: dict[str, str], raw: str) -> tuple[CellKind, str | None]:
        if not raw:
            return CellKind.BLANK, None
        value = number_text(raw)
        if value is None:
            return CellKind.ERROR, clean_text(raw[:40]) or "#"
        shown = self._format(attributes.get("s", "0"))
        if shown and shown[0] == "0":
            return CellKind.NUMBER, value.zfill(len(shown)) if value.isdecimal() else value
        if shown:
            day = date_text(raw, shown, self._contents.epoch_1904)
            if day is not None:
                return CellKind.DATE, day
        return CellKind.NUMBER, value

    def _format(self, style: str) -> str:
        formats = self._contents.formats
        if formats is None and style == "0":
            return ""
        index = _whole(style)
        if formats is None or not 0 <= index < len(formats):
            raise damaged(self._budget.name, _("the look of {cell} is missing", cell=self._where()))
        return formats[index]

    def _where(self) -> str:
        return Cell(self._row, self._column, CellKind.BLANK, None).ref

    def _misplaced(self, what: str) -> FileFormatError:
        return damaged(
            self._budget.name,
            _("{what} of «{sheet}» is out of place", what=what, sheet=self._sheet.name),
        )


def _whole(raw: str) -> int:
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 12 else -1
