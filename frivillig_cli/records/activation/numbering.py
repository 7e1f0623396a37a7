"""Numbers of activations, and row codes that catch a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterable

LETTERS = {"real": "R", "exercise": "Ø", "contact_test": "V"}
_DIGITS = {"R": "1", "Ø": "2", "V": "3"}

# Damm's quasigroup of order 10: catches every single wrong digit and every swap of neighbours.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def next_number(year: int, kind: str, taken: Iterable[str]) -> str:
    """The next number of this year and kind, such as `2026-R-007`; gaps are never filled."""
    prefix = f"{year}-{LETTERS[kind]}-"
    used = [int(number.removeprefix(prefix)) for number in taken if number.startswith(prefix)]
    return f"{prefix}{max(used, default=0) + 1:03d}"


def check_digit(digits: str) -> str:
    """Damm's check digit of a string of digits."""
    interim = "0"
    for digit in digits:
        interim = _DAMM[int(interim)][int(digit)]
    return interim


def row_code(number: str, row: int, rows: int) -> str:
    """The code of row `row` of `rows` on the list of activation `number`, such as `017-4`.

    The activation is part of what is checked, so that most rows of another list are caught too.
    """
    digits = str(row).zfill(max(3, len(str(rows))))
    return f"{digits}-{check_digit(_seed(number) + digits)}"


def is_row_code(number: str, code: str) -> bool:
    """Whether `code` can be a row of the list of activation `number`."""
    digits, _dash, check = code.partition("-")
    return (
        code.isascii()
        and digits.isdigit()
        and len(digits) >= 3
        and check == check_digit(_seed(number) + digits)
    )


def _seed(number: str) -> str:
    year, letter, running = number.split("-")
    return year + _DIGITS[letter] + running
