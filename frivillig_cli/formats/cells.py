"""What a workbook from outside holds once it is read: sheets, rows, cells, and what is odd.

A cell is never *quietly* blank: an error, a formula without a stored result and a number
that is no number each keep their own kind, and `problem()` says so in a sentence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from frivillig_cli.core.echo import echo
from frivillig_cli.core.i18n import _

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384  # XFD
MOST_MERGED = 1_000  # cells over several rows, of a sheet; more are not told of
_FOR_OLDER_PROGRAMS = "go.microsoft.com/fwlink/?linkid=870924"


class CellKind(StrEnum):
    """What was found in a cell."""

    BLANK = "blank"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOL = "bool"
    ERROR = "error"
    FORMULA = "formula"
    STRUCK = "struck"  # some of what stands there, or all, has a line through it


class Cell(NamedTuple):
    """One cell. A tuple, since a list from outside holds a million of them.

    `value`: None for a blank; else text: numbers as people type them (`974760673`, `3.5`),
    dates as ISO 8601, `true`/`false`, an error as its code (`#N/A`). With `formula` set it is
    the result that the other program stored, None where it stored none.
    """

    row: int
    column: int
    kind: CellKind
    value: str | None
    formula: str | None = None

    @property
    def ref(self) -> str:
        """Where it stands, as people say it: `C14`."""
        return ref_of(self.row, self.column)


class Row(NamedTuple):
    """A row with at least one cell that is not blank; blank cells are left out.

    Kept as columns, kinds and values side by side, because 70,000 rows of cells would take
    twice the memory; rows of the same shape share the first two. Read `cells` or `cell()`.
    """

    number: int
    columns: tuple[int, ...]
    kinds: tuple[CellKind, ...]
    values: tuple[str | None, ...]
    formulas: dict[int, str] | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells that are not blank, from left to right."""
        return tuple(map(self._make_cell, range(len(self.columns))))

    def cell(self, column: int) -> Cell:
        """The cell of that column (1 is A), blank when nothing stands there."""
        if column in self.columns:
            return self._make_cell(self.columns.index(column))
        return Cell(self.number, column, CellKind.BLANK, None)

    def text(self, column: int) -> str:
        """What `text(cell(column))` gives, without making the cell."""
        if column not in self.columns:
            return ""
        value = self.values[self.columns.index(column)]
        if value is None and self.formulas:
            return text(self.cell(column))
        return value or ""

    def _make_cell(self, at: int) -> Cell:
        column = self.columns[at]
        formula = None if self.formulas is None else self.formulas.get(column)
        return Cell(self.number, column, self.kinds[at], self.values[at], formula)


class RowMaker:
    """Gathers the cells of one row after the other; rows of one shape share it."""

    def __init__(self) -> None:
        self.columns: list[int] = []
        self._kinds: list[CellKind] = []
        self._values: list[str | None] = []
        self._formulas: dict[int, str] = {}
        self._shared: dict[object, object] = {}

    def add(
        self, column: int, kind: CellKind, value: str | None, formula: str | None = None
    ) -> None:
        """One more cell that is not blank, to the right of the last."""
        self.columns.append(column)
        self._kinds.append(kind)
        self._values.append(value)
        if formula is not None:
            self._formulas[column] = formula

    def row(self, number: int) -> Row:
        """The row made of what was added, and begin the next."""
        columns, kinds = tuple(self.columns), tuple(self._kinds)
        share: Any = self._shared
        if len(share) < 10_000:
            columns, kinds = share.setdefault(columns, columns), share.setdefault(kinds, kinds)
        made = Row(number, columns, kinds, tuple(self._values), self._formulas or None)
        self.columns, self._kinds, self._values, self._formulas = [], [], [], {}
        return made


def note_text(text: str) -> str:
    """A comment without the words that Excel puts before it for programs that know no threads.

    They end in a link and a heading, in any language; many keep only the words, and no thread.
    """
    _before, link, said = text.rpartition(_FOR_OLDER_PROGRAMS)
    head, colon, rest = said.partition(":")
    return rest.strip() if link and colon and " " not in head.strip() and rest.strip() else text


