"""What is never parted by the end of a line: a phone number, an amount, a date, a paragraph of law.

A number in two halves is misread.
"""

from __future__ import annotations

import re

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
NO_BREAK = "\u00a0"


def held(text: str) -> str:
    """`text` with spaces that are no place to break, where it must not be parted."""
    return _HELD.sub(_joined, text) if " " in text else text


def _joined(found: re.Match[str]) -> str:
    return found[0].replace(" ", NO_BREAK)
