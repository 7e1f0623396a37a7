"""Finds Norwegian birth numbers, so that none is stored or shown (personopplysningsloven § 12)."""

from __future__ import annotations

import re
import unicodedata

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _

_SEPARATOR = r"[ .\-–]"
_CANDIDATE = (
    rf"(?<![0-9])([0-9]{{2}})({_SEPARATOR}?)([0-9]{{2}})({_SEPARATOR}?)([0-9]{{2}})"
    rf"{_SEPARATOR}?([0-9]{{5}})(?![0-9])"
)
_ELEVEN_DIGITS = "(?:[^0-9]*[0-9]){11}"
_WHOLE = rf"(?:[0-9]{_SEPARATOR}*){{11}}"
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


def find_birth_number(text: str) -> str | None:
    """The first birth number in `text`, masked as `010170*****`; None without one."""
    found: list[str] = []
    _mask(text, found)
    return found[0] if found else None


def mask_birth_numbers(text: str) -> str:
    """`text` with each birth number as `010170*****`; other text as it was."""
    found: list[str] = []
    masked = _mask(text, found)
    return masked if found else text


def _mask(text: str, found: list[str]) -> str:
    text = unicodedata.normalize("NFKC", text)
    if not re.match(_ELEVEN_DIGITS, text):
        return text  # nearly every text: the rest is not worth its while
    text = "".join(c for c in text if c.isprintable() or c.isspace())

    def hide(match: re.Match[str]) -> str:
        digits = re.sub("[^0-9]", "", match[0])
        if not is_birth_number(digits):
            return match[0]
        found.append(f"{digits[:6]}*****")
        return found[-1]

    whole = text.strip()
    if re.fullmatch(_WHOLE, whole):
        return re.sub(_WHOLE, hide, whole)
    return re.sub(_CANDIDATE, hide, text)


def refuse_birth_numbers(text: str, field: str) -> None:
    """Raise InvalidValueError, with the number masked, if `text` holds a birth number."""
    masked = find_birth_number(text)
    if masked:
        raise InvalidValueError(
            _("{field} holds a birth number ({masked}).", field=field, masked=masked),
            _("Remove it: the register never keeps birth numbers."),
            field=field,
            value=masked,
        )
