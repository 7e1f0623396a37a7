"""Norwegian postcodes: four digits, kept as text; and the address that a postcode is a part of."""

from __future__ import annotations

import re
from typing import NamedTuple

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.patterns import later

# The fields of an address: one without the others is none.
ADDRESS = ("street", "postcode", "city")
_WHOLE = later(
    r"(?:(?P<street>.+?)[,\s]+)?(?:NO-|N-)?(?P<postcode>[0-9]{4})\s+(?P<city>[^\d]+)"
    r"|(?P<alone>.*\d.*?),\s*(?:NO-|N-)?(?P<code>[0-9]{4})"
)
# The number after it is the box, or the route: Postboks 1234 Vika.
_BOX = later(r"(?:.*[\s,])?(?:(?:post)?boks|rute|p\.?\s?b\.?)(?:\s*nr\.?)?", re.IGNORECASE)
# After the number of a house on a country road, with no comma before it: Fjellvegen 1284 B.
_DOOR = later(r"[^\W\d_](?:\W.*)?")


class Parts(NamedTuple):
    """An address taken apart; '' for what it lacks."""

    street: str
    postcode: str
    city: str


def take_apart(text: str) -> Parts | None:
    """The parts of `Heia 3, 3400 Lier`, `3400 Lier` or `Heia 3, 3400`; None for another text."""
    found = _WHOLE.fullmatch(text)
    if not found or _BOX.fullmatch((found["street"] or "").strip(" ,")):
        return None
    apart = text[: found.start("postcode")].rstrip()[-1:] in ("", ",", "-")
    if not apart and _DOOR.fullmatch(found["city"] or ""):
        return None
    parts = (found["street"] or found["alone"], found["postcode"] or found["code"], found["city"])
    return Parts(*((part or "").strip(" ,") for part in parts))


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
