"""An address of which all stands in the cell of the street."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import answer, corrected, send, take_in

PLACE = ("street", "postcode", "city")


@pytest.fixture
def form(lag, tmp_path) -> str:
    lag.ok("org", "edit", "1", "--street=Bruveien 2", "--postcode=3400", "--city=Lier")
    return send(lag, tmp_path / "til")[1]


def place(lag) -> tuple[str, ...]:
    org = lag.json("org", "show", "1")
    return tuple(org[name] for name in PLACE)


@pytest.mark.parametrize(
    ("said", "now"),
    [
        ({"street": "Heia 3, 3400 Lier"}, ("Heia 3", "3400", "Lier")),
        ({"street": "Heia 3, 3426 Gullaug"}, ("Heia 3", "3426", "Gullaug")),
        ({"street": "c/o Per Lie, Heia 3, 3400 LIER"}, ("c/o Per Lie, Heia 3", "3400", "Lier")),
        ({"street": "Heia 3, 3426 Gullaug", "postcode": "3426"}, ("Heia 3", "3426", "Gullaug")),
        ({"street": "Heia 3, 3426 Gullaug", "postcode": None, "city": None},
         ("Heia 3", "3426", "Gullaug")),
        ({"street": "Bruveien 2, 3400 Lier"}, ("Bruveien 2", "3400", "Lier")),
        ({"street": "Postboks 1234 Vika"}, ("Postboks 1234 Vika", "3400", "Lier")),
    ],
)  # fmt: skip
def test_it_is_taken_apart(lag, form, tmp_path, said, now) -> None:
    back = answer(form, tmp_path / "a.xlsx", **said)
    changed = sum(one != other for one, other in zip(place(lag), now, strict=True))
    done, told = take_in(lag, back)
    assert (done.code, told["applied"], place(lag)) == (0, changed, now), told
    assert take_in(lag, back)[1]["applied"] == 0 and place(lag) == now
    assert {*PLACE} <= {one["field"] for one in lag.json("org", "show", "1")["confirmations"]}


def test_a_postcode_that_is_another_than_in_its_own_cell_is_asked_about(
    lag, form, tmp_path
) -> None:
    said = {"street": "Heia 3, 3426 Gullaug", "postcode": "3427"}
    done, told = take_in(lag, answer(form, tmp_path / "a.xlsx", **said))
    assert (done.code, told["applied"], place(lag)) == (3, 0, ("Bruveien 2", "3400", "Lier"))
    words = [one["message"] for one in lag.json("survey", "problems", "1")]
    assert words[0].startswith("“Heia 3, 3426 Gullaug” has the postcode in it, and it is another")
    right = corrected(lag, tmp_path, "b.xlsx", street="Heia 3", postcode="3427")
    assert take_in(lag, right)[0].code == 0 and place(lag) == ("Heia 3", "3427", "Lier")


def test_what_was_changed_here_too_is_in_conflict(lag, form, tmp_path, says) -> None:
    back = answer(form, tmp_path / "a.xlsx", street="Heia 3, 3426 Gullaug")
    lag.ok("org", "edit", "1", "--street=Bruveien 4")
    done, _told = take_in(lag, back)
    assert done.code == 3 and place(lag) == ("Bruveien 4", "3400", "Lier")
    says("1", "1", "1")
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    assert place(lag) == ("Heia 3", "3426", "Gullaug")
