"""Enhetsregisteret and Frivillighetsregisteret over the network.

The two page in opposite ways. Enhetsregisteret takes `page` and `size`, no deeper than 10,000 in
all, and leaves `_embedded` out when there are no hits. Frivillighetsregisteret refuses `page`,
gives at most 100, and is walked by the `searchAfter` of `_links.next`. Measured September 2026.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from frivillig_cli.core.i18n import _
from frivillig_cli.sources.brreg import SEARCH_DEPTH
from frivillig_cli.sources.roles import Role, parse_roles
from frivillig_cli.sources.unit import Unit, orgnr_of, parse_unit
from frivillig_cli.sources.updates import Update, parse_updates
from frivillig_cli.sources.web import NoAnswerError, Patience, Web, try_later

ADDRESS = "https://data.brreg.no"
UNITS = "/enhetsregisteret/api/enheter"
UPDATES = "/enhetsregisteret/api/oppdateringer/enheter"
VOLUNTARY = "/frivillighetsregisteret/api/frivillige-organisasjoner"
PAGE = 1000
VOLUNTARY_PAGE = 100
BATCH = 50
# 728 pages in 2026: more than this is no register, but a server that goes in circles.
_MOST_PAGES = 5000
_READINGS = 3  # of a search that changes while it is read
Progress = Callable[[int], None]


def _nothing(_n: int) -> None:
    return None


class Registers:
    """The two registers. `base` is FRIVILLIG_BRREG_URL, else the state's own address."""

    def __init__(self, base: str | None = None, patience: Patience | None = None) -> None:
        address = base or os.environ.get("FRIVILLIG_BRREG_URL") or ADDRESS
        self._web = Web(address, patience)

    def close(self) -> None:
        """Let go of the connections."""
        self._web.close()

    def units_in(
        self, municipality: str, forms: Sequence[str], progress: Progress = _nothing
    ) -> Iterator[Unit]:
        """Associations with either address in a municipality; one may come more than once.

        `forms` are the legal forms; units of other forms come if they are registered as voluntary.
        """
        for place in ("kommunenummer", "postadresse.kommunenummer"):
            for which in (
                {"organisasjonsform": ",".join(forms)},
                {"registrertIFrivillighetsregisteret": "true"},
            ):
                for raw in self._search({place: municipality, **which}, progress):
                    yield parse_unit(raw, municipality)

    def units(
        self, wanted: Collection[str], municipality: str | None, progress: Progress = _nothing
    ) -> Iterator[Unit]:
        """The units with these numbers, the dissolved and the removed ones too.

        A number that the register does not know is left out.
        """
        numbers = sorted(wanted)
        missing = set(numbers)
        for start in range(0, len(numbers), BATCH):
            part = numbers[start : start + BATCH]
            for raw in self._search({"organisasjonsnummer": ",".join(part)}, progress):
                if orgnr_of(raw) in missing:
                    missing.discard(orgnr_of(raw))
                    yield parse_unit(raw, municipality)
        for number in sorted(missing):
            found = self._one(number, municipality)
            progress(1)
            if found:
                yield found

    def _one(self, orgnr: str, municipality: str | None) -> Unit | None:
        status, raw = self._web.get(f"{UNITS}/{orgnr}")
        if status == 404:
            return None
        if status == 410:
            return Unit(orgnr, removed=True)
        if orgnr_of(raw) != orgnr:
            raise _confused()
        # a removed unit is answered with 410, whatever else is missing here
        return replace(parse_unit(raw, municipality), removed=False)

    def voluntary(self, wanted: Collection[str], progress: Progress = _nothing) -> Iterator[Unit]:
        """What the voluntary register says of these numbers: the categories, and no name.

        It cannot be searched by place: it is walked until all are found, or it ends.
        """
        left, seen = set(wanted), set[str]()
        params: dict[str, str | int] = {"size": VOLUNTARY_PAGE}
        while left:
            raw = self._page(VOLUNTARY, params)
            for entry in _listed(raw, "frivilligeOrganisasjoner"):
                if orgnr_of(entry) in left:
                    left.discard(orgnr_of(entry))
                    yield parse_unit(entry)
            progress(VOLUNTARY_PAGE)
            after = _next(raw, "searchAfter")
            if not after:
                return
            if after in seen or len(seen) > _MOST_PAGES:
                raise _endless()
            seen.add(after)
            params["searchAfter"] = after

    def roles(self, orgnr: str) -> tuple[Role, ...]:
        """Who holds office in a unit; none where the register has none."""
        status, raw = self._web.get(f"{UNITS}/{orgnr}/roller")
        return parse_roles(raw) if status == 200 else ()

    def updates(self, since: int, progress: Progress = _nothing) -> Iterator[Update]:
        """The feed from the entry numbered `since` on, which is the first that is given."""
        for _turn in range(_MOST_PAGES):
            found = parse_updates(
                self._page(UPDATES, {"oppdateringsid": since, "size": SEARCH_DEPTH})
            )
            fresh = [update for update in found if update.number >= since]
            if found and not fresh:
                raise _endless()
            if not fresh:
                return
            yield from fresh
            progress(len(fresh))
            since = max(update.number for update in fresh) + 1
        raise _endless()

    def first_update(self, day: str) -> int | None:
        """The number of the feed's first entry on or after an ISO date."""
        raw = self._page(UPDATES, {"dato": f"{day}T00:00:00.000Z", "size": 1})
        return min((update.number for update in parse_updates(raw)), default=None)

    def _search(self, query: Mapping[str, str], progress: Progress) -> Iterator[Mapping[str, Any]]:
        """The units of a search, some more than once where it is read again.

        Where a unit goes while the pages are read, the first of the next page moves up to one that
        has been read. After some readings in vain they have, together, what each has missed.
        """
        for _turn in range(_READINGS):
            totals: set[int] = set()
            yield from self._pages(query, progress, totals)
            if len(totals) < 2:
                return

    def _pages(
        self, query: Mapping[str, str], progress: Progress, totals: set[int]
    ) -> Iterator[Mapping[str, Any]]:
        """A search's pages, read once; `totals` gets how many units it gave, as each page says."""
        given, promised = 0, SEARCH_DEPTH
        for number in range(SEARCH_DEPTH // PAGE):
            raw = self._page(UNITS, {**query, "size": PAGE, "page": number})
            about = raw.get("page")
            if _number(about, "totalElements") > SEARCH_DEPTH:
                raise NoAnswerError(
                    _("The search gives more than {n} units, and no search goes so deep.",
                      n=SEARCH_DEPTH),
                    _("Download the whole register (enheter/lastned), and give it: "
                      "frivillig org sync --from enheter.json.gz"),
                )  # fmt: skip
            found = _listed(raw, "enheter")
            yield from found
            progress(len(found))
            given += len(found)
            # an empty page says nothing of the whole; units may go while the pages are read
            totals.update({_number(about, "totalElements")} - {0})
            promised = min((promised, *totals))
            if not found or number + 1 >= _number(about, "totalPages"):
                if given < promised and (number or _number(about, "totalElements")):
                    raise _cut_short(given, promised)
                return
        raise _endless()

    def _page(self, path: str, params: Mapping[str, str | int]) -> Mapping[str, Any]:
        status, raw = self._web.get(path, **params)
        if status != 200:
            raise NoAnswerError(
                _("The state's register refuses to answer ({status}).", status=status),
                _("The program may be too old for it: look for a newer version."),
            )
        return raw


def _listed(raw: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    embedded = raw.get("_embedded")
    found = embedded.get(name) if isinstance(embedded, Mapping) else None
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _number(raw: object, key: str) -> int:
    found = raw.get(key) if isinstance(raw, Mapping) else None
    return found if isinstance(found, int) else 0


def _next(raw: Mapping[str, Any], key: str) -> str | None:
    """`key` in the query of the link to the next page: the rest of the link is not followed."""
    links = raw.get("_links")
    link = links.get("next") if isinstance(links, Mapping) else None
    href = link.get("href") if isinstance(link, Mapping) else None
    try:
        return parse_qs(urlsplit(str(href or "")).query).get(key, [None])[0]
    except ValueError:
        return None


def _endless() -> NoAnswerError:
    return NoAnswerError(
        _("The state's register gives page after page without an end."),
        try_later(),
    )


def _cut_short(given: int, promised: int) -> NoAnswerError:
    return NoAnswerError(
        _("The state's register gave {n} of {total} units, and stopped.", n=given, total=promised),
        try_later(),
    )


def _confused() -> NoAnswerError:
    return NoAnswerError(
        _("The state's register answers about another unit than the one asked for."),
        try_later(),
    )
