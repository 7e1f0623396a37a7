"""Slips while a call-out goes on, and what was taken away again: nothing odd comes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.three_in_a_group import begin
from tests.conftest import Cli


@pytest.fixture
def ready(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Flom, one needed; Kari, Ola and Per are in one group."""
    monkeypatch.chdir(tmp_path)
    begin(cli, 3, "--as", "anne")
    return cli


def test_no_more_come_of_a_group_than_it_has(ready: Cli) -> None:
    said = ready("beredskap", "call", "--group", 1, "--coming", 30)
    assert said.code and "Omsorg has 3 on the list" in said.err
    assert "arrive NAME --walk-in" in said.err  # how others are taken in
    seen = ready.json("beredskap", "status")
    assert (seen["covered"], seen["group_answers"]) == (False, [])
    ready.ok("beredskap", "exclude", "per")  # who is left out may come with their group
    ready.ok("beredskap", "call", "--group", 1, "--coming", 3)
    assert ready.json("beredskap", "status")["covered"] is True


def test_a_need_that_was_taken_away_is_not_told_as_uncovered(ready: Cli) -> None:
    ready.ok("beredskap", "need", "sjåfør=1")
    ready.ok("beredskap", "call", "kari", "yes", "--for", "sjåfør")
    ready.ok("beredskap", "need", "sjåfør=0", "0")
    ready.ok("beredskap", "end", "--force", "--reason", "nok")
    told = ready.ok("beredskap", "report")
    assert "of 0" not in told and told.count("none was needed in the end") == 2
    assert "ingen trengtes til slutt" in ready("beredskap", "report", lang="nb").out


def test_nobody_is_rung_for_two_call_outs_at_once(
    ready: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready.ok("beredskap", "activate", "Brann", "--need", "3", "-o", "ut2", "--as", "anne")

    def rung(number: int, who: str) -> str:
        return ready.json("beredskap", "next", "--activation", number, "--as", who)["name"]

    assert rung(1, "t1") == "Kari Bakken"
    assert rung(2, "t2") == "Ola Vik"
    assert rung(1, "t1") == "Per Aas"
    said = ready("beredskap", "next", "--activation", 1, "--as", "t1")
    assert "1 is being called by somebody else" in said.err
    assert "another call-out: Ola Vik (2026-R-002)" in said.err
    ready.ok("beredskap", "call", "ola", "no", "--activation", 2, "--as", "t2")
    assert rung(1, "t1") == "Ola Vik"  # who is not called in there can be asked here
    ready.ok("beredskap", "activate", "Prøve", "--exercise", "--need", "3", "-o", "ut3")
    assert rung(3, "t3") == "Kari Bakken"  # an exercise keeps nobody from what is real


def test_who_writes_of_what_is_over_is_told_how_it_is_named(ready: Cli) -> None:
    number = ready.json("beredskap", "status")["number"]
    ready.ok("beredskap", "end")
    said = ready.refused("beredskap", "call", "kari", "yes")
    assert f"{number}, which is over" in said and f"--activation {number}" in said
    assert "late" in ready("beredskap", "call", "kari", "yes", "--activation", number).err


def test_the_words_of_the_sheets_are_read_out_as_they_are_spoken(ready: Cli) -> None:
    seen = ready.json("beredskap", "status")
    code = next(row["row_code"] for row in seen["calls"] if row["name"] == "Kari Bakken")
    Path("ark.txt").write_text(f"{code} pp ?\n{code} di ?\n", encoding="utf-8")
    ready.ok("beredskap", "exclude", "kari")
    done = ready("beredskap", "paper", seen["number"], "--from", "ark.txt", lang="nb")
    assert f"{code} på plass" in done.err and "on-site" not in done.err
    assert f"{code} dimittert" in done.err and "released" not in done.err
