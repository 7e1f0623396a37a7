"""A letter about a survey asks only those, and only for as long, as an answer is waited for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.survey_round import answer, begin, send

REMINDER, COVER = "sporreskjema-purring", "sporreskjema-folgebrev"


@pytest.fixture
def office(cli, tmp_path):
    """Survey 1 was sent to 1, who has answered, and 2; 3 has come since. All have addresses."""
    begin(cli)
    forms = send(cli, tmp_path)
    answered = answer(forms[1], tmp_path / "svar.xlsx", phone="32220101")
    cli.ok("survey", "import", "1", answered, "--accept", "all", "--yes")
    cli.ok("org", "add", "Egge barnekor")
    for n in ("1", "2", "3"):
        cli.ok(
            "org", "edit", n, "--street", f"Bruveien {n}", "--postcode", "3410", "--city", "Lier"
        )
    cli.ok("config", "set", "letterhead.email", "post@kommune.example")
    cli.folder = tmp_path / "ut"
    return cli


def render(office, name: str, *more: str):
    return office("letter", "render", name, "--survey", "1", "-o", office.folder, *more,
                  "--format", "txt")  # fmt: skip


def test_a_reminder_goes_to_those_who_were_asked_and_have_not_answered(office) -> None:
    done = render(office, REMINDER, "--json")
    made = json.loads(done.out)
    assert done.code == 3 and [row["org_id"] for row in made["rendered"]] == [2]
    assert {row["org_id"]: row["why"] for row in made["skipped"]} == {
        1: "answered", 3: "not_asked",
    }  # fmt: skip


@pytest.mark.parametrize("name", [REMINDER, COVER])
def test_no_letter_asks_for_answers_to_a_survey_that_is_closed(office, name) -> None:
    office.ok("survey", "close", "1", "--yes")
    done = render(office, name)
    assert done.code == 1 and "is closed" in done.err and not office.folder.exists()


def test_a_letter_written_before_the_survey_was_closed_is_not_sent(office) -> None:
    office.ok("org", "edit", "2", "--email", "songlag@lag.example")
    assert render(office, REMINDER).code == 3
    office.ok("survey", "close", "1", "--yes")
    done = office("letter", "send", "1", "--dry-run", "--json")
    assert json.loads(done.out)["skipped"][0]["why"] == "survey_closed"


def test_the_covering_letter_says_that_the_day_has_passed(office, monkeypatch) -> None:
    render(office, COVER, "id:2")
    (path,) = Path(office.folder).glob("*.txt")
    assert "Svar innen 15. mars 2027" in path.read_text("utf-8")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2027-04-02T09:00:00+02:00")
    render(office, COVER, "id:2", "--overwrite")
    text = " ".join(path.read_text("utf-8").split())
    assert "Svar innen" not in text and "Fristen var 15. mars 2027" in text
