"""Answers that have slid to the row above or below are not taken for changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import answer, begin, rows_of, send, take_in

FIELDS = "name orgnr street postcode city email phone".split()


@pytest.fixture
def lag(cli):
    begin(cli)
    cli.ok("org", "edit", "1", "--orgnr", "974760673", "--street", "Storgata 4", "--postcode",
           "3400", "--city", "Lier", "--phone", "32 22 01 00")  # fmt: skip
    return cli


@pytest.fixture
def form(lag, tmp_path):
    return send(lag, tmp_path)[1]


def moved(form: str, to: Path, step: int, **said: object) -> Path:
    """The form with what stands under each question moved to the one before (1) or after (-1)."""
    book = load_workbook(form)
    rows = rows_of(book)
    values = [rows[name][3].value for name in FIELDS]
    pairs = zip(FIELDS, values[1:], strict=False)
    if step < 0:
        pairs = zip(FIELDS[1:], values, strict=False)
    for name, value in [*pairs, *said.items()]:
        rows[name][3].value = value
    book.save(to)
    return to


@pytest.mark.parametrize("step", [1, -1])
def test_what_has_slid_a_row_changes_nothing(lag, form, tmp_path, step: int) -> None:
    before = lag.json("org", "show", "1")
    done, told = take_in(lag, moved(form, tmp_path / "a.xlsx", step, members=52))
    after = lag.json("org", "show", "1")
    assert (done.code, told["applied"]) == (3, 1)  # the members stand in their own row
    assert {name: after[name] for name in FIELDS} == {name: before[name] for name in FIELDS}
    assert "in the wrong row" in done.out


def test_what_was_changed_among_them_is_not_taken_either(lag, form, tmp_path) -> None:
    back = moved(form, tmp_path / "a.xlsx", 1, street="Øvre vei 12")
    assert take_in(lag, back)[1]["applied"] == 0
    assert "The answers around it stand in the wrong row" in lag.ok("survey", "problems", "1")


def test_a_name_that_is_the_organisation_number_is_no_name(lag, form, tmp_path) -> None:
    back = answer(form, tmp_path / "a.xlsx", name="974 760 673", members=52)
    assert take_in(lag, back)[1]["applied"] == 1
    assert lag.json("org", "show", "1")["name"] == "Lier hagelag"
    said = lag.ok("survey", "problems", "1")
    assert "It is what was sent for «Organisation number», in the wrong row" in said


def test_numbers_that_happen_to_be_alike_are_taken(lag, tmp_path) -> None:
    first = answer(send(lag, tmp_path)[1], tmp_path / "a.xlsx", members=60, members_0_5=5,
                   members_6_12=10, members_13_19=20)  # fmt: skip
    take_in(lag, first)
    again = send(lag, tmp_path / "ny")[1]
    back = answer(again, tmp_path / "b.xlsx", members_0_5=10, members_6_12=20)
    assert take_in(lag, back)[1]["applied"] == 2


def test_a_row_of_numbers_that_are_those_of_the_next_is_an_answer(lag, tmp_path) -> None:
    sent = {"members_0_5": 10, "members_6_12": 12, "members_13_19": 15, "members_20_25": 20}
    take_in(lag, answer(send(lag, tmp_path)[1], tmp_path / "a.xlsx", members=90, **sent))
    again = send(lag, tmp_path / "ny")[1]
    back = answer(again, tmp_path / "b.xlsx", members_0_5=12, members_6_12=15, members_13_19=20)
    done, told = take_in(lag, back)
    assert (done.code, told["applied"]) == (0, 3)


def test_what_is_alike_far_apart_in_the_form_is_an_answer(lag, tmp_path) -> None:
    sent = {"members_0_5": 5, "members_6_12": 10, "members_13_19": 15, "members_20_25": 20}
    take_in(lag, answer(send(lag, tmp_path)[1], tmp_path / "a.xlsx", members=90, **sent,
                        activities="Korps", premises="Bygdehuset"))  # fmt: skip
    again = send(lag, tmp_path / "ny")[1]
    back = answer(again, tmp_path / "b.xlsx", members_0_5=10, members_13_19=20,
                  activities="Bygdehuset")  # fmt: skip
    done, told = take_in(lag, back)
    assert (done.code, told["applied"], told["rejected"]) == (0, 3, 0)
