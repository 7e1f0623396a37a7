"""Workbooks back in: from files to forms, found by their keys whatever the file is called.

Nothing is judged here but whose form it is; what a cell means comes later. A file that cannot
be read is a refusal of that file with its name, never of the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from frivillig_cli.core.birthnumber import mask_birth_numbers
from frivillig_cli.core.errors import FileFormatError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.os_errors import why
from frivillig_cli.formats import cells
from frivillig_cli.formats.cells import CellKind, Note, Row, Sheet, Workbook
from frivillig_cli.formats.files import file_hash
from frivillig_cli.formats.xlsx_read import read_workbook
from frivillig_cli.records.survey.key import Key, looks_like_key, parse_key
from frivillig_cli.work.survey import marks
from frivillig_cli.work.survey.no_form import no_form
from frivillig_cli.work.survey.saved import saved

_NEVER = datetime.min.replace(tzinfo=UTC)  # of a file that could not be read
# What would be read as thousands if somebody had written it.
_THOUSANDTHS = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
COMMENT, DRAWN = "comment", "drawn"
_LOOKED_AT = 100  # rows of a sheet that is none of ours


class RawCell(NamedTuple):
    """One answer cell as it was found. `problem` is why it cannot be taken at its word.

    `now`: of a correction, what stood in the register when the list of them was written.
    `note`: it is a comment on the cell, or drawn over it. `head`: of one beside our columns, what
    heads its column.
    """

    sheet: str
    ref: str
    text: str
    problem: str | None = None
    now: str | None = None
    note: str = ""
    head: str = ""


@dataclass
class RawForm:
    """One organisation's cells in one file: field -> every cell that claims to be its answer.

    `whole`: a form for this organisation alone, which has been answered by coming back; `strays`
    are the answers in it that stand in a row with another form's key: they are nobody's. `lost`
    are those whose row says no more which form or which question they belong to. `outside` is what
    stands beside the answer cells and on other sheets, our own words among it, and comments;
    `noted` are the fields that have one.
    `correction`: from a workbook of rejected answers, where somebody has written what is right.
    """

    key: Key
    whole: bool
    sheet: str
    row: int
    correction: bool = False
    cells: dict[str, list[RawCell]] = field(default_factory=dict)
    strays: list[RawCell] = field(default_factory=list)
    lost: list[RawCell] = field(default_factory=list)
    outside: list[RawCell] = field(default_factory=list)
    noted: set[str] = field(default_factory=set)

    @property
    def in_table(self) -> bool:
        """Whether it is a row of a workbook for all."""
        return not (self.whole or self.correction)

    def add(self, name: str, cell: RawCell) -> None:
        """One more cell for a field."""
        self.cells.setdefault(name, []).append(cell)

    def join(self, other: RawForm) -> None:
        """What another sheet says for the same key."""
        for name, cells_ in other.cells.items():
            self.cells.setdefault(name, []).extend(cells_)
        self.strays += other.strays
        self.lost += other.lost
        self.outside += other.outside
        self.noted |= other.noted
        self.whole = self.whole or other.whole
        self.correction = self.correction and other.correction


@dataclass(frozen=True)
class ReadFile:
    """One file: its forms, or why there are none. `name` is as the person gave it.

    `title` is the survey that the file says it belongs to; `damaged` the cells whose key is cut
    or retyped; `keyless` what stands in rows of a workbook for all that have no key; `outside`
    what stands on its other sheets, our own words among it; `written`
    when it was last saved, as it says itself; `since` is earlier where that may be two times.
    """

    path: Path
    name: str
    sha256: str
    forms: tuple[RawForm, ...] = ()
    damaged: tuple[RawCell, ...] = ()
    keyless: tuple[RawCell, ...] = ()
    outside: tuple[RawCell, ...] = ()
    title: str = ""
    refusal: RefusedError | None = None
    has_macros: bool = False
    written: datetime = _NEVER
    since: datetime = _NEVER


def read_files(
    paths: Sequence[Path], advance: Callable[[int], object] = lambda n: None
) -> list[ReadFile]:
    """Read every file whole, before anything is changed; the later of two answers comes last."""
    read = []
    for path in paths:
        read.append(_read(path))
        advance(1)
    return sorted(read, key=lambda file: file.written)


def _read(path: Path) -> ReadFile:
    name = mask_birth_numbers(path.name)
    try:
        book = read_workbook(path)
        sha256 = file_hash(path)
    except RefusedError as refusal:
        if path.is_symlink():
            hint = _("It is a link to {target}: give the answer itself.", target=path.resolve())
            refusal = RefusedError(refusal.message, hint)
        return ReadFile(path, name, "", refusal=refusal)
    except OSError as error:
        return ReadFile(path, name, "", refusal=_unreadable(name, error))
    forms, damaged, keyless, outside = _forms(book)
    title = _title(book)
    if not forms and not damaged:
        return ReadFile(path, name, sha256, title=title, refusal=no_form(name, book))
    found = (tuple(forms), tuple(damaged), tuple(keyless), tuple(outside))
    since, written = saved(book, path)
    return ReadFile(
        path, name, sha256, *found, title, None, book.has_macros, written=written, since=since
    )


def _unreadable(name: str, error: OSError) -> FileFormatError:
    return FileFormatError(
        _("{file} could not be read: {why}.", file=name, why=why(error)),
        _("Close it if it is open in another program, and try again."),
    )


def _title(book: Workbook) -> str:
    stated = book.properties.get(marks.PROPERTY_TITLE)
    if stated:
        return stated
    for _sheet, cell in book.cells():
        if cell.value == marks.META_TITLE:
            return cells.text(_sheet.row(cell.row).cell(cell.column + 1))
    return ""


def _forms(
    book: Workbook,
) -> tuple[list[RawForm], list[RawCell], list[RawCell], list[RawCell]]:
    forms: list[RawForm] = []
    damaged: list[RawCell] = []
    keyless: list[RawCell] = []
    others: list[RawCell] = []
    for sheet in book.sheets:
        tables = list(_tables(sheet))
        for gathered in tables:
            forms += gathered.owned()
            damaged += gathered.damaged
            keyless += gathered.keyless
        if not (tables or sheet.hidden):
            others += _not_ours(sheet)
    whole = next((form for form in forms if form.whole), None)
    if whole:
        whole.outside += others
    elsewhere = [] if whole else others
    return _by_key(forms), damaged, keyless, elsewhere


def _not_ours(sheet: Sheet) -> list[RawCell]:
    """What stands on a sheet that is no form, nor the one that names the survey."""
    found = [cell for row in sheet.rows[:_LOOKED_AT] for cell in row.cells]
    if any(cell.value == marks.META_CODE for cell in found):
        return []
    name = mask_birth_numbers(sheet.name)
    notes = [_noted(name, note) for note in sheet.notes]
    return [*(RawCell(name, cell.ref, cells.text(cell)) for cell in found), *notes]


def _noted(sheet: str, note: Note) -> RawCell:
    return RawCell(sheet, note.ref, note.text, note=DRAWN if note.drawn else COMMENT)


def _by_key(forms: Iterable[RawForm]) -> list[RawForm]:
    """One form for each key: in a copied sheet every answer stands once more."""
    found: dict[Key, RawForm] = {}
    for form in forms:
        first = found.setdefault(form.key, form)
        if first is not form:
            first.join(form)
    return list(found.values())


def _tables(sheet: Sheet) -> Iterator[_Table]:
    """The tables of a sheet: each begins at a header row with our ids."""
    heads = [row for row in sheet.rows if _may_head(row) and _is_head(_columns(row))]
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        table = _Table(sheet, _columns(head), head.number + marks.HEADINGS)
        for row in sheet.rows:
            if row.number > head.number and (following is None or row.number < following.number):
                table.take(row)
        for note in sheet.notes:
            above = note.row < head.number
            if (head is heads[0] or not above) and (
                following is None or note.row < following.number
            ):
                table.note(sheet.row(note.row), note)
        yield table


def _may_head(row: Row) -> bool:
    """A quick look before the cells are read one by one: few rows hold the id of the key."""
    return any(value is not None and marks.KEY in value for value in row.values)


def _is_head(columns: Mapping[str, int]) -> bool:
    """Whether a row says whose its rows are, and, where each is an answer, to which question."""
    answers = marks.ANSWER in columns or marks.CORRECTION in columns
    return marks.KEY in columns and (marks.FIELD in columns or not answers)


def _columns(row: Row) -> dict[str, int]:
    """Our header ids in a row -> column. A column that stands twice is its first."""
    found: dict[str, int] = {}
    for cell in row.cells:
        text = cells.text(cell).strip()
        if text.startswith(marks.PREFIX):
            found.setdefault(text, cell.column)
    return found


class _Table:
    """Gathers the rows below one header into forms by key."""

    def __init__(self, sheet: Sheet, columns: dict[str, int], headed: int) -> None:
        self.forms: dict[Key, RawForm] = {}
        self.damaged: list[RawCell] = []
        self._lost: list[RawCell] = []
        self._outside: list[RawCell] = []
        self.keyless: list[RawCell] = []
        self._sheet = sheet
        self._headed = headed  # the last row of headings
        self._heads: dict[int, str] = {}  # column -> what heads it
        self._name = mask_birth_numbers(sheet.name)
        self._columns = columns
        self._known = frozenset(columns.values())
        self._answer = columns.get(marks.ANSWER, columns.get(marks.CORRECTION))
        self._now = columns.get(marks.NOW)
        self._long = marks.FIELD in columns and self._answer is not None
        self._keys: dict[str, Key | None] = {}
        self._whole = marks.FIELD in columns and marks.ANSWER in columns

    def owned(self) -> list[RawForm]:
        """The forms. One for an organisation alone has one owner: the one whose rows are most."""
        forms = list(self.forms.values())
        if self._whole and forms:
            forms[0].lost += self._lost
            forms[0].outside += self._outside
        if not self._whole or len(forms) < 2:
            return forms
        owner = max(forms, key=lambda form: sum(map(len, form.cells.values())))
        for other in forms:
            if other is not owner:
                owner.strays += [cell for cells_ in other.cells.values() for cell in cells_]
                owner.outside += other.outside
        return [owner]

    def take(self, row: Row) -> None:
        """One row: an answer of a form, or a whole organisation."""
        text = row.text(self._columns[marks.KEY])
        if text not in self._keys:
            self._keys[text] = parse_key(text)
        key = self._keys[text]
        key_cell = row.cell(self._columns[marks.KEY])
        if key is not None and key_cell.kind is not CellKind.STRUCK and cells.problem(key_cell):
            key = None
        if self._whole:
            self._look_beside(row, keyed=bool(text.strip()))
        if key is None:
            if looks_like_key(text):
                self.damaged.append(RawCell(self._name, key_cell.ref, text))
            else:
                self._take_keyless(row)
            return
        form = self.forms.get(key)
        if form is None:
            in_table = self._long and not self._whole
            form = RawForm(key, self._whole, self._name, row.number, in_table)
            self.forms[key] = form
        if self._long and self._answer is not None:
            name = row.text(self._columns[marks.FIELD]).strip()
            cell = self._cell(row, self._answer, self._now)
            if name:
                form.add(name, cell)
            elif self._whole and cell.text.strip():
                self._lost.append(cell)
            return
        self._look_around(row, form)
        for name, column in self._columns.items():
            if name != marks.KEY:
                known = name if name == marks.TICK else name.removeprefix(marks.PREFIX)
                form.add(known, self._cell(row, column))

    def note(self, row: Row, note: Note) -> None:
        """A comment: of the form and the field whose row or cell it stands at."""
        said = _noted(self._name, note)
        key = self._keys.get(row.text(self._columns[marks.KEY]))
        form = self.forms.get(key) if key else None
        if form is None:
            (self._outside if self._whole else self.keyless).append(said)
            return
        form.outside.append(said)
        at = [name for name, column in self._columns.items() if column == note.column]
        name = row.text(self._columns[marks.FIELD]) if self._long else "".join(at)
        name = name.strip()
        form.noted.add(name if name == marks.TICK else name.removeprefix(marks.PREFIX))

    def _look_beside(self, row: Row, *, keyed: bool) -> None:
        """Keep what stands where no answer is read."""
        key, field = self._columns[marks.KEY], self._columns[marks.FIELD]
        answer = self._answer if keyed or row.text(field).strip() else None
        for column in row.columns:
            if column not in (key, field, answer):
                self._keep_outside(row, column, self._outside)

    def _look_around(self, row: Row, form: RawForm) -> None:
        """Keep what stands in a row of a workbook for all and in none of its columns."""
        for column in row.columns:
            if column not in self._known:
                self._keep_outside(row, column, form.outside)

    def _keep_outside(self, row: Row, column: int, outside: list[RawCell]) -> None:
        text = row.text(column)
        if text.strip():
            ref = cells.ref_of(row.number, column)
            outside.append(RawCell(self._name, ref, text, head=self._heads.get(column, "")))

    def _take_keyless(self, row: Row) -> None:
        """Keep what is answered in a row that does not say whose it is."""
        if self._answer is not None:
            cell = self._cell(row, self._answer)
            if cell.text.strip() and row.text(self._columns[marks.FIELD]).strip():
                (self._lost if self._whole else self.keyless).append(cell)
            return
        said = [cell for cell in row.cells if cells.text(cell).strip()]
        if row.number <= self._headed:
            self._heads |= {cell.column: cells.text(cell).strip() for cell in said}
        elif said:
            self.keyless += [RawCell(self._name, one.ref, cells.text(one).strip()) for one in said]

    def _cell(self, row: Row, column: int, now: int | None = None) -> RawCell:
        cell = row.cell(column)
        stood = None if now is None else row.text(now)
        text = cells.text(cell)
        if cell.kind is CellKind.NUMBER and _THOUSANDTHS.fullmatch(text):
            text = text.replace(".", ",")  # a fraction, as Norwegian programs show it
        return RawCell(self._name, cell.ref, text, cells.problem(cell), stood)
