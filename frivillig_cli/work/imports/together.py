"""A name, a phone and an e-mail that stand in one cell: `Kari Nes, mob. 901 22 333`."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What stands in a column of names, and is none: an e-mail, a web address, a phone.
NO_NAME = re.compile(r"\S+@\S+\.\w+|(?:https?://|www\.)\S+|[+0-9][0-9 ]{7,}")
_EMAIL = re.compile(r"[^\s,;:()<>]+@[^\s,;()<>]+\.\w+")
# As phones are written, and with no other figures beside it: no account, orgnr or house, and no
# date, with or without its dots. Norwegian ones begin with 2 to 9.
_DATE = r"(?:[0-2]\d|3[01]) ?(?:0\d|1[0-2]) ?(?:19|20) ?\d\d"
_PHONE = re.compile(
    r"(?<!\d)(?<!\d[ .,/-])(?:(?:\+|00)[1-9]\d{0,2} ?\d[\d ]{5,12}\d"
    rf"|(?:47 ?)?(?!{_DATE}(?!\d))[2-9](?:\d{{7}}|\d(?: \d\d){{3}}|\d\d \d\d \d{{3}}))"
    r"(?![ .,/-]?\d)"
)
_WORDS = re.compile(
    r"\b(?:tlf|telefon|tel|mob|mobil|phone|mobile|e-?post|e-?mail|mail)\b\s*[.:]*", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_][^\d@\n]*")


def parted(given: Mapping[str, str]) -> Mapping[str, str]:
    """What a row says of an office ("", "_phone", "_email"), with the phones and e-mail that stand
    in the cell of the name put in their places; as it is where that is not all there is to it.
    """
    rest, found = re.sub(r"[^\S\n]+", " ", given[""]), {}
    for detail, pattern, most in (("_email", _EMAIL, 1), ("_phone", _PHONE, 0)):
        those = pattern.findall(rest)[: most or None]
        if those:
            found[detail] = "; ".join(those)
            rest = pattern.sub("\0", rest, count=most)
    parts = (part.strip(" \n,;:()<>/–—-") for part in _WORDS.sub(" ", rest).split("\0"))
    names = [re.sub(" +", " ", part) for part in parts if part]
    if any(given[detail] not in ("", said) for detail, said in found.items()) or len(names) != 1:
        return given
    return {**given, "": names[0], **found} if _NAME.fullmatch(names[0]) else given
