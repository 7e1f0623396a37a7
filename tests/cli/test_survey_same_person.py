"""A corrected name, or a new holder: asked about where the old one's phone or e-mail stands."""

from __future__ import annotations

import shlex

import pytest

from tests.cli.survey_round import EMAIL, answer, send, take_in
from tests.cli.test_survey_nobodys import problems


def names(lag) -> list[str]:
    return sorted(person["name"] for person in lag.json("person", "list"))


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ({"leader": "Per Hanssen", "leader_phone": "90 11 14 44"}, "The e-mail is still that of"),
        ({"leader": "Per Hansen Lie", "leader_email": "ny@x.example"}, "The phone is still that"),
        ({"leader": "Hansen Per"}, "Hansen Per is Per Hansen in another order"),
        (
            {"leader": "Hansen Per", "leader_phone": "90 11 14 44", "leader_email": "n@x.example"},
            "in another order",
        ),
    ],
)
def test_a_corrected_name_with_one_new_way_to_reach_them_is_a_question(
    lag, forms, tmp_path, said, stands
) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", **said)
    before = lag.json("person", "show", "1")
    done, told = take_in(lag, back)
    assert (done.code, told["applied"]) == (3, 0)
    (question,) = [each for each in problems(lag) if "same person" in each]
    assert stands in question
    assert names(lag) == ["Per Hansen"] and lag.json("person", "show", "1") == before
    # answered with the command that it names, the rest follows
    lag.ok(*shlex.split(question.partition("same person: ")[2].partition("  If not")[0])[1:])
    done, _told = take_in(lag, back)
    person = lag.json("person", "show", "1")
    assert done.code == 0 and person["name"] == said["leader"]
    if "leader_phone" in said:
        assert "+4790111444" in person["phones"]
    assert person["email"] == said.get("leader_email", EMAIL)
    assert problems(lag) == []


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ({"leader_phone": "90 11 14 44"}, "The e-mail in the form is still that of Per Hansen"),
        ({"leader_email": "siri@x.example"}, "The phone in the form is still that of Per Hansen"),
        ({}, "The phone and e-mail in the form are still those of Per Hansen"),
    ],
)
def test_of_a_new_leader_it_is_told_what_stands_of_the_old(
    lag, forms, tmp_path, said, stands
) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", leader="Siri Lie", **said)
    done = lag("survey", "import", "1", back, "--yes")
    assert done.code == 0 and stands in done.out
    assert names(lag) == ["Per Hansen", "Siri Lie"]


def test_of_a_new_leader_whose_ways_are_known_none_is_asked_for(lag, tmp_path) -> None:
    lag.ok("contact", "add", "1", "Siri Lie", "--role", "deputy", "--phone", "90 11 14 44")
    form = send(lag, tmp_path / "til")[1]
    said = {"leader": "Siri Lie", "deputy": "Per Hansen"}  # they change places
    done = lag("survey", "import", "1", answer(form, tmp_path / "a.xlsx", **said), "--yes")
    assert done.code == 0 and "The e-mail in the form is still that of Per Hansen" in done.out
    assert done.out.count("in the form") == 1
    held = {one["role"]: one["phone"] for one in lag.json("org", "show", "1")["contacts"]
            if not one["to"]}  # fmt: skip
    assert held == {"leader": "+4790111444", "deputy": "+4790111334"}


def test_a_new_leader_with_ways_of_their_own_is_told_without_more(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", leader="Per Lie", leader_phone="90 11 14 44",
                  leader_email="ny@x.example")  # fmt: skip
    done = lag("survey", "import", "1", back, "--yes")
    assert done.code == 0 and "still" not in done.out
    assert names(lag) == ["Per Hansen", "Per Lie"]


def test_the_last_name_first_is_the_same_name(lag, forms, tmp_path) -> None:
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader="Hansen, Per"))
    assert (done.code, told["files"][0]["result"]) == (0, "unchanged")
    assert names(lag) == ["Per Hansen"]


@pytest.mark.parametrize("there", ["elsewhere", "as new leader"])
def test_a_slip_in_the_name_of_who_has_the_very_phone_and_email_makes_no_twin(
    lag, forms, tmp_path, there: str
) -> None:
    ways = {"leader_phone": "90 11 14 44", "leader_email": "jan@tran.example"}
    if there == "elsewhere":
        lag.ok("contact", "add", "2", "Jan Tran", "--role", "leader", "--phone", "90 11 14 44",
               "--email", "jan@tran.example")  # fmt: skip
    else:
        take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader="Jan Tran", **ways))
    before = names(lag)
    assert "Jan Tran" in before
    back = answer(forms[1], tmp_path / "b.xlsx", leader="Jan Trann", **ways)
    take_in(lag, back)
    assert names(lag) == before
    (question,) = [each for each in problems(lag) if "same person" in each]
    assert "Jan Tran. If Jan Trann is the same person" in question
    if there == "elsewhere":
        lag.ok(*shlex.split(question.partition("same person: ")[2].partition("  If not")[0])[1:])
        here = lag.json("org", "show", "1")["contacts"]
        assert {"Jan Tran"} == {one["name"] for one in here if not one["to"]}


