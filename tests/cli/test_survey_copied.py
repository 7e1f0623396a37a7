"""`frivillig survey import` of a file with two answers: both are told, the last proposed."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import (
    answer,
    copy_sheet,
    corrected,
    leaders,
    rows_of,
    take_in,
    words_in,
)  # fmt: skip


def test_a_copied_sheet_with_another_answer_is_told_with_both(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", email="en@hagelag.example", city="Lier")
    copy_sheet(back, "email", "to@hagelag.example")
    lag("survey", "import", "1", back, "--accept", "all")
    (problem,) = lag.json("survey", "problems", "1")
    assert (problem["code"], problem["field"]) == ("copied_row", "email")
    for said in ("en@hagelag.example", "to@hagelag.example"):
        assert said in problem["value"] and said in problem["message"]
    org = lag.json("org", "show", "1")
    assert (org["email"], org["city"]) == ("post@hagelag.example", "Lier")


def test_a_copied_sheet_that_agrees_is_one_answer(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", email="en@hagelag.example")
    copy_sheet(back, "city", "Lier")  # blank in the other
    lag.ok("survey", "import", "1", back, "--accept", "all")
    org = lag.json("org", "show", "1")
    assert (org["email"], org["city"]) == ("en@hagelag.example", "Lier")


def test_a_copy_that_writes_the_same_value_otherwise_is_one_answer(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="32 22 01 00")
    copy_sheet(back, "phone", "+47 32220100")
    lag.ok("survey", "import", "1", back, "--yes")
    assert lag.json("org", "show", "1")["phone"] == "+4732220100"


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


def _two(forms, tmp_path, **said: tuple[str, str]) -> str:
    back = answer(
        forms[1], tmp_path / "svar" / "a.xlsx", **{n: both[0] for n, both in said.items()}
    )
    for name, both in said.items():
        copy_sheet(back, name, both[1])
    return back


@pytest.mark.parametrize(
    ("choice", "stands"),
    [("1", "to@hagelag.example"), ("2", "en@hagelag.example"), ("3", "post@hagelag.example")],
)
def test_the_last_of_two_answers_in_a_file_is_proposed_and_a_person_chooses(
    lag, forms, tmp_path, says, choice: str, stands: str
) -> None:
    back = _two(forms, tmp_path, email=("en@hagelag.example", "to@hagelag.example"))
    done = lag("survey", "import", "1", back, "--accept", "all")
    assert "Proposed is the last that they have written, «to@hagelag.example»" in done.out
    assert "answer  to@hagelag.example" in done.out and "--accept ask" in done.err
    assert "need a look" not in done.out  # told once, in the conflict
    assert lag.json("org", "show", "1")["email"] == "post@hagelag.example"
    asked = says(choice)
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    assert "[2] the answer: Skjema!D20 «en@hagelag.example»" in asked[0]
    assert lag.json("org", "show", "1")["email"] == stands
    assert lag.json("survey", "problems", "1") == []
    before = lag.json("history")
    lag.ok("survey", "import", "1", back, "--accept", "all")
    assert lag.json("history") == before


def test_the_last_is_proposed_where_it_is_not_as_it_was_sent(lag, forms, tmp_path, says) -> None:
    back = _two(forms, tmp_path, email=("en@hagelag.example", "post@hagelag.example"))
    lag.ok("survey", "import", "1", back, "--accept", "all")  # the copy has only what was sent
    assert lag.json("org", "show", "1")["email"] == "en@hagelag.example"


def test_where_the_last_cannot_be_taken_both_are_told_and_the_right_one_is_written(
    lag, forms, tmp_path
) -> None:
    back = _two(forms, tmp_path, phone=("90 12 34 56", "tull"))
    done = lag("survey", "import", "1", back, "--accept", "all")
    assert "90 12 34 56" in done.out and "tull" in done.out and "Proposed" not in done.out
    right = corrected(lag, tmp_path, "b.xlsx", phone="90 12 34 56")
    lag.ok("survey", "import", "1", right, "--accept", "all")
    assert lag.json("org", "show", "1")["phone"] == "+4790123456"
    assert lag.json("survey", "problems", "1") == []


def test_a_leader_in_two_ways_goes_with_the_phone_that_is_chosen(
    lag, forms, tmp_path, says
) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader="Odd Fagerli",
                  leader_phone="90 11 14 44", annual_meeting="13.03.2026")  # fmt: skip
    copy_sheet(back, "leader", "Aud Kittilsen")
    lag("survey", "import", "1", back, "--accept", "all")
    assert set(leaders(lag)) == {"Per Hansen"}
    says("1")
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    assert leaders(lag)["Aud Kittilsen"] == ("2026-03-13", None)
    assert lag.json("survey", "problems", "1") == []


@pytest.mark.parametrize(
    ("choice", "counted"), [("1", "Kari"), ("2", "Odd"), ("3", None), ("4", None)]
)
def test_a_question_with_two_answers_counts_when_one_is_chosen(
    lag, forms, tmp_path, says, choice: str, counted: str | None
) -> None:
    back = _two(forms, tmp_path, answered_by=("Odd", "Kari"))
    lag("survey", "import", "1", back, "--accept", "all")
    says(choice)
    lag("survey", "import", "1", back, "--accept", "ask")
    lag.ok("survey", "results", "1", "-o", tmp_path / "r.xlsx", "--people")
    told = words_in(tmp_path / "r.xlsx")
    assert {name for name in ("Odd", "Kari") if name in told} == ({counted} - {None})
    assert bool(lag.json("survey", "problems", "1")) == (choice == "4")


def test_a_new_account_of_two_is_chosen_and_still_waits_for_a_call(
    lag, forms, tmp_path, says
) -> None:
    back = _two(forms, tmp_path, bank_account=("8601.11.17947", "1503.40.35000"))
    lag("survey", "import", "1", back, "--accept", "all", "--confirm-account")
    assert lag.json("org", "show", "1")["bank_account"] is None
    says("1")
    lag("survey", "import", "1", back, "--accept", "ask")
    assert lag.json("org", "show", "1")["bank_account"] is None


@pytest.fixture
def copied_row(lag, tmp_path):
    """The workbook for all, with a copy of the first association's row at its foot: to add one."""

    def write(*, above: dict[str, str] | None = None, below: dict[str, str]) -> str:
        lag.ok("survey", "export", "1", "-o", tmp_path / "alle.xlsx", "--overwrite")
        book = load_workbook(tmp_path / "alle.xlsx")
        sheet = book.worksheets[1]
        columns = {str(cell.value).removeprefix("f1."): cell.column for cell in sheet[1]}
        last = sheet.max_row + 1
        for cell in sheet[4]:
            sheet.cell(last, cell.column).value = cell.value
        for row, said in ((4, above or {}), (last, below)):
            for name, value in said.items():
                sheet.cell(row, columns[name]).value = value
        book.save(tmp_path / "svar.xlsx")
        return str(tmp_path / "svar.xlsx")

    return write


