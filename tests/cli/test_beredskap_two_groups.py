"""Leaders of two groups that share members have answered: each person takes one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cli


@pytest.fixture
def shared(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Omsorg (1) has volunteers 1 to 10, Vakt (2) has 1 and 10 to 12; eight are needed."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    cli.ok("beredskap", "group", "add", "Vakt", "--org", 1)
    for number in range(12):
        cli.ok("volunteer", "add", f"Person {number:02}", "--phone", f"901112{number:02}")
    cli.ok("beredskap", "member", "add", 1, *range(1, 11))
    cli.ok("beredskap", "member", "add", 2, 1, 10, 11, 12)
    cli.ok("beredskap", "activate", "Flom", "--need", 8, "-o", "ut")
    cli.ok("beredskap", "call", 2, "yes")
    cli.ok("beredskap", "call", "--group", 1, "--coming", 5, "--of", 10)
    cli.ok("beredskap", "call", 3, "yes")
    cli.ok("beredskap", "call", "--group", 2, "--coming", 2, "--of", 4)
    return cli


def confirmed(cli: Cli) -> int:
    return cli.json("beredskap", "status")["needs"][0]["confirmed"]


def test_a_yes_never_lowers_what_is_met(shared: Cli) -> None:
    met = [confirmed(shared)]
    for person in (1, 10, 11, 4, 5, 12):
        shared.ok("beredskap", "call", person, "yes")
        met.append(confirmed(shared))
    assert met == [7, 7, 7, 7, 7, 7, 8]


def test_each_is_named_once_in_status_and_report(shared: Cli) -> None:
    for person in (1, 10):
        shared.ok("beredskap", "call", person, "yes")
    status = shared.ok("beredskap", "status")
    assert "anyone 7/8" in status and "7, of whom 3 count without a name" in status
    assert "Omsorg: 5 of 10 come · 2 named" in status and "Vakt: 2 of 4 come · 2 named" in status
    figures = shared.json("beredskap", "report")["figures"]
    assert (figures["by_leaders"], figures["by_leaders_unnamed"]) == (7, 3)
    told = shared("beredskap", "end").err
    assert "Omsorg (3 without a name)" in told and "Vakt" not in told


def test_one_who_backs_out_leaves_one_place(shared: Cli) -> None:
    shared.ok("beredskap", "call", 1, "yes")
    assert confirmed(shared) == 7
    shared.ok("beredskap", "call", 1, "no")
    assert confirmed(shared) == 6
    assert shared.ok("beredskap", "status").count("does not come after all") == 1


@pytest.mark.parametrize(
    ("named", "left"), [(1, [("Omsorg", 3), ("Vakt", 1)]), (2, [("Omsorg", 3)])]
)
def test_those_without_a_name_who_are_out_are_as_many_when_it_is_opened_again(
    shared: Cli, named: int, left: list[tuple[str, int]]
) -> None:
    for person in (1, 10)[:named]:
        shared.ok("beredskap", "call", person, "yes")
    shared.ok("beredskap", "end", "--force", "--reason", "alle er på vei hjem")
    shared.ok("beredskap", "reopen", "--reason", "elva stiger")
    told = shared.json("beredskap", "status")["not_home_unnamed"]
    assert [(one["name"], one["n"]) for one in told] == left


def test_one_whom_the_smaller_group_cannot_do_without_is_of_that_one(shared: Cli) -> None:
    shared.ok("beredskap", "call", "--group", 2, "--coming", 4, "--of", 4)
    for person in (1, 10):
        shared.ok("beredskap", "call", person, "yes")
    status = shared.ok("beredskap", "status")
    assert "Vakt: 4 of 4 come · 2 named" in status and "not counted" not in status
