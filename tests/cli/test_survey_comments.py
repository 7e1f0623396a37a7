"""A comment on a cell, as many write beside an answer: it is told, and nothing is lost."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from tests.cli.survey_round import answer, rows_of, take_in
from tests.cli.test_survey_nobodys import problems

SAID = "Ny leder fra mars: Siri Lie"


def commented(form: str, to: Path, said: str = SAID, at: str = "leader", **answers: object) -> Path:
    """The form with a comment on the answer `at` a field; returns the file."""
    book = load_workbook(answer(form, to, **answers))
    rows_of(book)[at][3].comment = Comment(said, "Kari")
    book.save(to)
    return to


def confirmed(lag) -> set[str]:
    return {row["field"] for row in lag.json("org", "show", "1")["confirmations"]}


def test_a_comment_is_told_and_what_it_stands_at_is_not_confirmed(lag, forms, tmp_path) -> None:
    done, result = take_in(lag, commented(forms[1], tmp_path / "a.xlsx", members=52))
    where = rows_of(load_workbook(forms[1]))["leader"][3].coordinate
    assert (done.code, result["applied"]) == (3, 1)
    assert problems(lag) == [f"A comment stands at {where} «{SAID}»: look at it."]
    assert "members" in confirmed(lag) and "leader" not in confirmed(lag)


def test_a_form_with_nothing_but_a_comment_confirms_nothing(lag, forms, tmp_path) -> None:
    done, _result = take_in(lag, commented(forms[1], tmp_path / "a.xlsx"))
    assert (done.code, confirmed(lag)) == (3, set())


def test_a_comment_on_the_tick_holds_back_what_the_tick_says(lag, forms, tmp_path) -> None:
    back = commented(forms[1], tmp_path / "a.xlsx", at="f1.tick", **{"f1.tick": "Ja"})
    done, _result = take_in(lag, back)
    assert (done.code, confirmed(lag)) == (3, set()) and SAID in problems(lag)[0]


def test_a_long_comment_is_kept_whole(lag, forms, tmp_path) -> None:
    said = "Styret velges på årsmøtet, og da melder vi fra om hvem som er ny. " * 5
    take_in(lag, commented(forms[1], tmp_path / "a.xlsx", said))
    assert [row["value"] for row in lag.json("survey", "problems", "1")] == [said.strip()]


def test_a_comment_in_a_workbook_for_all_is_its_associations(lag, tmp_path) -> None:
    table = tmp_path / "alle.xlsx"
    lag.ok("survey", "export", "1", "-o", table)
    book = load_workbook(table)
    sheet = book.worksheets[1]
    column = next(cell.column for cell in sheet[1] if cell.value == "f1.leader")
    sheet.cell(4, column).comment = Comment(SAID, "Kari")
    book.save(table)
    done, _result = take_in(lag, table)
    assert done.code == 3
    [problem] = lag.json("survey", "problems", "1")
    assert (problem["org"], problem["value"]) == ("Lier hagelag", SAID)
    assert confirmed(lag) == set()


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_comment_that_libreoffice_has_saved_is_told(lag, forms, tmp_path, kind) -> None:
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("LibreOffice (soffice) is not installed")
    form, out = commented(forms[1], tmp_path / "a.xlsx", members=52), tmp_path / "out"
    subprocess.run(
        [soffice, f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless",
         "--convert-to", kind, "--outdir", out, form],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    done, result = take_in(lag, out / f"a.{kind}")
    [told] = problems(lag)
    assert (done.code, result["applied"]) == (3, 1) and SAID in told
