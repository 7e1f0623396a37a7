"""A mistaken answer of one in reserve is taken back: they are in reserve, until somebody asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_beredskap_untold import at
from tests.cli.three_in_a_group import begin
from tests.conftest import Cli


@pytest.fixture
def flood(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """One is needed: Kari comes, Ola is in reserve; then three are needed."""
    monkeypatch.chdir(tmp_path)
    begin(cli, 1)
    at(monkeypatch, "10:01")
    cli.ok("beredskap", "call", 1, "yes")
    at(monkeypatch, "10:02")
    cli.ok("beredskap", "call", 2, "yes")
    at(monkeypatch, "10:03")
    cli.ok("beredskap", "need", 3)
    return cli


def answer(cli: Cli, person: int) -> tuple[str | None, str | None]:
    found = [one for one in cli.json("beredskap", "status")["calls"] if one["person_id"] == person]
    return found[0]["answer"], found[0]["deployment"]


def test_they_are_in_reserve_again_though_the_need_has_grown(
    flood: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "10:04")
    flood.ok("beredskap", "call", 2, "no")
    at(monkeypatch, "10:05")
    back = flood("beredskap", "call", 2, "undo")
    assert "«no» is taken back. What stands: reserve." in back.out and "1/3" in back.out
    assert "more than is needed" not in back.err
    assert answer(flood, 2) == ("reserve", None)
    log = flood.json("beredskap", "log")
    assert "What stands: reserve." in log[-1]["text"]
    assert "Ola" in flood("beredskap", "next").out
    at(monkeypatch, "10:06")
    flood.ok("beredskap", "call", 2, "yes")
    assert answer(flood, 2) == ("yes", "on_way")


def test_they_are_so_whatever_language_their_answer_was_written_in(
    flood: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    flood.ok("beredskap", "need", 1)
    flood.ok("--lang", "nb", "beredskap", "call", 3, "yes")
    flood.ok("beredskap", "need", 3)
    at(monkeypatch, "10:07")
    flood.ok("beredskap", "call", 3, "no")
    at(monkeypatch, "10:08")
    flood.ok("beredskap", "call", 3, "undo")
    assert answer(flood, 3) == ("reserve", None)


def test_one_who_was_on_the_way_is_so_again(flood: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "10:04")
    flood.ok("beredskap", "call", 1, "no")
    at(monkeypatch, "10:05")
    flood.ok("beredskap", "call", 1, "undo")
    assert answer(flood, 1) == ("yes", "on_way")
    assert "What stands: yes" in flood.json("beredskap", "log")[-1]["text"]


def test_one_who_was_on_the_way_is_so_though_another_has_come_in_their_place(
    flood: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    flood.ok("beredskap", "need", 1)
    at(monkeypatch, "10:04")
    flood.ok("beredskap", "call", 1, "withdrew")
    at(monkeypatch, "10:05")
    flood.ok("beredskap", "call", 3, "yes")
    at(monkeypatch, "10:06")
    back = flood("beredskap", "call", 1, "undo")
    assert "What stands: yes." in back.out and "2/1" in back.out
    assert "more than is needed: agree with Kari Bakken" in back.err
    assert (answer(flood, 1), answer(flood, 3)) == (("yes", "on_way"), ("yes", "on_way"))
    at(monkeypatch, "10:07")
    flood.ok("beredskap", "call", 3, "no")
    assert "1/1" in flood.ok("beredskap", "status")
    assert "Kari Bakken" in flood("beredskap", "end").err
    flood.ok("beredskap", "leave", 1, "--home")
