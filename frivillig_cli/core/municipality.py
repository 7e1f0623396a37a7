"""Municipality numbers (kommunenummer): four digits, kept as text."""

from __future__ import annotations

import re

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _


def parse_municipality(text: str, *, from_number: bool = False) -> str:
    """Four digits; numbers that went out of use are taken too, as old lists hold them.

    `from_number` says that a spreadsheet held a number, which loses its first zero: 626 is 0626.
    Raises InvalidValueError.
    """
    code = text.strip()
    if from_number:
        code = re.sub(r"\.0+$", "", code)
        code = code.zfill(4) if re.fullmatch("[0-9]{3}", code) else code
    if not re.fullmatch("[0-9]{4}", code) or code[:2] == "00" or code[2:] == "00":
        raise InvalidValueError(
            _("“{value}” is not a municipality number.", value=echo(text)),
            _("It has four digits, such as 3312 for Lier."),
            field="municipality",
            value=echo(text),
        )
    return code
