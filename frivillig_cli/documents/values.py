"""Values on their way into a document: cleaned, and kept apart from markup.

Where a value stands in a template, Jinja writes a mark of private-use characters. Markdown is
parsed with the marks in it, and the values go back into the text of the finished tree. So a
value can never become markup, in any format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import printable
from frivillig_cli.core.patterns import later

_OPEN, _CLOSE, _LINE, _BEHIND = "\ue000", "\ue001", "\ue002", "\ue007"
_APART = "\ue008"
_DIGITS = "".join(chr(0xE010 + n) for n in range(10))
_TO_MARK = str.maketrans("0123456789", _DIGITS)
_FROM_MARK = str.maketrans(_DIGITS, "0123456789")
_PRIVATE = later("[\ue000-\uf8ff\U000f0000-\U000fffff\U00100000-\U0010ffff]")
_MARK = later(f"{_OPEN}([{_DIGITS}]+){_CLOSE}")
_LINE_MARK = later(f"{_LINE}([{_DIGITS}]+){_CLOSE}")
_PICTURE_MARK = later(f"\ue005([{_DIGITS}]+)\ue006")
_TAGS = later(r"[ \t]*(?:\{%(?:[^%]|%(?!\}))*%\}[ \t]*)+")
_END = later(r"[ \t]*\{%-? *(?:endfor|endif) *%\}")
_STRIPS = later(r" {0,3}#{1,6}(?:[ \t]|$)|\{[{%#]-")  # a heading, or a tag that joins it
_ITEM = later(r"[ \t]*(?:[|>]|(?:[-*+]|[0-9]{1,9}[.)])[ \t])")
_IMAGE = later(r"!\[(?=[^\]\n]*\]\()")
_HEADING = later(r"^( {0,3}#{1,6}(?:[ \t][^\n]*)?)$", re.MULTILINE)


class Word(str):
    """A word of the register (a msgid) that is written in the letter's language."""


def one_line(text: str) -> str:
    """`text` as one line of visible text, without private-use characters."""
    text = printable(text)
    return text if text.isprintable() else printable(_PRIVATE.sub("", text))


def lines(text: str) -> str:
    """`text` with its lines kept, and each of them cleaned as by `one_line`; indents stay."""
    out = []
    for line in text.splitlines():
        indent = line[: len(line) - len(line.lstrip(" "))]
        out.append(indent + one_line(line))
    return "\n".join(out)


