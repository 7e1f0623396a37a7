"""A protected person's address, where a place or an association has that of another town."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cli

HERS = "Til Vera, Storgata 1, 3015 Drammen"
THEIRS = ("--street", "Storgata 1", "--postcode", "3400", "--city", "Lier")


@pytest.fixture
def vera(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Vera of Storgata 1, 3015 Drammen, is protected since it was logged where she lives."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    cli.ok("volunteer", "add", "Vera Skjult", "--phone", "90111222", "--street", "Storgata 1",
           "--postcode", "3015", "--city", "Drammen")  # fmt: skip
    cli.ok("beredskap", "member", "add", 1, 1)
    cli.ok("beredskap", "activate", "Flom", "-o", "ut")
    cli.ok("beredskap", "log", HERS)
    cli.ok("person", "edit", 1, "--protected")
    return cli


@pytest.mark.parametrize(
    "public",
    [
        ("beredskap", "resource", "add", "Lier rådhus", "--kind", "premises", "--org", 1, *THEIRS),
        ("org", "add", "Lier vel", *THEIRS),
        ("org", "add", "Lier vel", "--street", "Storgata 1"),
    ],
)
def test_that_of_another_town_makes_hers_no_less_a_secret(
    vera: Cli, public: tuple[object, ...]
) -> None:
    vera.ok(*public)
    assert "Storgata" not in vera.ok("beredskap", "log")
    for text in (HERS, "Til Vera, Storgata 1", "Vera bor i storgata 1 i Drammen"):
        assert "address of Vera" in vera.refused("beredskap", "log", text)


def test_the_address_of_the_place_itself_can_be_written_in_full(vera: Cli) -> None:
    vera.ok("org", "add", "Åros vel", "--street", "Storgata 1", "--postcode", "3474", "--city",
            "Åros")  # fmt: skip
    for text in ("Oppmøte Storgata 1, 3474 Åros", "Oppmøte Storgata 1, Åros"):
        vera.ok("beredskap", "log", text)
        assert text in vera.ok("beredskap", "log")
    both = "Fra Storgata 1, 3474 Åros, til Storgata 1, 3015 Drammen"
    assert "address of Vera" in vera.refused("beredskap", "log", both)


def test_the_very_address_that_is_public_is_no_secret(vera: Cli) -> None:
    vera.ok("org", "add", "Drammen vel", "--street", "Storgata 1", "--postcode", "3015",
            "--own-address")  # fmt: skip
    vera.ok("beredskap", "log", HERS)
    assert HERS in vera.ok("beredskap", "log")