def test_a_row_copied_to_add_an_association_renames_none(lag, copied_row, says) -> None:
    back = copied_row(below={"name": "Nytt lag", "phone": "32 22 01 00"})
    before = lag.json("org", "show", "1")
    done, told = take_in(lag, back)
    assert (done.code, told["applied"], told["conflicts"]) == (3, 0, 2)
    assert lag.json("org", "show", "1") == before
    assert lag.json("survey", "status", "1")["answered"] == 0
    (message,) = [
        problem["message"] for problem in lag.json("survey", "problems", "1")
        if problem["field"] == "name"
    ]  # fmt: skip
    assert "«Lier hagelag»" in message and "«Nytt lag»" in message and "org add" in message
    says("2", "2")
    lag("survey", "import", "1", back, "--accept", "ask")
    assert lag.json("survey", "problems", "1") == []
    assert lag.json("survey", "status", "1")["answered"] == 0
    assert lag.json("org", "show", "1") == before


@pytest.mark.parametrize(("choice", "phone"), [("1", "+4795111111"), ("2", "+4795222222")])
def test_of_a_copied_row_each_answer_can_be_chosen(lag, copied_row, says, choice, phone) -> None:
    above = {"phone": "95 22 22 22", "leader": "Odd Fagerli", "leader_phone": "90 11 14 44"}
    below = {"phone": "95 11 11 11", "leader": "Aud Kittilsen", "leader_phone": "90 11 15 55"}
    back = copied_row(above=above, below=below)
    take_in(lag, back)
    asked = says(*[choice] * 3)
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    assert "«95 11 11 11»" in asked[0] and "«95 22 22 22»" in asked[0] and len(asked) == 3
    org = lag.json("org", "show", "1")
    (leader,) = [one for one in org["contacts"] if one["role"] == "leader" and not one["to"]]
    assert org["phone"] == phone
    assert (leader["name"], leader["phone"]) == {
        "1": ("Aud Kittilsen", "+4790111555"), "2": ("Odd Fagerli", "+4790111444"),
    }[choice]  # fmt: skip
    assert lag.json("survey", "problems", "1") == []
    before = lag.json("history")
    lag.ok("survey", "import", "1", back, "--yes")
    assert lag.json("history") == before


