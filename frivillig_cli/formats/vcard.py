"""vCard 3.0 files, as phones import them: a call list that works without a network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from frivillig_cli.formats.files import write_atomic

LINE = 75  # octets
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True)
class Card:
    """One contact. `phones` in the order they should be tried; `org` may be ''."""

    name: str
    phones: Sequence[str] = ()
    org: str = ""
    note: str = ""
    email: str = ""
    categories: Sequence[str] = ()


def vcards(cards: Iterable[Card]) -> str:
    """The cards as text: version 3.0 (RFC 2426), folded lines, values escaped."""
    return "".join(_one(card) for card in cards)


def write_vcards(path: Path, cards: Iterable[Card], *, private: bool = True) -> Path:
    """Write the cards to `path` (UTF-8, 0600 unless `private` is off) and return it."""
    return write_atomic(path, vcards(cards).encode("utf-8"), private=private)


def _one(card: Card) -> str:
    full = _plain(card.name) or "-"
    given, _space, family = full.rpartition(" ")
    # "Aud Kittilsen" files under Kittilsen; a name of one word is the family's.
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_escaped(family)};{_escaped(given)};;;",
        f"FN:{_escaped(full)}",
    ]
    for index, phone in enumerate(card.phones):
        kind = "CELL,VOICE,PREF" if index == 0 else "VOICE"
        lines.append(f"TEL;TYPE={kind}:{_escaped(_plain(phone))}")
    if card.email:
        lines.append(f"EMAIL;TYPE=INTERNET:{_escaped(_plain(card.email))}")
    if card.org:
        lines.append(f"ORG:{_escaped(_plain(card.org))}")
    if card.note:
        lines.append(f"NOTE:{_escaped(_CONTROL.sub('', card.note.replace(chr(13), '')))}")
    if card.categories:
        lines.append("CATEGORIES:" + ",".join(_escaped(_plain(one)) for one in card.categories))
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCARD"])


def _escaped(value: str) -> str:
    """A value as RFC 2426 (5) writes it."""
    if value.isalnum():
        return value
    for char in "\\;,":
        value = value.replace(char, f"\\{char}")
    return value.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in parts of at most 75 octets (RFC 2425, 5.8.1); no character is parted."""
    if len(line) * 4 <= LINE or len(line.encode()) <= LINE:
        return line
    parts, size = [""], 0
    for char in line:
        octets = len(char.encode())
        if size + octets > LINE:
            parts.append("")
            size = 1  # the space that says that it goes on
        parts[-1] += char
        size += octets
    return "\r\n ".join(parts)


def _plain(value: str) -> str:
    if value.isprintable() and "  " not in value:
        return value.strip()
    return " ".join(_CONTROL.sub(" ", value).split())
