"""vCard 3.0 files, as phones import them: a call list that works without a network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from frivillig_cli.formats.files import write_atomic

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
    import vobject

    made = vobject.vCard()
    full = _plain(card.name) or "-"
    given, _space, family = full.rpartition(" ")
    # "Aud Kittilsen" files under Kittilsen; a name of one word is the family's.
    made.add("n").value = vobject.vcard.Name(family=family, given=given)
    made.add("fn").value = full
    for index, phone in enumerate(card.phones):
        line = made.add("tel")
        line.value = _plain(phone)
        line.type_param = ["CELL", "VOICE", "PREF"] if index == 0 else ["VOICE"]
    if card.email:
        line = made.add("email")
        line.value = _plain(card.email)
        line.type_param = "INTERNET"
    if card.org:
        made.add("org").value = [_plain(card.org)]
    if card.note:
        made.add("note").value = _CONTROL.sub("", card.note.replace("\r\n", "\n"))
    if card.categories:
        made.add("categories").value = [_plain(one) for one in card.categories]
    return str(made.serialize(lineLength=75))


def _plain(value: str) -> str:
    return " ".join(_CONTROL.sub(" ", value).split())
