"""A new name that another association has: a question, and never a second one unseen."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import answer, corrected, take_in


@pytest.fixture
def back(lag, forms, tmp_path):
    """The form of an association that calls itself by another's name."""
    return answer(forms[1], tmp_path / "a.xlsx", name="SYLLING SONGLAG", members=9)


def test_another_associations_name_is_asked_about(lag, back) -> None:
    done, told = take_in(lag, back)
    assert (done.code, told["applied"], told["conflicts"]) == (3, 1, 1)
    assert lag.json("org", "show", "1")["name"] == "Lier hagelag"
    (problem,) = lag.json("survey", "problems", "1")
    assert (problem["code"], problem["field"]) == ("name_taken", "name")
    assert "Another association is called that: 2 Sylling songlag" in problem["message"]


@pytest.mark.parametrize(("said", "name"), [("1", "SYLLING SONGLAG"), ("2", "Lier hagelag")])
def test_it_is_taken_when_somebody_says_so(lag, back, says, said, name) -> None:
    take_in(lag, back)
    says(said)
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    assert lag.json("org", "show", "1")["name"] == name
    assert lag.json("survey", "problems", "1") == []


def test_it_is_taken_from_a_workbook_of_corrected_answers(lag, back, tmp_path) -> None:
    take_in(lag, back)
    right = corrected(lag, tmp_path, "b.xlsx", name="Sylling songlag")
    assert take_in(lag, right)[0].code == 0
    assert lag.json("org", "show", "1")["name"] == "Sylling songlag"
    assert lag.json("survey", "problems", "1") == []


def test_one_that_is_called_so_already_may_spell_it_otherwise(lag, tmp_path) -> None:
    lag.ok("org", "add", "Lier Hagelag", "--yes")
    done = lag.json("survey", "export", "1", "-o", tmp_path / "to", "--per-org")
    file = next(row["file"] for row in done["files"] if row["org_id"] == 1)
    back = answer(file, tmp_path / "a.xlsx", name="LIER HAGELAG")
    assert take_in(lag, back)[0].code == 0


def test_one_new_name_for_two_is_asked_about_in_one_import(lag, forms, tmp_path) -> None:
    one = answer(forms[1], tmp_path / "a.xlsx", name="Lier og Sylling lag")
    other = answer(forms[2], tmp_path / "b.xlsx", name="LIER OG SYLLING LAG")
    done, told = take_in(lag, one, other)
    assert (done.code, told["applied"], told["conflicts"]) == (3, 1, 1)
    called = [org["name"] for org in lag.json("org", "list")]
    assert called == ["Lier og Sylling lag", "Sylling songlag"]
    (problem,) = lag.json("survey", "problems", "1")
    assert "Another association is called that: 1 Lier og Sylling lag" in problem["message"]


def test_a_name_that_another_has_given_up_in_the_same_import_is_free(lag, forms, tmp_path) -> None:
    one = answer(forms[1], tmp_path / "a.xlsx", name="Helt nytt lag")
    other = answer(forms[2], tmp_path / "b.xlsx", name="Lier hagelag")
    assert take_in(lag, one, other)[0].code == 0
    called = [org["name"] for org in lag.json("org", "list")]
    assert called == ["Helt nytt lag", "Lier hagelag"]
