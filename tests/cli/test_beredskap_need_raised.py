"""How long it took until a need was covered that was raised while it went on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_beredskap_untold import at
from tests.cli.three_in_a_group import begin
from tests.conftest import Cli


@pytest.fixture
def flood(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """One is needed; all three say yes within six minutes, two of them in reserve."""
    monkeypatch.chdir(tmp_path)
    at(monkeypatch, "10:00")
    begin(cli, 1)
    for minute, name in ((1, "Kari"), (5, "Ola"), (6, "Per")):
        at(monkeypatch, f"10:0{minute}")
        cli.ok("beredskap", "call", name, "yes")
    return cli


def covered(cli: Cli) -> list[int | None]:
    return [one["seconds"] for one in cli.json("beredskap", "report")["figures"]["needs"]]


@pytest.mark.parametrize("lang", ["en", "nb", "nn"])
def test_those_in_reserve_count_from_when_they_were_asked_to_come(
    flood: Cli, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    assert covered(flood) == [0]
    at(monkeypatch, "11:00")
    flood.ok("--lang", lang, "beredskap", "need", 3)
    assert covered(flood) == [None]
    at(monkeypatch, "11:10")
    flood.ok("--lang", lang, "beredskap", "call", "Ola", "yes")
    at(monkeypatch, "11:15")
    flood.ok("--lang", lang, "beredskap", "call", "Per", "yes")
    assert covered(flood) == [74 * 60]
    assert "1 h 14 min" in flood.ok("beredskap", "report")


@pytest.mark.parametrize("lang", ["en", "nb", "nn"])
def test_a_need_is_not_covered_before_it_was_stated(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.chdir(tmp_path)
    at(monkeypatch, "10:00")
    begin(cli, 3)
    for minute, name in ((1, "Kari"), (5, "Ola"), (6, "Per")):
        at(monkeypatch, f"10:0{minute}")
        cli.ok("beredskap", "call", name, "yes")
    assert covered(cli) == [5 * 60]
    at(monkeypatch, "10:20")
    cli.ok("--lang", lang, "beredskap", "need", 1)
    assert covered(cli) == [0]  # the first was enough for one from the beginning
    at(monkeypatch, "10:31")
    cli.ok("--lang", lang, "beredskap", "need", 30)
    assert covered(cli) == [None]
    at(monkeypatch, "10:41")
    cli.ok("--lang", lang, "beredskap", "need", 3)
    assert covered(cli) == [30 * 60]  # three were needed from 10:31
