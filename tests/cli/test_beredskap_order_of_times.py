"""Times that cannot be, an answer in another's place, and who is on site in two places."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.three_in_a_group import THREE, begin
from tests.conftest import Cli

KARI, OLA, PER = THREE


@pytest.fixture
def night(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """It began at 03:00; one is needed, and it is 03:10."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T03:00:00+01:00")
    begin(cli, 2)
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T03:10:00+01:00")
    return cli


def test_who_came_or_left_before_what_is_recorded_already_is_said(night: Cli) -> None:
    night.ok("beredskap", "call", KARI, "yes")
    came = night("beredskap", "arrive", KARI, "--at", "03:05")
    assert f"{KARI}: 03:05 is before what is recorded already, of 03:10" in came.err
    left = night("beredskap", "leave", KARI, "--at", "03:02")
    assert left.code == 0 and f"{KARI}: 03:02 is before what is recorded already" in left.err
    home = night("beredskap", "leave", KARI, "--home", "--at", "03:10")
    assert "is before" not in home.err


def test_nobody_comes_in_a_year(night: Cli) -> None:
    said = night.refused("beredskap", "call", KARI, "yes", "--eta", "2027-11-23T10:00")
    assert "is more than a week ahead" in said and "2026-11-23T10:00" in said
    night.ok("beredskap", "call", KARI, "yes", "--eta", "2026-11-24T10:00")


def test_what_a_leader_said_before_is_named_where_it_counts_no_more(night: Cli) -> None:
    night.ok("beredskap", "need", "sjåfør=2")
    first = night("beredskap", "call", "--group", 1, "--coming", 2, "--for", "sjåfør")
    assert "in the place of" not in first.err
    again = night("beredskap", "call", "--group", 1, "--coming", 1, "--for", "sjåfør")
    told = "It stands in the place of: Omsorg: 2 come · sjåfør · 0 named."
    assert told in again.err and told in night.json("beredskap", "log")[-1]["text"]


def test_who_is_on_site_in_two_call_outs_is_said_with_a_way_that_is_taken(night: Cli) -> None:
    night.ok("beredskap", "activate", "Brann", "--need", 1, "-o", "to")
    night.ok("beredskap", "arrive", KARI, "--activation", "2026-R-002")
    twice = night("beredskap", "arrive", KARI, "--activation", "2026-R-001").err
    way = "frivillig beredskap leave 1 --activation 2026-R-002"
    assert "is called in to 2026-R-002 too" in twice and way in twice
    night.ok(*way.split()[1:])


def test_one_who_was_sent_a_text_alone_is_not_reached_wherever_it_is_told(
    night: Cli, tmp_path: Path
) -> None:
    night.ok("beredskap", "call", KARI, "sms-sent")
    night.ok("beredskap", "call", OLA, "no")
    shown = night.ok("beredskap", "status")
    assert "2 · no 1 · not reached 1" in shown and "not called" not in shown
    night.ok("beredskap", "end")
    night.ok("beredskap", "reopen", "--reason", "elva stiger")
    assert "called 2 · no 1 · not reached 1" in night.ok("beredskap", "status")


def test_one_of_the_same_name_on_the_same_number_is_told_apart(night: Cli) -> None:
    night.ok("volunteer", "add", KARI, "--phone", "90111220", "--new-person")
    night.ok("beredskap", "include", 4)
    code = night.json("beredskap", "status")["calls"][-1]["row_code"]
    assert f"same number as {KARI} ({code})" in night.ok("beredskap", "next")


def test_html_is_not_named_where_it_was_not_written(night: Cli, monkeypatch) -> None:
    from frivillig_cli.work.beredskap import files

    def fails(*_args: object, **_more: object) -> None:
        raise OSError("no")

    for made in ("_pdf", "_html"):
        monkeypatch.setattr(files, made, fails)
    said = night("beredskap", "print", "-o", "ark").err
    assert "Text stands in its place." in said and "HTML works" not in said
