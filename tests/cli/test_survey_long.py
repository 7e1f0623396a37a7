"""What is too long to be taken is kept whole, for the one who makes it shorter."""

from __future__ import annotations

import json

import pytest

from tests.cli.survey_round import answer, begin, corrected, send, take_in, words_in

OWN = """
[[question]]
id = "more"
kind = "text"
text = { nb = "Noe annet?" }
"""
LONG = " ".join(f"Vi møtes på torsdager, uke {week}." for week in range(1, 90)).strip()


@pytest.fixture
def lag(cli, tmp_path):
    begin(cli)
    (tmp_path / "q.toml").write_text(OWN)
    cli.ok("survey", "new", "Med eget", "--questions", tmp_path / "q.toml")
    return cli


def test_an_answer_that_is_too_long_is_kept_whole_and_can_be_made_shorter(lag, tmp_path) -> None:
    assert len(LONG) > 2000
    back = answer(send(lag, tmp_path)[1], tmp_path / "a.xlsx", activities=LONG)
    done, result = take_in(lag, back)
    [problem] = lag.json("survey", "problems", "1")
    assert (done.code, result["rejected"], problem["value"]) == (3, 1, LONG)
    assert problem["message"] == (
        f"The text has {len(LONG)} characters, and the register takes 2000. All of it stands in "
        "the workbook of rejected answers: write it shorter there."
    )
    right = corrected(lag, tmp_path, "b.xlsx", activities="Møter på torsdager")
    assert LONG in words_in(right)
    assert take_in(lag, right)[1]["applied"] == 1


def test_what_is_no_name_or_stands_beside_is_kept_whole_too(lag, tmp_path) -> None:
    said = "Ny leder velges først på årsmøtet i mars 2027, og fram til da er det styret som svarer"
    back = answer(send(lag, tmp_path)[1], tmp_path / "a.xlsx", leader=said)
    take_in(lag, back)
    assert [row["value"] for row in lag.json("survey", "problems", "1")] == [said]


def test_an_own_question_takes_as_long_an_answer_as_a_cell_holds(lag, tmp_path) -> None:
    done = lag.json("survey", "export", "2", "-o", tmp_path / "eget", "--per-org")
    back = answer(done["files"][0]["file"], tmp_path / "a.xlsx", more=LONG)
    taken = lag("survey", "import", "2", back, "--yes", "--json")
    assert (taken.code, json.loads(taken.out)["rejected"]) == (0, 0)
    lag.ok("survey", "results", "2", "-o", tmp_path / "r.xlsx")
    assert LONG in words_in(tmp_path / "r.xlsx")
