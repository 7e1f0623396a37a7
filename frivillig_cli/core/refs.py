"""REF: how one thing is named on the command line: by id, organisation number or name."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from frivillig_cli.core.names import printable

_ID = "[0-9]{1,8}"
_NINE = "[0-9]{3} ?[0-9]{3} ?[0-9]{3}"


class Ref(NamedTuple):
    """What was typed, and what it can be: digits are an id, nine valid ones an orgnr.

    `value` is the digits without spaces, or the name as typed on one line.
    """

    kind: Literal["id", "orgnr", "name"]
    value: str


def parse_ref(text: str) -> Ref:
    """`12` is an id, `970 168 001` an orgnr, all else a name (the name may be empty)."""
    from frivillig_cli.core.orgnr import is_orgnr

    shown = printable(text)
    if re.fullmatch(_ID, shown):
        return Ref("id", shown)
    digits = shown.replace(" ", "")
    if re.fullmatch(_NINE, shown) and is_orgnr(digits):
        return Ref("orgnr", digits)
    return Ref("name", shown)
