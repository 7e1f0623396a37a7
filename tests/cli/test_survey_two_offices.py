"""One man in two offices, with two phones in one form: held the first time and after, or asked."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import PHONE, answer, send, take_in

ONE, OTHER = "41 66 66 66", "41 66 66 67"


@pytest.fixture
def back(lag, tmp_path) -> str:
    lag.ok("contact", "add", "1", "Knut Vik", "--role", "treasurer", "--phone", "90 22 22 22")
    said = {"leader_phone": ONE, "treasurer": "Per Hansen", "treasurer_phone": OTHER}
    return answer(send(lag, tmp_path)[1], tmp_path / "svar" / "a.xlsx", **said)


def phones(lag) -> list[str]:
    return lag.json("person", "show", "1")["phones"]


def test_the_same_file_again_decides_nothing(lag, back) -> None:
    before = ["+47" + PHONE.replace(" ", "")]
    for _time in range(3):
        take_in(lag, back)
        assert phones(lag) == before
    waits = {one["field"] for one in lag.json("survey", "problems", "1")}
    assert waits == {"leader_phone", "treasurer_phone"}


@pytest.mark.parametrize(
    ("choices", "first"),
    [(("1", "2"), ONE), (("2", "1"), OTHER), (("2", "2"), PHONE)],
)
def test_what_is_chosen_is_taken(lag, back, says, choices, first: str) -> None:
    for _time in range(2):
        take_in(lag, back)
    says(*choices)
    done = lag("survey", "import", "1", back, "--accept", "ask")
    assert "changed while" not in done.err and done.code == 0, done
    assert phones(lag)[0] == "+47" + first.replace(" ", "")


@pytest.mark.parametrize(("last", "phone"), [("1", "+4732220199"), ("2", "+4732220177")])
def test_with_ask_the_conflicts_are_asked_about_behind_a_yes_too(
    lag, forms, tmp_path, says, last: str, phone: str
) -> None:
    lag.ok("org", "edit", "1", "--phone", "32 22 01 77")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="32 22 01 99", members=7)
    asked = says("y", last)
    done = lag("survey", "import", "1", back, "--accept", "ask")
    assert done.code == 0 and len(asked) == 2, asked
    here = lag.json("org", "show", "1")
    assert (here["members"], here["phone"]) == (7, phone)


def test_without_ask_a_yes_is_for_what_is_clear(lag, forms, tmp_path, says) -> None:
    lag.ok("org", "edit", "1", "--phone", "32 22 01 77")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="32 22 01 99", members=7)
    asked = says("y")
    done = lag("survey", "import", "1", back)
    assert done.code == 3 and len(asked) == 1
    assert lag.json("org", "show", "1")["phone"] == "+4732220177"
