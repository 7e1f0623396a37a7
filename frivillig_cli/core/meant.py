"""What people write where one value is expected: `ca 40`, `mailto:`, a name before an address.

Looked at only where a text cannot be taken as it stands.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from frivillig_cli.core.errors import InvalidValueError

_ADDRESS = re.compile(r"""[^\s<>;,:/()"']+@[^\s<>;,:/()"']+""")
_AROUND = re.compile(r"mailto|e-?post|e-?mail|mail|\bog\b|\beller\b|\band\b|\bor\b", re.IGNORECASE)
# Not `over 200` or `50+`: that is no number of members, and nobody knows which is meant.
_ABOUT = re.compile(
    r"(?:(?:ca|cirka|omtrent|omkring|rundt|om ?lag|about)\b\.?|[~≈])?"
    r"\s*([0-9]{1,3}(?:[ .]?[0-9]{3})*)(?:,0{1,2})?"
    r"\s*(?:stk|medlemmer|medlemer|medl|members|personer|aktive)?\.?",
    re.IGNORECASE,
)


class Meant(NamedTuple):
    """What a cell is taken for; `more` is what there is no room for, '' for nothing."""

    text: str
    more: str = ""


def one_email(text: str) -> Meant | None:
    """The first e-mail address of a text that holds no other words, unless it stands in <>."""
    found = list(dict.fromkeys(_ADDRESS.findall(text)))
    rest = _AROUND.sub("", _ADDRESS.sub("", text))
    if not found or ("<" not in text and any(char.isalpha() for char in rest)):
        return None
    return Meant(found[0].rstrip("."), ", ".join(found[1:]))


def one_phone(text: str) -> Meant | None:
    """The first of several phone numbers; what stands in brackets after it is left aside."""
    from frivillig_cli.core.phone import parse_phones, show_phone

    try:
        found = parse_phones(re.sub(r"\s*\([^()0-9]*\)\s*$", "", text))
    except InvalidValueError:
        return None
    return Meant(found[0], ", ".join(map(show_phone, found[1:]))) if found else None


def about(text: str) -> Meant | None:
    """The number of `ca 40`, `25 stk`, `25 medlemmer` and `1.200`, which is 1200 in Norway."""
    found = _ABOUT.fullmatch(" ".join(text.split()))
    return Meant(re.sub("[ .]", "", found[1])) if found else None
