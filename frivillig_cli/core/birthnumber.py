"""Finds Norwegian birth numbers, so that none is stored or shown (personopplysningsloven § 12)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import PurePath

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.patterns import later

_SEPARATOR = r"[ \t/_.\-‐–—−]"
_CANDIDATE = (  # looked for at each place, so that a false start hides none behind it
    r"(?=(?:(?<![0-9])|(?<=\+47)|(?<=0047))"
    rf"(?P<number>([0-9]{{2}}){_SEPARATOR}?([0-9]{{2}}){_SEPARATOR}?"
    rf"(?P<century>18|19|20)?([0-9]{{2}}){_SEPARATOR}{{0,3}}"
    rf"(?:([0-9]{{5}})(?![0-9])|([0-9]{{3}}{_SEPARATOR}[0-9]{{2}})(?!{_SEPARATOR}?[0-9]))))"
)
_OTHER_DIGIT = r"(?![0-9])\d"
_TEN_DIGITS = later("(?:[^0-9]*+[0-9]){10}")
# What no number that is looked for below is without: ten digits with little or only signs between.
_TOGETHER = later(r"(?:[0-9](?>[ _.\-‐–—−]*+(?=[0-9])|[^0-9]{0,3}+)){9}[0-9]")
_LATIN = later("[\x00-\x7f\xc0-\u024f]*")  # no others than 0-9 of these are or become digits
# As a spreadsheet leaves 01017012343. What a sign joins to more digits is another number's part,
# and with 65 on the month it is a phone number after 47, or a time in seconds.
_WITHOUT_NOUGHT = later(
    r"(?<![0-9+])(?<![0-9][_.,:/\-‐–—−])"
    r"[1-9](?!6[6-9]|7[0-7])[0-9]{9}(?![0-9])(?![_.,:/\-‐–—−][0-9])"
)
_WHOLE = r"(?:[0-9][ _.\-‐–—−]*){11}"
# Digits that each stand alone, as some read a number aloud: `0 1 0 1 7 0 1 2 3 4 3`.
_ALONE = later(r"(?<![0-9])(?<![0-9][ _.\-‐–—−])[0-9](?:[ _.\-‐–—−][0-9]){10}(?![ _.\-‐–—−]?[0-9])")
# In pairs, as others read it: `01 01 70 12 343`. One mark throughout: a date before an amount
# (`01.01.70 12 343 kr`) has two.
_PAIRS = later(
    r"(?<![0-9])[0-9]{2}(?P<mark>[ _.\-‐–—−])[0-9]{2}(?P=mark)[0-9]{2}(?P=mark)[0-9]{2}(?P=mark)"
    r"(?:[0-9]{3}|[0-9]{2}(?P=mark)[0-9])(?![ _.\-‐–—−]?[0-9])"
)
_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
# 40: NAV and synthetic, 65 and 80: synthetic (Tenor); a D-number has 40 on the day
_MONTH_OFFSETS = (0, 40, 65, 80)


def is_birth_number(digits: str) -> bool:
    """Whether eleven digits are a birth number, a D-number or a synthetic one: date and checks.

    D-numbers have 40 added to the day; help and test numbers 40, 65 or 80 to the month.
    """
    if len(digits) != 11 or not (digits.isascii() and digits.isdigit()):
        return False
    day, month = int(digits[:2]), int(digits[2:4])
    if not (1 <= day <= 31 or 41 <= day <= 71):
        return False
    if not any(1 <= month - offset <= 12 for offset in _MONTH_OFFSETS):
        return False
    numbers = [int(digit) for digit in digits]
    return all(
        sum(a * b for a, b in zip(numbers, weights, strict=False)) % 11 == 0
        for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS)
    )


def find_birth_number(text: str, *, lost_nought: bool = True) -> str | None:
    """The first birth number in `text`, masked as `010170*****`; None without one.

    `lost_nought`: also ten digits that are one with a nought before them, as spreadsheets leave
    them; False for what has such numbers of its own, as phones and web addresses have.
    """
    if not may_hold_birth_number(text):
        return None
    found: list[str] = []
    masked = _mask(text, found)
    if lost_nought and not found:
        _mask_without_nought(masked, found)
    return found[0] if found else None


@lru_cache(maxsize=512)  # each cell of a long list is asked about, and again as a field's value
def may_hold_birth_number(text: str) -> bool:
    """A quick look at a text, before `find_birth_number`: nearly none has so many digits."""
    if text.isascii() or _LATIN.fullmatch(text):
        return len(text) >= 10 and _TEN_DIGITS.match(text) is not None
    return True


def mask_birth_numbers(text: str) -> str:
    """`text` with each birth number as `010170*****`; other text as it was."""
    if not may_hold_birth_number(text):
        return text
    found: list[str] = []
    masked = _mask_without_nought(_mask(text, found), found)
    return masked if found else text


def _mask_without_nought(text: str, found: list[str]) -> str:
    if not _TOGETHER.search(text):
        return text
    return _WITHOUT_NOUGHT.sub(lambda match: _hide(match[0], found, "0"), text)


def _mask(text: str, found: list[str]) -> str:
    if not text.isascii():  # digits of other scripts are digits too
        text = unicodedata.normalize("NFKC", text)
        text = re.sub(_OTHER_DIGIT, lambda digit: str(unicodedata.decimal(digit[0])), text)
    if not _TEN_DIGITS.match(text):
        return text  # nearly every text: the rest is not worth its while
    unseen = [c for c in set(text) if not (c.isprintable() or c.isspace())]
    text = text.translate(dict.fromkeys(map(ord, unseen))) if unseen else text
    if not _TOGETHER.search(text):
        return text
    if re.fullmatch(_WHOLE, text.strip()):
        return _hide(text, found)
    for apart in (_ALONE, _PAIRS):
        text = apart.sub(lambda match: _hide(match[0], found), text)
    parts, end = [], 0
    for match in re.finditer(_CANDIDATE, text):
        start = match.start("number")
        digits = "".join(re.sub("[^0-9]", "", part or "") for part in match.groups()[1:])
        digits = digits if match["century"] is None else digits[:4] + digits[6:]
        if start < end or not is_birth_number(digits) or not _born_then(match["century"], digits):
            continue
        found.append(f"{digits[:6]}*****")
        parts += [text[end:start], found[-1]]
        end = match.end("number")
    return "".join(parts) + text[end:]


def _hide(shown: str, found: list[str], nought: str = "") -> str:
    digits = nought + re.sub("[^0-9]", "", shown)
    if not is_birth_number(digits):
        return shown
    found.append(f"{digits[:6]}*****")
    return found[-1]


def _born_then(century: str | None, digits: str) -> bool:
    """Whether the three digits after the date belong to a year that is written with four.

    Folkeregisterforskriften: 000-499 are of 1900-1999, 500-749 of 1854-1899, 500-999 of
    2000-2039, 900-999 of 1940-1999. It keeps dates that stand before other numbers out.
    """
    if century is None:
        return True
    year, serial = int(century + digits[4:6]), int(digits[6:9])
    return (
        (1900 <= year <= 1999 and serial <= 499)
        or (1854 <= year <= 1899 and 500 <= serial <= 749)
        or (2000 <= year <= 2039 and serial >= 500)
        or (1940 <= year <= 1999 and serial >= 900)
    )


def _begin(field: str) -> str:
    """A field's name as a sentence begins; an option or a key of the settings stays as it is."""
    return field[:1].upper() + field[1:] if field.replace(" ", "").isalpha() else field


def refuse_birth_numbers(
    text: str, field: str, label: str = "", *, lost_nought: bool = True
) -> str:
    """`text` as it is. Raises InvalidValueError, with the number masked, if it holds one.

    `label` is the field's name as a person reads it, where that is not `field`; `lost_nought` as
    in `find_birth_number`.
    """
    masked = find_birth_number(text, lost_nought=lost_nought)
    if masked:
        shown = f"{label[:1].upper()}{label[1:]}" if label else _begin(field)
        raise InvalidValueError(
            _("{field} holds a birth number ({masked}).", field=shown, masked=masked),
            _("Remove it: the register never keeps birth numbers."),
            field=field,
            value=masked,
        )
    return text


def refuse_in_path(path: PurePath) -> None:
    """Raise InvalidValueError if the name of a file or folder holds a birth number.

    Names of files are printed, kept in the history of imports and seen by whoever lists a folder.
    """
    masked = find_birth_number(str(path))
    if masked:
        raise InvalidValueError(
            _("The name of the file or folder holds a birth number ({masked}).", masked=masked),
            _("Give it another name, and do this again: birth numbers are never kept."),
            field="path",
            value=masked,
        )
