"""Norwegian postcodes: four digits, kept as text."""

from __future__ import annotations

import re

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _


def parse_postcode(text: str) -> str:
    """Four digits from `3400` or `NO-3400`. Raises InvalidValueError."""
    code = re.sub(r"^(?:NO|N)[-\s]", "", text.strip(), flags=re.I)
    if not re.fullmatch("[0-9]{4}", code) or code == "0000":
        raise InvalidValueError(
            _("“{value}” is not a postcode.", value=echo(text)),
            _("A postcode has four digits, such as 3400."),
            field="postcode",
            value=echo(text),
        )
    return code
