"""Which column is which field: by its title in Norwegian or English, else by what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from frivillig_cli.core.names import fold
from frivillig_cli.work.imports.titles import (
    DETAILS,
    FIRST_NAMES,
    LAST_NAMES,
    NAME_PARTS,
    OFFICES,
    ORG_TITLES,
)

IGNORE = "-"
# Fields that several columns may be: Telefon and Mobil.
SEVERAL = frozenset({"phone"})
# How the reader of tables calls a column without a title, and what programs put in its place;
# not a year, over that year's grants.
_UNTITLED = re.compile(r"\([A-Z]{1,3}\)")
_MEANINGLESS = re.compile(
    r"[a-z]?[0-9]{0,3}|([a-z])\1|(?:kolonne|kol|column|col|felt|field|spalte)[a-z]?[0-9]*"
)
# What nothing else looks like: not a postcode, which a year and an amount do.
_BEYOND_DOUBT = frozenset({"email", "website", "orgnr", "phone"})
_DATE = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{2}|[0-9]{4})")
# How a title ends over numbers that are none to ring: Kundenr.
_NUMBERED = ("nr", "nummer", "id")
# Words that tell the field wherever they stand in a title: "E-post (lag)", "Tlf. dagtid".
_TOKENS = {
    **dict.fromkeys(["epost", "email", "mail"], "email"),
    **dict.fromkeys(["telefon", "tlf", "mobil", "mob", "phone", "mobile"], "phone"),
    **dict.fromkeys(["orgnr", "organisasjonsnummer"], "orgnr"),
    **dict.fromkeys(["hjemmeside", "nettside", "heimeside", "website"], "website"),
    **dict.fromkeys(["postnr", "postnummer", "postcode", "zip"], "postcode"),
    **dict.fromkeys(["poststed", "poststad"], "city"),
    **dict.fromkeys(["kontonr", "kontonummer"], "bank_account"),
    **dict.fromkeys(["adresse", "gateadresse", "address"], "street"),
    **dict.fromkeys(["navn", "namn", "name"], "name"),
}
# A title with one of these is about a person in the association, or somebody else: not about it.
_OFFICES = frozenset(fold(word) for names in OFFICES.values() for word in names.split()) | set(
    "styre vara varamedlem styremedlem materialforvalter dirigent trener ansvarlig saksbehandler"
    " revisor regnskapsforer registrert endret opprettet first last fornavn etternavn fax faks mor"
    " far parorende foresatt nermeste referanse utleier huseier privat".split()
)
# What else belongs to somebody: Huseiers adresse, Mors mobil; but Lagets tlf is the association's.
_GENITIVE = re.compile(r"[a-z]{2,}s")
_OWN = frozenset(
    """lagets lags klubbens foreningens korets korpsets vellets idrettslagets organisasjonens
    frivilliges deltakers deltakerens medlems styrets besoks adress address addresses business
    emails phones members sms arbeids dagtids kvelds""".split()
)
# What has been, and what is to stand in its place.
_OLD = frozenset(
    "gammel gammelt gamle gamal gamalt gml tidligere tidlegare tidl forrige old previous"
    " former".split()
)
_NEW = re.compile(r"\b(?:ny|nye|nytt|new)\b[ .:-]*", re.IGNORECASE)
_TELLS_WHO = frozenset({"id", "name", "orgnr"})  # a new one finds nobody: the old one does
# Leder (navn og tlf): a name, and more, in one cell.
_WITH_MORE = re.compile(r"\s*[(:,–-]\s*(?:navn|namn|name)\b.*", re.IGNORECASE)
# Titles that may mean something else too, such as a birth number: the cells decide.
_SHORT = {"pnr": "postcode", "pstnr": "postcode", "psted": "city", "pstd": "city"}
_CONTENT_OF_SHORT: Mapping[str, Callable[[str], bool]] = {
    "postcode": lambda cell: bool(re.fullmatch("[0-9]{4}", cell)),
    "city": lambda cell: cell.replace(" ", "").replace("-", "").isalpha(),
}
# A longer one is a sentence, or no title at all.
_MOST_WORDS = 6
_LONGEST = 60  # characters
_NUMBER = re.compile(r"\D")
_YEAR = re.compile("(?:1[89]|20)[0-9]{2}")


def key(title: str) -> str:
    """A title without case, accents, spaces and marks: `Org. nr.` is `orgnr`."""
    return re.sub("[^a-z0-9]", "", fold(title))


def knower(known: Mapping[str, str]) -> Callable[[str], bool]:
    """Whether a cell is a title of one of the fields, such as `Org. nr.`"""
    words = frozenset(key(word) for names in known.values() for word in names.split())
    words |= {*FIRST_NAMES.split(), *LAST_NAMES.split()}  # below who holds an office
    return lambda cell: len(cell) < _LONGEST and key(cell) in words


def parts_of(field: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    """The fields for the first and the last name of who is named in a field, where it has them."""
    if field in OFFICES and field in known:
        first, last = (f"{field}{part}" for part in NAME_PARTS)
        return first, last
    return ("first_name", "last_name") if field == "name" and "first_name" in known else None


def is_last_name(title: str) -> bool:
    """Whether a title says that a column holds last names."""
    return any(word in key(title) for word in LAST_NAMES.split())


def of_an_office(above: str, titles: Sequence[str]) -> bool:
    """Whether columns are about who holds an office: `Leder` over `Navn`, `E-post` and `Mobil`,
    or over `Fornavn` and `Etternavn`."""
    office = any(key(above) in words.split() for words in map(_keys, OFFICES.values()))
    names = ("navn", "namn", "name", *LAST_NAMES.split())
    return office and any(key(title) in names for title in titles)


def after_offices(titles: Mapping[int, str]) -> dict[int, str]:
    """Column → office, for what follows an office: `Leder, Tlf, Kasserer, Tlf`.

    Only where two offices have a phone, or an e-mail, right after them; or a mobile stands there.
    """
    runs: list[tuple[str, list[int]]] = []
    for column in sorted(titles):
        word = _office_named(titles[column])
        if word:
            runs.append((word, []))
        elif runs:
            runs[-1][1].append(column)
    found = {}
    kinds = []
    for word, run in runs:
        others = {key(titles[one]) for _word, other in runs if other is not run for one in other}
        own = set()
        for column in run:
            title = key(titles[column])
            if title not in DETAILS and title not in others:
                break
            found[column] = word.capitalize()
            own.add(DETAILS.get(title))
        kinds.append(own)
    twice = any(sum(kind in own for own in kinds) > 1 for kind in ("phone", "email"))
    if twice:
        return found
    # a mobile right after one who holds an office is theirs; a telephone may be the association's
    heads = {run[0] for _word, run in runs if run}
    return {n: word for n, word in found.items() if n in heads and _is_mobile(titles[n])}


def _is_mobile(title: str) -> bool:
    return key(title).startswith("mob")


def _office_named(title: str) -> str:
    """The first word for the office that a title is of, '' for none."""
    for office, words in OFFICES.items():
        fields = (office, *(f"{office}{part}" for part in NAME_PARTS))
        if any(key(title) in _keys(ORG_TITLES[field]).split() for field in fields):
            return words.split()[0]
    return ""


def _keys(words: str) -> str:
    return " ".join(map(key, words.split()))


def guess(
    titles: Sequence[str],
    sample: Sequence[Mapping[str, str | None]],
    known: Mapping[str, str],
) -> dict[str, str]:
    """Title → field. Every column of phones is phone; other fields have one column.

    `known` is ORG_TITLES or VOLUNTEER_TITLES; `sample` holds some rows by title.
    """
    words = {word: field for field, names in known.items() for word in map(key, names.split())}
    new = _new(titles, words)
    found = dict(new)
    for title in sorted(titles, key=_is_of_a_visit):
        if key(title) in words:
            _take(found, title, words[key(title)])
        elif words.get(key(_WITH_MORE.sub("", title))) in OFFICES:
            _take(found, title, words[key(_WITH_MORE.sub("", title))])
    for title in titles:
        if title not in found and not _UNTITLED.fullmatch(title):
            _take_by_word(found, title, known)
    for title in titles:
        if title not in found:
            _take_by_content(found, title, sample, known)
    beside = second_list(titles, found)
    return {
        title: found[title]
        for title in titles
        if title in found
        and title not in beside
        and (title in new or found[title] not in new.values())
    }


def _new(titles: Sequence[str], words: Mapping[str, str]) -> dict[str, str]:
    """Title → field of what stands in the place of another: Nytt kontonr, not Kontonr."""
    found: dict[str, str] = {}
    for title in titles:
        field = words.get(key(_NEW.sub("", title)), "")
        if key(title) not in words and field and field not in _TELLS_WHO:
            _take(found, title, field)
    return found


def _is_of_another(title: str) -> bool:
    """Whether a title tells of a person in the association or of somebody else, or of what was."""
    words = set(re.split(r"[^a-z0-9]+", fold(title)))
    of_somebody = (word for word in words if _GENITIVE.fullmatch(word) and word not in _OWN)
    return bool(words & (_OFFICES | _OLD)) or any(of_somebody)


def _is_of_a_visit(title: str) -> bool:
    """Whether a column says where somebody is visited: the postcode is that of where one writes."""
    return key(title).startswith("besok")


def second_list(titles: Sequence[str], fields: Mapping[str, str]) -> Sequence[str]:
    """The titles from where that of the names stands once more: of a list beside the first."""
    name = next((title for title, field in fields.items() if field == "name"), None)
    again = f"{name} (2)"
    return titles[titles.index(again) :] if again in titles else ()


def _take_by_word(found: dict[str, str], title: str, known: Mapping[str, str]) -> None:
    joined = re.sub(r"\be-(?=post|mail)", "e", fold(title))
    words = [word for word in re.split(r"[^a-z0-9]+", joined) if word]
    if _is_of_another(title) or len(words) > _MOST_WORDS:
        return
    for word in words:
        if word in ("navn", "namn", "name") and "first_name" in found.values():
            continue
        if _TOKENS.get(word) in known and _take(found, title, _TOKENS[word]):
            return


def _take_by_content(
    found: dict[str, str],
    title: str,
    sample: Sequence[Mapping[str, str | None]],
    known: Mapping[str, str],
) -> None:
    """A column whose title says nothing, by what it holds; another only if that is beyond doubt."""
    nameless = bool(_UNTITLED.fullmatch(title) or _MEANINGLESS.fullmatch(key(title)))
    if not nameless and _is_of_another(title):
        return
    cells = [cell for cell in (row.get(title) for row in sample) if cell]
    short = _SHORT.get(key(title))
    if short in known and cells and all(map(_CONTENT_OF_SHORT[short], cells)):
        _take(found, title, short)
        return
    # what many rows share belongs to somebody else: the umbrella body, the caseworker
    if not nameless and len(set(cells)) * 10 < len(cells) * 8:
        return
    field = _by_content(cells, known, sure=not nameless) if cells else None
    if field == "phone" and not nameless and key(title).endswith(_NUMBERED):
        return
    if field and field not in found.values():
        _take(found, title, field)


def _take(found: dict[str, str], title: str, field: str) -> bool:
    if field not in SEVERAL and field in found.values():
        return False
    found[title] = field
    return True


def _by_content(cells: Sequence[str], known: Mapping[str, str], *, sure: bool) -> str | None:
    """The field that six in ten cells look like; when `sure`, nine in ten do."""
    share = 9 if sure else 6
    for field, looks_like in _CONTENT.items():
        wanted = field in known and (not sure or field in _BEYOND_DOUBT)
        if wanted and sum(map(looks_like, cells)) * 10 >= len(cells) * share:
            return None if field == "postcode" and _are_years(cells) else field
    return None


def _are_years(cells: Sequence[str]) -> bool:
    """Whether most cells may be years: when they were founded, more likely than postcodes."""
    return sum(bool(_YEAR.fullmatch(cell)) for cell in cells) * 2 > len(cells)


def _is_phone(cell: str) -> bool:
    from frivillig_cli.core.errors import InvalidValueError
    from frivillig_cli.core.phone import parse_phone

    if _DATE.fullmatch(cell):
        return False
    try:
        return len(parse_phone(cell)) > len("+47116117") and sum(map(str.isdigit, cell)) >= 8
    except InvalidValueError:
        return False


def _is_orgnr(cell: str) -> bool:
    from frivillig_cli.core.orgnr import is_orgnr

    return is_orgnr(_NUMBER.sub("", cell))


_CONTENT: Mapping[str, Callable[[str], bool]] = {
    "email": lambda cell: "@" in cell and "." in cell.rpartition("@")[2],
    "orgnr": _is_orgnr,
    "website": lambda cell: cell.lower().startswith(("www.", "http://", "https://")),
    "postcode": lambda cell: bool(re.fullmatch("[0-9]{4}", cell)),
    "phone": _is_phone,
    "name": lambda cell: bool(re.search(r"[^\W\d_]{3}", cell)),
}
