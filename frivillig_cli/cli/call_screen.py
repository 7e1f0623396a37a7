"""What the call mode shows: whom to ring, what to say, one key an outcome, how far it has come.

Pure: from what is known to lines of text for a width and a height. The number comes first: where
there is little room, it is what is left.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from frivillig_cli.core.errors import FrivilligError

_DIGITS = {
    "0": "111101101101111", "1": "010110010010111", "2": "111001111100111",
    "3": "111001111001111", "4": "101101111001001", "5": "111100111001111",
    "6": "111100111101111", "7": "111001001001001", "8": "111101111101111",
    "9": "111101111001111", "+": "000010111010000",
}  # fmt: skip
_BLOCKS = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
BAR = "█░"
MOST_BAR = 12
ROOMY = 27  # lines from which the number is drawn twice as large


class Line(NamedTuple):
    """One line of the screen: `style` is number, strong, dim, warning, or nothing."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class Shown:
    """All that is on the screen, in words; what is empty is not shown.

    `number` is the one to ring, as people read it; `about` are lines on the person; `bars` are
    (need, confirmed, needed).
    """

    title: str
    right: str
    mark: str = ""
    labels: tuple[str, str] = ("", "")
    name: str = ""
    place: str = ""
    number: str = ""
    instead: str = ""
    about: Sequence[str] = ()
    say: str = ""
    blocked: Sequence[str] = ()
    keys: Sequence[str] = ()
    bars: Sequence[tuple[str, int, int]] = ()
    tally: str = ""
    last: str = ""
    prompt: str = ""
    warning: str = ""
    plain: bool = False


def lines(shown: Shown, width: int, height: int) -> list[Line]:
    """The screen in at most `height` lines of at most `width` characters."""
    width = max(width, 20)
    foot = _foot(shown, width)
    for large, blanks, script in ((2, 1, 1), (1, 1, 1), (1, 0, 1), (1, 0, 0), (0, 0, 0)):
        if large == 2 and height < ROOMY:
            continue
        whole = _head(shown, width) + _body(shown, width, large, blanks, script) + foot
        if len(whole) <= height:
            break
    return whole[:height]


def _head(shown: Shown, width: int) -> list[Line]:
    gap = width - len(shown.title) - len(shown.right) - 2
    top = f" {shown.title}{' ' * gap}{shown.right} " if gap > 0 else f" {shown.title}"
    return [
        Line(top, "strong"),
        *([Line(_centred(shown.mark, width), "strong")] * bool(shown.mark)),
    ]


def _centred(text: str, width: int) -> str:
    return f" {text} ".center(width, "*")


def _body(shown: Shown, width: int, large: int, blanks: int, script: int) -> list[Line]:
    call, say = shown.labels
    indent = max(len(call), len(say)) + 5
    blank = [Line("")] * blanks
    if not shown.name:
        told = [part for text in shown.blocked for part in _wrapped(text, width, 2)]
        return [*blank, *(Line(part) for part in told), *blank]
    head = f"  {call:<{indent - 2}}{shown.name}"
    room = width - len(head) - len(shown.place) - 2
    head = f"{head}{' ' * room}{shown.place}" if room > 0 else head
    found = [*blank, Line(head, "strong")]
    about = [part for text in shown.about for part in _wrapped(text, width, indent)]
    number = _number(shown, width, indent, large, blank)
    said = [Line(part) for part in _wrapped(f"«{shown.say}»", width, indent)] if script else []
    if said:
        said[0] = Line(f"  {say:<{indent - 2}}{said[0].text[indent:]}")
    return [*found, *number, *(Line(part) for part in about), *blank, *said, *blank[:script]]


def _number(shown: Shown, width: int, indent: int, large: int, blank: Sequence[Line]) -> list[Line]:
    if not shown.number:
        return [*blank, *(Line(part, "strong") for part in _wrapped(shown.instead, width, indent))]
    drawn = big(shown.number, large) if large and not shown.plain else []
    if drawn and indent + max(map(len, drawn)) < width:
        art = [Line(" " * indent + row, "number") for row in drawn]
        return [*blank, *art, *blank, Line(" " * indent + shown.number, "strong"), *blank]
    spaced = " ".join(shown.number.replace(" ", "  "))
    wide = spaced if indent + len(spaced) < width else shown.number
    return [*blank, Line(" " * indent + wide, "number"), *blank]


def _foot(shown: Shown, width: int) -> list[Line]:
    keys = [Line(part) for part in _flowed(shown.keys, width)]
    bars = [Line(part, "strong") for part in _flowed([_bar(*one) for one in shown.bars], width)]
    rest = [Line(part) for text in (shown.tally, shown.last) if text
            for part in _wrapped(text, width, 2)]  # fmt: skip
    warned = [Line(part, "warning") for part in _wrapped(shown.warning, width, 2)]
    asked = [Line(part, "strong") for part in _wrapped(shown.prompt, width, 2)]
    return [*keys, Line(""), *bars, *rest, *warned, *asked]


def _bar(name: str, confirmed: int, needed: int) -> str:
    size = min(needed, MOST_BAR)
    full = min(size, confirmed * size // needed) if needed else 0
    drawn = BAR[0] * full + BAR[1] * (size - full)
    return " ".join(part for part in (name, drawn, f"{confirmed}/{needed}") if part)


def _flowed(parts: Sequence[str], width: int) -> list[str]:
    """Parts side by side with three spaces between, on as many lines as they need."""
    rows: list[str] = []
    for part in parts:
        if rows and len(rows[-1]) + 3 + len(part) < width:
            rows[-1] += f"   {part}"
        else:
            rows.append(f"  {part}")
    return rows


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    lead = " " * min(indent, width // 3)
    return [
        part
        for line in text.split("\n")
        if line
        for part in textwrap.wrap(
            line, max(width - 1, 20), initial_indent=lead, subsequent_indent=lead,
            break_on_hyphens=False,
        )
    ]  # fmt: skip


def big(number: str, scale: int) -> list[str]:
    """A number drawn in block characters, three lines high for each of `scale`."""
    rows = []
    for y in range(5 * scale):
        row: list[int] = []
        for char in number:
            pixels = _DIGITS.get(char)
            if pixels:
                row += [int(pixels[y // scale * 3 + x // scale]) for x in range(3 * scale)]
            row += [0] * scale
        rows.append(row)
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    return [
        "".join(_BLOCKS[pair] for pair in zip(upper, lower, strict=True)).rstrip()
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]


def blocked_lines(error: FrivilligError | None) -> list[str]:
    """Why there is nobody to ring, and what can be done."""
    return [error.message, error.hint or "", *error.rows] if error else []


def draws_blocks() -> bool:
    """Whether the terminal can draw the bars of blocks."""
    try:
        "█▀▄".encode(sys.stdout.encoding or "ascii")
    except (LookupError, UnicodeError):
        return False
    return True
