"""A clock time that has not been: the day that is suggested is one that is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cli


def at(patch: pytest.MonkeyPatch, moment: str) -> None:
    patch.setenv("FRIVILLIG_CLOCK", f"{moment}:00+01:00")


@pytest.fixture
def night(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Flom, begun at 23:50 on the 26th; it is 00:10."""
    monkeypatch.chdir(tmp_path)
    at(monkeypatch, "2026-11-26T23:50")
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    cli.ok("volunteer", "add", "Kari Lie", "--phone", "90100001")
    cli.ok("beredskap", "member", "add", "Omsorg", 1)
    cli.ok("beredskap", "activate", "Flom", "--need", "1", "-o", "ut")
    at(monkeypatch, "2026-11-27T00:10")
    return cli


def test_just_after_midnight_yesterdays_date_is_suggested_and_taken(night: Cli) -> None:
    said = night.refused("beredskap", "call", 1, "no", "--at", "23:58")
    assert "23:58 has not been yet" in said and "2026-11-26T23:58" in said
    assert "2027-03-15" not in said
    night.ok("beredskap", "call", 1, "no", "--at", "2026-11-26T23:58")
    assert "2026-11-26T23:59" in night.refused("beredskap", "log", "Vannet stiger", "--at", "23:59")
    night.ok("beredskap", "log", "Vannet stiger", "--at", "2026-11-26T23:59")


def test_no_day_is_suggested_where_none_would_be_taken(night: Cli) -> None:
    said = night.refused("beredskap", "call", 1, "no", "--at", "22:00")
    assert "22:00 has not been yet" in said and "2026-11-2" not in said
    assert "Write the time it happened" in said


def taken(cli: Cli, line: str, *more: object) -> str:
    Path("ark.txt").write_text(line + "\n", encoding="utf-8")
    return cli("beredskap", "paper", "Flom", "--from", "ark.txt", *more, lang="nb").err


def test_paper_suggests_a_day_only_if_it_would_be_taken(night: Cli) -> None:
    code = night.json("beredskap", "status", "--all")["calls"][0]["row_code"]
    said = taken(night, f"{code} n 2200")
    assert "skriv ? for klokkeslettet" in said and "T22:00" not in said
    said = taken(night, f"{code} n 2355", "--date", "2026-11-27")
    assert "skriv datoen også, som 2026-11-26T23:55" in said
    assert "Ikke tatt inn" not in taken(night, f"{code} n 2026-11-26T23:55")


def test_what_happened_just_before_somebody_sat_down_and_typed_is_taken(night: Cli) -> None:
    """Whoever rang first did so before the call-out was typed in: 15 minutes, and no more."""
    code = night.json("beredskap", "status", "--all")["calls"][0]["row_code"]
    early, late = "2026-11-26T23:34", "2026-11-26T23:36"
    said = night.refused("beredskap", "call", 1, "no-answer", "--at", early)
    assert "is before 2026-R-001 began" in said
    assert "Ikke tatt inn" in taken(night, f"{code} is {early}")
    night.ok("beredskap", "call", 1, "no-answer", "--at", late)
    assert "Ikke tatt inn" not in taken(night, f"{code} is 2026-11-26T23:37")
    assert "from 15 minutes before it began" in " ".join(
        night.ok("beredskap", "call", "--help").split()
    )
