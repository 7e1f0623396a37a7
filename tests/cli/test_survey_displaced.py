"""Columns of the workbook for all that were sorted or pasted without the rest of their rows."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import take_in
from tests.cli.test_survey_nobodys import problems

LEADER = ("leader", "leader_phone", "leader_email")


@pytest.fixture
def lag(cli):
    """Three associations, each with an address, a phone, an e-mail and a leader of its own."""
    for n, name in enumerate(("Fjell kor", "Lier korps", "Åros teater"), 1):
        cli.ok("org", "add", name, "--email", f"post{n}@lag.example", "--phone", f"32 22 01 0{n}",
               "--street", f"Kirkeveien {n}", "--postcode", f"34{n - 1}0",
               "--city", ("Lier", "Reistad", "Åros")[n - 1])  # fmt: skip
        cli.ok("contact", "add", n, ("Kari Fjell", "Per Lier", "Siri Aas")[n - 1], "--role",
               "leader", "--phone", f"90 11 13 3{n}", "--email", f"leder{n}@lag.example",
               "--from", "2024-03-01")  # fmt: skip
    cli.ok("survey", "new", "Endringer våren 2027")
    return cli


@pytest.fixture
def table(lag, tmp_path):
    lag.ok("survey", "export", "1", "-o", tmp_path / "alle.xlsx")
    return tmp_path / "alle.xlsx"


def move_down(path, fields, **said: object) -> str:
    """The cells of `fields`, each one row down, and the last on top; `said` in row 4 after that."""
    book = load_workbook(path)
    sheet = book.worksheets[1]
    at = {str(cell.value).removeprefix("f1."): cell.column for cell in sheet[1]}
    for name in fields:
        values = [sheet.cell(row, at[name]).value for row in (6, 4, 5)]
        for row, value in zip((4, 5, 6), values, strict=True):
            sheet.cell(row, at[name]).value = value
    for name, value in said.items():
        sheet.cell(4, at[name]).value = value
    book.save(path.with_name("svar.xlsx"))
    return str(path.with_name("svar.xlsx"))


@pytest.mark.parametrize("fields", [LEADER, ("street", "phone", "email")])
def test_what_was_sent_to_another_association_is_not_taken(lag, table, fields) -> None:
    before = [lag.json("org", "show", n) for n in "123"]
    done, told = take_in(lag, move_down(table, fields, members=9))
    assert (done.code, told["applied"], told["conflicts"]) == (3, 1, 9)  # the members are theirs
    after = [lag.json("org", "show", n) for n in "123"]
    held = [[(one["street"], one["phone"], one["contacts"]) for one in all_]
            for all_ in (before, after)]  # fmt: skip
    assert held[0] == held[1]
    kept = lag.json("survey", "problems", "1")
    assert {(one["org"], one["code"]) for one in kept} == {
        (name, "other_row") for name in ("Fjell kor", "Lier korps", "Åros teater")
    }
    of_first = [one["message"] for one in kept if one["org"] == "Fjell kor"]
    assert len(of_first) == 3 and all("what was sent for Åros teater" in one for one in of_first)


def test_what_was_answered_in_a_column_before_it_was_sorted_is_held_back_too(lag, table) -> None:
    back = move_down(table, LEADER, leader_phone="91 23 45 67")
    book = load_workbook(back)
    sheet = book.worksheets[1]
    at = {cell.value: cell.column for cell in sheet[1]}
    for name in ("f1.email", "f1.phone"):
        sheet.cell(4, at[name]).value = sheet.cell(6, at[name]).value
    book.save(back)
    take_in(lag, back)
    assert "90 11 13 31" in lag.ok("org", "show", "1")
    assert any("answers around it" in said for said in problems(lag))


@pytest.mark.parametrize(("answer", "leader"), [("1", "Siri Aas"), ("2", "Kari Fjell")])
def test_what_they_have_answered_so_is_taken_when_somebody_chooses_it(
    lag, table, says, answer, leader
) -> None:
    back = move_down(table, LEADER)
    says("c", *[answer] * 9)
    lag("survey", "import", "1", back, "--accept", "ask")
    held = lag.json("org", "show", "1")["contacts"]
    now = [(one["person_id"], one["name"], one["phone"]) for one in held if one["to"] is None]
    assert now == {"1": [(3, leader, "+4790111333")], "2": [(1, leader, "+4790111331")]}[answer]
    assert lag.json("survey", "problems", "1") == []


def test_the_house_of_a_neighbour_is_an_address_like_others(lag, table) -> None:
    book = load_workbook(table)
    sheet = book.worksheets[1]
    at = {cell.value: cell.column for cell in sheet[1]}
    for name, value in (("street", "Kirkeveien 2"), ("postcode", "3410"), ("city", "Reistad")):
        sheet.cell(4, at[f"f1.{name}"]).value = value
    book.save(table)
    done, told = take_in(lag, table)
    assert (done.code, told["applied"]) == (0, 3)


def test_the_sheet_may_be_filtered_and_not_sorted(lag, table) -> None:
    protection = load_workbook(table).worksheets[1].protection
    assert protection.sheet and protection.sort and not protection.autoFilter
