"""How wide the columns of a table are, so that no word is parted that has room for itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from frivillig_cli.documents.together import NO_BREAK, held
from frivillig_cli.documents.tree import Cell, plain

_ACROSS = 92  # characters of a table, on a line
_IN_CELL = 16  # characters of a word that has a column's room, where there is room for few
_LONG_WORD, _FIRST_PART = 26, 8  # as many where there is room for all, and for none
_SMALLEST = 0.75  # of the size of a table's text
_Told = list[list[list[str]]]  # the words of each cell of each row


class Columns(NamedTuple):
    """How wide a table's columns are to each other, and how large its text is to what is usual.

    `holds`: how many characters a word may have, in each column, that needs no place to break.
    """

    shares: list[int]
    size: float
    holds: list[int]


def columns(rows: Sequence[Sequence[Cell]]) -> Columns:
    """The columns of a table, by their longest texts.

    Each has room for its longest word, where all can; else for its phone numbers and amounts,
    for which the text is smaller where it must.
    """
    told = [[words(cell) for cell in row] for row in rows]
    size = _text_size(told)
    across = _ACROSS / size
    tried = ((most, _room(told, most)) for most in (_LONG_WORD, _IN_CELL, _FIRST_PART))
    most, room = next(((most, room) for most, room in tried if sum(room) <= across), (0, []))
    shares = _shares(rows, room, across)
    # a little less than the column has on average, for words of wide letters
    least, has = min(_IN_CELL, max(most, _FIRST_PART)), across * 0.9 / sum(shares)
    return Columns(shares, size, [max(least, int(share * has) - 2) for share in shares])


def _shares(rows: Sequence[Sequence[Cell]], room: Sequence[int], across: float) -> list[int]:
    widest = [max(len(plain(row[n].children)) for row in rows) for n in range(len(rows[0]))]
    # Four more for the cells' margins, which weigh most in narrow columns.
    shares = [max(6, min(40, width)) + 4 for width in widest]
    narrow: set[int] = set()
    while room:
        # what the narrow ones need is theirs; the others share the rest
        left = across - sum(room[n] for n in narrow)
        whole = sum(share for n, share in enumerate(shares) if n not in narrow)
        more = {
            n for n, share in enumerate(shares)
            if n not in narrow and share * left < room[n] * whole
        }  # fmt: skip
        if not more:
            break
        narrow |= more
    if not narrow:
        return shares
    return [
        room[n] * 100 if n in narrow else int(share * left * 100 / whole)
        for n, share in enumerate(shares)
    ]


def _text_size(told: _Told) -> float:
    """As usual, or smaller where a number would be parted."""
    if not any(NO_BREAK in word for row in told for cell in row for word in cell):
        return 1
    return max(_SMALLEST, min(1, _ACROSS / sum(_room(told, _FIRST_PART))))


def _room(told: _Told, most: int) -> list[int]:
    """How wide, in characters, each column must be for its longest word, up to `most`.

    What is never parted needs its room whatever it is.
    """
    return [
        max(min(_LONG_WORD if NO_BREAK in word else most, len(word))
            for row in told for word in row[n]) + 2
        for n in range(len(told[0]))
    ]  # fmt: skip


def words(cell: Cell) -> list[str]:
    """What of a cell may stand on lines of its own."""
    return held(plain(cell.children)).split(" ")
