"""Sheets: papers to work on, such as a call list with its cover and log, in one document.

Made to be read at night on a bad print: black and white, text of 11 points or more, phone
numbers of 13 or more, header rows and page numbers on each page, no row split between pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from frivillig_cli.documents.taps import Taps


@dataclass(frozen=True)
class Phone:
    """A phone number as E.164; shown in pairs, and in HTML a link that dials."""

    number: str
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """Somebody or something in two lines: the name with a word after it; what is said of it."""

    name: str
    word: str = ""
    below: str = ""


Cell = str | Phone | Entry
Value = Cell | tuple[Cell, ...]  # several stand below each other


@dataclass(frozen=True)
class Column:
    """A column: `mm` wide, or with a `share` of the width that is left.

    Kinds: `text`, `number` (right-aligned), `phone` (large), `code` (bold), `box` (a box to tick
    in every row, with the column's title in it), `write` (room to write in; a value given is
    printed).
    """

    title: str
    mm: float = 0
    share: float = 1
    kind: Literal["text", "number", "phone", "code", "box", "write"] = "text"


@dataclass(frozen=True)
class Table:
    """Rows under a header that is repeated on each page.

    `blank_rows` empty rows follow, to write in. With `taps` each row is one to give answers for,
    where the sheets take any. Rows whose index is in `struck` are struck
    through, and stay readable. `legend` and `key` (what short forms stand for) are printed at
    the foot of each page.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...] = ()
    blank_rows: int = 0
    struck: frozenset[int] = frozenset()
    caption: str = ""
    legend: str = ""
    key: str = ""
    taps: bool = False


@dataclass(frozen=True)
class Facts:
    """Label and value pairs; `big` ones are read across a room. A value may be several lines."""

    rows: tuple[tuple[str, Value], ...]
    big: bool = False


@dataclass(frozen=True)
class Boxes:
    """A row of `count` large boxes to cross off, such as one for each yes, and what to do then."""

    label: str
    count: int
    note: str = ""


@dataclass(frozen=True)
class Text:
    """A paragraph. `say` is framed and large: words to read aloud. `note` is set smaller."""

    text: str
    kind: Literal["paragraph", "say", "note", "heading"] = "paragraph"


@dataclass(frozen=True)
class Items:
    """A list; with `boxes` each item is one to tick off."""

    items: tuple[str, ...]
    boxes: bool = False


SheetBlock = Table | Facts | Boxes | Text | Items


@dataclass(frozen=True)
class Section:
    """A part that begins on a new page, upright or `wide`.

    One that `follows` begins where the part before it ends, if that is turned the same way.
    `on_paper`: a sheet to write on by hand, which is of no use on a screen.
    """

    title: str
    blocks: tuple[SheetBlock, ...]
    wide: bool = False
    on_paper: bool = False
    follows: bool = False


@dataclass(frozen=True)
class Sheets:
    """The whole document. `frame` (such as ØVELSE) is framed on top of every page.

    `data_as_of` and `printed` are the times as they are to be read, `too_old` the day after which
    nobody should trust them, `day` the date that the
    file itself states; `owner` is who is responsible for the sheets;
    `sms_text` is put in the HTML's links that write a message. With `taps`, answers are tapped on
    the page at each row of a table that has a `code`.
    """

    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    frame: str = ""
    owner: str = ""
    data_as_of: str = ""
    printed: str = ""
    too_old: str = ""
    sms_text: str = ""
    day: date | None = None
    taps: Taps | None = None