def test_what_is_still_the_holder_s_is_what_the_holder_has(lag, forms, tmp_path) -> None:
    said = {"leader": "Ole Jensn", "leader_phone": "41 62 00 01"}
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **said))
    said["leader"] = "Ole Jensen"
    _done, told = take_in(lag, answer(forms[1], tmp_path / "b.xlsx", **said))
    (name, *_rest) = told["files"][0]["problems"]
    assert "The phone is still that of Ole Jensn" in name["message"]


def test_a_phone_that_stands_here_already_is_in_no_conflict_of_its_own(
    lag, forms, tmp_path
) -> None:
    phone = "41 75 00 09"
    said = {"leader": "Tor Andersn", "leader_phone": phone}
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **said))
    lag.ok("contact", "add", "1", "Tor Andersen", "--role", "leader", "--phone", phone,
           "--new-person", "--replace")  # fmt: skip
    back = answer(forms[1], tmp_path / "b.xlsx", **said, members=5)
    shown = lag("survey", "import", "1", back, "--dry-run").out
    assert "answer  41 75 00 09" in shown and "now     the same" in shown
    assert "The name that it goes with was not decided" in shown
    take_in(lag, back)
    codes = {one["field"]: one["code"] for one in lag.json("survey", "problems", "1")}
    assert codes == {"leader": "conflict", "leader_phone": "name_first"}


@pytest.mark.parametrize("email", [None, EMAIL])
def test_a_name_put_right_beside_an_empty_phone_makes_no_twin(lag, forms, tmp_path, email) -> None:
    said = {"leader": "Ole Jensn", "leader_phone": "41 62 00 01", "leader_email": None}
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **said))
    before = names(lag)
    said |= {"leader": "Ole Jensen", "leader_phone": None, "leader_email": email}
    take_in(lag, answer(forms[1], tmp_path / "b.xlsx", **said))
    assert names(lag) == before
    (question,) = [each for each in problems(lag) if "same person" in each]
    assert "The name is near that of Ole Jensn." in question
    lag.ok(*shlex.split(question.partition("same person: ")[2].partition("  If not")[0])[1:])
    assert names(lag) == ["Ole Jensen", "Per Hansen"] and problems(lag) == []


def test_a_name_near_that_of_another_office_is_asked_about(lag, forms, tmp_path) -> None:
    lag.ok("contact", "add", "1", "Ole Jensn", "--role", "secretary", "--phone", "41 62 00 01")
    said = {"deputy": "Ole Jensen"}
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **said))
    (question,) = [each for each in problems(lag) if "same person" in each]
    assert "contact add 1 --person 2 --role deputy" in question


def test_a_name_that_is_another_is_not_asked_about(lag, forms, tmp_path) -> None:
    for said in ({"leader": "Knut Olsrud"}, {"leader": "Siri Hansen"}, {"deputy": "Knut Olsen"}):
        number = len(names(lag))
        ways = {f"{next(iter(said))}_phone": None, f"{next(iter(said))}_email": None}
        if "deputy" in said:
            ways = {}
        back = answer(forms[1], tmp_path / f"{number}.xlsx", **said, **ways)
        take_in(lag, back)
    assert [each for each in problems(lag) if "same person" in each] == []


def test_a_first_name_in_common_is_no_person_where_nothing_else_is(lag, forms, tmp_path) -> None:
    said = {"leader": "Per Moe", "leader_phone": None, "leader_email": None}
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **said))
    assert names(lag) == ["Per Hansen", "Per Moe"]
    assert not [each for each in problems(lag) if "same person" in each]


def test_a_new_surname_of_somebody_in_another_office_is_not_lost(lag, forms, tmp_path) -> None:
    lag.ok("contact", "add", "1", "Ola Ness", "--role", "secretary")
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", deputy="Ola Ness Berg"))
    (question,) = [each for each in problems(lag) if "same person" in each]
    assert 'person edit 2 --name "Ola Ness Berg"' in question.partition("by a new name")[2]


@pytest.mark.parametrize("also", [{"leader_phone": "99 82 47 05"}, {}])
def test_two_phones_of_one_in_two_offices_are_told_the_same_when_the_form_comes_again(
    lag, forms, tmp_path, also
) -> None:
    said = {"treasurer": "Per Hansen", "treasurer_phone": "99 82 47 06", **also}
    back = answer(forms[1], tmp_path / "a.xlsx", **said)
    take_in(lag, back)
    found, entries = problems(lag), lag.json("history")
    take_in(lag, back)
    assert problems(lag) == found and lag.json("history") == entries
    if also:
        assert "changed by you" not in lag("survey", "import", "1", back, "--dry-run").out
