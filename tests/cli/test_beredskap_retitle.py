"""The title of a call-out is corrected; the one there was stands in the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cli


@pytest.fixture
def flood(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    cli.ok("volunteer", "add", "Kari Bakken", "--phone", "90111221")
    cli.ok("beredskap", "member", "add", 1, 1)
    return cli


def test_a_title_is_corrected_everywhere_and_the_old_one_stands_in_the_log(flood: Cli) -> None:
    flood.ok("beredskap", "activate", "Flom i Leir", "-o", "ut")
    done = flood("beredskap", "retitle", "Flom i Lier")
    assert done.code == 0 and "Flom i Lier" in done.out and "beredskap print" in done.err
    assert flood.json("beredskap", "status")["title"] == "Flom i Lier"
    assert "Flom i Lier" in flood.ok("beredskap", "list", "lier")
    assert "Flom i Lier" in flood.ok("search", "flom lier")
    assert flood.json("beredskap", "report")["title"] == "Flom i Lier"
    *_, alert, line = flood.json("beredskap", "log")
    assert (line["type"], line["supersedes"]) == ("correction", None)
    assert "Flom i Lier" in line["text"] and "Flom i Leir" in line["text"]
    assert "Flom i Leir" in alert["text"]
    assert flood("doctor").code == 0
    flood.ok("beredskap", "print", "-o", "nye")
    assert "Flom i Lier" in next(Path("nye").glob("*.html")).read_text("utf-8")


def test_a_title_is_corrected_when_it_is_over_too(flood: Cli) -> None:
    flood.ok("beredskap", "activate", "Flom", "-o", "ut")
    flood.ok("beredskap", "end")
    flood.ok("beredskap", "retitle", "Ras", "--activation", "Flom")
    assert flood.json("beredskap", "list")[0]["title"] == "Ras"
    assert "already" in flood.refused("beredskap", "retitle", "Ras")
    assert "empty" in flood.refused("beredskap", "retitle", " ")


def test_a_title_about_health_is_said_to_be_corrected_and_is_shown_no_more(flood: Cli) -> None:
    said = flood("beredskap", "activate", "Kari har diabetes", "-o", "ut").err
    assert "diabetes" in said and "frivillig beredskap retitle TITLE" in said
    flood.ok("beredskap", "retitle", "Leting")
    shown = flood.ok("beredskap", "log")
    assert "diabetes" not in shown and "[left out when it was corrected]" in shown
    assert "diabetes" not in str(flood.json("beredskap", "status"))
    assert "diabetes" not in str(flood.json("beredskap", "report"))
    again = flood("beredskap", "retitle", "Kari har astma").err
    assert "astma" in again and "retitle TITLE" in again
    flood.ok("beredskap", "retitle", "Leting ved elva")
    assert "astma" not in flood.ok("beredskap", "log")


def test_a_title_about_health_is_shown_no_more_where_a_number_in_it_was_protected_since(
    flood: Cli,
) -> None:
    flood.ok("beredskap", "activate", "Kari, 90 11 12 21, har diabetes", "-o", "ut")
    flood.ok("person", "edit", 1, "--protected")
    flood.ok("beredskap", "retitle", "Leting")
    shown = flood.ok("beredskap", "log")
    assert "diabetes" not in shown and "[left out when it was corrected]" in shown
    assert flood("doctor").code == 0
