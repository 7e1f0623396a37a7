"""Whoever was called and then left out stands in the report with what was heard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_beredskap_untold import at, out, phone
from tests.cli.three_in_a_group import begin
from tests.conftest import Cli

__all__ = ["out"]


@pytest.fixture
def called(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Flom: Kari comes; Ola did not answer and Per said no, and both were then left out."""
    monkeypatch.chdir(tmp_path)
    begin(cli, 1)
    cli.ok("beredskap", "call", "Ola", "no-answer")
    cli.ok("beredskap", "call", "Per", "no")
    cli.ok("beredskap", "call", "Kari", "yes")
    cli.ok("beredskap", "exclude", "Ola")
    cli.ok("beredskap", "exclude", "Per")
    return cli


def people(cli: Cli) -> list[tuple]:
    """(name, calls, answer, left out because, episode) of each row of the workbook."""
    from openpyxl import load_workbook

    cli.ok("beredskap", "report", "-o", "r.xlsx", "--overwrite")
    rows = load_workbook("r.xlsx")["People"].iter_rows(min_row=4, values_only=True)
    return [(row[1], row[3], row[4], row[6], row[7]) for row in rows]


def test_the_one_called_is_in_the_calls_and_no_more_were_called_than_could_be(called) -> None:
    told = called.json("beredskap", "report")
    figures = told["figures"]
    assert (figures["roster"], figures["eligible"], figures["attempted"]) == (3, 3, 3)
    seen = {one["name"]: (one["contact"], one["answer"], one["selection"], one["attempts"])
            for one in told["calls"]}  # fmt: skip
    assert seen["Ola Vik"] == ("not_reached", None, "excluded", 1)
    assert seen["Per Aas"] == ("reached", "no", "excluded", 1)
    assert {one["name"] for one in told["excluded"]} == {"Ola Vik", "Per Aas"}
    assert people(called) == [
        ("Kari Bakken", 1, "yes", None, 1),
        ("Ola Vik", 1, "not reached", "left out by hand", 1),
        ("Per Aas", 1, "no", "left out by hand", 1),
    ]


def test_they_stay_in_the_episode_in_which_they_were_called(called) -> None:
    called.ok("beredskap", "end")
    called.ok("beredskap", "leave", "Kari", "--home")
    called.ok("beredskap", "end")
    called.ok("beredskap", "reopen", "--reason", "elva stiger")
    told = called.json("beredskap", "report")
    assert (told["figures"]["eligible"], told["figures"]["attempted"]) == (3, 3)
    assert {one["name"] for one in told["calls"]} == {"Kari Bakken", "Ola Vik", "Per Aas"}
    found = people(called)
    assert ("Ola Vik", 1, "not reached", "left out by hand", 1) in found
    assert ("Per Aas", 1, "no", "left out by hand", 1) in found
    assert [row[4] for row in found if row[0] in ("Ola Vik", "Per Aas")] == [1, 1]


def test_one_who_was_never_called_is_left_out_without_an_answer(called) -> None:
    called.ok("volunteer", "add", "Uten Nummer")
    called.ok("beredskap", "member", "add", 1, "Uten Nummer")
    called.ok("beredskap", "activate", "Ras", "--need", "1", "-o", "ras")
    assert called.json("beredskap", "report", "Ras")["figures"]["excluded"] == 2
    from openpyxl import load_workbook

    called.ok("beredskap", "report", "Ras", "-o", "r.xlsx")
    rows = list(load_workbook("r.xlsx")["People"].iter_rows(min_row=4, values_only=True))
    (row,) = [row for row in rows if row[1] == "Uten Nummer"]
    assert (row[3], row[4], row[6]) == (0, None, "no number")


def test_a_walk_in_who_was_left_out_is_taken_in_again_as_they_stood(called: Cli) -> None:
    for name in ("Jon Innom", "Pia Innom"):
        called.ok("beredskap", "arrive", name, "--walk-in", "--phone", "90111229")
        called.ok("beredskap", "leave", name, "--home")
        called.ok("beredskap", "exclude", name)
    assert "Jon Innom: home safe" in called.ok("beredskap", "include", "Jon")
    assert "on the list already" in called.refused("beredskap", "include", "Jon")
    told = {row["name"]: row for row in called.json("beredskap", "status")["calls"]}
    assert told["Jon Innom"]["phones"] and "Pia Innom" not in told


def test_an_older_answer_that_comes_in_afterwards_is_not_the_last_one_heard(
    out: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    out.ok("beredskap", "reopen", "--reason", "elva stiger")
    file = phone(out, ("Per Aas", "yes", "10:41"), ("Ola Vik", "no-answer", "10:41"))
    at(monkeypatch, "10:42")
    out.ok("beredskap", "call", "Per", "no")
    out.ok("beredskap", "call", "Ola", "unclear")
    at(monkeypatch, "10:44")
    out.ok("beredskap", "collect", file)
    for name in ("Per", "Ola"):
        out.ok("beredskap", "exclude", name)
    answers = {row[0]: row[2] for row in people(out) if row[4] == 2}
    assert (answers["Per Aas"], answers["Ola Vik"]) == ("no", "unclear")
    told = out.json("beredskap", "report")["calls"]
    assert [one["answer"] for one in told if one["name"] == "Per Aas"] == ["no"]


def test_one_in_reserve_who_is_taken_in_again_is_in_reserve_and_is_asked(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    begin(cli, 1)
    cli.ok("beredskap", "call", "Kari", "yes")
    cli.ok("beredskap", "call", "Ola", "yes", "--eta", "12:30")
    cli.ok("beredskap", "call", "Per", "no")
    before = cli.ok("beredskap", "status")
    for person in ("Ola", "Per"):
        cli.ok("beredskap", "exclude", person, "--reason", "borte")
    assert "3 · yes 1 · left out 2" in cli.ok("beredskap", "status")
    for person in ("Ola", "Per"):
        cli.ok("beredskap", "include", person, "--reason", "kan likevel")
    assert cli.ok("beredskap", "status") == before and "reserve" in before
    assert cli.json("beredskap", "report")["figures"]["reserve"] == 1
    cli.ok("beredskap", "need", 2)
    assert "Ola" in cli.ok("beredskap", "next")


def test_a_walk_in_in_reserve_who_is_taken_in_again_is_in_reserve(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    begin(cli, 1)
    cli.ok("beredskap", "call", "Kari", "yes")
    cli.ok("beredskap", "arrive", "Jon Inom", "--walk-in")
    cli.ok("beredskap", "leave", "Jon", "--home")
    before = cli.json("beredskap", "status")["calls"]
    cli.ok("beredskap", "exclude", "Jon")
    cli.ok("beredskap", "include", "Jon")
    after = cli.json("beredskap", "status")["calls"]
    assert [one["deployment"] for one in after] == [one["deployment"] for one in before]
    assert all(one["answer"] for one in after if one["name"] == "Jon Inom")
