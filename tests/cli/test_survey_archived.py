"""An association that is archived while its answer is waited for is asked no more."""

from __future__ import annotations

from openpyxl import load_workbook

from tests.cli.survey_round import answer, take_in


def test_the_figures_are_those_of_the_list_of_who_has_not_answered(lag, forms, tmp_path) -> None:
    lag.ok("org", "archive", "2")
    counts = lag.json("survey", "status", "1")
    names = ("sent", "answered", "missing", "archived")
    assert [counts[name] for name in names] == [2, 0, 1, 1]
    listed = {row["id"] for row in lag.json("org", "list", "unanswered:1")}
    assert listed == {row["id"] for row in counts["missing_orgs"]} == {1}
    shown = lag.ok("survey", "status", "1")
    assert "archived, and asked no more      1" in shown
    lag.ok("survey", "results", "1", "-o", tmp_path / "r.xlsx")
    summary = load_workbook(tmp_path / "r.xlsx").worksheets[0]
    rows = dict(summary.iter_rows(min_row=4, max_row=10, max_col=2, values_only=True))
    assert (rows["have not answered"], rows["archived, and asked no more"]) == (1, 1)
    assert "1 association has not answered" in lag.ok("survey", "close", "1")


def test_the_per_cent_and_what_it_is_of_stand_together(lag, forms, tmp_path) -> None:
    lag.ok("org", "archive", "2")
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", members=50))
    lag.ok("survey", "results", "1", "-o", tmp_path / "r.xlsx")
    summary = load_workbook(tmp_path / "r.xlsx").worksheets[0]
    cells = [row[:4] for row in summary.iter_rows(min_row=12, values_only=True)]
    assert cells[0][1:] == ("asked", "have answered", "per cent")
    assert cells[1][1:] == (1, 1, 100)
    assert "100 % of 1" in lag.ok("survey", "status", "1")


def test_all_have_answered_when_those_have_that_are_left(lag, forms, tmp_path) -> None:
    lag.ok("org", "archive", "2")
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", members=50))
    assert lag.json("survey", "status", "1")["percent"] == 100
    assert "100 %" in lag.ok("survey", "status", "1")
    assert "Everybody has answered" in lag.ok("survey", "remind", "1")


def test_one_that_answers_all_the_same_has_answered(lag, forms, tmp_path) -> None:
    lag.ok("org", "archive", "1")
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", members=50))
    counts = lag.json("survey", "status", "1")
    assert (counts["answered"], counts["archived"], counts["missing"]) == (1, 0, 1)


def test_a_form_for_one_that_is_archived_is_refused_with_why(lag, tmp_path) -> None:
    lag.ok("org", "archive", "1")
    said = lag.refused("survey", "export", "1", "-o", tmp_path / "ut", "--per-org", "id:1")
    assert "archived" in said and "frivillig org restore" in said
    said = lag.refused("survey", "export", "1", "-o", tmp_path / "ut", "--per-org", "id:99")
    assert "archived" not in said
