"""How wide the columns of a table are, so that no word is parted that has room for itself."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from frivillig_cli.documents.together import held, is_address, is_number, up_to_signs, wide
from frivillig_cli.documents.tree import Cell, printed

_ACROSS = 92  # characters of a table, on a line
_MARGINS = 2  # characters: the room beside a cell's text
_LONGEST = 45  # characters of a word that has a column's room, where there is room for all
_LONG_WORD = 26  # as many of a number or an address
_FIRST_PART = 8  # and of any where there is room for few
_NARROWEST = 3
_SMALLEST = 0.77  # of the size of a table's text: 8 points


class _Word(NamedTuple):
    """A word that may need a column's room: how wide it is, and the widest part up to a sign."""

    width: int
    part: int
    number: bool
    address: bool


class Columns(NamedTuple):
    """How wide a table's columns are to each other, and how large its text is to what is usual.

    `holds`: how wide a word may be, in characters, in each column, that needs no place to break.
    """

    shares: list[int]
    size: float
    holds: list[int]


def columns(rows: Sequence[Sequence[Cell]]) -> Columns:
    """The columns of a table, by their longest texts.

    Each has room for its longest word, where all can; else for its numbers, for which the text
    is smaller where it must, and for as much as there is room for of its other words. Addresses
    are parted at their signs before words are.
    """
    told = [_words_of([row[n] for row in rows]) for n in range(len(rows[0]))]
    size = _text_size(told)
    across = _ACROSS / size
    tried = (_room(told, most, needs) for most, needs in _WAYS)
    room = next((room for room in tried if sum(room) <= across), [])
    shares = _shares(rows, room, across)
    has = across / sum(shares)
    holds = [max(_NARROWEST, int(share * has + 0.01) - _MARGINS) for share in shares]
    return Columns(shares, size, holds)


def _shares(rows: Sequence[Sequence[Cell]], room: Sequence[int], across: float) -> list[int]:
    widest = [max(len(printed(row[n].children)) for row in rows) for n in range(len(rows[0]))]
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


def _text_size(told: list[list[_Word]]) -> float:
    """As usual, or smaller where a number would be parted."""
    if not any(word.number for column in told for word in column):
        return 1
    return max(_SMALLEST, min(1, _ACROSS / sum(_room(told, _FIRST_PART, _needed_at_least))))


def _needed(word: _Word, most: int) -> int:
    if word.number:
        return min(_LONG_WORD, word.width)
    if word.address:
        return min(_LONG_WORD, word.width if word.width <= most else word.part)
    return word.width if word.width <= most else min(most, word.part)


def _needed_at_least(word: _Word, most: int) -> int:
    return min(_LONG_WORD, word.width) if word.number else min(most, word.part)


def _needed_in_parts(word: _Word, most: int) -> int:
    return min(_LONG_WORD if word.number else most, word.part)


_Needs = Callable[[_Word, int], int]
# From all words whole to numbers parted at their signs.
_WAYS: list[tuple[int, _Needs]] = [
    *((most, _needed) for most in range(_LONGEST, _FIRST_PART - 1, -1)),
    (_FIRST_PART, _needed_at_least),
    (_FIRST_PART, _needed_in_parts),
]


def _room(told: list[list[_Word]], most: int, needs: _Needs) -> list[int]:
    """How wide, in characters, each column must be for its words, up to `most` of each."""
    return [max(needs(word, most) for word in column) + _MARGINS for column in told]


def _words_of(cells: Sequence[Cell]) -> list[_Word]:
    """The words of a column, each once; the head's are bold."""
    found = {word: wide(word) for cell in cells[1:] for word in words(cell)}
    for word in words(cells[0]):
        found[word] = max(found.get(word, 0), round(1.06 * wide(word)))
    return [
        _Word(width, max((wide(part) for part in up_to_signs(word)), default=0),
              is_number(word), is_address(word))
        for word, width in found.items()
    ]  # fmt: skip


def words(cell: Cell) -> list[str]:
    """What of a cell may stand on lines of its own."""
    return held(printed(cell.children)).split(" ")
