"""A reminder of a survey that waits while its association answers: it is left out, with why."""

from __future__ import annotations

import json

import pytest

from tests.cli.letter_outbox import names, send, states
from tests.cli.survey_round import answer


@pytest.fixture
def reminded(office, tmp_path):
    """Four associations, a reminder to each, and one that answers after it was written."""
    office.ok("survey", "new", "Endringer våren 2027", "--due", "2027-03-15")
    done = office.json("survey", "export", "1", "-o", tmp_path / "ut", "--per-org")
    forms = {row["org_id"]: row["file"] for row in done["files"]}
    office.ok("config", "set", "letterhead.email", "post@kommune.example")
    office("survey", "remind", "1", "-o", office.folder, "--format", "eml")

    def answered(ref: int, **said: str) -> None:
        back = answer(forms[ref], tmp_path / "inn" / f"{ref}.xlsx", **said)
        office.ok("survey", "import", "1", back, "--yes")

    office.answered = answered
    return office


def test_no_reminder_is_sent_to_those_who_have_answered_since(reminded, serve) -> None:
    reminded.answered(1, **{"f1.tick": "Ja"})
    reminded.answered(2, email="ny@hagelag.example")  # at another address now
    seen = reminded("letter", "send", "1", "--dry-run")
    assert "0 letters" not in seen.out
    for name in ("Egge barnekor", "Lier hagelag"):
        assert name in seen.out
    assert seen.out.count("has answered the survey") == 2 and "letter render" not in seen.err
    handler = serve()
    done = send(reminded, code=3)
    assert {row["name"]: row["why"] for row in done["skipped"]} == {
        "Egge barnekor": "answered", "Lier hagelag": "answered",
    }  # fmt: skip
    assert sorted(names(done["sent"])) == ["Sylling songlag", "Tranby vel"]
    assert set(handler.to()) == {"sylling@lag.example", "tranby@lag.example"}


def test_nor_one_that_lies_in_the_outbox(reminded, serve) -> None:
    serve({"Egge barnekor": "450 4.2.1 later"})
    send(reminded, code=3)
    assert states(reminded)["Egge barnekor"] == "queued"
    reminded.answered(1, **{"f1.tick": "Ja"})
    serve()
    seen = reminded("letter", "send", "1", "--dry-run")
    assert "has answered the survey" in seen.out
    done = send(reminded, code=3)
    assert [(row["name"], row["why"]) for row in done["skipped"]] == [("Egge barnekor", "answered")]
    assert states(reminded)["Egge barnekor"] == "draft"


def test_one_that_was_posted_is_recorded_when_that_is_said(reminded) -> None:
    reminded.answered(1, **{"f1.tick": "Ja"})
    done = reminded("letter", "sent", "1")
    assert "has answered the survey" in done.out and "--also-left-out" in done.err
    assert states(reminded)["Egge barnekor"] == "draft"
    reminded.ok("letter", "sent", "1", "--also-left-out")
    assert set(states(reminded).values()) == {"sent"}


def test_another_letter_about_the_survey_goes_to_them_all(reminded, serve) -> None:
    reminded.answered(1, **{"f1.tick": "Ja"})
    words = ("--survey", "1", "-o", reminded.folder / "mal", "--json")
    done = reminded("letter", "render", "mal", *words)
    assert len(json.loads(done.out)["rendered"]) == 4
    serve()
    assert len(send(reminded, batch=2)["sent"]) == 4
