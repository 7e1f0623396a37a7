"""Municipality numbers (kommunenummer): four digits, kept as text."""

from __future__ import annotations

import re

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _


def parse_municipality(text: str) -> str:
    """Four digits; numbers that went out of use are taken too, as old lists hold them.

    Raises InvalidValueError.
    """
    code = text.strip()
    if not re.fullmatch("[0-9]{4}", code) or code[:2] == "00" or code[2:] == "00":
        raise InvalidValueError(
            _("“{value}” is not a municipality number.", value=echo(text)),
            _("It has four digits, such as 3312 for Lier."),
            field="municipality",
            value=echo(text),
        )
    return code
