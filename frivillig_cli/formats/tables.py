"""Any list that somebody sends, as one shape: `read_table`.

The header row is found out: title lines and blank rows above it are passed over and told of.
Nothing here knows what a column means: whoever reads says which titles they know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from pathlib import Path
from typing import NamedTuple, overload

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import FileFormatError, NotFoundError, UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.formats.archive import damaged
from frivillig_cli.formats.budget import Budget
from frivillig_cli.formats.cells import (
    Cell,
    CellKind,
    Row,
    Sheet,
    column_letter,
    problem,
)
from frivillig_cli.formats.filled_down import Merged, filled_down
from frivillig_cli.formats.guard import FileKind, file_kind, refuse_kind

_HEADER_WITHIN = 30
_SAMPLE = 200
# Whether a cell is the name of a column that the reader knows.
Knows = Callable[[str], bool]
# Whether the columns with some titles are about what stands over them: Leder, over Navn and Mobil.
Belongs = Callable[[str, Sequence[str]], bool]
# What goes before the titles of some columns, by what stands to the left of them; by number.
Beside = Callable[[Mapping[int, str]], Mapping[int, str]]
_DATA_LIKE = re.compile(r"[+(]?\d[\d\s./:,()+-]*\Z|\S+@\S+\.\S+\Z|https?://|www\.|=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that cannot be taken at its word (an error, a formula): never a blank.

    `worked_out`: what it shows is the last result of a formula.
    """

    header: str
    cell: str
    message: str
    worked_out: bool = False


class TableRow(NamedTuple):
    """One row. `number` as the file's reader sees it; `values` has every header, None for blank.

    `numbers` names the headers whose cell was a number: one that should be a code may have lost
    its leading zero. A header with a problem has the value that was shown, or None.
    """

    number: int
    values: dict[str, str | None]
    problems: tuple[CellProblem, ...] = ()
    numbers: frozenset[str] = frozenset()


class TableRows(Sequence[TableRow]):
    """The rows below the header, made as they are asked for: many at once would not fit."""

    def __init__(self, headers: dict[int, str], rows: Sequence[Row]) -> None:
        self._headers = headers
        self._blank = dict.fromkeys(headers.values())
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> TableRow: ...
    @overload
    def __getitem__(self, index: slice) -> TableRows: ...
    def __getitem__(self, index: int | slice) -> TableRow | TableRows:
        if isinstance(index, slice):
            return TableRows(self._headers, self._rows[index])
        return self._make(self._rows[index])

    def __iter__(self) -> Iterator[TableRow]:
        return map(self._make, self._rows)

    def _make(self, row: Row) -> TableRow:
        values: dict[str, str | None] = self._blank.copy()
        if row.kinds.count(CellKind.TEXT) == len(row.kinds):  # nearly every row
            values.update(zip(map(self._headers.__getitem__, row.columns), row.values, strict=True))
            return TableRow(row.number, values)
        problems: list[CellProblem] = []
        numbers: set[str] = set()
        for column, kind, value in zip(row.columns, row.kinds, row.values, strict=True):
            header = self._headers[column]
            values[header] = value
            if kind is CellKind.NUMBER:
                numbers.add(header)
            elif kind in (CellKind.ERROR, CellKind.FORMULA, CellKind.STRUCK):
                cell = row.cell(column)
                problems.append(
                    CellProblem(header, cell.ref, problem(cell) or "", kind is CellKind.FORMULA)
                )
        return TableRow(row.number, values, tuple(problems), frozenset(numbers))


@dataclass(frozen=True)
class Table:
    """A list as it was read.

    `kind` is xlsx, ods, csv or json. `skipped` holds what stood above the header, as (row
    number, text). `other_sheets` names the sheets with data that were not read; `properties` are
    the workbook's own. `hidden_rows` are those below the titles that the workbook does not
    show, and `merged` how many cells reached over several rows: what stands in one is in each.
    """

    kind: str
    headers: tuple[str, ...]
    rows: Sequence[TableRow]
    header_row: int = 0
    skipped: tuple[tuple[int, str], ...] = ()
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    has_macros: bool = False
    properties: Mapping[str, str] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    merged: int = 0


def _knows_none(_title: str) -> bool:
    return False


def _belongs_to_none(_above: str, _titles: Sequence[str]) -> bool:
    return False


def _beside_none(_titles: Mapping[int, str]) -> Mapping[int, str]:
    return {}


@dataclass(frozen=True)
class Titles:
    """What the reader knows of titles."""

    knows: Knows = _knows_none
    belongs: Belongs = _belongs_to_none
    beside: Beside = _beside_none


