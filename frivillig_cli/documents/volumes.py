"""How letters in one file are parted into volumes, by the memory that it takes to typeset them.

The typesetter holds all of a file at once. What its parts take was measured, in kilobytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.tree import Block, Inline

LETTERS_IN_VOLUME = 200
_ROOM, _FOR_ONE, _LEAST = 290_000, 8, 100_000  # all of it; what each in the batch takes of it
_LETTER, _BLOCK, _ITEM, _CELL, _INLINE, _CHARACTER = 450, 10, 30, 28, 2, 0.2


def weight(letter: Letter) -> int:
    """Kilobytes that the typesetter takes for a letter in a file with others."""
    return round(_LETTER + _blocks(letter.document.blocks))


def parted(weights: Sequence[int]) -> Iterator[int]:
    """How many letters each volume holds, in their order. A large batch takes room of its own."""
    room = max(_LEAST, _ROOM - _FOR_ONE * len(weights))
    count, taken = 0, 0
    for one in weights:
        if count and (count == LETTERS_IN_VOLUME or taken + one > room):
            yield count
            count, taken = 0, 0
        count, taken = count + 1, taken + one
    yield count


def _blocks(blocks: Iterable[Block]) -> float:
    taken = 0.0
    for block in blocks:
        taken += _BLOCK + _inlines(block.children) + _blocks(block.blocks)
        taken += sum(_ITEM + _blocks(item) for item in block.items)
        taken += sum(
            _CELL + _inlines(c.children) for row in (block.header, *block.rows) for c in row
        )
    return taken


def _inlines(children: Iterable[Inline]) -> float:
    return sum(_INLINE + _CHARACTER * len(one.text) + _inlines(one.children) for one in children)
