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
