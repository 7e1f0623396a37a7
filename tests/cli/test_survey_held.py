"""What is said of an answer that another file has taken over, that comes late, or says nothing."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import answer, corrected, rows_of, take_in
from tests.cli.test_survey_nobodys import problems

ACCOUNT = "8601.11.17947"


@pytest.mark.parametrize("typed", [ACCOUNT, "9710.05.00004"])
def test_an_account_number_that_waits_in_a_corrected_list_is_told_where(
    lag, forms, tmp_path, typed
) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", bank_account=ACCOUNT)
    take_in(lag, back)
    right = corrected(lag, tmp_path, "rett.xlsx", bank_account=typed)
    take_in(lag, right)
    done = lag("survey", "import", "1", back, "--yes", "--confirm-account")
    assert done.code == 3 and "a.xlsx: The account number waits in rett.xlsx" in done.out, done
    assert lag.json("org", "show", "1")["bank_account"] is None
    lag.ok("survey", "import", "1", right, "--yes", "--confirm-account")
    assert lag.json("org", "show", "1")["bank_account"] == typed.replace(".", "")
    done = lag("survey", "import", "1", back, "--yes", "--confirm-account")
    assert done.code == 0 and "waits" not in done.out
    assert problems(lag) == []


def test_a_corrected_cell_is_no_other_answer_of_theirs(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", phone="tull", members=5)
    take_in(lag, back)
    right = corrected(lag, tmp_path, "rett.xlsx", phone="32 22 01 01")
    done = lag("survey", "import", "1", right, "--yes")
    assert done.code == 0 and "otherwise" not in done.out, done
    assert lag.json("org", "show", "1")["phone"] == "+4732220101"


def test_another_answer_to_a_corrected_cell_is_told(lag, forms, tmp_path) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", phone="tull"))
    right = corrected(lag, tmp_path, "rett.xlsx", phone="32 22 01 01")
    take_in(lag, answer(forms[1], tmp_path / "b.xlsx", phone="32 22 01 02"))
    done = lag("survey", "import", "1", right, "--yes")
    assert "They have answered otherwise too: b.xlsx" in done.out, done


def test_an_answer_after_the_closing_is_taken_in_and_told(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", members=5)
    assert "is closed" not in lag("survey", "import", "1", back, "--dry-run").err
    lag.ok("survey", "close", "1", "--yes")
    done = lag("survey", "import", "1", back, "--yes")
    assert done.code == 0 and "is closed; the answers are taken in all the same" in done.err
    assert lag.json("org", "show", "1")["members"] == 5


def test_a_form_with_every_cell_blank_has_not_been_answered(lag, forms, tmp_path) -> None:
    book = load_workbook(forms[1])
    for row in rows_of(book).values():
        row[3].value = None
    book.worksheets[0]["D1"].value = "f1.answer"
    book.save(tmp_path / "a.xlsx")
    done, _told = take_in(lag, tmp_path / "a.xlsx")
    assert done.code == 3
    status = lag.json("survey", "status", "1")
    assert (status["answered"], status["problems"], status["missing"]) == (0, 0, 2)
    assert "Every cell is blank" in problems(lag)[0]
    lag.ok("survey", "import", "1", answer(forms[1], tmp_path / "b.xlsx", members=5), "--yes")
    assert lag.json("survey", "status", "1")["answered"] == 1
