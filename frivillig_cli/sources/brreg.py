"""Answers of Brønnøysundregistrene that somebody has saved, read unit by unit.

One page of a search, several pages after one another or in an array, a bare array, one unit, the
national files (JSON array or the 90-column CSV), each plain or gzipped; and pages of
Frivillighetsregisteret. Streamed: the memory does not grow with the file.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.core.i18n import _
from frivillig_cli.sources.searches import Searches
from frivillig_cli.sources.stream import is_packed, open_text, read_values
from frivillig_cli.sources.unit import Unit, municipalities, orgnr_of, parse_unit
from frivillig_cli.sources.updates import FEED_LISTS

# No search goes deeper (size × page ≤ 10,000): a file with more is the whole register's.
SEARCH_DEPTH = 10_000
_UNIT_LISTS = ("enheter", "underenheter", "frivilligeOrganisasjoner")
# What only other answers have beside a number.
_NO_UNIT = frozenset(("_embedded", "endringstype", "rollegrupper"))
# Answers that hold no units: the feed, the roles of one unit, an error.
OTHERS = ("feed", "roles", "error")
_CSV_TITLES = {"organisasjonsnummer", "organisasjonsform.kode"}
_CELL_LIMIT = 1 << 20
# Pages that were slurped into an array hold arrays; nothing of the registers is deeper.
_LISTS_IN_LISTS = 4


@dataclass
class Elsewhere:
    """Units outside the municipality: each with its row and where, until they are too many.

    In a file of the whole register they are only counted (`filtered`): they are no rows of it.
    """

    rows: list[tuple[int, str]] = field(default_factory=list)
    filtered: int = 0

    def add(self, row: int, places: Mapping[str, str]) -> None:
        """Note one unit that lies in `places` (number → name)."""
        if self.filtered or len(self.rows) >= SEARCH_DEPTH:
            self.filtered += len(self.rows) + 1
            self.rows.clear()
        else:
            self.rows.append((row, " ".join(next(iter(places.items()))).strip()))


@dataclass
class Answer:
    """A saved answer. Iterate once: `(row, Unit)` of the units in `municipality` (None: all).

    `row` counts units from 1; in a CSV it counts records with the header as 1. `pages` (0 for
    what has none), `units` and `elsewhere` are complete when the iteration is. `progress` is
    called with 1000 after every thousand units. `cells` are rows of a spreadsheet made from the
    CSV (see `is_unit_table`), in place of the file's own content. Units whose number is in `held`
    are given wherever they lie. `other(kind, value)` is handed what holds no units (see OTHERS);
    without it such a file is refused. `searches` are the pages that it holds.
    """

    path: Path
    municipality: str | None = None
    progress: Callable[[int], None] | None = None
    cells: Iterable[tuple[int, Mapping[str, str | None]]] | None = None
    held: Container[str] = ()
    other: Callable[[str, Mapping[str, Any]], None] | None = None
    pages: int = 0
    units: int = 0
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    searches: Searches = field(default_factory=Searches)

    def __iter__(self) -> Iterator[tuple[int, Unit]]:
        for row, raw in self._raws():
            self.units += 1
            if self.progress and self.units % 1000 == 0:
                self.progress(1000)
            places = municipalities(raw) if self.municipality else {}
            away = places and self.municipality not in places
            if away and not (self.held and orgnr_of(raw) in self.held):
                self.elsewhere.add(row, places)
            else:
                yield row, parse_unit(raw, self.municipality)

    def _raws(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        if self.cells is not None:
            for number, cells in self.cells:
                yield number, _unit_from_cells({t.lower(): text for t, text in cells.items()})
            return
        if recognise(self.path, others=self.other is not None) == "csv":
            yield from enumerate(_csv_units(self.path), start=2)
            return
        row = 0
        for value in read_values(self.path):
            if _kind(value) == "unit":
                row += 1
                yield row, value
                continue
            for raw in self._units_in(value):
                row += 1
                yield row, raw

    def _units_in(self, value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
        if isinstance(value, list) and depth < _LISTS_IN_LISTS:
            for item in value:
                yield from self._units_in(item, depth + 1)
            return
        kind = _kind(value)
        if kind == "unit":
            yield value
        elif kind == "page":
            self.pages += 1
            embedded = value.get("_embedded") or {}
            if not isinstance(embedded, Mapping):
                raise _not_units(self.path)
            listed = [embedded.get(name) or [] for name in _UNIT_LISTS]
            if not all(isinstance(units, list) for units in listed):
                raise _not_units(self.path)
            self.searches.note(value, sum(map(len, listed)))
            for unit in chain.from_iterable(listed):
                if _kind(unit) != "unit":
                    raise _not_units(self.path)
                yield unit
        elif self.other and kind in OTHERS:
            self.other(str(kind), value)
        else:
            raise refusal(kind, value, self.path)


def recognise(path: Path, *, others: bool = False) -> str | None:
    """`json` or `csv` for an answer of the registers (also one that holds no units); else None.

    Raises FileFormatError, saying what it is, for the registers' other answers: updates, roles,
    an error; with `others` they are `json` too. What is not text at all is None.
    """
    try:
        with open_text(path) as text:
            head = text.read(8192)
    except UnicodeError:
        return None
    except FileFormatError:
        if not path.is_file() or is_packed(path):  # nothing else that is taken in is packed
            raise
        return None
    start = head.lstrip()[:1]
    if start not in ("[", "{"):
        return "csv" if _delimiter(path, head) else None
    try:
        first = next(read_values(path), None)
    except FileFormatError:
        # a broken answer is refused as what it is, when it is read
        return "json" if '"organisasjonsnummer"' in head or '"_embedded"' in head else None
    kind = _kind(first[0] if isinstance(first, list) and first else first)
    if kind in OTHERS and not others:
        raise refusal(kind, first, path)
    return "json" if kind in ("unit", "page", *OTHERS) else None


def _delimiter(path: Path, head: str) -> str | None:
    """The delimiter of the register's CSV; None for another file.

    The register's own has commas. What a spreadsheet has saved since is read as any list is, with
    its encoding found out, unless it is packed.
    """
    titles = head.partition("\n")[0]
    marks = ",;\t" if is_packed(path) else ","
    return next((mark for mark in marks if is_unit_table(titles.split(mark))), None)


def is_unit_table(titles: Iterable[str]) -> bool:
    """Whether columns are those of the register's CSV, whatever program has saved it since."""
    return _CSV_TITLES.issubset(title.strip().strip('"').lower() for title in titles)


