"""Who could come from a time that has passed, and who was unsure, when nobody else is left."""

from __future__ import annotations

import pytest

from tests.cli.three_in_a_group import begin
from tests.conftest import Cli


@pytest.fixture
def night(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path) -> Cli:
    """Three are needed; Kari can come from 10:30, Ola is unsure, Per said no; it is ten."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T10:00:00+01:00")
    begin(cli, 3)
    cli.ok("beredskap", "call", "Kari Bakken", "later", "--from", "10:30")
    cli.ok("beredskap", "call", "Ola Vik", "unclear")
    cli.ok("beredskap", "call", "Per Aas", "no")
    return cli


def test_who_was_unsure_and_who_can_come_later_are_named_when_the_list_is_empty(night: Cli) -> None:
    said = night.refused("beredskap", "next")
    assert "May come after all: Kari Bakken (from 10:30), Ola Vik (unclear)." in said
    assert "Per Aas" not in said


def test_who_can_come_by_now_is_offered_first(night: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T10:29:00+01:00")
    night.refused("beredskap", "next")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T10:30:00+01:00")
    said = night.ok("beredskap", "next")
    assert "Kari Bakken" in said and "could come from 10:30: ask whether they come now" in said
    night.ok("beredskap", "call", "Kari Bakken", "no-answer")
    night.refused("beredskap", "next")  # tried a moment ago
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T10:41:00+01:00")
    assert night.json("beredskap", "next")["name"] == "Kari Bakken"
    night.ok("beredskap", "call", "Kari Bakken", "yes")
    assert night.json("beredskap", "status")["needs"][0]["confirmed"] == 1
    assert "Ola Vik (unclear)" in night.refused("beredskap", "next")


@pytest.mark.parametrize("answer", [["yes"], ["yes", "--eta", "20m"], ["no"]])
def test_what_another_recorded_is_not_called_replaced_where_they_were_to_be_asked_again(
    night: Cli, monkeypatch: pytest.MonkeyPatch, answer: list[str]
) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T10:31:00+01:00")
    night.ok("beredskap", "next", "--as", "per")
    said = night("beredskap", "call", "Kari Bakken", *answer, "--as", "per")
    assert said.code == 0 and "If that was wrong" not in said.err


def test_what_another_recorded_is_called_replaced_where_their_hour_had_not_come(
    night: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T10:31:00+01:00")
    said = night("beredskap", "call", "Kari Bakken", "no", "--at", "10:20", "--as", "per")
    assert said.code == 0 and "recorded «from 10:30» at 10:00" in said.err


def test_who_says_a_new_time_is_left_alone_until_then(
    night: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T10:30:00+01:00")
    night.ok("beredskap", "next")
    night.ok("beredskap", "call", "Kari Bakken", "later", "--from", "11:30")
    assert "Kari Bakken (from 11:30)" in night.refused("beredskap", "next")


def test_who_can_come_by_now_is_counted_among_those_who_are_left(
    night: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "not enough: 3 will be missing" in night("beredskap", "status").err
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T10:30:00+01:00")
    said = night("beredskap", "status").err
    assert "not enough: 2 will be missing" in said
    assert "May come after all: Ola Vik (unclear)." in said
    night.ok("beredskap", "need", 1)
    assert "not enough" not in night("beredskap", "status").err
    for minute in (31, 42, 53):
        monkeypatch.setenv("FRIVILLIG_CLOCK", f"2026-11-23T10:{minute}:00+01:00")
        night.ok("beredskap", "call", "Kari Bakken", "no-answer")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T11:30:00+01:00")
    said = night.refused("beredskap", "next")
    assert "It is not enough: 1 will be missing" in said
    assert "May come after all: Kari Bakken (from 10:30), Ola Vik (unclear)." in said
    assert "not enough: 1 will be missing" in night("beredskap", "status").err


def test_who_was_tried_when_their_time_had_come_can_be_tried_again_and_is_not_more(
    night: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T10:40:00+01:00")
    night.ok("beredskap", "call", "Kari Bakken", "no-answer")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T10:42:00+01:00")
    said = night.refused("beredskap", "next")
    assert "It is not enough: 2 will be missing" in said
    assert "1 can be tried again from 10:50." in said and "--new-round" not in said
    assert "May come after all: Ola Vik (unclear)." in said
    for minute in (51, 59):
        monkeypatch.setenv("FRIVILLIG_CLOCK", f"2026-11-23T10:{minute}:00+01:00")
        night.ok("beredskap", "call", "Kari Bakken", "no-answer", "--again")
    said = night.refused("beredskap", "next")
    assert "can be tried again" not in said
    assert "Another round for those not reached: frivillig beredskap next --new-round" in said
    assert "Kari Bakken" in night.ok("beredskap", "next", "--new-round")
