"""`frivillig beredskap arrive --undo`: an arrival that was written by mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cli


def test_an_arrival_is_taken_back_and_out_of_the_report(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    cli.ok("volunteer", "add", "Kari Bakken", "--phone", "90111221")
    cli.ok("beredskap", "member", "add", 1, 1)
    cli.ok("beredskap", "activate", "Flom", "--need", "1", "-o", "ut")
    cli.ok("beredskap", "arrive", "kari")
    code = cli.json("beredskap", "arrive", "--walk-in", "Jon Inom")["row_code"]
    assert cli.json("beredskap", "report")["figures"]["on_site"] == 2
    assert "arrive 1 --undo" in cli.refused("beredskap", "call", "kari", "undo")
    back = cli.json("beredskap", "arrive", "kari", "--undo")
    assert (back["deployment"], back["answer"], back["listed"]) == (None, None, True)
    assert "Leave" in cli("beredskap", "arrive", code, "--undo", "--register").err
    assert "off the list" in cli.ok("beredskap", "arrive", code, "--angre")
    assert cli.json("beredskap", "report")["figures"]["on_site"] == 0
    log = cli.ok("beredskap", "log")
    assert "Jon Inom" in log and log.count("written by mistake") == 2 and "[corrected in" in log
    cli.ok("beredskap", "end")
    cli.ok("beredskap", "report", "-o", "rapport.html")
    assert cli("doctor").code == 0
