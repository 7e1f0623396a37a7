"""Text as Norwegians search, sort and read it: folded, ordered, cleaned, as file names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _

MAX_NAME = 200
MAX_FILE_NAME = 60

# Letters that NFKD leaves alone or takes apart in an un-Norwegian way; keys are casefolded.
_FOLDED_LETTERS = str.maketrans(
    {"å": "a", "ä": "e", "æ": "e", "ø": "o", "ö": "o", "œ": "o"}
    | {"đ": "d", "ð": "d", "þ": "th", "ł": "l", "ŋ": "n", "ŧ": "t", "ħ": "h", "ı": "i"}
)
# Patterns are compiled when they are first used: most commands need none of them.
_TERMINAL_ESCAPE = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours and cursor movements
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # titles, links
)
_UNSAFE_IN_FILE_NAMES = r'[<>:"/\\|?*\s]+'
_PORTS = (f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³")
_DEVICE_NAMES = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS))


@lru_cache(maxsize=32768)  # a long list folds each name again, ten thousand rows later
def fold(text: str) -> str:
    """`text` as search sees it: no case, no accents, æøå and their spellings alike.

    aa/å → a, ø/ö/oe → o, æ/ä/ae → e, whitespace collapsed, invisible characters gone.
    Folding what is folded changes nothing, so stored and typed text meet.
    """
    text = text.lower() if text.isascii() else _fold_letters(text)
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " if c.isspace() else "" for c in text)
    if "aa" in text:
        text = re.sub("a{2,}", "a", text)
    text = text.replace("ae", "e")
    if "oe" in text:
        text = re.sub("oe+", "o", text)
    return " ".join(text.split())


@lru_cache(maxsize=1024)  # a long list compares each name several times
def sorted_words(name: str) -> str:
    """The folded words of a person's name in an order of their own: `Lie, Kari` is `Kari Lie`."""
    return " ".join(sorted(re.findall(r"[^\W_]+", fold(name))))


def first_name_first(name: str) -> str:
    """A person's name as it is said: `Lie, Kari` is `Kari Lie`. With no comma it is as it was."""
    last, _comma, first = name.partition(",")
    return " ".join(f"{first} {last}".split())


def _fold_letters(text: str) -> str:
    # æ, ø, å and their like are whole letters: where nothing else is left, this is all
    quick = text.casefold().translate(_FOLDED_LETTERS)
    return quick if quick.isascii() else _take_apart(_take_apart(text))


def _take_apart(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.casefold()).casefold().translate(_FOLDED_LETTERS)
    parts = unicodedata.normalize("NFKD", text)
    kept = (c for c in parts if not unicodedata.category(c).startswith("M"))
    return "".join(kept).translate(_FOLDED_LETTERS)


# The order below letters and digits is CLDR's; a mark is written as `"` and its place in it.
_MARKS = "_-‐–—,;:!¡?¿.…·'‘’\"“”«»()[]{}§¶@*/\\&#%•`´^¯¨¸°©®+±÷×<=>¬|¦~¤¢$£¥€"
_LETTER_WEIGHTS = {
    # letter: (the letters it sorts as, what tells it from them)
    "æ": ("{", ""),
    "ä": ("{", "1"),
    "ę": ("{", "2"),
    "ø": ("|", ""),
    "ö": ("|", "1"),
    "ő": ("|", "2"),
    "œ": ("|", "3"),
    "å": ("}", ""),
    "ü": ("y", "1"),
    "ű": ("y", "2"),
    "đ": ("d", "1"),
    "ð": ("d", "2"),
    "ħ": ("h", "1"),
    "ł": ("l", "1"),
    "ŋ": ("n~", ""),
    "ŧ": ("t~", ""),
    "þ": ("th", ""),
    "ß": ("ss", ""),
}


def sort_key(text: str) -> str:
    """A text to store and compare byte by byte, in Norwegian order.

    æ, ø, å come last, aa as å, ä as æ, ö as ø, ü as y; accents and then case only break ties
    (small before capital). The order is ICU's for `nb` in Latin text; other scripts follow
    after å by code point. The three levels are separated by a space, which nothing else uses.
    """
    text = unicodedata.normalize("NFC", printable(text))
    small = text.lower()
    if "aa" not in small:
        plain, cases = _plain_tables()
        quick = small.translate(plain)
        if "\0" not in quick:  # nothing but letters that have no accents
            return f"{quick}  {text.translate(cases).rstrip('!')}".rstrip(" ")
    return _sort_by_letters(text)


def _sort_by_letters(text: str) -> str:
    letters, accents, capitals = [], [], []
    for char in re.findall("aa|Aa|AA|(?s:.)", text):
        letter, accent = _weight(char.lower())
        letters.append(letter)
        accents.append(accent)
        capitals.append("!" if char == char.lower() else '"' if char != "AA" else "#")
    levels = ("".join(letters), "".join(accents).rstrip("!"), "".join(capitals).rstrip("!"))
    return " ".join(levels).rstrip(" ")


class _Plain(dict[int, str]):
    """Code point → first level for the letters that most names are made of; NUL for others."""

    def __missing__(self, _code: int) -> str:
        return "\0"


@cache
def _plain_tables() -> tuple[dict[int, str], dict[int, str]]:
    """The first level of small plain letters, and the third level of plain letters."""
    small = [chr(code) for code in range(0x20, 0x7F) if not chr(code).isupper()] + list("æøå–«»")
    plain = _Plain((ord(c), _weight(c)[0]) for c in small if _weight(c)[1] == "!")
    large = [c.upper() for c in small if c.upper() != c]
    cases = dict.fromkeys(map(ord, small), "!") | dict.fromkeys(map(ord, large), '"')
    return plain, cases


