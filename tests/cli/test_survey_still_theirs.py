"""A phone or an e-mail beside a new name that is still that of whoever held the office before."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import answer, corrected, take_in

PHONE, EMAIL = "41 62 00 01", "ole@lag.example"
OLE = {"treasurer": "Ole Jensen", "treasurer_phone": PHONE, "treasurer_email": EMAIL}
KARI = OLE | {"treasurer": "Kari Dahl"}
HELD = {"treasurer_phone": "still_theirs", "treasurer_email": "still_theirs"}
HAS = (["+4741620001"], EMAIL)


@pytest.fixture
def lag(lag, forms, tmp_path):
    """The first association has told who its treasurer is."""
    take_in(lag, answer(forms[1], tmp_path / "ole.xlsx", **OLE))
    return lag


@pytest.fixture
def kari(lag, forms, tmp_path) -> str:
    return answer(forms[1], tmp_path / "kari.xlsx", **KARI)


def reached(lag) -> dict[str, tuple[list[str], str | None]]:
    found = [lag.json("person", "show", one["id"]) for one in lag.json("person", "list")]
    return {one["name"]: (one["phones"], one["email"]) for one in found}


def treasurers(lag) -> list[str]:
    held = lag.json("org", "show", "1")["contacts"]
    return [one["name"] for one in held if one["role"] == "treasurer" and not one["to"]]


def waiting(lag) -> dict[str, str]:
    return {one["field"]: one["code"] for one in lag.json("survey", "problems", "1")}


def test_the_new_one_is_taken_in_and_the_old_ones_phone_is_asked_about(lag, kari) -> None:
    done, told = take_in(lag, kari)
    assert (done.code, told["applied"], told["conflicts"]) == (3, 1, 2)
    assert treasurers(lag) == ["Kari Dahl"]
    assert reached(lag)["Kari Dahl"] == ([], None) and reached(lag)["Ole Jensen"] == HAS
    assert waiting(lag) == HELD
    phone, _email = lag.json("survey", "problems", "1")
    words = f"{PHONE} is still that of Ole Jensen, who held the office before. If Kari Dahl has it"
    assert phone["message"].startswith(words)
    shown = lag("survey", "import", "1", kari, "--dry-run", lang="nb").out
    assert f"{PHONE} tilhører fortsatt Ole Jensen, som hadde vervet før." in shown


@pytest.mark.parametrize("also", [{}, {"members": 7}])
def test_the_same_in_another_file_is_asked_about_again(lag, forms, kari, tmp_path, also) -> None:
    take_in(lag, kari)
    take_in(lag, answer(forms[1], tmp_path / "igjen.xlsx", **KARI, **also))
    take_in(lag, kari)
    assert reached(lag)["Kari Dahl"] == ([], None) and waiting(lag) == HELD


@pytest.mark.parametrize("same", ["leader", "deputy"])
def test_one_who_keeps_another_office_is_asked_about_too(lag, forms, tmp_path, same) -> None:
    said = {same: "Ole Jensen", f"{same}_phone": PHONE}
    take_in(lag, answer(forms[1], tmp_path / "to.xlsx", **OLE, **said))
    take_in(lag, answer(forms[1], tmp_path / "kari.xlsx", **KARI, **said))
    assert reached(lag)["Kari Dahl"] == ([], None) and waiting(lag) == HELD


def test_who_chooses_it_gives_it_to_both(lag, kari, says) -> None:
    asked = says("y", "1", "2")
    lag.ok("survey", "import", "1", kari, "--accept", "ask")
    assert f"the answer: {PHONE}" in asked[1] and "as it is now: –" in asked[1]
    assert reached(lag)["Kari Dahl"] == (HAS[0], None) and reached(lag)["Ole Jensen"] == HAS
    assert waiting(lag) == {}
    lag.ok("undo")
    assert treasurers(lag) == ["Ole Jensen"] and "Kari Dahl" not in reached(lag)


def test_a_conflict_that_is_decided_takes_nothing_of_the_one_before_either(
    lag, forms, tmp_path, says
) -> None:
    lag.ok("contact", "add", "1", "Ole Jensen", "--role", "leader", "--person", "2", "--replace")
    back = answer(forms[1], tmp_path / "b.xlsx", leader="Kari Dahl", leader_phone=PHONE)
    take_in(lag, back)
    says("1")
    lag("survey", "import", "1", back, "--accept", "ask")
    assert reached(lag)["Kari Dahl"] == ([], None)
    assert waiting(lag) == {"leader_phone": "still_theirs"}


def test_what_is_written_for_it_in_the_list_of_rejected_answers_is_taken(
    lag, kari, tmp_path
) -> None:
    take_in(lag, kari)
    said = {"treasurer_phone": PHONE, "treasurer_email": "kari@lag.example"}
    assert take_in(lag, corrected(lag, tmp_path, "rett.xlsx", **said))[0].code == 0
    assert reached(lag)["Kari Dahl"] == (HAS[0], "kari@lag.example")
    assert waiting(lag) == {} and reached(lag)["Ole Jensen"] == HAS


def test_what_is_entered_by_hand_settles_it(lag, kari) -> None:
    take_in(lag, kari)
    lag.ok("person", "edit", "3", "--phone", "41 62 00 02")
    assert waiting(lag) == {"treasurer_email": "still_theirs"}


def test_of_one_who_has_another_the_one_before_is_named(lag, forms, tmp_path) -> None:
    lag.ok("contact", "add", "1", "Kari Dahl", "--role", "deputy", "--phone", "41 62 00 02")
    take_in(lag, answer(forms[1], tmp_path / "b.xlsx", **KARI))
    assert treasurers(lag) == ["Kari Dahl"] and waiting(lag) == HELD
    assert reached(lag)["Kari Dahl"] == (["+4741620002"], None)


def test_a_couple_who_share_a_phone_already_are_not_asked_about(lag, forms, tmp_path) -> None:
    lag.ok("contact", "add", "2", "Kari Dahl", "--role", "leader", "--phone", PHONE)
    said = KARI | {"treasurer_email": "kari@lag.example"}
    done, told = take_in(lag, answer(forms[1], tmp_path / "b.xlsx", **said))
    assert (done.code, told["conflicts"], waiting(lag)) == (0, 0, {})
    assert reached(lag)["Kari Dahl"] == (HAS[0], "kari@lag.example")


def test_what_was_sent_of_the_old_one_and_stands_is_never_the_new_ones(
    lag, forms, tmp_path
) -> None:
    done = lag("survey", "import", "1", answer(forms[1], tmp_path / "b.xlsx", leader="Eva Moe"),
               "--yes")  # fmt: skip
    assert done.code == 0 and "are still those of Per Hansen, so they were not taken" in done.out
    assert reached(lag)["Eva Moe"] == ([], None)
