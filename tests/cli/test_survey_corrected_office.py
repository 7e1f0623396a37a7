"""A phone or an e-mail that is put right in the workbook of rejected answers: whose it is."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import EMAIL, PHONE, answer, corrected, take_in

NEW = {"leader": "Helt Ny", "leader_phone": "123", "leader_email": "ny@lag.example"}


def people(lag) -> dict[str, tuple[list[str], str | None]]:
    found = lag.json("person", "list")
    shown = [lag.json("person", "show", one["id"]) for one in found]
    return {one["name"]: (one["phones"], one["email"]) for one in shown}


def leader(lag) -> str:
    held = lag.json("org", "show", "1")["contacts"]
    return next(one["name"] for one in held if one["role"] == "leader" and not one["to"])


def test_that_of_a_new_holder_is_taken_in_for_them(lag, forms, tmp_path) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **NEW))
    assert leader(lag) == "Helt Ny"
    done, told = take_in(lag, corrected(lag, tmp_path, "b.xlsx", leader_phone="41 23 23 23"))
    assert (done.code, told["applied"]) == (0, 1), told
    assert people(lag)["Helt Ny"] == (["+4741232323"], "ny@lag.example")
    assert people(lag)["Per Hansen"] == (["+47" + PHONE.replace(" ", "")], EMAIL)
    assert lag.json("survey", "problems", "1") == []


@pytest.mark.parametrize("settled", [False, True])
def test_that_of_one_whose_name_waits_is_never_the_old_holders(
    lag, forms, tmp_path, settled: bool
) -> None:
    lag.ok("contact", "add", "2", "Gerd Engen", "--role", "leader", "--email", "g@engen.example")
    said = {"leader": "Gerd Engen", "leader_phone": "41 24 24 2"}
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **said))
    assert leader(lag) == "Per Hansen", "the name alone is no person"
    right = corrected(lag, tmp_path, "b.xlsx", leader_phone="41 24 24 25")
    if settled:
        lag.ok("contact", "add", "1", "Gerd Engen", "--role", "leader", "--person", "2",
               "--replace")  # fmt: skip
    before = people(lag)["Per Hansen"]
    _done, told = take_in(lag, right)
    assert people(lag)["Per Hansen"] == before
    assert people(lag)["Gerd Engen"] == (["+4741242425"] if settled else [], "g@engen.example")
    waits = {one["field"]: one for one in lag.json("survey", "problems", "1")}
    assert ("leader_phone" in waits) is not settled, told
    if not settled:
        assert "They wrote of Gerd Engen" in waits["leader_phone"]["message"]
        assert "41 24 24 25" in waits["leader_phone"]["value"]
        lag.ok("contact", "add", "1", "Gerd Engen", "--role", "leader", "--person", "2",
               "--replace")  # fmt: skip
        take_in(lag, right)
        assert people(lag)["Gerd Engen"][0] == ["+4741242425"]


def test_what_the_register_has_got_since_is_a_conflict(lag, forms, tmp_path) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **NEW))
    right = corrected(lag, tmp_path, "b.xlsx", leader_phone="41 23 23 23")
    number = next(one["id"] for one in lag.json("person", "list") if one["name"] == "Helt Ny")
    lag.ok("person", "edit", number, "--phone", "41 99 99 99")
    _done, told = take_in(lag, right)
    assert told["conflicts"] == 1 and people(lag)["Helt Ny"][0] == ["+4741999999"]


def test_a_spelling_that_is_put_right_is_no_second_person(lag, forms, tmp_path) -> None:
    phone = {"leader_phone": "41 78 00 09"}
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader="Tor;Per", **phone))
    right = corrected(lag, tmp_path, "c.xlsx", leader="Tor Andersen", **phone)
    take_in(lag, answer(forms[1], tmp_path / "b.xlsx", leader="Tor Andersn", **phone))
    assert leader(lag) == "Tor Andersn"
    _done, told = take_in(lag, right)
    assert people(lag).keys() == {"Per Hansen", "Tor Andersn"} and leader(lag) == "Tor Andersn"
    name = next(one for one in told["files"][0]["problems"] if one["field"] == "leader")
    assert name["code"] == "who" and "The phone is still that of Tor Andersn" in name["message"]


@pytest.mark.parametrize("typed", [{}, {"leader_phone": "41 62 00 09"}])
def test_what_waited_beside_a_name_comes_along_when_the_name_is_put_right(
    lag, forms, tmp_path, typed: dict[str, str]
) -> None:
    said = {"leader": "Helt", "leader_phone": "41 62 00 09", "leader_email": "ny@lag.example"}
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **said))
    right = corrected(lag, tmp_path, "b.xlsx", leader="Helt Ny", **typed)
    for applied in (3, 0):
        done, told = take_in(lag, right)
        assert (done.code, told["applied"]) == (0, applied), told
        assert people(lag)["Helt Ny"] == (["+4741620009"], "ny@lag.example")
        assert lag.json("survey", "problems", "1") == []


def test_it_comes_along_to_the_one_who_was_sent_where_it_is_that_one(lag, forms, tmp_path) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader="Per", leader_phone="41 62 00 09"))
    done, told = take_in(lag, corrected(lag, tmp_path, "b.xlsx", leader="Per Hansen"))
    assert (done.code, told["applied"]) == (0, 1), told
    assert people(lag) == {"Per Hansen": (["+4741620009"], EMAIL)}
    assert lag.json("survey", "problems", "1") == []


def test_it_waits_on_where_the_name_is_not_taken_and_follows_when_it_is(
    lag, forms, tmp_path
) -> None:
    lag.ok("contact", "add", "2", "Gerd Engen", "--role", "leader", "--email", "g@engen.example")
    said = {"leader": "Gerd", "leader_phone": "41 62 00 09"}
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **said))
    right = corrected(lag, tmp_path, "b.xlsx", leader="Gerd Engen")
    take_in(lag, right)
    waits = {one["field"]: one for one in lag.json("survey", "problems", "1")}
    assert [(one["file"], one["code"]) for one in waits.values()] == [
        ("b.xlsx", "who"), ("b.xlsx", "name_first")
    ]  # fmt: skip
    assert "When that is in place, take the file in again" in waits["leader_phone"]["message"]
    lag.ok("contact", "add", "1", "Gerd Engen", "--role", "leader", "--person", "2", "--replace")
    done, _told = take_in(lag, right)
    assert done.code == 0 and people(lag)["Gerd Engen"] == (["+4741620009"], "g@engen.example")
    assert lag.json("survey", "problems", "1") == []


def test_what_is_still_of_the_one_before_is_asked_about_as_it_comes_along(
    lag, forms, tmp_path, says
) -> None:
    said = {"treasurer": "Ole Jensen", "treasurer_phone": "41 62 00 01"}
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **said))
    take_in(lag, answer(forms[1], tmp_path / "b.xlsx", **said | {"treasurer": "Kari"}))
    right = corrected(lag, tmp_path, "c.xlsx", treasurer="Kari Dahl")
    for _time in range(2):
        take_in(lag, right)
        assert people(lag)["Kari Dahl"] == ([], None)
        (problem,) = lag.json("survey", "problems", "1")
        assert problem["code"] == "still_theirs"
    says("1")
    lag.ok("survey", "import", "1", right, "--accept", "ask")
    assert people(lag)["Kari Dahl"] == (["+4741620001"], None)
    assert lag.json("survey", "problems", "1") == []


def test_of_two_that_they_have_written_neither_comes_along(lag, forms, tmp_path) -> None:
    for number in (1, 2):
        said = {"leader": "Helt", "leader_phone": f"41 62 00 0{number}"}
        take_in(lag, answer(forms[1], tmp_path / f"{number}.xlsx", **said))
    take_in(lag, corrected(lag, tmp_path, "b.xlsx", leader="Helt Ny"))
    assert people(lag)["Helt Ny"] == ([], None)
    waits = [one["value"] for one in lag.json("survey", "problems", "1")]
    assert waits == ["41 62 00 01", "41 62 00 02"]


@pytest.mark.parametrize(("now", "taken"), [("Helt Ny", True), ("Siri Moe", False)])
def test_what_waited_beside_half_a_name_follows_who_has_got_the_office_by_that_name(
    lag, forms, tmp_path, now: str, taken: bool
) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", leader="Helt", leader_phone="41 62 00 09")
    take_in(lag, back)
    lag.ok("contact", "add", "1", now, "--role", "leader", "--replace")
    _done, told = take_in(lag, back)
    assert people(lag)[now] == (["+4741620009"] if taken else [], None)
    words = [one["message"] for one in told["files"][0]["problems"]]
    assert words == ([] if taken else ["They wrote of Helt; Siri Moe holds the office now."])
