"""Who became under 18, opted out, away or archived while people are being called in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cli

NAMES = ("Kari Bakken", "Ola Vik", "Per Aas", "Siv Dal", "Tor Eik")


@pytest.fixture
def night(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Five are on the list, and one of each kind is set since: only Tor is as he was."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T03:00:00+01:00")
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    for number, name in enumerate(NAMES):
        cli.ok("volunteer", "add", name, "--phone", f"9011122{number}")
        cli.ok("beredskap", "member", "add", 1, name)
    cli.ok("beredskap", "activate", "Flom", "--need", 5, "-o", "ut")
    cli.ok("volunteer", "edit", NAMES[0], "--minor")
    cli.ok("beredskap", "opt-out", "set", NAMES[1], "--until", "2026-12-24")
    cli.ok("beredskap", "absence", "add", NAMES[2], "--from", "2026-11-20", "--to", "2026-12-01")
    cli.ok("volunteer", "archive", NAMES[3], "--yes")
    return cli


def test_next_offers_neither_who_is_under_18_nor_who_has_opted_out(night: Cli) -> None:
    for name, why in ((NAMES[2], "away"), (NAMES[3], "no longer active"), (NAMES[4], None)):
        said = night.ok("beredskap", "next")
        assert name in said
        assert (f"by the register now: {why}" in said) == bool(why)
        night.ok("beredskap", "call", name, "no")
    refused = night.refused("beredskap", "next")
    told = f"By the register now: {NAMES[0]} (under 18), {NAMES[1]} (has asked not to be called now"
    assert "Nobody is left to call now" in refused and told in refused
    assert "not enough: 5 will be missing" in night("beredskap", "status").err


def test_status_and_the_printed_list_mark_them(night: Cli) -> None:
    said = night("beredskap", "status").err
    assert f"{NAMES[2]} (away), {NAMES[3]} (no longer active). Leave them out with" in said
    assert "not enough: 2 will be missing" in said
    night.ok("beredskap", "print", "-o", "nytt")
    page = next(Path("nytt").glob("*.html")).read_text("utf-8")
    assert "under 18: do not call" in page and "away" in page and "away: do not" not in page
    night.ok("beredskap", "exclude", NAMES[0], "--reason", "under 18")
    assert f"{NAMES[0]} (under 18)" not in night("beredskap", "status").err


def test_who_is_taken_in_by_hand_all_the_same_is_called(night: Cli) -> None:
    night.ok("beredskap", "exclude", NAMES[1], "--reason", "vil ikke")
    night.ok("beredskap", "include", NAMES[1], "--reason", "ringte selv")
    said = night.ok("beredskap", "next")
    assert NAMES[1] in said and "by the register" not in said


def test_no_way_out_is_named_that_is_refused(night: Cli) -> None:
    night.ok("volunteer", "edit", NAMES[4], "--minor")
    night.ok("beredskap", "end", "--yes")
    assert night("beredskap", "activate", "Ras", "--need", 1, "-o", "to").code == 3
    said = night.refused("beredskap", "call", NAMES[4], "yes")
    assert "under 18" in said and "beredskap include" not in said and "person show" in said


def test_who_did_not_come_is_told_so_in_a_whole_sentence(night: Cli) -> None:
    night.ok("beredskap", "call", NAMES[4], "yes")
    night.ok("beredskap", "leave", NAMES[4], "--no-show")
    said = night.refused("beredskap", "call", NAMES[4], "undo")
    assert f"It is recorded already that {NAMES[4]} did not come." in said
