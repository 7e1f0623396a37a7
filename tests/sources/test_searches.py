"""Pages of a search that were not saved are missed, whatever happened between two of them."""

from __future__ import annotations

import pytest

from tests.sources.conftest import unit

LIER = "https://data.brreg.no/enhetsregisteret/api/enheter?kommunenummer=3312"
DRAMMEN = LIER.replace("3312", "3301")


def page(number, units, total, *, size=2, asked=LIER):
    """Page `number` of a search that gave `total`, holding the units with these numbers."""
    about = {"size": size, "totalElements": total, "totalPages": -(-total // size)}
    found = {"_embedded": {"enheter": [unit(n) for n in units]}} if units else {}
    href = f"{asked}&size={size}" + (f"&page={number}" if number else "")
    return {**found, "_links": {"self": {"href": href}}, "page": {**about, "number": number}}


@pytest.mark.parametrize(
    ("pages", "missing"),
    [
        ([page(0, [1, 2], 3), page(1, [3], 3)], 0),
        ([page(0, [1, 2], 3)], 1),
        ([page(1, [3], 3)], 2),
        ([page(0, [1, 2], 7), page(2, [5, 6], 7)], 3),
        # it grew between the two, within the last page
        ([page(0, [1, 2], 3), page(1, [3, 4], 4)], 0),
        # it grew between the two, and a third page has come
        ([page(0, [1, 2], 4), page(1, [3, 4], 5)], 1),
        # it shrank between the two
        ([page(0, [1, 2], 4), page(1, [3], 3)], 0),
        ([page(0, [1, 2], 5), page(1, [3, 4], 4)], 1),
        ([page(0, [1, 2], 5), page(1, [3, 4], 4), page(2, [], 4)], 0),
        # the same page twice is no other page
        ([page(0, [1, 2], 4), page(0, [1, 2], 4)], 2),
        # two searches of one size
        ([page(0, [1, 2], 4), page(1, [8, 9], 4, asked=DRAMMEN)], 4),
        # saved in small pages first, and then in one
        ([page(0, [1, 2], 3), page(0, [1, 2, 3], 3, size=100)], 0),
        # a page that somebody has cut
        ([page(0, [1], 3), page(1, [3], 3)], 1),
    ],
)  # fmt: skip
def test_what_lies_on_pages_that_are_not_here_is_missed(cli, save, pages, missing) -> None:
    one = save(pages, name="alle.json")
    each = [save(page, name=f"{n}.json") for n, page in enumerate(pages)]
    assert f'"missing": {missing}' in cli("org", "import", one, "--dry-run", "--json").out
    for files in ([one], each, [*reversed(each)]):
        given = [word for file in files for word in ("--from", file)]
        assert f'"missing": {missing}' in cli("org", "sync", *given, "--json").out
