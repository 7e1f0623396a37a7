"""A name, a phone and an e-mail that stand in one cell: `Kari Nes, mob. 901 22 333`."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What stands in a column of names, and is none: an e-mail, a web address, a phone.
NO_NAME = re.compile(r"\S+@\S+\.\w+|(?:https?://|www\.)\S+|[+0-9][0-9 ]{7,}")
_EMAIL = re.compile(r"[^\s,;:()<>]+@[^\s,;()<>]+\.\w+")
# Eight digits, with or without 47 before them, or more after a plus: no account and no orgnr.
_PHONE = re.compile(
    r"(?<!\d)(?:(?:\+|00)[1-9](?:[ .\u00a0]?[0-9]){7,13}"
    r"|(?:47[ .\u00a0]?)?[2-9](?:[ .\u00a0]?[0-9]){7})(?![ .\u00a0]?\d)"
)
_WORDS = re.compile(
    r"\b(?:tlf|telefon|tel|mob|mobil|phone|mobile|e-?post|e-?mail|mail)\b\s*[.:]*", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_][^\d@]*")


def parted(given: Mapping[str, str]) -> Mapping[str, str]:
    """What a row says of an office ("", "_phone", "_email"), with the phones and e-mail that stand
    in the cell of the name put in their places; as it is where that is not all there is to it.
    """
    rest, found = given[""], {}
    for detail, pattern, most in (("_email", _EMAIL, 1), ("_phone", _PHONE, 0)):
        those = pattern.findall(rest)[: most or None]
        if those:
            found[detail] = "; ".join(those)
            rest = pattern.sub("\0", rest, count=most)
    parts = (part.strip(" ,;:()<>/–—-") for part in _WORDS.sub(" ", rest).split("\0"))
    names = [" ".join(part.split()) for part in parts if part]
    if not found or any(given[detail] for detail in found) or len(names) != 1:
        return given
    return {**given, "": names[0], **found} if _NAME.fullmatch(names[0]) else given
