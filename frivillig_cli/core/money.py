"""Amounts of money as people type them, kept in øre."""

from __future__ import annotations

import re

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _

_WHOLE = (
    r"[1-9][0-9]{0,2}(?:[ \u00a0\u202f][0-9]{3})+"  # 1 250
    r"|[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?=,)|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}"  # 1.250,50
    r"|[1-9][0-9]{0,2}(?:,[0-9]{3})+(?=\.)|[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}"  # 1,250.50
    r"|[0-9]{1,9}"
)
_AMOUNT = re.compile(
    rf"(?:(?:kr\.?|nok)\s*)?({_WHOLE})(?:[,.]([0-9]{{1,2}}|-))?\s*(?:kr\.?|kroner|nok|,-)?",
    re.IGNORECASE,
)
MOST = 100_000_000_00  # øre


def parse_amount(text: str) -> int:
    """Øre from `1250`, `1 250`, `12,5`, `1.250,50`, `NOK 1,250.50`, `kr 1250,-`.

    Three figures after one point or comma may be thousands or a part of a krone: refused, as what
    is no amount is, with InvalidValueError.
    """
    match = _AMOUNT.fullmatch(text.strip())
    ore = -1
    if match:
        rest = match[2] or "00"
        part = 0 if rest == "-" else int(rest.ljust(2, "0"))
        ore = int(re.sub(r"\D", "", match[1])) * 100 + part
    if not 0 <= ore <= MOST:
        raise InvalidValueError(
            _("“{value}” is not an amount.", value=echo(text)),
            _("Write thousands with a space and øre after a comma: 1 250 or 12,50."),
            field="amount",
            value=echo(text),
        )
    return ore
