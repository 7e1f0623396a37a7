"""The computer's clock was hours ahead when it began, and was put right: nothing is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.three_in_a_group import begin
from tests.conftest import Cli


def clock(monkeypatch: pytest.MonkeyPatch, time: str) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", f"2026-11-23T{time}:00+01:00")


@pytest.fixture
def night(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """It began at 08:10 on a clock that was put right since: it is 03:40."""
    monkeypatch.chdir(tmp_path)
    clock(monkeypatch, "08:10")
    begin(cli, 3)
    cli.ok("beredskap", "call", "Kari Bakken", "no-answer")
    clock(monkeypatch, "03:40")
    return cli


@pytest.mark.parametrize("late", [False, True])
def test_times_that_were_told_are_taken(
    night: Cli, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    if late:  # the clock has come to when it says that it began
        night.ok("beredskap", "log", "Strømmen er borte")
        clock(monkeypatch, "08:30")
    night.ok("beredskap", "call", "Kari Bakken", "yes", "--at", "03:20")
    code = night.json("beredskap", "status")["calls"][1]["row_code"]
    Path("ark.txt").write_text(f"{code} j 0325", "utf-8")
    night.ok("beredskap", "paper", "2026-R-001", "--from", "ark.txt")
    night.ok("beredskap", "arrive", "Kari Bakken", "--at", "03:30")
    night.ok("beredskap", "arrive", "Ny Mann", "--walk-in", "--at", "03:35")
    night.ok("beredskap", "call", "--group", 1, "--coming", 1, "--of", 3, "--at", "03:38")
    assert "23.11. 03:25  " in night.ok("beredskap", "log", "--limit", 0)


def test_a_time_long_before_is_still_a_slip(night: Cli) -> None:
    said = night.refused("beredskap", "call", "Kari Bakken", "yes", "--at", "2026-11-22T03:20")
    assert "is before 2026-R-001 began" in said


@pytest.fixture
def flat(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """It began at 08:10; one line was written while the clock showed 2020, and it is 09:10."""
    monkeypatch.chdir(tmp_path)
    clock(monkeypatch, "08:10")
    begin(cli, 3)
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2020-01-01T00:03:00+01:00")
    cli.ok("beredskap", "log", "Strømmen er borte")
    clock(monkeypatch, "09:10")
    return cli


def test_a_clock_whose_battery_was_flat_says_nothing_of_when_it_began(flat: Cli) -> None:
    said = flat.refused("beredskap", "call", "Kari Bakken", "yes", "--at", "2026-01-22T03:20")
    assert "is before 2026-R-001 began (23 November 2026 08:10)" in said
    code = flat.json("beredskap", "status")["calls"][1]["row_code"]
    Path("ark.txt").write_text(f"{code} j 0825", "utf-8")
    assert "Ola Vik" in flat.ok("beredskap", "paper", "2026-R-001", "--from", "ark.txt")


def test_a_clock_some_minutes_behind_makes_no_time_of_today_yesterdays(
    flat: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock(monkeypatch, "08:00")
    flat.ok("beredskap", "log", "En annen maskin")
    clock(monkeypatch, "20:30")
    code = flat.json("beredskap", "status")["calls"][1]["row_code"]
    Path("ark.txt").write_text(f"{code} j 2015", "utf-8")
    assert "Ola Vik" in flat.ok("beredskap", "paper", "2026-R-001", "--from", "ark.txt")


def test_a_refused_time_is_set_against_the_start_that_status_shows(
    night: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = night.refused("beredskap", "call", "Kari Bakken", "yes", "--at", "2026-11-21T03:20")
    assert "is before 2026-R-001 began (23 November 2026 08:10)" in said
