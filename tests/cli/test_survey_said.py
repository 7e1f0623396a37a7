"""What an import tells scripts and pipes: what was saved, what would be, and nothing after a no."""

from __future__ import annotations

import json

import pytest

from tests.cli.survey_round import answer


@pytest.fixture
def back(forms, tmp_path):
    return answer(forms[1], tmp_path / "a.xlsx", email="ny@hagelag.example")


def told(lag, back, *how: str) -> tuple[bool, int, str, str]:
    """`saved`, `applied`, the outcome of the e-mail, and what the form has come to."""
    said = json.loads(lag("survey", "import", "1", back, *how, "--json").out)
    [form] = said["files"]
    [change] = [one for one in form["changes"] if one["field"] == "email"]
    assert (change["current"], change["answer"]) == ("post@hagelag.example", "ny@hagelag.example")
    return said["saved"], said["applied"], change["outcome"], form["result"]


def test_what_nobody_took_in_is_not_applied(lag, back) -> None:
    assert told(lag, back, "--accept", "none") == (False, 0, "unchanged", "unchanged")
    assert told(lag, back, "--accept", "none", "--dry-run") == (False, 0, "unchanged", "unchanged")
    assert lag.json("org", "show", "1")["email"] == "post@hagelag.example"


def test_a_look_tells_what_would_be_applied_and_that_nothing_was_saved(lag, back) -> None:
    assert told(lag, back, "--dry-run") == (False, 1, "applied", "changed")
    assert told(lag, back, "--accept", "all") == (True, 1, "applied", "changed")
    again = lag.json("survey", "import", "1", back, "--accept", "all")
    assert (again["saved"], again["applied"]) == (False, 0)


def test_a_conflict_is_one_whatever_is_wanted(lag, back) -> None:
    lag.ok("org", "edit", "1", "--email", "tre@hagelag.example")
    for how in (("--accept", "none"), ("--dry-run",)):
        said = json.loads(lag("survey", "import", "1", back, *how, "--json").out)
        assert (said["saved"], said["applied"], said["conflicts"]) == (False, 0, 1)


def test_the_question_is_not_the_result(lag, back, says) -> None:
    for how in ((), ("--json",)):
        says("n")
        assert "→ ny@hagelag.example" in lag.refused("survey", "import", "1", back, *how)
    says("y")
    done = lag("survey", "import", "1", back)
    assert done.out.startswith("Saved. 1 answer, 1 field changed.")
    assert "→ ny@hagelag.example" in done.err


def test_a_person_who_takes_it_in_gets_json_that_says_so(lag, back, says) -> None:
    says("y")
    assert told(lag, back) == (True, 1, "applied", "changed")
