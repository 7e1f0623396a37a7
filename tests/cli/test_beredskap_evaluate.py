"""`beredskap evaluate`: what was typed is not lost where it cannot be kept as it stands."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from frivillig_cli.cli import ask
from tests.cli.three_in_a_group import begin
from tests.conftest import Cli
from tests.terminal import terminal

FRIVILLIG = [sys.executable, "-m", "frivillig_cli", "--lang", "en"]


@pytest.fixture
def over(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.chdir(tmp_path)
    begin(cli, 1)
    cli.ok("beredskap", "end")
    return cli


def learnt(cli: Cli) -> list[tuple[str | None, str | None]]:
    said = cli.json("beredskap", "report")["evaluations"]
    return [(one["went_well"], one["to_improve"]) for one in said]


@pytest.mark.skipif(sys.platform == "win32", reason="no tmux on Windows")
def test_a_text_that_is_not_to_be_stored_after_all_is_there_to_be_changed(over: Cli) -> None:
    with terminal([*FRIVILLIG, "beredskap", "evaluate"]) as screen:
        screen.see("What went well?")
        screen.type("Alle kom, og Kari ble syk")
        screen.press("Enter")
        screen.see("may be about somebody's health", "[y/N]")
        screen.press("Enter")
        screen.see("Change it, or empty the line", "What went well? Alle kom, og Kari ble syk")
        screen.press(*["BSpace"] * len(", og Kari ble syk"), "Enter")
        screen.see("What is to be better?")
        screen.type("Ring Kari 01010750160")
        screen.press("Enter")
        screen.see("holds a birth number", "better? Ring Kari 01010750160")
        screen.press(*["BSpace"] * len(" 01010750160"), "Enter")
        screen.see("is saved", "ENDED 0")
    assert learnt(over) == [("Alle kom", "Ring Kari")]


def test_where_a_line_cannot_be_changed_it_is_shown_and_typed_again(
    over: Cli, says: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = says("n", "y")
    waiting = ["Kari ble syk", "Per ble syk", "Flere biler"]
    monkeypatch.setattr(ask, "_read", lambda question: waiting.pop(0))
    done = over("beredskap", "evaluate")
    assert done.code == 0 and "Kari ble syk" in done.err and len(asked) == 2
    assert learnt(over) == [("Per ble syk", "Flere biler")]


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (["evaluate", "--well", "01010750160"], "What went well holds"),
        (["evaluate", "--improve", "01010750160"], "What is to be better holds"),
        (["action", "add", "Flom", "Ring 01010750160"], "What is to be done holds"),
        (["action", "add", "Flom", "Ring", "--owner", "01010750160"], "Who does it holds"),
        (["exercise", "plan", "2099-01-01", "Øv 01010750160"], "Title holds"),
    ],
)
def test_a_refusal_names_the_field_in_words(over: Cli, command: list[str], field: str) -> None:
    assert field in over.refused("beredskap", *command)