def picture_text() -> str:
    """What stands for a picture, of which nothing is read."""
    return _("[picture]")


class Note(NamedTuple):
    """What somebody has written beside a cell as a comment, or `drawn` over it: a text box, a
    picture."""

    row: int
    column: int
    text: str
    drawn: bool = False

    @property
    def ref(self) -> str:
        """The cell that it belongs to."""
        return ref_of(self.row, self.column)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows with data, in order; gaps are not made up.

    `notes` are its comments, and its text boxes and pictures; `merged` are (row, column, how many
    rows) of cells that reach over several rows, and `hidden_rows` the numbers of rows with data
    that are not shown.
    """

    name: str
    hidden: bool
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    merged: tuple[tuple[int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()

    def row(self, number: int) -> Row:
        """The row of that number (1 is the first), without cells when it is blank."""
        index = self._by_number.get(number)
        return Row(number, (), (), ()) if index is None else self.rows[index]

    def cell(self, ref: str) -> Cell:
        """The cell at `ref` (`C14`), blank when nothing stands there."""
        row, column = parse_ref(ref)
        return self.row(row).cell(column)

    @property
    def _by_number(self) -> dict[int, int]:
        found = self.__dict__.get("_index")
        if found is None:
            found = {row.number: index for index, row in enumerate(self.rows)}
            self.__dict__["_index"] = found
        return found


@dataclass(frozen=True)
class Workbook:
    """A workbook that was read whole.

    `kind` is `xlsx` or `ods`; `properties` holds the document's own and custom properties as
    text; `names` the defined names and what they point at. Macros and links to other files are
    noted and never run or followed. `packed`: the time in an ods's zip, read as UTC.
    """

    kind: str
    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    has_macros: bool = False
    has_links: bool = False
    packed: datetime | None = None

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def cells(self) -> Iterator[tuple[Sheet, Cell]]:
        """Every cell that is not blank, sheet by sheet."""
        for sheet in self.sheets:
            for row in sheet.rows:
                for cell in row.cells:
                    yield sheet, cell


def text(cell: Cell) -> str:
    """The cell as text, '' only when it is blank.

    An error gives its code and a formula without a stored result gives the formula, so that
    neither can pass for an empty answer. Ask `problem()` before believing the text.
    """
    if cell.value is not None:
        return cell.value
    return "" if cell.formula is None else f"={cell.formula}"


def problem(cell: Cell) -> str | None:
    """Why the cell cannot be taken at its word, as a sentence; None when it can."""
    if cell.kind is CellKind.ERROR and _is_infinite(cell.value or ""):
        return _("The cell holds a number that is too large, {value}: write the value.",
                 value=echo(cell.value))  # fmt: skip
    if cell.kind is CellKind.ERROR:
        return _("The cell holds the error {value}: write the value.", value=echo(cell.value))
    if cell.kind is CellKind.STRUCK:
        return _("Something in the cell is struck out: write only what is to stand.")
    if cell.kind is not CellKind.FORMULA:
        return None
    if cell.value is None:
        return _("The cell holds a formula without a result: write the value.")
    return _(
        "The cell holds a formula, whose last result was {value}: write the value.",
        value=echo(cell.value),
    )


def _is_infinite(shown: str) -> bool:
    """Whether it is a number that no program can hold: 1e400."""
    try:
        return shown.lstrip("+-")[:1].isdigit() and math.isinf(float(shown.replace(",", ".")))
    except ValueError:
        return False


@lru_cache(maxsize=256)  # of a form's cells each is told by where it stands
def column_letter(column: int) -> str:
    """1 is A, 28 is AB."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def ref_of(row: int, column: int) -> str:
    """14 and 3 are `C14`."""
    return f"{column_letter(column)}{row}"


_REF = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")


@lru_cache(maxsize=1024)  # the same places, in form after form
def parse_ref(ref: str) -> tuple[int, int]:
    """`C14` is (14, 3). ValueError when it is no cell of a sheet."""
    match = _REF.match(ref)
    if not match:
        raise ValueError(ref)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    if row > MAX_ROW or column > MAX_COLUMN:
        raise ValueError(ref)
    return row, column
