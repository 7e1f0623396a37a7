"""The night: a call-out from the agreement in the drawer to everybody home."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Cli


@pytest.fixture
def ready(cli: Cli) -> Cli:
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok(
        "agreement", "add", "sanitet", "Omsorgsberedskap", "--kind", "beredskap", "--from",
        "2026-01-01", "--to", "2028-12-31", "--exercise-payer", "association", "--event-payer",
        "municipality",
    )  # fmt: skip
    for number, name in enumerate(("Astrid Bakken", "Ola Vik", "Kari Lie", "Skjult Person")):
        cli.ok("volunteer", "add", name, "--phone", f"9010000{number}", "--skill", "omsorg")
    cli.ok("person", "edit", "Skjult Person", "--protected")
    cli.ok("beredskap", "group", "add", "Omsorgsgruppen", "--org", "sanitet")
    cli.ok("beredskap", "member", "add", "Omsorgsgruppen", "Astrid Bakken", "--role", "leader")
    cli.ok("beredskap", "member", "add", "Omsorgsgruppen", "Ola Vik", "Kari Lie", "Skjult Person")
    cli.ok(
        "beredskap", "resource", "add", "Lier sanitetshus", "--org", "sanitet", "--street",
        "Bruveien 2", "--key-holder", "Ola Vik",
    )  # fmt: skip
    return cli


def test_the_municipality_pays_when_it_happens_and_the_list_is_on_paper(
    ready: Cli, tmp_path: Path
) -> None:
    started = ready.json(
        "beredskap", "activate", "Flom Lierelva", "--need", "omsorg=1", "--place",
        "Lier sanitetshus", "--asked-by", "politiet", "--decided-by", "kommunedirektøren",
        "-o", tmp_path / "flom",
    )  # fmt: skip
    assert (started["number"], started["payer"]) == ("2026-R-001", "municipality")
    assert {Path(file).suffix for file in started["files"]} == {".pdf", ".html", ".xlsx", ".vcf"}
    for file in started["files"]:
        data = Path(file).read_bytes()
        assert b"90100003" not in data and b"90 10 00 03" not in data, "a protected number"

    first = ready.json("beredskap", "next")
    assert first["name"] == "Astrid Bakken" and first["phones"] == ["+4790100000"]
    ready.ok("beredskap", "call", "Astrid Bakken", "no-answer")
    ready.ok("beredskap", "call", "Ola Vik", "yes", "--eta", "30m")
    late = ready.json("beredskap", "call", "Kari Lie", "yes")
    status = ready.json("beredskap", "status")
    answers = {call["name"]: call["answer"] for call in status["calls"]}
    assert answers["Ola Vik"] == "yes" and answers["Kari Lie"] == "reserve", late
    assert status["needs"] == [{"skill": "omsorg", "needed": 1, "confirmed": 1}]
    assert "covered" in ready.refused("beredskap", "next")

    ready.ok("beredskap", "arrive", "Ola Vik")
    assert ready.json("beredskap", "end")["state"] == "standing_down"
    ready.ok("beredskap", "leave", "Ola Vik", "--home")
    assert ready.json("beredskap", "end")["state"] == "closed"
    assert ready("beredskap", "end").code == 1
    log = ready.json("beredskap", "log")
    assert [entry["seq"] for entry in log] == list(range(1, len(log) + 1))
    assert ready("doctor").code == 0


def test_an_exercise_says_so_everywhere_and_the_association_pays(
    ready: Cli, tmp_path: Path
) -> None:
    done = ready("beredskap", "activate", "Øv flom", "--exercise", "-o", tmp_path / "øv", "--json")
    started = json.loads(done.out)
    assert started["payer"] == "association" and started["number"] == "2026-Ø-001"
    assert all("ØVELSE" in Path(file).name for file in started["files"])


def test_a_dry_run_leaves_the_files_bytes_as_they_were(ready: Cli, tmp_path: Path) -> None:
    before = ready.path.read_bytes()
    shown = ready.json("beredskap", "activate", "Flom", "--need", "2", "--dry-run")
    assert len(shown["calls"]) == 4 and ready.path.read_bytes() == before
