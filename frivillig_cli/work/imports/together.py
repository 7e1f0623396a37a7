"""A name, a phone and an e-mail that stand in one cell: `Kari Nes, mob. 901 22 333`."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What stands in a column of names, and is none: an e-mail, a web address, a phone.
NO_NAME = re.compile(r"\S+@\S+\.\w+|(?:https?://|www\.)\S+|[+0-9][0-9 ]{7,}")
_EMAIL = re.compile(r"[^\s,;:()<>]+@[^\s,;()<>]+\.\w+")
_PHONE = re.compile(r"(?:\+|\b00)?\b[0-9](?:[ .\u00a0]?[0-9]){7,11}\b")
_WORDS = re.compile(
    r"\b(?:tlf|telefon|tel|mob|mobil|phone|mobile|e-?post|e-?mail|mail)\b\s*[.:]*", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_][^\d@]*")


def parted(given: Mapping[str, str]) -> Mapping[str, str]:
    """What a row says of an office ("", "_phone", "_email"), with the phone and e-mail that stand
    in the cell of the name put in their places; as it is where that is not all there is to it.
    """
    rest, found = given[""], {}
    for detail, pattern in (("_email", _EMAIL), ("_phone", _PHONE)):
        one = pattern.search(rest)
        if one:
            found[detail] = one[0]
            rest = f"{rest[: one.start()]} {rest[one.end() :]}"
    name = " ".join(_WORDS.sub(" ", rest).split()).strip(" ,;:()<>/–—-")
    if not found or any(given[detail] for detail in found) or not _NAME.fullmatch(name):
        return given
    return {**given, "": name, **found}
