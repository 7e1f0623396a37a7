"""Who holds which office, by an allow-list: a code and a name, and never a birth date.

`/enheter/{orgnr}/roller` gives birth dates with every person; they are not read (GDPR art. 5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frivillig_cli.core.birthnumber import find_birth_number
from frivillig_cli.core.names import printable

# Chair, deputy chair, board member, deputy member, contact person, manager. Since December 2025
# no deputy chair is registered any more; old rows may stand.
CODES = ("LEDE", "NEST", "MEDL", "VARA", "KONT", "DAGL")
_MOST_IN_A_NAME = 200


@dataclass(frozen=True)
class Role:
    """One person in one office. `dead` is a warning to show, and never stored."""

    code: str
    name: str
    dead: bool = False


def parse_roles(raw: object) -> tuple[Role, ...]:
    """The offices of an answer that are held now, each person once in each."""
    return tuple(dict.fromkeys(_roles(raw)))


def unit_of_roles(raw: Mapping[str, Any]) -> str | None:
    """The unit that saved roles are of: the answer names it in its own address only."""
    found = re.search(r"/enheter/([0-9]{9})/roller", str(raw.get("_links"))[:2000])
    return found[1] if found else None


def _roles(raw: object) -> Iterator[Role]:
    for group in _objects(_get(raw, "rollegrupper")):
        for entry in _objects(group.get("roller")):
            code = _get(entry.get("type"), "kode")
            name = _name(_get(entry.get("person"), "navn"))
            left = entry.get("fratraadt") is True or entry.get("avregistrert") is True
            if code in CODES and name and not left:
                yield Role(str(code), name, _get(entry.get("person"), "erDoed") is True)


def _name(raw: object) -> str:
    parts = [_get(raw, part) for part in ("fornavn", "mellomnavn", "etternavn")]
    name = printable(" ".join(part for part in parts if isinstance(part, str)))
    if len(name) > _MOST_IN_A_NAME or find_birth_number(name):
        return ""
    return name.title() if name.isupper() else name


def _get(raw: object, key: str) -> object:
    return raw.get(key) if isinstance(raw, Mapping) else None


def _objects(raw: object) -> list[Mapping[str, Any]]:
    return [one for one in raw if isinstance(one, Mapping)] if isinstance(raw, list) else []
