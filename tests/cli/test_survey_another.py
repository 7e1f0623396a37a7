"""A form that was filled in for another association than the one it was sent to."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import answer, corrected, send, take_in

OURS, THEIRS, NEW = "970168001", "974760673", "923609016"


@pytest.fixture
def theirs(lag, tmp_path):
    """Both have a number; how the other is reached; and the form of the first."""
    lag.ok("org", "edit", "1", "--orgnr", OURS)
    lag.ok("org", "edit", "2", "--orgnr", THEIRS, "--email", "post@songlag.example")
    lag.ok("contact", "add", "2", "Siri Lie", "--role", "leader", "--phone", "90 11 13 55")
    return send(lag, tmp_path / "til")[1]


@pytest.mark.parametrize(
    "also", [{"orgnr": THEIRS}, {"email": "post@songlag.example"}, {"leader": "Siri Lie"}]
)
def test_a_form_with_anothers_name_and_more_of_it_is_held_back(lag, theirs, tmp_path, also) -> None:
    before = lag.json("org", "show", "1")
    said = {"name": "Sylling songlag", "street": "Bruveien 2", "members": 22} | also
    done, told = take_in(lag, answer(theirs, tmp_path / "a.xlsx", **said))
    assert (done.code, told["applied"], told["conflicts"]) == (3, 0, 4), told
    assert lag.json("org", "show", "1") == before, "nothing is taken and nothing confirmed"
    assert lag.json("survey", "list")[0]["answered"] == 0
    messages = {each["field"]: each["message"] for each in lag.json("survey", "problems", "1")}
    assert "is that of 2 Sylling songlag" in messages["name"]
    assert set(messages) == set(said)


def test_a_form_with_a_new_name_and_a_new_number_is_held_back(lag, theirs, tmp_path) -> None:
    said = {"name": "Lier klatreklubb", "orgnr": NEW, "email": "post@klatre.example", "members": 5}
    done, told = take_in(lag, answer(theirs, tmp_path / "a.xlsx", **said))
    assert (done.code, told["applied"], told["conflicts"]) == (3, 0, 4), told
    here = lag.json("org", "show", "1")
    assert (here["name"], here["orgnr"], here["confirmed"]) == ("Lier hagelag", OURS, None)


def test_a_form_with_a_new_name_and_anothers_number_is_that_of_the_other(
    lag, theirs, tmp_path
) -> None:
    said = {"name": "Lier klatreklubb", "orgnr": THEIRS, "members": 5}
    _done, told = take_in(lag, answer(theirs, tmp_path / "a.xlsx", **said))
    messages = {each["field"]: each["message"] for each in lag.json("survey", "problems", "1")}
    assert "is that of 2 Sylling songlag" in messages["name"], told


def test_no_answer_of_a_form_that_is_held_back_is_counted(lag, theirs, tmp_path) -> None:
    said = {"name": "Lier klatreklubb", "orgnr": NEW, "annual_meeting": "02.03.2026"}
    back = answer(theirs, tmp_path / "a.xlsx", **said)
    _done, told = take_in(lag, back)
    assert told["files"][0]["answers"] == []


def test_it_is_taken_when_somebody_says_so(lag, theirs, tmp_path, says) -> None:
    said = {"name": "Lier klatreklubb", "orgnr": NEW, "members": 5}
    back = answer(theirs, tmp_path / "a.xlsx", **said)
    take_in(lag, back)
    says("1", "1", "1")
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    here = lag.json("org", "show", "1")
    assert (here["name"], here["orgnr"], here["members"]) == ("Lier klatreklubb", NEW, 5)
    assert lag.json("survey", "problems", "1") == []


def test_what_was_held_back_can_be_corrected(lag, theirs, tmp_path) -> None:
    take_in(lag, answer(theirs, tmp_path / "a.xlsx", name="Lier klatreklubb", orgnr=NEW))
    right = corrected(lag, tmp_path, "b.xlsx", name="Lier hagelag", orgnr=OURS)
    assert take_in(lag, right)[0].code == 0
    assert lag.json("survey", "problems", "1") == []


def test_a_first_number_with_a_corrected_name_is_an_answer(lag, forms, tmp_path) -> None:
    said = {"name": "Lier Hagelag og Parsell", "orgnr": NEW}
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **said))
    assert (done.code, told["applied"]) == (0, 2), told
