"""Two who have one number are not rung by two callers at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cli


@pytest.fixture
def home(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Kari and Ola Lie share a number; Per Aas has his own and is called last."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    for name, number in (("Kari Lie", "90111221"), ("Ola Lie", "90111221"),
                         ("Per Aas", "90111223")):  # fmt: skip
        cli.ok("volunteer", "add", name, "--phone", number, "--new-person")
        cli.ok("beredskap", "member", "add", 1, name)
    cli.ok("beredskap", "activate", "Flom", "--need", 3, "-o", "ut")
    return cli


def test_a_number_that_another_is_ringing_is_passed_over(home: Cli) -> None:
    assert home.json("beredskap", "next", "--as", "anne")["name"] == "Kari Lie"
    second = home.json("beredskap", "next", "--as", "bjørn")
    assert (second["name"], second["number_called_by"]) == ("Per Aas", None)


def test_where_nobody_else_is_left_it_says_who_is_ringing_that_number(home: Cli) -> None:
    home.ok("beredskap", "call", "per", "no")
    home.ok("beredskap", "next", "--as", "anne")
    said = home.ok("beredskap", "next", "--as", "bjørn")
    assert "Ola Lie" in said and "anne is ringing this number now, for Kari Lie" in said


def test_the_same_caller_may_go_on_to_the_other_one(home: Cli) -> None:
    home.ok("beredskap", "next", "--as", "anne")
    second = home.json("beredskap", "next", "--as", "anne")
    assert (second["name"], second["number_called_by"]) == ("Ola Lie", None)


def test_once_it_is_recorded_the_number_is_free(home: Cli) -> None:
    home.ok("beredskap", "next", "--as", "anne")
    home.ok("beredskap", "call", "kari", "yes", "--as", "anne")
    assert home.json("beredskap", "next", "--as", "bjørn")["name"] == "Ola Lie"


def test_only_the_number_that_is_rung_is_passed_over(home: Cli) -> None:
    """Kari has a number of her own, which is rung first; the one she shares with Ola is free."""
    home.ok("person", "edit", "kari", "--phone", "90111229", "--phone", "90111221", "--yes")
    first = home.json("beredskap", "next", "--as", "anne")
    assert (first["name"], first["phones"][0]) == ("Kari Lie", "+4790111229")
    second = home.json("beredskap", "next", "--as", "bjørn")
    assert (second["name"], second["number_called_by"]) == ("Ola Lie", None)


def test_a_number_that_is_rung_for_another_call_out_is_passed_over_too(home: Cli) -> None:
    home.ok("beredskap", "group", "add", "Ras", "--org", 1)
    for name in ("Ola Lie", "Per Aas"):
        home.ok("beredskap", "member", "add", "Ras", name)
    home.ok("beredskap", "activate", "Ras", "--group", "Ras", "--need", 2, "-o", "ras")
    flom, ras = ("--activation", "2026-R-001"), ("--activation", "2026-R-002")
    assert home.json("beredskap", "next", "--as", "anne", *flom)["name"] == "Kari Lie"
    second = home.json("beredskap", "next", "--as", "bjørn", *ras)
    assert (second["name"], second["number_called_by"]) == ("Per Aas", None)
    third = home.json("beredskap", "next", "--as", "bjørn", *ras)
    assert (third["name"], third["number_called_by"]) == ("Ola Lie", "anne")
