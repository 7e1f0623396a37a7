"""Bank account numbers: eleven digits, the last a check (modulus 11)."""

from __future__ import annotations

import re

from frivillig_cli.core.birthnumber import find_birth_number, is_birth_number
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _


def parse_account(text: str, *, confirmed: bool = False) -> str:
    """Eleven digits from `8601.11.17947`, with spaces, dots or hyphens.

    Every birth number passes an account's check, and one account in forty looks like a birth
    number: such a one is taken only when `confirmed`. Raises InvalidValueError, where
    `value` is masked; also for the old postal giro numbers, which are shorter.
    """
    from stdnum.no import kontonr

    digits = re.sub(r"[\s.\-–]", "", text)
    looks_like_birth_number = find_birth_number(text) is not None
    wrong_shape = not re.fullmatch("[0-9]{11}", digits)
    if wrong_shape or not kontonr.is_valid(digits) or set(digits) == {"0"}:
        raise InvalidValueError(
            _("“{value}” is not an account number.", value=echo(text)),
            _("It has eleven digits, the last of which checks the others: 8601.11.17947."),
            field="account",
            value=echo(text),
        )
    if (looks_like_birth_number or is_birth_number(digits)) and not confirmed:
        raise InvalidValueError(
            _("The account number {value} may be a birth number.", value=f"{digits[:6]}*****"),
            _("Ask the association; if it is its account, give it again with --confirm-account."),
            field="account",
            value=f"{digits[:6]}*****",
        )
    return digits


def show_account(account: str) -> str:
    """`8601.11.17947` from eleven digits."""
    return f"{account[:4]}.{account[4:6]}.{account[6:]}"
