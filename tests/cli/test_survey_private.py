"""`frivillig survey`: what is never told, and what is told with both answers."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import EMAIL, PHONE, answer, begin, send, words_in


@pytest.fixture
def lag(cli):
    return begin(cli)


@pytest.fixture
def forms(lag, tmp_path):
    return send(lag, tmp_path)


# a protected person


def _nothing_of_them(text: str) -> None:
    for secret in (PHONE, PHONE.replace(" ", ""), EMAIL, "90 11 14 44", "+4790111444", "ny@per"):
        assert secret not in text, text


@pytest.mark.parametrize("left", [False, True])
def test_nothing_of_a_protected_person_comes_out_of_an_old_form(
    lag, forms, tmp_path, left: bool
) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader_phone="90 11 14 44",
                  leader_email="ny@per.example")  # fmt: skip
    lag.ok("person", "edit", "1", "--protected", "--yes")
    if left:
        lag.ok("contact", "end", "1", "Per Hansen")
        lag.ok("contact", "add", "1", "Aud Kittilsen", "--role", "leader")
    for flags in (("--dry-run",), ("--dry-run", "--json"), ("--accept", "all")):
        done = lag("survey", "import", "1", back, *flags)
        _nothing_of_them(done.out + done.err)
    for flags in ((), ("--csv",), ("--json",)):
        shown = lag.ok("survey", "problems", "1", *flags)
        _nothing_of_them(shown)
        assert shown.count("Per Hansen is protected: enter it yourself.") == 2
    listed = tmp_path / "x.xlsx"
    lag.ok("survey", "problems", "1", "-o", listed)
    _nothing_of_them(words_in(listed))
    assert {p["code"] for p in lag.json("survey", "problems", "1")} == {"protected"}
    assert lag.json("person", "show", "1")["phones"] == ["+4790111334"]


def test_nothing_comes_out_of_what_was_kept_before_they_were_protected(
    lag, forms, tmp_path
) -> None:
    lag.ok("person", "edit", "1", "--phone", "90 11 14 44")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader_phone="90 11 15 55",
                  leader_email="tull")  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    assert PHONE in lag.ok("survey", "problems", "1")
    lag.ok("person", "edit", "1", "--protected", "--yes")
    listed = tmp_path / "x.xlsx"
    shown = lag.ok("survey", "problems", "1", "-o", listed) + words_in(listed)
    shown += lag.ok("survey", "problems", "1", "--json") + lag.ok("survey", "problems", "1")
    for secret in (PHONE, "90 11 15 55", "tull", EMAIL):
        assert secret not in shown


_LATE = ("90 11 15 5", "ny@per@x", "90 11 15 55", "90 11 16 66")


def _kept(lag, form: str, tmp_path, code: str) -> None:
    """Per's phone and e-mail, kept as problems while he was not protected."""
    if code == "invalid":
        back = answer(form, tmp_path / "svar" / "a.xlsx", leader_phone=_LATE[0],
                      leader_email=_LATE[1])  # fmt: skip
    else:
        back = answer(form, tmp_path / "svar" / "a.xlsx", leader_phone=_LATE[2])
        _copy_sheet(back, "leader_phone", _LATE[3])
    lag("survey", "import", "1", back, "--accept", "all")
    assert {row["code"] for row in lag.json("survey", "problems", "1")} <= {"invalid", "copied_row"}


@pytest.mark.parametrize("renamed", [False, True])
@pytest.mark.parametrize("code", ["invalid", "copied_row"])
def test_nothing_kept_of_one_who_was_protected_and_left_the_office_is_told(
    lag, forms, tmp_path, code: str, renamed: bool
) -> None:
    _kept(lag, forms[1], tmp_path, code)
    lag.ok("person", "edit", "1", "--protected", "--yes")
    if renamed:
        lag.ok("person", "edit", "1", "--name", "Per Lie")
    lag.ok("contact", "end", "1", "Per Lie" if renamed else "Per Hansen")
    lag.ok("contact", "add", "1", "Aud Kittilsen", "--role", "leader")
    again = lag("survey", "import", "1", tmp_path / "svar" / "a.xlsx", "--dry-run")
    listed = tmp_path / "x.xlsx"
    shown = lag.ok("survey", "problems", "1", "-o", listed) + words_in(listed)
    for flags in ((), ("--csv",), ("--json",)):
        shown += lag.ok("survey", "problems", "1", *flags)
    for secret in _LATE:
        assert secret not in shown and secret not in again.out + again.err
    assert "is protected: enter it yourself." in shown


