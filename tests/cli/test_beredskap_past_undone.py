"""What is mended afterwards: in an episode that is over, of a walk-in, of one who never came."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_beredskap_untold import at, out, phone, row
from tests.conftest import Cli

__all__ = ["out"]


def undo(cli: Cli, file: str, name: str, tap: str, clock: str) -> None:
    """The phone's file, with an undo of one of its taps."""
    lines = Path(file).read_text("utf-8").splitlines()[:-1]
    code = row(cli, name)["row_code"]
    lines.append(f"undo{tap} {code} undo 2026-11-23T{clock}:00+00:00 of={tap}")
    Path(file).write_text("\n".join([*lines, f"end {len(lines) - 2}"]) + "\n", "utf-8")


def reopen(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "11:00")
    cli.ok("beredskap", "reopen", "--reason", "elva stiger")
    at(monkeypatch, "11:05")


def test_an_answer_of_an_episode_that_is_over_is_taken_back_there(
    out: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = phone(out, ("Ola Vik", "yes", "10:20"))
    reopen(out, monkeypatch)
    out.ok("beredskap", "collect", file)
    assert out.json("beredskap", "status")["episodes"][0]["yes"] == 2
    undo(out, file, "Ola Vik", "tapolaye20", "10:21")
    told = out("beredskap", "collect", file)
    assert told.code == 0 and "Ola Vik  taken back (episode 1)" in told.out
    assert "another stood already" not in told.err and "has not been told" not in told.err
    seen = out.json("beredskap", "status")
    assert (seen["episodes"][0]["yes"], seen["not_home"]) == (1, [])
    last = out.json("beredskap", "log")[-1]
    assert last["type"] == "correction" and "of episode 1 was taken back" in last["text"]
    assert "taken back" not in out.ok("beredskap", "collect", file) and out("doctor").code == 0


def test_one_that_was_counted_with_when_it_was_over_stands_and_it_is_said_why(
    out: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = phone(out, ("Ola Vik", "yes", "10:20"))
    out.ok("beredskap", "collect", file)
    out.ok("beredskap", "leave", "ola", "--home")
    reopen(out, monkeypatch)
    undo(out, file, "Ola Vik", "tapolaye20", "10:21")
    told = out("beredskap", "collect", file)
    assert "an answer of episode 1 was taken back on the phone when that was over" in told.err
    assert out.json("beredskap", "status")["episodes"][0]["yes"] == 2


def test_a_wrong_number_of_an_episode_that_is_over_is_marked_on_the_row(
    out: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    out.ok("beredskap", "reopen", "--reason", "mer vann")
    out.ok("beredskap", "arrive", "Berit Nes", "--walk-in", "--phone", "90111299")
    out.ok("beredskap", "leave", "berit", "--home")
    assert out.json("beredskap", "end")["state"] == "closed"
    at(monkeypatch, "11:00")
    file = phone(out, ("Berit Nes", "wrong-number", "10:41"))
    out.ok("beredskap", "reopen", "--reason", "enda mer")
    at(monkeypatch, "11:05")
    assert row(out, "Berit Nes")["phones"] == ["+4790111299"]
    out.ok("beredskap", "collect", file)
    assert row(out, "Berit Nes")["phones"] == []


def test_one_who_never_came_and_is_noted_when_it_is_closed_changes_not_what_was_met(
    out: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    reopen(out, monkeypatch)
    out.ok("beredskap", "call", "ola", "yes")
    out.ok("beredskap", "end")
    out.ok("beredskap", "end", "--force", "--reason", "svarer ikke")
    before = out.json("beredskap", "status")["needs"]
    assert before[0]["confirmed"] == 1
    out.ok("beredskap", "leave", "ola", "--no-show")
    assert row(out, "Ola Vik")["deployment"] == "no_show"
    assert out.json("beredskap", "status")["needs"] == before


def test_both_lines_about_a_walk_in_who_never_came_are_corrected(
    out: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    reopen(out, monkeypatch)
    code = out.json("beredskap", "arrive", "Jon Inom", "--walk-in")["row_code"]
    came, there = out.json("beredskap", "log")[-2:]
    assert "without having been called" in came["text"]
    out.ok("beredskap", "arrive", code, "--undo")
    corrected = {one["supersedes"] for one in out.json("beredskap", "log")}
    assert {came["seq"], there["seq"]} <= corrected


@pytest.fixture
def brought(out: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Ola said yes in the second episode, and was not home when the third began."""
    out.ok("beredskap", "reopen", "--reason", "mer vann")
    at(monkeypatch, "10:45")
    out.ok("beredskap", "call", "ola", "yes")
    at(monkeypatch, "10:50")
    out.ok("beredskap", "end", "--force", "--reason", "vakten er over")
    reopen(out, monkeypatch)
    return out


def standing(cli: Cli) -> tuple[str | None, str | None, int]:
    seen = cli.json("beredskap", "status")
    ola = row(cli, "Ola Vik")
    return ola["answer"], ola["deployment"], seen["needs"][0]["confirmed"]


def test_a_no_of_before_ends_the_yes_that_was_brought_along(
    brought: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert standing(brought) == ("yes", "on_way", 1)
    brought.ok("beredskap", "call", "ola", "no-answer")
    file = phone(brought, ("Ola Vik", "no", "10:47"))
    told = brought.ok("beredskap", "collect", file)
    gone = "they were counted as coming in episode 3, and are not now"
    assert f"no (episode 2) · {gone}" in told
    assert standing(brought) == (None, None, 0)
    seen = brought.json("beredskap", "status")
    assert (seen["not_home"], seen["episodes"][1]["no"]) == ([], 1)
    assert gone in brought.json("beredskap", "log")[-1]["text"]
    undo(brought, file, "Ola Vik", "tapolano47", "10:48")
    brought.ok("beredskap", "collect", file)
    assert standing(brought) == ("yes", "on_way", 1) and brought("doctor").code == 0


@pytest.mark.parametrize("since", ["yes", "later", "arrived"])
def test_a_no_of_before_changes_nothing_of_one_who_was_heard_of_since(
    brought: Cli, since: str
) -> None:
    if since == "arrived":
        brought.ok("beredskap", "arrive", "ola")
    else:
        brought.ok(
            "beredskap", "call", "ola", since, *(["--from", "13:00"] if since == "later" else [])
        )
    before = standing(brought)
    told = brought.ok("beredskap", "collect", phone(brought, ("Ola Vik", "no", "10:47")))
    assert "no (episode 2)" in told and "are not now" not in told
    assert standing(brought) == before


def test_the_report_keeps_what_each_answered_in_the_episodes_before(brought: Cli) -> None:
    told = brought.json("beredskap", "report")
    said = [
        [(one["name"], one["answer"], one["deployment"]) for one in episode["calls"]]
        for episode in told["episodes"]
    ]
    assert said == [[("Kari Bakken", "yes", "home_safe")], [("Ola Vik", "yes", "on_way")]]
    now = {one["name"]: one["contact"] for one in told["calls"]}
    assert now == {"Kari Bakken": "pending", "Ola Vik": "reached", "Per Aas": "pending"}


def test_a_slip_that_is_undone_leaves_the_yes_of_before_that_was_taken_in_afterwards(
    out: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = phone(out, ("Ola Vik", "yes", "10:20"))
    reopen(out, monkeypatch)
    out.ok("beredskap", "collect", file)
    assert standing(out) == (None, "on_way", 0)
    for slip in ("no", "yes"):
        out.ok("beredskap", "call", "ola", slip)
        out.ok("beredskap", "call", "ola", "undo")
        assert standing(out) == (None, "on_way", 0)
    out.ok("beredskap", "arrive", "ola")
    out.ok("beredskap", "arrive", "ola", "--undo")
    assert [one["name"] for one in out.json("beredskap", "status")["not_home"]] == ["Ola Vik"]
    at(monkeypatch, "11:10")
    out.ok("beredskap", "leave", "ola", "--home")
    at(monkeypatch, "11:15")
    out.ok("beredskap", "call", "ola", "yes")
    out.ok("beredskap", "call", "ola", "undo")
    assert standing(out) == (None, "home_safe", 0) and out("doctor").code == 0


def test_a_slip_before_the_yes_was_taken_in_hides_it_no_longer_once_it_is_undone(
    out: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = phone(out, ("Ola Vik", "yes", "10:20"))
    reopen(out, monkeypatch)
    out.ok("beredskap", "call", "ola", "no")
    at(monkeypatch, "11:06")
    out.ok("beredskap", "collect", file)
    assert standing(out) == ("no", None, 0)
    at(monkeypatch, "11:07")
    out.ok("beredskap", "call", "ola", "undo")
    assert standing(out) == (None, "on_way", 0)
