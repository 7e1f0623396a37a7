"""Lines that begin with a number: a day and its month, or the items of an ordered list.

Markdown takes `15. mars` for item 15 of a list, and counts on from there whatever is written below.
A reader is told the numbers that were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from frivillig_cli.core.patterns import later

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_DAY = later(
    r"\d{1,2}\.[ \t]+(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november"
    r"|desember|january|february|march|may|june|july|october|december"
    r"|jan\.|feb\.|apr\.|aug\.|sept?\.|okt\.|nov\.|des\.)(?!\w)",
    re.IGNORECASE,
)


def begins_with_a_day(text: str) -> bool:
    """Whether a line of text begins with a day of a month, such as `15. mars`."""
    return text[:1].isdigit() and _DAY.match(text) is not None


def let_days_be(parser: MarkdownIt) -> None:
    """Have the parser read a line that begins with a day of a month as text, not as an item."""
    from markdown_it.rules_block import list_block

    def items(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        return not _is_day(state, line) and list_block(state, line, end, silent)

    before = {"alt": ["paragraph", "reference", "blockquote"]}
    parser.block.ruler.at("list", items, before)
    parser.block.ruler.before("list", "day", _ends_a_list, {"alt": ["paragraph", "list"]})


def _is_day(state: StateBlock, line: int) -> bool:
    start = state.bMarks[line] + state.tShift[line]
    text = state.src[start : state.eMarks[line]]
    return begins_with_a_day(text)


def _ends_a_list(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """Where a day stands below a list and not in its item, it is below the list."""
    out = state.parentType == "list" or state.sCount[line] < state.blkIndent
    return silent and out and _is_day(state, line)


def as_counted(numbers: Sequence[int]) -> bool:
    """Whether the numbers of a list are what counting on from the first gives.

    A list where each item is 1 counts too: so it is written where a loop makes it.
    """
    first = numbers[0]
    return set(numbers) == {1} or list(numbers) == list(range(first, first + len(numbers)))


def runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where the parts of a list that count on begin and end."""
    if as_counted(numbers):
        yield 0, len(numbers)
        return
    start = 0
    for n in range(1, len(numbers) + 1):
        if n == len(numbers) or numbers[n] != numbers[n - 1] + 1:
            yield start, n
            start = n
