"""Lines for a screen: what cannot steer a terminal, and broken so that what is one stays whole."""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import re

# A letter's own companions: without them some words and signs are written wrongly.
_JOINERS = "\u200c\u200d\u00ad\u00a0\u2007\u2009\u202f"
# As phone numbers are shown: 90 11 12 22, 905 12 345, +46 70 123 45 67.
_PHONE = (
    r"(?<![0-9])(?:[0-9]{2}(?: [0-9]{2}){3}|[0-9]{3} [0-9]{2} [0-9]{3}|\+[0-9]{1,3}(?: [0-9]+)+)"
    r"(?![0-9])"
)


class Column(NamedTuple):
    """A column of a table: its title, and `right` for numbers."""

    title: str
    right: bool = False


def printable(text: str) -> str:
    """Text that cannot steer a terminal: control and direction marks become visible escapes.

    Line breaks stay; in a table's cell they are spaces.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n" + _JOINERS else _escape(c) for c in text)


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def hung(text: str, width: int) -> str:
    """Lines broken between words to a width, as in a terminal. A phone number is never broken."""
    import re

    width = max(width, 20)
    broken = []
    for line in text.split("\n"):
        label = re.match(r" *(?:\S.*? {2,})?", line)
        indent = label.end() if label and label.end() <= width // 2 else 2
        whole = wrapped(
            line, width, subsequent_indent=" " * indent, replace_whitespace=False,
            break_long_words=False,
        )  # fmt: skip
        broken += whole if len(line) > width else [line]
    return "\n".join(broken)


def wrapped(line: str, width: int, **options: Any) -> list[str]:
    """A line in parts of at most `width`, broken between words; a phone number stays whole."""
    import re
    import textwrap

    def joined(found: "re.Match[str]") -> str:
        return found[0].replace(" ", "\N{NO-BREAK SPACE}")

    whole = re.sub(_PHONE, joined, line)
    parts = textwrap.wrap(whole, width, break_on_hyphens=False, **options)
    return [re.sub(r"(?<=[0-9])\N{NO-BREAK SPACE}(?=[0-9])", " ", part) for part in parts]
