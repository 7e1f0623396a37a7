"""What a search gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["org", "person", "agreement", "survey", "activation"]
Fit = Literal["exact", "prefix", "word", "contains", "body"]

KINDS: tuple[Kind, ...] = ("org", "person", "agreement", "survey", "activation")
FITS: tuple[Fit, ...] = ("exact", "prefix", "word", "contains", "body")


@dataclass(frozen=True)
class Hit:
    """One thing that was found; `facts` are what its kind has to tell it by."""

    kind: Kind
    id: int
    name: str
    fit: Fit
    archived: bool
    facts: dict[str, Any]


@dataclass(frozen=True)
class SearchResult:
    """The best hits, best first; how many there are in all; and, where none, what is near."""

    hits: list[Hit]
    total: int
    near: list[str]
