"""The front matter that most templates have, read without a YAML library.

Names, texts, whole numbers, dates, lists and what is indented under a name, each on a line of
its own. Whatever else YAML has, or whatever could be meant otherwise, is left to the library,
which is slow to load: `read` gives up rather than guess, and a test holds that the two agree.
"""

import re
from datetime import date
from typing import Any, NamedTuple

_NAME = re.compile(r"([A-Za-z_][A-Za-z0-9_]*):(?: +|$)")
_DIGITS = re.compile(r"(0|[1-9][0-9]{0,17})|(\d{4}-\d\d-\d\d)|\d{4}-\d\d-\d\dT\d\d:\d\d", re.A)
_WORDS = {"true": True, "false": False}
_OTHER_WORDS = {"null", "Null", "NULL"}
_LONGEST, _DEEPEST = 500, 40  # characters a line; how far in it stands


class _Line(NamedTuple):
    """A line that says something: its number from 0, its indent, and the text after it."""

    number: int
    indent: int
    text: str


class _OtherwiseError(Exception):
    """Something that YAML may read in its own way."""


def read(text: str) -> tuple[dict[str, Any], dict[str, int]] | None:
    """The mapping that `text` holds, and the line of each name, counted from 0.

    None where it is not as plain as that, or broken.
    """
    try:
        lines = _lines(text)
        if not lines or lines[0].indent:
            return None
        head, end = _mapping(lines, 0)
        if end < len(lines):
            return None
    except (_OtherwiseError, ValueError):  # ValueError: the 30th of February
        return None
    numbers = {name[1]: line.number for line in lines
               if not line.indent and (name := _NAME.match(line.text))}  # fmt: skip
    return head, numbers


def _lines(text: str) -> list[_Line]:
    found = []
    for number, line in enumerate(text.split("\n")):
        if len(line) > _LONGEST or not line.isprintable():  # tabs, and line ends of other kinds
            raise _OtherwiseError
        said, indent = line.strip(" "), len(line) - len(line.lstrip(" "))
        if said and said[0] != "#":
            if indent > _DEEPEST:
                raise _OtherwiseError
            found.append(_Line(number, indent, said))
    return found


def _block(lines: list[_Line], at: int) -> tuple[Any, int]:
    """What begins at `at`, and where the next thing begins."""
    return (_list if lines[at].text.startswith("- ") else _mapping)(lines, at)


def _mapping(lines: list[_Line], at: int) -> tuple[dict[str, Any], int]:
    indent, found = lines[at].indent, {}
    while at < len(lines) and lines[at].indent == indent:
        name, value = _named(lines[at].text)
        if name in found:
            raise _OtherwiseError
        at += 1
        if value:
            found[name] = _value(value)
        else:
            if at == len(lines) or lines[at].indent <= indent:
                raise _OtherwiseError
            found[name], at = _block(lines, at)
    _check_end(lines, at, indent)
    return found, at


def _list(lines: list[_Line], at: int) -> tuple[list[Any], int]:
    indent, found = lines[at].indent, []
    while at < len(lines) and lines[at].indent == indent:
        number, _indent, text = lines[at]
        if not text.startswith("- "):
            raise _OtherwiseError
        rest = text[2:].lstrip(" ")
        if _NAME.match(rest):  # a mapping begins beside the dash
            own = [_Line(number, indent + len(text) - len(rest), rest), *_below(lines, at, indent)]
            value, used = _mapping(own, 0)
            if used < len(own):
                raise _OtherwiseError
            found.append(value)
            at += len(own)
        else:
            found.append(_value(rest))
            at += 1
    _check_end(lines, at, indent)
    return found, at


def _below(lines: list[_Line], at: int, indent: int) -> list[_Line]:
    end = at + 1
    while end < len(lines) and lines[end].indent > indent:
        end += 1
    return lines[at + 1 : end]


def _check_end(lines: list[_Line], at: int, indent: int) -> None:
    """A line that stands further in goes on with the text above it, which is YAML's to join."""
    if at < len(lines) and lines[at].indent > indent:
        raise _OtherwiseError


def _named(text: str) -> tuple[str, str]:
    name = _NAME.match(text)
    if not name or name[1] in _WORDS or name[1] in _OTHER_WORDS:
        raise _OtherwiseError
    return name[1], text[name.end() :]


def _value(text: str) -> Any:
    if text[0] in "\"'":
        inside = text[1:-1]
        if len(text) < 2 or text[-1] != text[0] or text[0] in inside or "\\" in inside:
            raise _OtherwiseError
        return inside
    if text[0] == "{":
        return _in_braces(text)
    if ": " in text or " #" in text or text[-1] == ":":
        raise _OtherwiseError
    return _plain(text)


def _in_braces(text: str) -> dict[str, Any]:
    """`{time: 12.00, what: Lunsj}`."""
    if text[-1] != "}":
        raise _OtherwiseError
    found: dict[str, Any] = {}
    for part in text[1:-1].split(","):
        name, value = _named(part.strip(" "))
        if name in found or not value or any(sign in value for sign in "[]{}\"'#:"):
            raise _OtherwiseError
        found[name] = _plain(value)
    return found


def _plain(text: str) -> Any:
    """What a text without quotes is: itself, true, false, a whole number or a day."""
    if text[0].isalpha():
        if text in _OTHER_WORDS:
            raise _OtherwiseError
        return _WORDS.get(text, text)
    if not ("0" <= text[0] <= "9"):
        raise _OtherwiseError
    found = _DIGITS.fullmatch(text)
    if found and found[1]:
        return int(text)
    if found and found[2]:
        return date.fromisoformat(text)
    if not found and re.match("[0-9]{4}-", text):
        raise _OtherwiseError
    return text