def read_table(
    path: Path,
    *,
    sheet: str | None = None,
    knows: Knows = _knows_none,
    belongs: Belongs = _belongs_to_none,
    beside: Beside = _beside_none,
) -> Table:
    """Read an .xlsx, .ods, .csv or .json list, whatever its name ends in.

    From a workbook `sheet` is read, else the first visible one with titles that `knows`, else
    the first with data. Blank rows are left out; text is stripped. What stands over several
    titles goes before them where it `belongs` there, or tells alike ones apart. FileFormatError
    when it is no list, has no header row or nothing below it; NotFoundError when there is no file
    or no such sheet.
    """
    path = Path(path)
    kind = file_kind(path)
    ours = Titles(knows, belongs, beside)
    if kind in (FileKind.XLSX, FileKind.ODS):
        return _from_workbook(path, sheet, ours)
    if sheet is not None:
        raise UsageError(
            _("{name} has no sheets.", name=path.name), _("Leave out {option}.", option="--sheet")
        )
    budget = Budget(path.name)
    if kind is FileKind.CSV:
        from frivillig_cli.formats.csv_read import read_csv

        return _table(path.name, "csv", read_csv(path, budget), ours)
    if kind is FileKind.JSON:
        from frivillig_cli.formats.json_table import read_json_rows

        headers, rows = read_json_rows(path, budget)
        return Table("json", headers, TableRows(dict(enumerate(headers, 1)), rows))
    if kind is FileKind.UNKNOWN:
        raise _no_list(path)
    raise refuse_kind(path, kind, lists=True)


def _no_list(path: Path) -> FileFormatError:
    """The refusal of what is neither a workbook nor text; of text with a NUL in it, by its line."""
    with path.open("rb") as stream:
        head = stream.read(64 * 1024)
    nul = head.count(0)
    odd = sum(byte < ord(" ") and byte not in b"\t\r\n" for byte in head)
    if nul and nul == odd and odd * 8 < len(head):
        line = head.count(b"\n", 0, head.index(0)) + 1
        why = _("line {line} holds a byte that is no letter (NUL)", line=line)
        return damaged(path.name, why)
    return FileFormatError(
        _("{name} is no list: neither a workbook nor text.", name=path.name),
        _("Ask for the list as .xlsx, .ods or .csv."),
    )


def _from_workbook(path: Path, wanted: str | None, ours: Titles) -> Table:
    from frivillig_cli.formats.xlsx_read import read_workbook

    book = read_workbook(path)
    filled = [sheet for sheet in book.sheets if sheet.rows]
    chosen: Sheet | None
    if wanted is None:
        seen = [sheet for sheet in filled if not sheet.hidden] or filled
        lists = (one for one in seen if len(one.rows) > 1 and _most_known(one.rows, ours.knows)[1])
        chosen = next(lists, seen[0])
    else:
        names = {sheet.name.casefold(): sheet for sheet in book.sheets}
        chosen = names.get(wanted.casefold())
    if chosen is None:
        raise NotFoundError(
            _("{name} has no sheet called «{sheet}».", name=path.name, sheet=echo(wanted)),
            _("It has: {sheets}.", sheets=", ".join(echo(one.name) for one in book.sheets)),
        )
    others = tuple(one.name for one in filled if one is not chosen and not one.hidden)
    table = _table(path.name, book.kind, list(chosen.rows), ours, chosen.merged)
    hidden = tuple(number for number in chosen.hidden_rows if number > table.header_row)
    table = replace(table, sheet=chosen.name, other_sheets=others, hidden_rows=hidden)
    return replace(table, has_macros=book.has_macros, properties=book.properties)


def _table(
    name: str, kind: str, rows: list[Row], ours: Titles, merged: Sequence[Merged] = ()
) -> Table:
    at = find_header(rows, ours.knows)
    if at is None:
        raise FileFormatError(
            _("{name} has no row with the names of its columns.", name=name),
            _("Put the names (such as navn, telefon) in the row above the first entry."),
        )
    below = rows[at + 1 :]
    if not below:
        raise FileFormatError(
            _("{name} has nothing below its header row.", name=name),
            _("Check that it is the right file."),
        )
    over = [one for one in merged if one[0] > rows[at].number]
    if over:
        below = filled_down(below, over)
    head = rows[at]
    groups = _groups(rows[at - 1], head, ours.belongs) if at else {}
    skipped = rows[: at - bool(groups)]
    head = _with(rows[at - 1], head) if groups else head  # what stands above alone is a title
    under = {} if groups or len(below) < 2 else _groups(head, below[0], ours.belongs)
    if under and set(under) == set(below[0].columns):  # Kontakt, and below it Navn and Tlf
        head, below, groups = _with(head, below[0]), below[1:], under
    used = {column for row in below for column in row.columns}
    headers = name_columns(head, used, groups or ours.beside(_words(head)))
    return Table(
        kind=kind,
        headers=tuple(headers.values()),
        rows=TableRows(headers, below),
        header_row=head.number,
        skipped=tuple((row.number, _joined(row)) for row in skipped),
        merged=len(over),
    )