@pytest.mark.parametrize("other", ["90 11 14 44", "90 11 15 55"])
def test_the_phones_of_two_leaders_are_nobodys_when_neither_is_chosen(
    lag, copied_row, says, other
) -> None:
    above = {"leader": "Odd Fagerli", "leader_phone": "90 11 14 44"}
    back = copied_row(above=above, below={"leader": "Aud Kittilsen", "leader_phone": other})
    take_in(lag, back)
    says("3")
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    held = lag.json("org", "show", "1")["contacts"]
    assert [(one["name"], one["phone"]) for one in held] == [("Per Hansen", "+4790111334")]
    assert lag.json("survey", "problems", "1") == []


def test_a_protected_phone_is_in_no_choice(lag, copied_row, says) -> None:
    back = copied_row(above={"premises": "Ring 90 11 13 34"}, below={"premises": "Salen"})
    lag.ok("person", "edit", "1", "--protected", "--yes")
    take_in(lag, back)
    asked = says("4")
    lag("survey", "import", "1", back, "--accept", "ask")
    assert "90 11 13 34" not in "".join(asked) and "«[protected]»" in asked[0]


def test_a_copied_row_that_stands_as_it_was_sent_beside_an_answer_is_told(
    lag, copied_row, says
) -> None:
    back = copied_row(above={"email": "en@hagelag.example"}, below={})
    done, told = take_in(lag, back)
    assert (done.code, told["applied"], told["conflicts"]) == (3, 0, 1)
    assert "changed by" not in lag("survey", "import", "1", back, "--dry-run").out
    says("1")
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    assert lag.json("org", "show", "1")["email"] == "en@hagelag.example"
    assert lag.json("survey", "status", "1")["changed"] == 1


def test_a_row_that_was_copied_whole_is_one_answer(lag, copied_row) -> None:
    same = {"email": "en@hagelag.example", "city": "Lier"}
    done, told = take_in(lag, copied_row(above=same, below=same))
    assert (done.code, told["applied"]) == (0, 2)


def test_a_copy_of_the_workbooks_sheet_as_it_was_sent_is_left_out(lag, tmp_path) -> None:
    lag.ok("survey", "export", "1", "-o", tmp_path / "alle.xlsx")
    book = load_workbook(tmp_path / "alle.xlsx")
    sheet = book.worksheets[1]
    book.copy_worksheet(sheet)
    columns = {cell.value: cell.column for cell in sheet[1]}
    for name, value in (("f1.email", "ny@hagelag.example"), ("f1.leader", "Siri Lie")):
        sheet.cell(4, columns[name]).value = value
    book.save(tmp_path / "svar.xlsx")
    done, told = take_in(lag, tmp_path / "svar.xlsx")
    assert (done.code, told["applied"]) == (0, 2) and told["conflicts"] == 0
    assert lag.json("org", "show", "1")["email"] == "ny@hagelag.example"


def test_two_sets_of_ticks_are_two_answers_and_never_one_of_both(
    lag, forms, tmp_path, says
) -> None:
    questions = tmp_path / "q.toml"
    questions.write_text("""
[[question]]
id = "help"
kind = "many_of"
text = {en = "Which help?"}
options = [{id = "a", text = "Alpha"}, {id = "b", text = "Beta"}, {id = "c", text = "Gamma"}]
""")
    lag.ok("survey", "new", "To", "--questions", questions)
    done = lag.json("survey", "export", "2", "-o", tmp_path / "to", "--per-org")
    back = answer(done["files"][0]["file"], tmp_path / "b.xlsx", **{"help#a": "Ja"})
    copy_sheet(back, "help#b", "Ja")
    book = load_workbook(back)
    rows_of(book)["help#c"][3].value = "Ja"
    book.save(back)
    lag("survey", "import", "2", back, "--accept", "all")
    (problem,) = lag.json("survey", "problems", "2")
    assert problem["code"] == "copied_row" and problem["value"] == "Alpha, Gamma / Alpha, Beta"
    assert "«Alpha, Beta»: choose" in problem["message"]
    says("1")
    lag.ok("survey", "import", "2", back, "--accept", "ask")
    assert lag.json("survey", "problems", "2") == []


def test_an_option_whose_row_is_gone_is_told(lag, forms, tmp_path) -> None:
    questions = tmp_path / "q.toml"
    questions.write_text("""
[[question]]
id = "help"
kind = "many_of"
text = {en = "Which help?"}
options = [{id = "a", text = "Alpha"}, {id = "b", text = "Beta"}]
""")
    lag.ok("survey", "new", "To", "--questions", questions)
    done = lag.json("survey", "export", "2", "-o", tmp_path / "to", "--per-org")
    book = load_workbook(done["files"][0]["file"])
    sheet = book.worksheets[0]
    sheet.delete_rows(rows_of(book)["help#b"][0].row)
    book.save(tmp_path / "b.xlsx")
    lag("survey", "import", "2", tmp_path / "b.xlsx", "--accept", "all")
    (problem,) = lag.json("survey", "problems", "2")
    assert "no row for «Which help? – Beta»" in problem["message"]
