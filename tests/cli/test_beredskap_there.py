"""One who is on site, or whose name stands on the list: what is said, and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.three_in_a_group import begin
from tests.conftest import Cli


@pytest.fixture
def flom(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.chdir(tmp_path)
    return begin(cli, 1)


@pytest.mark.parametrize("word", ["no", "withdrew"])
def test_who_is_on_site_leaves_and_does_not_say_no(flom: Cli, word: str) -> None:
    flom.ok("beredskap", "arrive", "kari")
    said = flom.refused("beredskap", "call", "kari", word)
    assert "Kari Bakken is on site already" in said
    assert "leave 1" in said and "arrive 1 --undo" in said
    assert flom.json("beredskap", "status")["calls"][0]["answer"] == "yes"
    flom.ok("beredskap", "leave", "kari")
    flom.ok("beredskap", "call", "kari", word)


def test_a_walk_in_who_is_left_out_is_taken_in(flom: Cli) -> None:
    flom.ok("beredskap", "exclude", "kari")
    said = flom.refused("beredskap", "arrive", "Kari Bakken", "--walk-in")
    assert "Kari Bakken is left out: left out by hand" in said and "on the list" not in said
    assert "include 1 --reason" in said and "Somebody else of that name" in said
    said = flom.refused("beredskap", "arrive", "Ola Vik", "--walk-in")
    assert "Ola Vik is on the list already" in said and "arrive 002" in said


def test_an_expenses_number_is_not_read_as_thousands(flom: Cli) -> None:
    assert flom.ok("beredskap", "expense", 100, "Mat").startswith("Expense 1: 100 kroner: Mat")
    told = flom("beredskap", "expense", "200", "Kaffe", lang="nb")
    assert told.out.startswith("Utgift 2: 200 kroner: Kaffe")


def test_two_of_one_name_are_told_apart_in_the_log(flom: Cli) -> None:
    """Only where there are two: the row code says whom a line is about, in every form of it."""
    new = flom.json("volunteer", "add", "Kari Bakken", "--phone", "90111229", "--new-person")
    flom.ok("beredskap", "include", new["id"])
    flom.ok("beredskap", "call", 1, "no-answer")
    flom.ok("beredskap", "call", new["id"], "yes")
    flom.ok("beredskap", "call", "ola", "no")
    first, second, ola = flom.json("beredskap", "log")[-3:]
    assert first["text"] == "Kari Bakken (001-5) (90 11 12 20): no answer"
    assert (first["to"], second["from"]) == ("Kari Bakken (001-5)", "Kari Bakken (004-4)")
    assert second["text"] == "Kari Bakken (004-4): yes" and ola["text"] == "Ola Vik: no"
    assert flom.json("beredskap", "report")["log"][-3:] == [first, second, ola]
    assert "Kari Bakken (004-4): yes" in flom.ok("beredskap", "log")
    flom.ok("beredskap", "export", "logg.csv")
    assert "Kari Bakken (004-4): yes" in Path("logg.csv").read_text("utf-8-sig")
    assert flom("doctor").code == 0  # what is stored is as it was
