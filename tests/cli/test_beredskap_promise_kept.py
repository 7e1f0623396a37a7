"""A leader's promise counts only as far as it can still be kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.three_in_a_group import THREE, begin
from tests.conftest import Cli

LOST = "not counted: no more of them can come"


@pytest.fixture
def promised(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Three are needed, and the leader says that two of the group's three come."""
    monkeypatch.chdir(tmp_path)
    begin(cli, 2)
    cli.ok("beredskap", "call", "--group", 1, "--coming", 2, "--of", 3)
    return cli


def test_who_said_no_themselves_bound_what_the_leader_promised(promised: Cli) -> None:
    first = promised("beredskap", "call", THREE[0], "no")
    assert "2/2" in first.out and LOST not in first.out + first.err
    second = promised("beredskap", "call", THREE[1], "no")
    assert "anyone 1/2" in second.out
    assert f"1 is {LOST}" in second.err and "Ask their leader how many come" in second.err
    promised.ok("beredskap", "call", THREE[2], "no")
    shown = promised("beredskap", "status")
    assert "anyone 0/2" in shown.out and f"0 named, 2 are {LOST}" in shown.out
    assert "2, of whom 0 count without a name" in shown.out and "covered" not in shown.err
    refused = promised("beredskap", "next")
    assert refused.code == 1 and "Missing: anyone 2" in refused.err
    assert "Ask their leader how many come" in refused.err and "fill in" not in refused.err
    assert "Ask their leader how many come" in shown.err
    promised.ok("beredskap", "status", "-o", "vegg.html")
    assert "<b>2</b>reported, but cannot come" in Path("vegg.html").read_text("utf-8")
    figures = promised.json("beredskap", "report")["figures"]
    assert (figures["by_leaders"], figures["by_leaders_unnamed"]) == (2, 0)
    assert figures["needs"][0]["met"] == 0


def test_who_says_yes_by_name_takes_a_place_that_is_left(promised: Cli) -> None:
    promised.ok("beredskap", "call", THREE[0], "no")
    promised.ok("beredskap", "call", THREE[1], "yes")
    shown = promised.json("beredskap", "status")
    assert (shown["needs"][0]["confirmed"], shown["by_leaders_unnamed"]) == (2, 1)
    promised.ok("beredskap", "call", THREE[2], "no")
    shown = promised.json("beredskap", "status")
    assert (shown["needs"][0]["confirmed"], shown["by_leaders_unnamed"]) == (1, 0)


def test_one_who_is_left_out_may_come_with_the_group_but_not_who_was_called(promised: Cli) -> None:
    promised.ok("beredskap", "exclude", THREE[0], "--reason", "andre oppgaver")
    promised.ok("beredskap", "call", THREE[1], "no")
    assert promised.json("beredskap", "status")["needs"][0]["confirmed"] == 2
    promised.ok("beredskap", "exclude", THREE[1], "--reason", "sa nei")
    promised.ok("beredskap", "call", THREE[2], "no")
    assert promised.json("beredskap", "status")["needs"][0]["confirmed"] == 1
    told = promised.json("beredskap", "status")["group_answers"]
    assert [one["not_counted"] for one in told] == [1]


def test_the_report_says_that_no_call_covered_what_a_leader_promised(promised: Cli) -> None:
    said = " ".join(promised.ok("beredskap", "report").split())
    assert "until the need was covered covered (2 of 2), but not by calls alone" in said


def test_the_report_says_of_which_episode_the_last_one_had_come(promised: Cli) -> None:
    promised.ok("beredskap", "end", "--force", "--reason", "nok")
    assert "the last one had come –" in " ".join(promised.ok("beredskap", "report").split())
    promised.ok("beredskap", "reopen", "--reason", "elva stiger")
    promised.ok("beredskap", "arrive", THREE[0])
    said = " ".join(promised.ok("beredskap", "report").split())
    assert "From decision until the last one had come, episode 1 –" in said
