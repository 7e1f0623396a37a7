"""One person whom two associations have: what one removes of them is asked about."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import EMAIL, PHONE, answer, begin, corrected, take_in

GONE = {"leader_phone": "SLETT", "leader_email": "SLETT"}


@pytest.fixture
def lag(cli):
    begin(cli)
    cli.ok("contact", "add", "2", "Per Hansen", "--role", "contact", "--person", "1")
    return cli


def per(lag) -> tuple[list[str], str | None]:
    person = lag.json("person", "show", "1")
    return person["phones"], person["email"]


def test_what_another_association_needs_is_removed_only_when_it_is_said(
    lag, forms, tmp_path, says
) -> None:
    before = per(lag)
    back = answer(forms[1], tmp_path / "a.xlsx", **GONE, website="slett")
    done, result = take_in(lag, back)
    assert (done.code, result["conflicts"]) == (3, 2)
    assert per(lag) == before == (["+47" + PHONE.replace(" ", "")], EMAIL)
    seen = lag("survey", "import", "1", back, "--dry-run").out
    assert "Per Hansen loses it everywhere, and is also contact person in Sylling songlag" in seen
    assert {one["field"] for one in lag.json("survey", "problems", "1")} == set(GONE)
    says("1", "1")
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    assert per(lag) == ([], None) and lag.json("survey", "problems", "1") == []


def test_a_correction_that_removes_it_is_the_yes(lag, forms, tmp_path) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **GONE))
    assert take_in(lag, corrected(lag, tmp_path, "b.xlsx", leader_phone="SLETT"))[0].code == 0
    assert per(lag) == ([], EMAIL)


def test_so_is_that_of_a_volunteer_and_of_one_in_a_group(cli, tmp_path) -> None:
    from tests.cli.survey_round import send

    begin(cli)
    forms = send(cli, tmp_path)
    cli.ok("volunteer", "add", "Kari Berg", "--phone", "90 11 22 33")
    cli.ok("contact", "add", "2", "Kari Berg", "--role", "leader", "--person", "2")
    forms |= send(cli, tmp_path / "igjen")
    back = answer(forms[2], tmp_path / "a.xlsx", leader_phone="SLETT")
    _done, result = take_in(cli, back)
    (problem,) = cli.json("survey", "problems", "1")
    assert result["conflicts"] == 1 and "is also a volunteer" in problem["message"]


def test_of_one_whom_nobody_else_has_it_is_removed(cli, tmp_path) -> None:
    from tests.cli.survey_round import send

    begin(cli)
    back = answer(send(cli, tmp_path)[1], tmp_path / "a.xlsx", **GONE)
    assert take_in(cli, back)[0].code == 0 and per(cli) == ([], None)


def test_whoever_comes_in_for_them_takes_nothing_from_them(lag, forms, tmp_path) -> None:
    before = per(lag)
    said = {"leader": "Anne Lie", "leader_phone": "SLETT", "leader_email": "SLETT"}
    assert take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **said))[0].code == 0
    assert per(lag) == before


MONA = {"phone": "41 64 64 64", "email": "mona@gjerde.example"}


@pytest.fixture
def mona(lag):
    """Somebody who holds an office in another association, and gets one in the first."""
    lag.ok("contact", "add", "2", "Mona Gjerde", "--role", "secretary",
           "--phone", MONA["phone"], "--email", MONA["email"])  # fmt: skip
    lag.ok("person", "edit", "2", "--phone", MONA["phone"], "--phone", "41 64 64 60")

    def has() -> tuple[list[str], str | None]:
        person = lag.json("person", "show", "2")
        return person["phones"], person["email"]

    return has


@pytest.mark.parametrize("choice", ["1", "2", "3"])
def test_another_email_of_a_new_holder_whom_others_have_is_asked_about(
    lag, forms, tmp_path, says, mona, choice: str
) -> None:
    before = mona()
    back = answer(forms[1], tmp_path / "a.xlsx", leader="Mona Gjerde",
                  leader_phone=MONA["phone"], leader_email="annen@gjerde.example")  # fmt: skip
    _done, result = take_in(lag, back)
    assert result["conflicts"] == 1 and mona() == before
    (problem,) = lag.json("survey", "problems", "1")
    assert problem["field"] == "leader_email"
    assert "Mona Gjerde is in the register with mona@gjerde.example" in problem["message"]
    held = {c["name"] for c in lag.json("org", "show", "1")["contacts"] if not c["to"]}
    assert held == {"Mona Gjerde"}
    asked = says(choice)
    lag("survey", "import", "1", back, "--accept", "ask")
    assert "annen@gjerde.example" in asked[0] and "as it is now: mona@gjerde.example" in asked[0]
    assert mona() == (before[0], "annen@gjerde.example" if choice == "1" else before[1])
    assert bool(lag.json("survey", "problems", "1")) == (choice == "3")


@pytest.mark.parametrize("phone", ["41 64 64 65", "41 64 64 60"])
def test_their_phones_stay_as_they_are_too(lag, forms, tmp_path, mona, phone: str) -> None:
    before = mona()
    back = answer(forms[1], tmp_path / "a.xlsx", leader="Mona Gjerde", leader_phone=phone,
                  leader_email=MONA["email"])  # fmt: skip
    _done, result = take_in(lag, back)
    assert result["conflicts"] == (phone == "41 64 64 65") and mona() == before


@pytest.mark.parametrize("rows", [("leader", "deputy"), ("deputy",)])
def test_one_who_gets_two_offices_is_asked_about_in_both(
    lag, forms, tmp_path, mona, rows: tuple[str, ...]
) -> None:
    before = mona()
    said = {"leader": "Mona Gjerde", "leader_phone": MONA["phone"], "deputy": "Mona Gjerde",
            "deputy_phone": MONA["phone"]}  # fmt: skip
    said |= {f"{office}_email": "annen@gjerde.example" for office in rows}
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **said))
    assert mona() == before
    waits = {one["field"] for one in lag.json("survey", "problems", "1")}
    assert waits == {f"{office}_email" for office in rows}


def test_one_who_is_secretary_there_is_asked_about_too(lag, forms, tmp_path, mona) -> None:
    lag.ok("contact", "add", "1", "Mona Gjerde", "--role", "secretary", "--person", "2")
    before = mona()
    said = {"leader": "Mona Gjerde", "leader_phone": MONA["phone"]}
    back = answer(forms[1], tmp_path / "a.xlsx", **said, leader_email="annen@gjerde.example")
    _done, result = take_in(lag, back)
    assert result["conflicts"] == 1 and mona() == before
