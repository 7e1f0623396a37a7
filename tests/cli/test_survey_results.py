"""`frivillig survey results`: the answers and what they add up to, as a workbook."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import answer, three


@pytest.fixture
def lag(cli):
    return three(cli)


def test_results_hold_answers_counts_charts_and_where_each_figure_is_from(
    lag, forms, tmp_path
) -> None:
    answer(forms[1], tmp_path / "svar" / "a.xlsx", members=40, members_13_19=3, listed="Ja",
           activities="@kor =1+1", leader="Kari Vik", bank_account="1234.56.78903")  # fmt: skip
    answer(
        forms[2], tmp_path / "svar" / "b.xlsx", members=20, listed="Nei", leader_phone="90222333"
    )
    lag("survey", "import", "1", tmp_path / "svar", "--accept", "all", "--confirm-account")
    target = tmp_path / "results.xlsx"
    data = lag.json("survey", "results", "1", "-o", target)
    assert (data["file"], data["holds_people"]) == (str(target), True)
    book = load_workbook(target)
    summary, figures, answers = book.worksheets
    assert "CONFIDENTIAL: delete by 21 February 2027" in summary["A2"].value
    assert len(summary._charts) == 1 and len(figures._charts) >= 2
    rows = {row[0].value: row for row in figures.iter_rows(min_row=4) if row[0].value}
    assert rows["Yes"][1].value == 1 and rows["no answer"][1].value == 0
    place = rows["Yes"][3]
    column = place.value.partition("!")[2].partition(":")[0].rstrip("0123456789")
    assert place.hyperlink.location == f"'Answers'!{column}5:{column}6"
    assert [answers[f"{column}{row}"].value for row in (5, 6)] == ["Yes", "No"]
    cells = {cell.value for row in answers.iter_rows() for cell in row}
    assert "@kor =1+1" in cells
    assert all(cell.data_type != "f" for row in answers.iter_rows() for cell in row)
    assert not cells & {"Kari Vik", "Aud Kittilsen", "90 22 23 33", "1234.56.78903"}
    assert 3 not in {row[1].value for row in figures.iter_rows()}
    assert "not shown" in {row[1].value for row in figures.iter_rows()}
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    lag.refused("survey", "results", "1", "-o", target)
    lag.ok("survey", "results", "1", "-o", target, "--overwrite", "--people")
    cells = {cell.value for row in load_workbook(target)["Answers"].iter_rows() for cell in row}
    assert {"Kari Vik", "Aud Kittilsen"} <= cells


def test_results_of_an_empty_survey_are_a_workbook_too(lag, tmp_path) -> None:
    target = tmp_path / "tom.xlsx"
    assert lag.json("survey", "results", "1", "-o", target)["holds_people"] is False
    assert "CONFIDENTIAL" not in load_workbook(target).worksheets[0]["A2"].value


def test_libreoffice_draws_the_results(lag, forms, tmp_path) -> None:
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if not office or not reader:
        pytest.skip("LibreOffice (soffice) or poppler (pdftotext) is not installed")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", listed="Ja")
    lag.ok("survey", "import", "1", back, "--yes")
    lag.ok("survey", "results", "1", "-o", tmp_path / "results.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path,
         tmp_path / "results.xlsx"],
        check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    text = subprocess.run(
        [reader, "-layout", tmp_path / "results.pdf", "-"], check=True, capture_output=True
    ).stdout.decode()
    assert "Sent and answered, by category" in text  # the title stands in the chart alone
    assert text.count("May we list you publicly?") >= 2  # above the figures, and in the chart


def test_small_sums_are_held_back_and_cannot_be_worked_out() -> None:
    from frivillig_cli.records.survey.model import Kind, Question
    from frivillig_cli.work.survey.tally import Given, add_up

    question = Question("members", Kind.NUMBER, "members", {"en": "Members"})

    def sums(**numbers: int) -> dict[str, int | None]:
        given = [Given(n, g, g, values={"members": v}) for n, (g, v) in enumerate(numbers.items())]
        return {one.code: one.number for one in add_up(question, given, list(numbers))}

    assert sums(a=3, b=40, c=60) == {"a": None, "b": None, "c": 60}
    assert sums(a=3, b=2, c=60) == {"a": None, "b": None, "c": 60}
    assert sums(a=0, b=40) == {"a": 0, "b": 40}