@cache
def _weight(char: str) -> tuple[str, str]:
    """The first and second level of one small letter, or of the pair aa."""
    if char == "aa":
        return "}", "~"
    if char in _LETTER_WEIGHTS:
        letters, accent = _LETTER_WEIGHTS[char]
        return letters, accent or "!"
    if ("a" <= char <= "z") or ("0" <= char <= "9"):
        return char, "!"
    if char.isspace():
        return "!", "!"
    if char in _MARKS:
        return '"' + chr(0x30 + _MARKS.index(char)), "!"
    parts = unicodedata.normalize("NFD", char)
    if len(parts) > 1:
        # å with one accent more is å still: only the first mark may be part of the letter
        base = unicodedata.normalize("NFC", parts[:2])
        head = base if base in _LETTER_WEIGHTS and len(parts) > 2 else parts[0]
        return _weight(head)[0], parts[1:]
    if unicodedata.category(char)[0] == "M":
        return "", char
    compatible = unicodedata.normalize("NFKD", char).lower()
    if compatible != char and compatible.isalnum():
        return "".join(_weight(part)[0] for part in compatible), "9"
    return ("~" if char.isalnum() else '"~') + char, "!"


def printable(text: str) -> str:
    """One line of `text` without anything that moves a cursor, hides or turns the reading.

    NFC, whitespace (newlines and NBSP too) as single spaces, stripped; terminal escapes,
    control characters, bidi and zero-width marks removed, lone surrogates as U+FFFD.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")  # nearly all: the rest takes four times as long
    if not text.isprintable():
        text = "".join(map(_visible, without_escapes(text)))
    return " ".join(unicodedata.normalize("NFC", text).split())


def without_escapes(text: str) -> str:
    """`text` without what steers a terminal: colours, cursor movements, titles, links."""
    return re.sub(_TERMINAL_ESCAPE, "", text)


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    kind = unicodedata.category(char)
    return "\ufffd" if kind == "Cs" else "" if kind in ("Cc", "Cf") else char


def clean(text: str) -> str:
    """`text` as it is stored: `printable`, with NUL and lone surrogates refused.

    Raises InvalidValueError for those two: they mean that something was read wrongly.
    """
    if not text.isprintable() and re.search("[\0\ud800-\udfff]", text):
        raise InvalidValueError(
            _("The text holds characters that are not text."),
            _("Type the text anew, or save the file as UTF-8."),
        )
    return printable(text)


def clean_name(text: str) -> str:
    """`clean`, for a name: not empty and at most 200 characters, or InvalidValueError."""
    name = clean(text)
    if not name:
        raise InvalidValueError(
            _("The name is empty."), _("Give a name with at least one visible character.")
        )
    if len(name) > MAX_NAME:
        raise InvalidValueError(
            _("The name is {n} characters long; {most} is the most.", n=len(name), most=MAX_NAME),
            _("Shorten it, and keep the rest in the notes."),
        )
    return name


def file_name(text: str) -> str:
    """`text` as a file or folder name without its ending, safe on Windows, macOS and Linux.

    Keeps æøå, letters, digits and case; whitespace and forbidden characters become one hyphen.
    Never empty, never a device name, no dot or hyphen at the ends, at most 60 characters.
    Numbers sort as written: pad them before. Different texts may give the same name.
    """
    name = re.sub(_UNSAFE_IN_FILE_NAMES, "-", printable(text).replace("\ufffd", "-"))
    name = re.sub("-{2,}", "-", name)[:MAX_FILE_NAME].strip("-. ")
    if is_device_name(name):
        name = f"_{name}"[:MAX_FILE_NAME].rstrip("-. ")
    return name or "_"


def is_device_name(name: str) -> bool:
    """Whether Windows takes the name of a file for a device, whatever its ending."""
    return name.split(".")[0].strip().lower() in _DEVICE_NAMES


def nearest(word: str, candidates: Iterable[str], n: int = 3) -> list[str]:
    """The at most `n` candidates that `word` may be a slip of the finger for, likeliest first."""
    from rapidfuzz import fuzz, process

    folded = fold(word)
    known = {name: fold(name) for name in candidates}
    found = process.extract(folded, known, scorer=fuzz.ratio, limit=n, score_cutoff=60)
    # A part of a longer name; a candidate of one or two letters would be a part of anything.
    longer = {name: key for name, key in known.items() if len(key) > len(folded)}
    found += process.extract(folded, longer, scorer=fuzz.WRatio, limit=n, score_cutoff=75)
    return list(dict.fromkeys(name for _key, _score, name in found))[:n]


def nearly_one(one: str, other: str) -> bool:
    """Whether two names are likely one person's by themselves: the same words, a word more, or
    slips of the finger, in the first name one at most. Not Tor and Ola of one long surname."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import DamerauLevenshtein

    mine, theirs = (fold(name).replace("-", " ").replace(",", " ").split() for name in (one, other))
    if set(mine) <= set(theirs) or set(theirs) <= set(mine):
        return True
    if DamerauLevenshtein.distance(mine[0], theirs[0], score_cutoff=1) > 1:
        return False
    return fuzz.ratio(" ".join(mine), " ".join(theirs)) >= 85
