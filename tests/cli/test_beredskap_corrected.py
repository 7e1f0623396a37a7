"""What was written of a call-out and corrected since: the correction alone is read out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cli


@pytest.fixture
def ready(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Flom, two needed; Kari and Ola can be called."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    for number, name in enumerate(("Kari Bakken", "Ola Vik")):
        cli.ok("volunteer", "add", name, "--phone", f"9011122{number}")
        cli.ok("beredskap", "member", "add", 1, name)
    cli.ok("beredskap", "activate", "Flom", "--need", "2", "-o", "ut")
    return cli


def notes(cli: Cli, monkeypatch: pytest.MonkeyPatch, hour: int) -> list[str]:
    """What is read to whoever is to ring Kari at such an hour, when nobody else is about to."""
    monkeypatch.setenv("FRIVILLIG_CLOCK", f"2026-11-23T{hour}:00:00+00:00")
    return cli.json("beredskap", "next")["notes"]


def test_a_note_that_was_corrected_is_read_as_it_was_corrected(
    ready: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = ready("beredskap", "note", "kari", "Har diabetes", "--yes")
    assert "--corrects 2" in told.err
    ready.ok("beredskap", "note", "kari", "Har henger")
    ready.ok("beredskap", "log", "Kommer med egen bil", "--corrects", "2")
    assert notes(ready, monkeypatch, 11) == ["Kommer med egen bil", "Har henger"]
    ready.ok("beredskap", "log", "Kommer med buss", "--corrects", "4")  # the correction of it
    line = ready.json("beredskap", "log")[2]["text"]  # as the log shows a note: with who it is
    ready.ok("beredskap", "log", line.replace("henger", "stor henger"), "--corrects", "3")
    assert notes(ready, monkeypatch, 12) == ["Kommer med buss", "Har stor henger"]
    log = ready.ok("beredskap", "log")
    assert "[corrected in 4]" in log and "[left out when it was corrected]" in log
    assert "Har henger" in log  # all of it stays, but words about health
    ready.ok("beredskap", "end", "--force", "--reason", "over")
    for name in ("r.html", "r.json"):
        ready.ok("beredskap", "report", "-o", name)
    ready.ok("beredskap", "export", "logg.csv")
    for name in ("r.html", "r.json", "logg.csv"):
        assert "diabetes" not in Path(name).read_text("utf-8"), name
    assert "diabetes" not in log and ready("doctor").code == 0


@pytest.mark.parametrize("ending", ["html", "json"])
def test_an_evaluation_that_was_corrected_is_printed_as_it_was_corrected(
    ready: Cli, tmp_path: Path, ending: str
) -> None:
    ready.ok("beredskap", "end", "--force", "--reason", "over")
    told = ready(
        "beredskap", "evaluate", "--well", "Kari er syk", "--improve", "Flere biler", "--yes"
    )
    assert "beredskap evaluate 2026-R-001 --corrects 1" in told.err and "1" in told.out
    made = ready.json("beredskap", "evaluate", "--well", "Rask hjelp", "--corrects", 1)
    assert (made["id"], made["supersedes"]) == (2, 1)
    ready.ok("beredskap", "report", "-o", tmp_path / f"rapport.{ending}")
    page = (tmp_path / f"rapport.{ending}").read_text()
    assert "Rask hjelp" in page and "syk" not in page and "Flere biler" not in page
    assert [one["id"] for one in ready.json("beredskap", "report")["evaluations"]] == [2]
    last = ready.json("beredskap", "log")[-1]
    assert last["type"] == "correction" and "Evaluation 1 is corrected in" in last["text"]
    assert ready("doctor").code == 0


def test_an_evaluation_is_corrected_where_it_stands_and_once(ready: Cli) -> None:
    ready.ok("beredskap", "end", "--force", "--reason", "over")
    ready.ok("beredskap", "evaluate", "--text", "første")
    ready.ok("beredskap", "evaluate", "--text", "andre", "--corrects", 1)
    again = ready.refused("beredskap", "evaluate", "--text", "tredje", "--corrects", 1)
    assert "corrected in 2 already" in again and "--corrects 2" in again
    assert "no evaluation 7" in ready.refused(
        "beredskap", "evaluate", "--text", "x", "--corrects", 7
    )
    ready.ok("beredskap", "activate", "Ras", "--need", "1", "-o", "ras")
    ready.refused("beredskap", "evaluate", "2026-R-002", "--text", "x", "--corrects", 2)
