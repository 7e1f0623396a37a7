"""Formulas in answer cells: what they came to last is shown, and never taken."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import rows_of, send, take_in
from tests.cli.test_survey_nobodys import problems


def worked_out(form: str, to: Path, field: str, formula: str, result: str) -> Path:
    """A form with a formula in it, and the result that Excel keeps beside one."""
    book = load_workbook(form)
    cell = rows_of(book)[field][3]
    cell.value = f"={formula}"
    book.save(to)
    with zipfile.ZipFile(to) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    found = re.compile(rf"(<f>{re.escape(formula)}</f>)<v ?/?>(</v>)?".encode())
    parts[sheet], times = found.subn(rb"\1<v>%s</v>" % result.encode(), parts[sheet])
    assert times == 1
    with zipfile.ZipFile(to, "w") as changed:
        for name, data in parts.items():
            changed.writestr(name, data)
    return to


@pytest.mark.parametrize(
    ("field", "formula", "result", "shown"),
    [
        ("annual_meeting", "DATE(2026,3,1)", "46082", "01.03.2026"),
        ("annual_meeting", "20+20", "40", "40"),
        ("members", "TODAY()", "46082", "46082"),
    ],
)
def test_the_result_of_a_formula_for_a_date_is_shown_as_a_date(
    lag, tmp_path, field, formula, result, shown
) -> None:
    back = worked_out(send(lag, tmp_path)[1], tmp_path / "a.xlsx", field, formula, result)
    done, told = take_in(lag, back)
    assert (done.code, told["applied"]) == (3, 0)
    (words,) = problems(lag)
    assert f"whose last result was {shown}" in words
    assert lag.json("survey", "problems", "1")[0]["value"] == shown