def _kind(value: Any) -> str | None:
    """unit, page, feed, roles, error, or None for what the registers do not answer."""
    if type(value) is not dict:
        return None
    number = value.get("organisasjonsnummer")
    if type(number) is str and number.strip() and _NO_UNIT.isdisjoint(value):
        return "unit"  # nearly all of the national file
    embedded = value.get("_embedded")
    keys = embedded.keys() if isinstance(embedded, Mapping) else ()
    href = str(value.get("_links"))
    if any(key in keys for key in FEED_LISTS) or "endringstype" in value:
        return "feed"
    if "rollegrupper" in value:
        return "roles"
    if any(key in keys for key in _UNIT_LISTS):
        return "page"
    if orgnr_of(value):
        return "unit"
    if "/oppdateringer/" in href:
        return "feed"
    if "_links" in value and ("page" in value or "frivillige-organisasjoner" in href):
        return "page"
    return "error" if "status" in value and ("feilmelding" in value or "error" in value) else None


def refusal(kind: str | None, value: Any, path: Path) -> FileFormatError:
    """Why a value that is no unit cannot be taken in, said as what it is."""
    if kind == "feed":
        return FileFormatError(
            _(
                "{file} is a list of updates, which says that units changed, not how.",
                file=path.name,
            ),
            _("Compare your register with it: frivillig org sync --from {file}", file=path.name),
        )
    if kind == "roles":
        return FileFormatError(
            _("{file} holds the roles of one unit, not units.", file=path.name),
            _("Compare your register with it: frivillig org sync --from {file}", file=path.name),
        )
    if kind == "error":
        return FileFormatError(
            _(
                "{file} is an error answer from the register ({status}), not units.",
                file=path.name,
                status=str(value.get("status"))[:20],
            ),
            _("Check the address that was asked, and save the answer anew."),
        )
    return _not_units(path)


def _not_units(path: Path) -> FileFormatError:
    return FileFormatError(
        _("{file} holds something that is no unit of Enhetsregisteret.", file=path.name),
        _("Save the answer of a search as it is, without changing it."),
    )


def _csv_units(path: Path) -> Iterator[Mapping[str, Any]]:
    """Units of the bulk CSV, in the shape of the JSON; its names differ from it in case."""
    with open_text(path) as text:
        before = csv.field_size_limit(_CELL_LIMIT)
        try:
            first = text.readline(_CELL_LIMIT)
            delimiter = _delimiter(path, first) or ","
            reader = csv.reader(chain([first], text), delimiter=delimiter)
            header = [name.strip().lower() for name in next(reader)]
            for cells in reader:
                if len(cells) > len(header):
                    raise csv.Error("too many cells")
                if any(cells):
                    yield _unit_from_cells(dict(zip(header, cells, strict=False)))
        except csv.Error as error:
            raise FileFormatError(
                _("{file} is cut off or damaged.", file=path.name),
                _("Save or download it anew, and wait until it is done."),
            ) from error
        except UnicodeError as error:
            raise FileFormatError(
                _("{file} is not UTF-8 text.", file=path.name),
                _("Save or download it anew, without opening it in between."),
            ) from error
        finally:
            csv.field_size_limit(before)


_FLAT = (
    "organisasjonsnummer",
    "navn",
    "epostadresse",
    "telefon",
    "mobil",
    "hjemmeside",
    "maalform",
    "stiftelsesdato",
    "aktivitet",
    "registrertIFrivillighetsregisteret",
    "konkurs",
    "konkursdato",
    "underAvvikling",
    "underTvangsavviklingEllerTvangsopplosning",
    "slettedato",
)
_ADDRESS = ("adresse", "postnummer", "poststed", "kommune", "kommunenummer", "landkode")


def _unit_from_cells(cells: Mapping[str, str | None]) -> dict[str, Any]:
    raw: dict[str, Any] = {name: cells.get(name.lower()) for name in _FLAT}
    raw["organisasjonsform"] = {"kode": cells.get("organisasjonsform.kode")}
    for key in ("postadresse", "forretningsadresse"):
        raw[key] = {name: cells.get(f"{key}.{name}") for name in _ADDRESS}
    return raw
