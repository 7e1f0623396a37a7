"""What people write where one value is expected: a year, `ca 40`, `mailto:`, two numbers.

Looked at only where a cell cannot be taken as it stands, and never in what tells whose row it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import in_language
from frivillig_cli.core.names import fold

NOTHING = frozenset(
    (
        *("ingen", "intet", "ukjent", "ukjend", "mangler", "manglar", "har ikke", "har ikkje"),
        *("vet ikke", "ikke oppgitt", "ikkje oppgjeve", "none", "unknown", "missing", "n/a", "na"),
        *("nil", "null", "-", "--", "---", "–", "—", "?", "??", ".", "/"),
    )
)
_ADDRESS = re.compile(r"""[^\s<>;,:/()"']+@[^\s<>;,:/()"']+""")
_AROUND = re.compile(r"mailto|e-?post|e-?mail|mail|\bog\b|\beller\b|\band\b|\bor\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:(?:ca|cirka|omtrent|omkring|rundt|over|about)\b\.?|[~≈>])?\s*([0-9]{1,3}(?: ?[0-9]{3})*)"
    r"\s*(?:\+|stk|medlemmer|medlemer|medl|members|personer|aktive)?\.?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:ca\.?|i|år|anno|\s)*((?:1[5-9]|20)[0-9]{2})\.?", re.IGNORECASE)
# What a list calls them, where the classification has other words.
_CATEGORIES = {
    **dict.fromkeys(["idrett", "idrettslag", "sport", "trening"], "1200"),
    **dict.fromkeys(["kultur", "musikk", "korps", "kor", "sang", "teater", "kunst"], "1100"),
    **dict.fromkeys(["fritid", "hobby"], "1300"),
    **dict.fromkeys(["velforening", "vel", "grendelag"], "6100"),
    **dict.fromkeys(["tro", "livssyn", "religion", "menighet"], "10100"),
    **dict.fromkeys(["barn", "ungdom", "barn og ungdom", "speider"], "13100"),
    **dict.fromkeys(["natur", "miljo", "friluftsliv"], "5100"),
}
# What a list of kinds of association has as headings over them.
SECTIONS = frozenset(_CATEGORIES)
_CATEGORIES |= dict.fromkeys(["frivilligsentral", "frivilligsentralen"], "8200")  # each is one


class Meant(NamedTuple):
    """What a cell is taken for; `more` is what there is no room for, '' for nothing."""

    text: str
    more: str = ""


def meant(field: str, text: str) -> Meant | None:
    """What a cell that could not be read is taken for; None where that is anybody's guess."""
    if fold(text) in NOTHING:
        return Meant("")
    reader = _READERS.get(field)
    return reader(text) if reader else None


def _email(text: str) -> Meant | None:
    found = list(dict.fromkeys(_ADDRESS.findall(text)))
    rest = _AROUND.sub("", _ADDRESS.sub("", text))
    if not found or ("<" not in text and any(char.isalpha() for char in rest)):
        return None
    return Meant(found[0].rstrip("."), ", ".join(found[1:]))


def _phone(text: str) -> Meant | None:
    from frivillig_cli.core.phone import parse_phones, show_phone

    try:
        found = parse_phones(text)
    except InvalidValueError:
        return None
    return Meant(found[0], ", ".join(map(show_phone, found[1:]))) if found else None


def _members(text: str) -> Meant | None:
    found = _ABOUT.fullmatch(text.strip())
    return Meant(found[1].replace(" ", "")) if found else None


def _founded(text: str) -> Meant | None:
    found = _YEAR.fullmatch(text.strip())
    return Meant(f"{found[1]}-01-01") if found else None


def _category(text: str) -> Meant | None:
    from frivillig_cli.core.icnpo import find_code

    with in_language("nb"):  # in whatever language the program speaks, the list is Norwegian
        code = find_code(text)
    code = code or _CATEGORIES.get(fold(text))
    return Meant(code) if code else None


_READERS: Mapping[str, Callable[[str], Meant | None]] = {
    "email": _email,
    "phone": _phone,
    "members": _members,
    "founded": _founded,
    "category": _category,
}
