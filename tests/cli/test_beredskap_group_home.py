"""A group whose leader answered for all is told and home: what it met stays met."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cli


@pytest.fixture
def promised(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A call-out in which a leader has promised two, and nobody is named."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    cli.ok("volunteer", "add", "Kari Bakken", "--phone", "90111221")
    cli.ok("volunteer", "add", "Ola Vik", "--phone", "90111222")
    cli.ok("beredskap", "member", "add", 1, 1, 2)
    cli.ok("beredskap", "activate", "Flom", "--need", "2", "-o", "ut")
    cli.ok("beredskap", "call", "--group", 1, "--coming", 2, "--of", 8)
    return cli


def needs(cli: Cli) -> list[tuple[int, int]]:
    return [
        (cli.json("beredskap", "status")["needs"][0]["confirmed"],
         cli.json("beredskap", "report")["figures"]["needs"][0]["met"])
    ]  # fmt: skip


def test_a_group_that_is_home_counts_for_the_need_as_named_people_do(promised: Cli) -> None:
    assert needs(promised) == [(2, 2)]
    first = promised("beredskap", "end")
    assert "Omsorg (2 without a name)" in first.err
    assert "call --group 1 --coming 0" in first.err and "leave" not in first.err
    home = promised("beredskap", "call", "--group", 1, "--coming", 0)
    assert "Omsorg: all of them are told and home" in home.out and "2/2" in home.out
    assert "names" not in home.err
    promised.ok("beredskap", "end")
    assert needs(promised) == [(2, 2)] and promised.json("beredskap", "status")["covered"]
    figures = promised.json("beredskap", "report")["figures"]
    assert (figures["by_leaders"], figures["by_leaders_unnamed"]) == (2, 2)
    assert promised.json("beredskap", "status")["by_leaders_unnamed"] == 2
    promised.ok("beredskap", "reopen", "--reason", "elva stiger")
    assert promised.json("beredskap", "status")["episodes"][0]["needs"][0]["met"] == 2
    assert promised.json("beredskap", "status")["needs"][0]["confirmed"] == 0


def test_when_people_are_called_in_again_a_group_that_is_home_counts_no_more(promised: Cli) -> None:
    promised.ok("beredskap", "end")
    promised.ok("beredskap", "call", "--group", 1, "--coming", 0)
    promised.ok("beredskap", "reopen", "--reason", "elva stiger")
    assert promised.json("beredskap", "status")["needs"][0]["confirmed"] == 0


def test_a_group_that_does_not_come_after_all_counts_for_nothing(promised: Cli) -> None:
    none = promised("beredskap", "call", "--group", 1, "--coming", 0)
    assert "home" not in none.out and "0/2" in none.out
    promised.ok("beredskap", "end")
    assert needs(promised) == [(0, 0)]


def test_a_group_is_reported_home_without_saying_what_it_came_for(promised: Cli) -> None:
    promised.ok("beredskap", "need", "sjåfør=1", "omsorg=1", "0")
    promised.ok("beredskap", "call", "--group", 1, "--coming", 1, "--for", "omsorg")
    promised.ok("beredskap", "end")
    promised.ok("beredskap", "call", "--group", 1, "--coming", 0)
    promised.ok("beredskap", "end")
    assert [one["confirmed"] for one in promised.json("beredskap", "status")["needs"]] == [0, 0, 1]


def test_those_without_a_name_are_not_home_until_somebody_says_so(promised: Cli) -> None:
    promised.ok("beredskap", "call", 1, "yes")
    promised.ok("beredskap", "end")
    promised.ok("beredskap", "leave", 1, "--home")
    status = promised("beredskap", "status")
    assert "All are home" not in status.out + status.err
    assert "Not home yet: Omsorg (1 without a name)." in status.err
    assert "call --group 1 --coming 0" in status.err
    promised.ok("beredskap", "status", "-o", "wall.html")
    wall = Path("wall.html").read_text(encoding="utf-8")
    assert "<b>1</b>called in, without a name" in wall
    promised.ok("beredskap", "end", "--force", "--reason", "de kjører selv")
    assert "Not home yet: Omsorg (1 without a name)." in promised("beredskap", "status").err
    promised.ok("beredskap", "call", "--group", 1, "--coming", 0, "--activation", "2026-R-001")
    after = promised("beredskap", "status")
    assert "Not home yet" not in after.err and "all of them are told and home" in after.out
    promised.ok("beredskap", "status", "-o", "wall.html")
    assert "without a name" not in Path("wall.html").read_text(encoding="utf-8")
    assert needs(promised) == [(2, 2)]
    promised.refused("beredskap", "call", "--group", 1, "--coming", 0, "--activation", "2026-R-001")


def test_all_are_home_when_those_without_a_name_are_too(promised: Cli) -> None:
    promised.ok("beredskap", "end")
    promised.ok("beredskap", "call", "--group", 1, "--coming", 0)
    assert "All are home." in promised("beredskap", "status").err