def cleaned(value: Any) -> Any:
    """`value` with every text in it cleaned; mappings and lists are copied.

    A `Word` is said in the language spoken now.
    """
    if isinstance(value, Word):
        return str(_(value))
    if isinstance(value, str):
        return one_line(value) if type(value) is str else one_line(str(value))
    if isinstance(value, Mapping):
        return {str(key): cleaned(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [cleaned(item) for item in value]
    return value


class Marks:
    """The values of one rendering, each behind its mark."""

    def __init__(self) -> None:
        self._values: list[str] = []

    @property
    def values(self) -> tuple[str, ...]:
        """All of them, as they are printed."""
        return tuple(self._values)

    def put(self, text: str) -> str:
        """Keep `text`; the mark that stands for it."""
        self._values.append(text)
        return f"{_OPEN}{str(len(self._values) - 1).translate(_TO_MARK)}{_CLOSE}"

    def resolve(self, text: str, shown: Callable[[str], str] = str) -> str:
        """`text` with its values put back; marks that stand for nothing are removed.

        `shown` is how a value is written where the text is markup.
        """
        if text.isprintable():  # as private-use characters, and so marks, are not
            return text
        text = _MARK.sub(lambda mark: shown(self._value(mark)), _LINE_MARK.sub("", text))
        return text if text.isprintable() else _PRIVATE.sub("", text)

    def _value(self, mark: re.Match[str]) -> str:
        number = int(mark[1].translate(_FROM_MARK))
        return self._values[number] if number < len(self._values) else ""


def picture_mark(number: int) -> str:
    """The mark that stands for a picture in a Word template."""
    return f"\ue005{str(number).translate(_TO_MARK)}\ue006"


def pictures_as(shown: str, text: str) -> str:
    """`text` with each picture's mark as `shown`, in which {} stands for its number."""
    return _PICTURE_MARK.sub(lambda mark: shown.format(mark[1].translate(_FROM_MARK)), text)


def mark_lines(source: str) -> str:
    """`source` with marks of the line number: at each heading's end, and where a picture begins."""

    def marked(found: re.Match[str]) -> str:
        number = found.string.count("\n", 0, found.start()) + 1
        return f"{found[0]}{_LINE}{str(number).translate(_TO_MARK)}{_CLOSE}"

    headed = _HEADING.sub(marked, source) if "#" in source else source
    return _IMAGE.sub(marked, headed) if "![" in headed else headed


def keep_line_ends(source: str) -> str:
    """`source` where a tag at the end of a line of text does not take the line's end with it.

    A line of its own, such as `{% endfor %}`, is to leave nothing behind; `Hei{% endif %}` is not.
    What ends a list or a table right before a text leaves a line's end: the text is no part of it.
    Where only the finished text tells what it stands behind, it gets a mark, for `set_apart`.
    """
    lines, said, kept, ended = source.split("\n"), "", [], ""
    open_blocks: list[_Part] = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        alone = bool(_TAGS.fullmatch(line))
        behind = ended and not alone and _begins_text(line) and not _STRIPS.match(line)
        mark = ended if behind else ""
        ended = max(ended if alone else "", _ended(line, open_blocks, alone=alone))
        parts = bool(_END.fullmatch(line)) and _parted(said, after)
        if line.endswith("%}") and line[-3:-2] not in "+-" and (parts or not alone):
            line = f"{line[:-2]}+%}}"
        said = said if alone else line
        kept.append(mark + line)
    return "\n".join(kept)


class _Part:
    """A loop or a condition: whether it holds more than running text, and something else."""

    def __init__(self, name: str) -> None:
        self.name, self.holds, self.other, self.blank = name, False, False, False


def _ended(line: str, open_blocks: list[_Part], *, alone: bool) -> str:
    """Follow the loops and conditions through a line; the mark for the text behind what it ends.

    That text is apart from what holds items, rows or headings, also where nothing is printed of it.
    """
    if open_blocks and not alone:
        holds = line.lstrip()[:1] == "#" or bool(_ITEM.match(line))
        for one in open_blocks:
            one.holds |= holds
            one.blank = not line.strip()
    mark = ""
    for tag in line.split("{%")[1:]:
        [step] = tag.lstrip("-+ ").partition("%")[0].rstrip("-+ ").split(None, 1)[:1] or [""]
        if step in ("for", "if"):
            open_blocks.append(_Part(step))
        elif open_blocks and step in ("else", "elif"):
            open_blocks[-1].other = True
        elif open_blocks and step in ("endfor", "endif"):
            done = open_blocks.pop()
            sure = (done.holds or done.blank) and (done.name == "for" or not done.other)
            mark = max(mark, _APART if sure else _BEHIND)
    return mark if alone else ""


def _parted(before: str, after: str) -> bool:
    """Whether the one is an item, or a row, and the other a text that begins a paragraph."""
    return bool(_ITEM.match(before) and _begins_text(after) and not after.startswith("{%"))


def _begins_text(line: str) -> bool:
    return bool(line.strip()) and not (line[0].isspace() or _ITEM.match(line))


def set_apart(text: str) -> str:
    """A finished text without the marks of `keep_line_ends`.

    A blank line parts what they stand before from an item, or a row, of however many lines; and
    from whatever stands above where a loop of items is empty.
    """
    if _BEHIND not in text and _APART not in text:
        return text
    kept: list[str] = []
    in_item = False
    for line in text.split("\n"):
        own = line.replace(_BEHIND, "").replace(_APART, "")
        close = bool(kept) and bool(kept[-1].strip())
        parted = line.startswith(_APART) or (line.startswith(_BEHIND) and in_item)
        if parted and close and _begins_text(own):
            kept.append("")
            close = False
        if _ITEM.match(own):
            in_item = True
        elif own.strip() and not own[0].isspace() and not close:
            in_item = False  # else it goes on with the item above, also without an indent
        kept.append(own)
    return "\n".join(kept)


def marked_line(text: str) -> int:
    """The line number that `mark_lines` left in a heading's or a picture's text, or 0."""
    found = _LINE_MARK.search(text)
    return int(found[1].translate(_FROM_MARK)) if found else 0
