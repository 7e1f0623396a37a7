"""Answers that are neither taken nor lost: they wait until somebody has looked at them."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import answer, corrected, send, take_in
from tests.cli.test_survey_nobodys import problems


def test_a_removal_of_what_was_filled_in_here_since_is_a_conflict(lag, tmp_path, says) -> None:
    back = answer(send(lag, tmp_path)[1], tmp_path / "a.xlsx", website="SLETT")
    lag.ok("org", "edit", "1", "--website", "www.ny.example")
    site = lag.json("org", "show", "1")["website"]
    done, told = take_in(lag, back)
    assert (done.code, told["conflicts"]) == (3, 1)
    assert "answered DELETE" in problems(lag)[0] and site in problems(lag)[0]
    assert lag.json("org", "show", "1")["website"] == site
    says("1")
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    assert lag.json("org", "show", "1")["website"] is None


def test_an_address_waits_for_the_part_that_cannot_be_taken(lag, tmp_path) -> None:
    lag.ok("org", "edit", "1", "--street", "Kirkeveien 2", "--postcode", "3400", "--city", "Lier")
    parts = ("street", "postcode", "city")
    back = answer(
        send(lag, tmp_path)[1], tmp_path / "a.xlsx",
        street="Gata 1", postcode="301", city="Oslo", members=9,
    )  # fmt: skip
    done, told = take_in(lag, back)
    assert (done.code, told["applied"]) == (3, 1)
    org = lag.json("org", "show", "1")
    assert [org[part] for part in parts] == ["Kirkeveien 2", "3400", "Lier"]
    assert sum("«Postcode» was not taken" in said for said in problems(lag)) == 2
    right = corrected(lag, tmp_path, "b.xlsx", street="Gata 1", postcode="0301", city="Oslo")
    assert take_in(lag, right)[0].code == 0 and problems(lag) == []
    org = lag.json("org", "show", "1")
    assert [org[part] for part in parts] == ["Gata 1", "0301", "Oslo"]


@pytest.mark.parametrize(("answer_", "stands"), [("1", ("Gata 1", "0301", "Oslo")),
                                                 ("2", ("Veien 2", "3400", "Lier"))])  # fmt: skip
def test_an_address_waits_for_the_part_that_was_changed_here_too(
    lag, tmp_path, says, answer_, stands
) -> None:
    lag.ok("org", "edit", "1", "--street", "Veien 1", "--postcode", "3400", "--city", "Lier")
    forms = send(lag, tmp_path)
    lag.ok("org", "edit", "1", "--street", "Veien 2")
    said = {"street": "Gata 1", "postcode": "0301", "city": "Oslo", "members": 9}
    back = answer(forms[1], tmp_path / "a.xlsx", **said)
    done, told = take_in(lag, back)
    assert (done.code, told["applied"], told["conflicts"]) == (3, 1, 3)
    org = lag.json("org", "show", "1")
    assert (org["street"], org["postcode"], org["city"]) == ("Veien 2", "3400", "Lier")
    words = [
        one["message"] for one in lag.json("survey", "problems", "1") if one["field"] == "city"
    ]
    assert "half an address is of no use" in words[0]
    says(*[answer_] * 3)
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    org = lag.json("org", "show", "1")
    assert (org["street"], org["postcode"], org["city"]) == stands
    assert lag.json("survey", "problems", "1") == []


def test_the_rest_of_an_address_waits_while_a_part_of_it_is_left_for_later(
    lag, tmp_path, says
) -> None:
    lag.ok("org", "edit", "1", "--street", "Veien 1", "--postcode", "3400", "--city", "Lier")
    forms = send(lag, tmp_path)
    lag.ok("org", "edit", "1", "--street", "Veien 2")
    said = {"street": "Gata 1", "postcode": "0301", "city": "Oslo"}
    back = answer(forms[1], tmp_path / "a.xlsx", **said)
    take_in(lag, back)
    asked = says("3")  # the others are not asked about before it
    assert lag("survey", "import", "1", back, "--accept", "ask").code == 0
    assert len(asked) == 1
    org = lag.json("org", "show", "1")
    assert (org["street"], org["postcode"], org["city"]) == ("Veien 2", "3400", "Lier")
    assert len(lag.json("survey", "problems", "1")) == 3
    asked = says("1", "3", "1", "3", "1")  # «later» (3) is none for the rest: it is asked again
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    assert len(asked) == 5
    org = lag.json("org", "show", "1")
    assert (org["street"], org["postcode"], org["city"]) == ("Gata 1", "0301", "Oslo")


def test_the_rest_of_an_address_is_asked_about_after_the_part_that_it_waits_for(
    lag, tmp_path, says
) -> None:
    lag.ok("org", "edit", "1", "--street", "Veien 1", "--postcode", "3400", "--city", "Lier")
    forms = send(lag, tmp_path)
    lag.ok("org", "edit", "1", "--city", "Tranby")
    back = answer(forms[1], tmp_path / "a.xlsx", street="Gata 1", postcode="0301", city="Oslo")
    take_in(lag, back)
    asked = says("3")
    lag("survey", "import", "1", back, "--accept", "ask")
    assert len(asked) == 1
    org = lag.json("org", "show", "1")
    assert (org["street"], org["postcode"], org["city"]) == ("Veien 1", "3400", "Tranby")
