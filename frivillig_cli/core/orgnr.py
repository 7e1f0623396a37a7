"""Organisation numbers: nine digits, the last a check (Brønnøysundregistrene, modulus 11)."""

from __future__ import annotations

import re
from operator import mul

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.patterns import later

_DIGITS = later("[2389][0-9]{8}")
# The last digit makes the sum of the weighed digits a multiple of 11 (Enhetsregisteret).
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2, 1)
_SHAPE = later(r"(?:NO)?([0-9]{9})(?:MVA)?", re.I)


def is_orgnr(digits: str) -> bool:
    """Whether nine bare digits are an organisation number: first digit, check digit.

    Units have 8 or 9 as the first digit. 2 and 3 are the tax administration's made-up test units
    (Tenor), which no real unit can have: they are taken, so that examples need no real number.
    """
    if not _DIGITS.fullmatch(digits) or len(set(digits)) == 1:
        return False
    # a digit's code is 48 more than the digit, and 48 times the sum of the weights is 144 times 11
    return sum(map(mul, digits.encode(), _WEIGHTS)) % 11 == 0


def parse_orgnr(text: str) -> str:
    """Nine digits from `970 168 001`, `970.168.001` or `NO 970 168 001 MVA`.

    Raises InvalidValueError when it is not nine digits or the check digit is wrong.
    """
    if is_orgnr(text):
        return text
    shape = _SHAPE.fullmatch(re.sub(r"[\s.\-]", "", text))
    if not shape:
        raise _refused(_("“{value}” is not an organisation number.", value=echo(text)), text)
    if not is_orgnr(shape[1]):
        raise _refused(
            _("No organisation can have the number {value}.", value=show_orgnr(shape[1])), text
        )
    return shape[1]


def _refused(message: str, text: str) -> InvalidValueError:
    hint = _("Look it up on brreg.no: nine digits, the last of which checks the others.")
    return InvalidValueError(message, hint, field="orgnr", value=echo(text))


def show_orgnr(orgnr: str) -> str:
    """`970 168 001` from nine digits."""
    return f"{orgnr[:3]} {orgnr[3:6]} {orgnr[6:]}"
