"""What is never parted by the end of a line: a phone number, an amount, a date, a paragraph of law.

A number in two halves is misread. And where other words may be, and how much room they take.
"""

from __future__ import annotations

import math
import re
from functools import cache

from frivillig_cli.core.patterns import later

_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
# Read by the typesetter too, so only what its regular expressions have.
HELD = (
    r"(?:\+[0-9]{1,3} )?\b[0-9]{1,3}(?: [0-9]{2,3}){1,4}(?:,[0-9][0-9]?)?\b(?: (?:kroner|kr|%))?"
    r"|\b[0-9]+ (?:kroner\b|kr\b|%)"
    r"|\bkr [0-9]{1,3}(?: [0-9]{3})*\b"
    r"|§§? [0-9]+"
    rf"|\b[0-9]{{1,2}}\. (?:{_MONTHS})\b(?: [0-9]{{4}}\b)?"
    r"|\bkl\. [0-9]{1,2}(?:\.[0-9][0-9])?\b(?:–[0-9]{1,2}(?:\.[0-9][0-9])?\b)?"
)
_HELD = later(HELD)
# On the web or for e-mail: a hyphen in it would be typed.
ADDRESS = later(r"(\S*(?:@|://)\S*|(?<![\w.-])[\w-]{2,}(?:\.[\w-]+)*\.[a-zA-Z]{2,}(?:[/?#]\S*)?)")
WIDEST = 1.7  # characters that one takes
UNBROKEN = 10_000  # as the longest of words, in characters: none gets a place where it breaks
# Of our font's letters that are not about as wide as the others.
_WIDTHS = (
    ("fijlI.,:;' \u00a0", 0.5), ("rt-()", 0.7), ("cksvxyz/", 0.9), ("0123456789", 1.06),
    ("bdhnopquøAEPRSTZÅ", 1.15), ("BCDGHKNOQUØ", 1.35), ("mwæMWÆ@%□", WIDEST),
)  # fmt: skip
_UP_TO_SIGNS = later(r"[^/.@\-_?&=]*[/.@\-_?&=]*")
FEW_ROWS = 3  # of a table that no page's end parts
NO_BREAK = "\u00a0"


def held(text: str) -> str:
    """`text` with spaces that are no place to break, where it must not be parted."""
    return _HELD.sub(_joined, text) if " " in text else text


def _joined(found: re.Match[str]) -> str:
    return found[0].replace(" ", NO_BREAK)


def is_number(word: str) -> bool:
    """Whether a word is a number or what goes together with one: an account, a phone, a case."""
    if NO_BREAK in word:
        return True
    return any(map(str.isdigit, word)) and not any(map(str.isalpha, word))


def is_address(word: str) -> bool:
    """Whether a word is an address on the web or for e-mail."""
    return bool(ADDRESS.search(word))


def up_to_signs(word: str) -> list[str]:
    """A word in the parts that its signs end: it may go over to the next line after each."""
    return [part for part in _UP_TO_SIGNS.findall(word) if part]


def wide(word: str) -> int:
    """How much room a word takes: in characters, of which wide letters are more than one each."""
    return math.ceil(max(len(word), sum(map(_wide, word)) - 0.2))


@cache
def _wide(char: str) -> float:
    return next((width for chars, width in _WIDTHS if char in chars), 1)
