"""Which number is rung, and which is taken for the one that was rung."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.three_in_a_group import begin
from tests.conftest import Cli

FIRST, SECOND = "+4790111220", "+4790111229"


@pytest.fixture
def two(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Flom, of whom one is needed; Kari has two numbers."""
    monkeypatch.chdir(tmp_path)
    begin(cli, 1)
    cli.ok("person", "edit", "kari", "--phone", FIRST, "--phone", SECOND)
    return cli


def last_line(cli: Cli) -> str:
    return cli.json("beredskap", "log")[-1]["text"]


def test_one_who_answered_is_asked_again_on_the_number_they_answered_on(two: Cli) -> None:
    two.ok("beredskap", "call", "ola", "yes")
    assert two.json("beredskap", "call", "kari", "yes")["answer"] == "reserve"
    two.ok("beredskap", "need", 2)
    found = two.json("beredskap", "next")
    assert (found["name"], found["phones"]) == ("Kari Bakken", [FIRST, SECOND])
    two.ok("beredskap", "call", "kari", "no-answer")
    assert "90 11 12 20" in last_line(two)
    two.ok("beredskap", "call", "kari", "no-answer", "--again")  # then the other one
    assert "90 11 12 29" in last_line(two)


def test_a_number_that_is_none_of_theirs_is_not_taken_for_the_one_that_was_rung(two: Cli) -> None:
    two.ok("beredskap", "call", "kari", "yes", "--number", "99999999")
    two.ok("beredskap", "call", "kari", "wrong-number")
    assert "99 99 99 99" in last_line(two)
    phones = two.json("beredskap", "status")["calls"][0]["phones"]
    assert phones == [FIRST, SECOND], "it was the other number that was wrong"
    two.ok("beredskap", "call", "kari", "no-answer", "--again")
    assert "90 11 12 20" in last_line(two)
