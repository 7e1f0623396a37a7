"""Which pages of which searches somebody has saved, and how many units lie on the others.

A search is known by its own address (`_links.self`) and a page by its number: units come and go
between two pages, so that no two need to agree on how many there are in all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit


class _Page(NamedTuple):
    """One page: its number, its units, and what it says of its search."""

    number: int
    held: int
    size: int
    pages: int
    total: int

    def lacks(self) -> int:
        """How many units the page should have beyond those that it has."""
        return max(0, min(self.size, self.total - self.number * self.size) - self.held)


@dataclass
class Searches:
    """The pages that are here, by their search and its size of pages."""

    _found: dict[tuple[str, int], dict[int, _Page]] = field(default_factory=dict)

    def note(self, page: Mapping[str, Any], held: int) -> None:
        """Note a page as it was answered, which holds `held` units."""
        about = page.get("page")
        said = about if isinstance(about, Mapping) else {}
        size, pages, total, number = (
            _whole(said.get(key)) for key in ("size", "totalPages", "totalElements", "number")
        )
        if size:
            self._keep((_address(page), size), _Page(number, held, size, pages, total))

    def add(self, others: Searches) -> None:
        """Add what another file holds."""
        for search, pages in others._found.items():
            for page in pages.values():
                self._keep(search, page)

    def _keep(self, search: tuple[str, int], page: _Page) -> None:
        have = self._found.setdefault(search, {})
        if page.number not in have or have[page.number].lacks() > page.lacks():
            have[page.number] = page

    @property
    def missing(self) -> int:
        """How many units the searches gave beyond those whose pages are here.

        Of a search that was saved in pages of two sizes the more complete one counts.
        """
        fewest: dict[str, int] = {}
        for (address, _size), pages in self._found.items():
            lacking = _lacking(pages)
            fewest[address] = min(lacking, fewest.get(address, lacking))
        return sum(fewest.values())


def _lacking(have: Mapping[int, _Page]) -> int:
    # the page that tells of most: a later page may have come into being since
    most = max(have.values(), key=lambda page: (page.pages, page.total))
    here = sum(page.lacks() for page in have.values())
    given = len([number for number in have if number < most.pages])
    if given == most.pages:
        return here
    last = most.total - (most.pages - 1) * most.size
    others = (most.pages - given) * most.size
    return here + others - (0 if most.pages - 1 in have else most.size - last)


def _address(page: Mapping[str, Any]) -> str:
    """What was asked, whichever page of it."""
    links = page.get("_links")
    link = links.get("self") if isinstance(links, Mapping) else None
    href = str(link.get("href")) if isinstance(link, Mapping) else ""
    try:
        parts = urlsplit(href)
    except ValueError:
        return href
    asked = sorted(pair for pair in parse_qsl(parts.query) if pair[0] not in ("page", "size"))
    return f"{parts.path}?{asked}"


def _whole(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0
