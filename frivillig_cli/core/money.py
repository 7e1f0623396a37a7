"""Amounts of money as people type them, kept in øre."""

from __future__ import annotations

import re

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _

_AMOUNT = re.compile(
    r"(?:kr\.?\s*)?([0-9]{1,3}(?:[ .\u00a0\u202f][0-9]{3})+|[0-9]{1,9})(?:[,.]([0-9]{2}|-))?"
    r"\s*(?:kr\.?|kroner|nok|,-)?",
    re.IGNORECASE,
)
MOST = 100_000_000_00  # øre


def parse_amount(text: str) -> int:
    """Øre from `1250`, `1 250`, `1.250,50`, `kr 1250,-`. Raises InvalidValueError."""
    match = _AMOUNT.fullmatch(text.strip())
    ore = -1
    if match:
        rest = match[2] or "00"
        ore = int(re.sub(r"\D", "", match[1])) * 100 + (0 if rest == "-" else int(rest))
    if not 0 <= ore <= MOST:
        raise InvalidValueError(
            _("“{value}” is not an amount.", value=echo(text)),
            _("Write kroner, as 1250 or 1 250,50."),
            field="amount",
            value=echo(text),
        )
    return ore