def test_what_is_wrong_with_the_phone_of_who_came_after_is_told(lag, forms, tmp_path) -> None:
    lag.ok("person", "edit", "1", "--protected", "--yes")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader="Aud Kittilsen",
                  leader_phone="90 11 15 5")  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    (problem,) = lag.json("survey", "problems", "1")
    assert (problem["code"], problem["value"]) == ("invalid", "90 11 15 5")


@pytest.mark.parametrize("secret", ["90 11 13 34", "+47 901 11 334", "PER@hagelag.example"])
def test_a_protected_persons_phone_or_e_mail_is_told_nowhere_it_was_written(
    lag, forms, tmp_path, secret: str
) -> None:
    back = answer(forms[2], tmp_path / "svar" / "a.xlsx", postcode=f"ring {secret}",
                  activities=f"Spør {secret}")  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    listed, results = tmp_path / "x.xlsx", tmp_path / "r.xlsx"
    assert secret in lag.ok("survey", "problems", "1", "--json")
    lag.ok("survey", "results", "1", "-o", results)
    assert secret in words_in(results)
    lag.ok("person", "edit", "1", "--protected", "--yes")
    lag.ok("survey", "results", "1", "-o", results, "--overwrite")
    shown = lag.ok("survey", "problems", "1", "-o", listed) + words_in(listed) + words_in(results)
    shown += lag.ok("survey", "problems", "1", "--json")
    assert secret not in shown and "Per Hansen is protected" in shown


# two answers in one file


def _copy_sheet(path: str, field: str, said: str) -> None:
    book = load_workbook(path)
    copy = book.copy_worksheet(book.worksheets[0])
    rows = {row[1].value: row for row in copy.iter_rows() if row[1].value}
    rows[field][3].value = said
    book.save(path)


def test_a_copied_sheet_with_another_answer_is_told_with_both(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", email="en@hagelag.example", city="Lier")
    _copy_sheet(back, "email", "to@hagelag.example")
    lag("survey", "import", "1", back, "--accept", "all")
    (problem,) = lag.json("survey", "problems", "1")
    assert (problem["code"], problem["field"]) == ("copied_row", "email")
    for said in ("en@hagelag.example", "to@hagelag.example"):
        assert said in problem["value"] and said in problem["message"]
    org = lag.json("org", "show", "1")
    assert (org["email"], org["city"]) == ("post@hagelag.example", "Lier")


def test_a_copied_sheet_that_agrees_is_one_answer(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", email="en@hagelag.example")
    _copy_sheet(back, "city", "Lier")  # blank in the other
    lag.ok("survey", "import", "1", back, "--accept", "all")
    org = lag.json("org", "show", "1")
    assert (org["email"], org["city"]) == ("en@hagelag.example", "Lier")


@pytest.mark.parametrize("table", [False, True])
def test_a_copied_row_is_told_with_both_answers(lag, forms, tmp_path, table: bool) -> None:
    if table:
        path = tmp_path / "alle.xlsx"
        lag.ok("survey", "export", "1", "-o", path)
        book = load_workbook(path)
        sheet = book.worksheets[1]
        column = next(cell.column for cell in sheet[1] if cell.value == "f1.email")
        first = 4
    else:
        path = forms[1]
        book = load_workbook(path)
        sheet, column = book.worksheets[0], 4
        first = next(row[1].row for row in sheet.iter_rows() if row[1].value == "email")
    last = sheet.max_row + 1
    for cell in sheet[first]:
        sheet.cell(last, cell.column).value = cell.value
    sheet.cell(first, column).value = "en@hagelag.example"
    sheet.cell(last, column).value = "to@hagelag.example"
    back = tmp_path / "svar.xlsx"
    book.save(back)
    lag("survey", "import", "1", back, "--accept", "all")
    (problem,) = lag.json("survey", "problems", "1")
    assert "en@hagelag.example" in problem["message"] and "to@hagelag.example" in problem["message"]
    listed = tmp_path / "x.xlsx"
    lag.ok("survey", "problems", "1", "-o", listed)
    assert "en@hagelag.example / to@hagelag.example" in words_in(listed)
