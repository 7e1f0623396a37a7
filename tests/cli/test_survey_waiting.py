"""Answers that are neither taken nor lost: they wait until somebody has looked at them."""

from __future__ import annotations

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
