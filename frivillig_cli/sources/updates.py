"""The feed of Enhetsregisteret: which units changed, seldom how.

`/oppdateringer/enheter`; `oppdateringsid` is inclusive and has gaps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from frivillig_cli.sources.unit import iso_date, orgnr_of

FEED_LISTS = ("oppdaterteEnheter", "oppdaterteUnderenheter", "oppdateringer")
REMOVED, DELETED = "Fjernet", "Sletting"
_MOST = 2**53  # beyond it no JSON number is exact


@dataclass(frozen=True)
class Update:
    """One entry: `kind` is Ny, Endring, Sletting, Fjernet or Ukjent, `day` an ISO date."""

    number: int
    orgnr: str
    kind: str
    day: str | None = None


def parse_updates(raw: Mapping[str, Any]) -> list[Update]:
    """The entries of a page of the feed, or of one entry by itself; what is none is left out."""
    embedded = raw.get("_embedded")
    entries: list[object] = [raw] if "endringstype" in raw else []
    for name in FEED_LISTS:
        found = embedded.get(name) if isinstance(embedded, Mapping) else None
        entries += found if isinstance(found, list) else []
    return [update for update in map(_update, entries) if update]


def _update(raw: object) -> Update | None:
    if not isinstance(raw, Mapping):
        return None
    number, orgnr, kind = raw.get("oppdateringsid"), orgnr_of(raw), raw.get("endringstype")
    if not isinstance(number, int) or not 0 <= number < _MOST:
        return None
    if not orgnr or not isinstance(kind, str):
        return None
    return Update(number, orgnr, kind, iso_date(raw.get("dato")))
