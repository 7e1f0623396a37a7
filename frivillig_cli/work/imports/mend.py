"""What people write where one value is expected: `ca 40`, `mailto:`, two numbers.

Looked at only where a cell cannot be taken as it stands, and never in what tells whose row it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import in_language
from frivillig_cli.core.meant import Meant, about, one_email, one_phone
from frivillig_cli.core.names import fold
from frivillig_cli.core.vacant import NOTHING

_YEAR = re.compile(r"(?:ca\.?|i|år|anno|\s)*(?:1[5-9]|20)[0-9]{2}\.?", re.IGNORECASE)
_DATES = frozenset(
    ("founded", "confidentiality_signed", "police_certificate_seen", "intro_course_completed")
)
# Free words, in which “none” would else be stored as what it says.
_FREE = frozenset({"street", "city", "activities", "premises"})
_LONGEST = 16  # letters of “none” in any words: longer ones need not be folded
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
# What else headings are made of: Barn og unge, Kor og korps, Andre lag.
_KINDS = frozenset(word for section in SECTIONS for word in section.split()) | set(
    "og i for lag laget foreninger forening klubber klubb organisasjoner grupper andre annet ymse"
    " ovrige diverse unge eldre pensjonister pensjonist pensjonistforeninger helse omsorg sosialt"
    " humanitert dans skolekorps musikkorps sangkor velforeninger vellag grendelag speidere"
    " ungdomslag skytterlag skyttere jakt fiske fotball handball ski turn svomming musikklag"
    " historielag bygdekvinnelag husflid politikk internasjonalt beredskap".split()
)
_CATEGORIES |= dict.fromkeys(["frivilligsentral", "frivilligsentralen"], "8200")  # each is one


def names_a_kind(text: str) -> bool:
    """Whether a text is made of nothing but kinds of association: nobody is called that alone."""
    words = re.findall(r"[^\W_]+", fold(text))
    return bool(words) and _KINDS.issuperset(words)


def says_nothing(field: str, text: str) -> bool:
    """Whether a cell of free words says that there is nothing: `ingen`, at Adresse."""
    return field in _FREE and len(text) < _LONGEST and fold(text) in NOTHING


def meant(field: str, text: str) -> Meant | None:
    """What a cell that could not be read is taken for; None where that is anybody's guess."""
    if fold(text) in NOTHING:
        return Meant("")
    reader = _READERS.get(field)
    return reader(text) if reader else None


def year_only(field: str, text: str) -> bool:
    """Whether a cell for a date holds about when: nobody is to read what no one has said."""
    return field in _DATES and bool(_YEAR.fullmatch(text.strip()))


def _category(text: str) -> Meant | None:
    from frivillig_cli.core.icnpo import find_code

    with in_language("nb"):  # in whatever language the program speaks, the list is Norwegian
        code = find_code(text)
    code = code or _CATEGORIES.get(fold(text))
    return Meant(code) if code else None


def _month(text: str) -> Meant | None:
    from frivillig_cli.core.dates import parse_date

    for said in (text, f"1. {text.strip('. ')} 2000"):
        try:
            return Meant(str(parse_date(said).month))
        except InvalidValueError:
            continue
    return None


_READERS: Mapping[str, Callable[[str], Meant | None]] = {
    "email": one_email,
    "phone": one_phone,
    "members": about,
    "category": _category,
    "annual_meeting_month": _month,
}