def find_header(rows: Sequence[Row], knows: Knows = _knows_none) -> int | None:
    """The index of the header row: what is known as titles wins over what is only wide."""
    at, known = _most_known(rows, knows)
    if known > 1:
        return at
    wide = _first_wide(rows)
    if not known or (wide is not None and wide <= at):
        return wide
    # a title of one known word stands over the titles; a lone column has nothing under it
    found = rows[wide].values if wide is not None else ()
    return wide if any(map(knows, filter(None, found))) else at


def _most_known(rows: Sequence[Row], knows: Knows) -> tuple[int, int]:
    """Of the first rows that do not look like data: which has most known titles, and how many.

    The last row of all is no row of titles: it has nothing below.
    """
    best, first = (0, 0), 0
    for index, row in enumerate(rows[: min(_HEADER_WITHIN, len(rows) - 1)]):
        known = sum(
            1 for cell in row.cells if cell.kind is CellKind.TEXT and knows(cell.value or "")
        )
        data, wide = _data_cells(row), len(row.columns)
        if (data or known * 2 < wide) and wide <= first:
            continue  # an entry: its cells hold words that are titles elsewhere, such as Leder
        if known > best[1] and data * 2 < wide:
            best, first = (index, known), max(first, wide)
    return best


def _first_wide(rows: Sequence[Row]) -> int | None:
    """The first row that is wide enough and does not look like data."""
    if not rows:
        return None
    widest = max(len(row.columns) for row in rows[:_SAMPLE])
    enough = max(1, ceil(0.6 * widest))
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        if len(row.columns) >= enough:
            if _data_cells(row) * 2 < len(row.columns):
                return index
            # Passing over a full row of data would lose it; a narrower one is a title line.
            if len(row.columns) == widest:
                return None
    return None


def _groups(above: Row, header: Row, belongs: Belongs) -> dict[int, str]:
    """Column number -> what stands over its title, where that is needed to tell what it is.

    A cell over the titles goes for the columns up to the next one, as a merged one does.
    """
    titles = _words(header)
    starts = _words(above)
    if any(_is_data(cell) for cell in above.cells):
        return {}
    spans: dict[int, list[int]] = {}
    for column in sorted(titles):
        start = max((start for start in starts if start <= column), default=0)
        spans.setdefault(start, []).append(column)
    seen: set[str] = set()
    found: dict[int, str] = {}
    for start, columns in spans.items():
        mine = [titles[column] for column in columns]
        again = len(starts) > 1 and not seen.isdisjoint(title.casefold() for title in mine)
        if start and (again or belongs(starts[start], mine)):
            found |= dict.fromkeys(columns, starts[start])
        else:
            seen.update(title.casefold() for title in mine)
    return found


def _with(head: Row, under: Row) -> Row:
    """Two rows of titles as one, where the lower ones stand in place of what is over them."""
    cells = {cell.column: cell for row in (head, under) for cell in row.cells}
    kept = [cells[column] for column in sorted(cells)]
    return Row(
        under.number,
        tuple(cell.column for cell in kept),
        tuple(cell.kind for cell in kept),
        tuple(cell.value for cell in kept),
    )


def _words(row: Row) -> dict[int, str]:
    return {cell.column: " ".join((cell.value or "").split()) for cell in row.cells}


def name_columns(header: Row, used: set[int], groups: Mapping[int, str]) -> dict[int, str]:
    """Column number -> a name that no other column has; `(F)` where none was given.

    `groups` is what goes before the title of some columns.
    """
    given = {
        column: f"{groups[column]} {title}" if column in groups else title
        for column, title in _words(header).items()
    }
    names: dict[int, str] = {}
    taken: set[str] = set()
    for column in sorted(used | set(given)):
        base = given.get(column) or f"({column_letter(column)})"
        name, times = base, 1
        while name in taken:
            times += 1
            name = f"{base} ({times})"
        taken.add(name)
        names[column] = name
    return names


def _data_cells(row: Row) -> int:
    return sum(1 for cell in row.cells if _is_data(cell))


def _is_data(cell: Cell) -> bool:
    if cell.kind is not CellKind.TEXT:
        return True
    return looks_like_data(cell.value or "")


def looks_like_data(text: str) -> bool:
    """Whether a text is no title: a number, a phone, an e-mail or web address, a long text."""
    return len(text) > 120 or bool(_DATA_LIKE.match(text))


def _joined(row: Row) -> str:
    return " ".join(cell.value or "" for cell in row.cells)
