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
