"""Norwegian postcodes: four digits, kept as text."""

from __future__ import annotations

import re

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _


def parse_postcode(text: str, *, from_number: bool = False) -> str:
    """Four digits from `3400` or `NO-3400`.

    `from_number` says that a spreadsheet held a number, which loses its first zeros: 301 is 0301.
    Raises InvalidValueError.
    """
    code = re.sub(r"^(?:NO|N)[-\s]", "", text.strip(), flags=re.I)
    if from_number:
        code = _from_number(code)
    if not re.fullmatch("[0-9]{4}", code) or code == "0000":
        raise InvalidValueError(
            _("“{value}” is not a postcode.", value=echo(text)),
            _("A postcode has four digits, such as 3400."),
            field="postcode",
            value=echo(text),
        )
    return code


def _from_number(code: str) -> str:
    code = re.sub(r"\.0+$", "", code)
    return code.zfill(4) if re.fullmatch("[0-9]{3}", code) else code
