"""What is plainly meant in a survey's cell, however it is written."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import answer, take_in


@pytest.mark.parametrize(
    ("field", "said", "meant"),
    [
        ("members", "ca. 25", 25),
        ("members", "25 stk", 25),
        ("members", "25,0", 25),
        ("email", "Marit Dahl <marit@lag.example>", "marit@lag.example"),
        ("email", "mailto:marit@lag.example", "marit@lag.example"),
        ("phone", "90 11 13 33 (mobil)", "+4790111333"),
        ("listed", "Nei takk", False),
        ("postcode", "3408 Tranby", "3408"),
        ("annual_meeting_month", "2026-03-12", 3),
    ],
)
def test_what_is_plainly_meant_is_taken(lag, forms, tmp_path, field, said, meant) -> None:
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **{field: said}))
    assert (done.code, told["applied"]) == (0, 1), told
    assert lag.json("org", "show", "1")[field] == meant


@pytest.mark.parametrize(
    "said",
    [
        "12.3.26",
        "12/3-26",
        "12/3-2026",
        "torsdag 12. mars 2026",
        "12.03.2026 kl 18",
        "den 12.3.2026",
    ],
)
def test_the_date_of_the_last_meeting_is_read_as_people_write_it(lag, forms, tmp_path, said):
    back = answer(forms[1], tmp_path / "a.xlsx", annual_meeting=said, deputy="Jon Lie")
    done, _told = take_in(lag, back)
    assert done.code == 0
    (deputy,) = [c for c in lag.json("contact", "list") if c["role"] == "deputy"]
    assert deputy["from"] == "2026-03-12"


@pytest.mark.parametrize("field", ["street", "premises", "website", "deputy_email"])
def test_nothing_in_words_where_nothing_stood_is_a_blank(lag, forms, tmp_path, field) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", **{field: "har ikke"}, members=4)
    done, told = take_in(lag, back)
    assert (done.code, told["applied"]) == (0, 1)


def test_an_office_in_brackets_is_no_part_of_a_name(lag, forms, tmp_path) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", deputy="Lise Holm (nestleder)"))
    assert "Lise Holm" in [person["name"] for person in lag.json("person", "list")]


def test_a_fraction_in_a_cell_is_no_number_of_thousands(lag, forms, tmp_path) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", members=33.333))
    assert lag.json("org", "show", "1")["members"] is None
    (problem,) = lag.json("survey", "problems", "1")
    assert (problem["field"], problem["value"]) == ("members", "33,333")
