"""The workbooks themselves: what a person meets, and what survives their programs."""

from __future__ import annotations

import subprocess

import pytest

from frivillig_cli.core.errors import NotFoundError, RefusedError
from frivillig_cli.records.survey.model import Outcome
from frivillig_cli.records.survey.question_file import read_questions
from frivillig_cli.work.survey.files import find_files

FURTHER = b"""
[[question]]
id = "open_day"
kind = "yes_no"
text.nb = "Vil dere ha en stand?"
text.nn = "Vil de ha ein stand?"

[[question]]
id = "help_wanted"
kind = "many_of"
text = "Hva trenger dere?"
options = [{ id = "premises", text = "Lokale" }, { id = "board", text = "Folk, til styret" }]

[[question]]
id = "space"
kind = "one_of"
text = "Er det plass?"
options = [{ id = "yes", text = "Ja, alltid" }, { id = "no", text = "Nei" }]
"""


@pytest.fixture
def further(tour):
    tour.new("Alt", read_questions(FURTHER, "q.toml"))
    return tour


def words(path):
    from openpyxl import load_workbook

    sheet = load_workbook(path).worksheets[0]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_a_form_is_in_the_recipients_language(tour):
    nb, nn = tour.export()
    assert "Ingenting er endret" in words(nb)
    assert "Ingenting er endra" in words(nn)
    assert any("15. mars 2027" in word for word in words(nb))


def test_files_sort_by_name_and_number_and_hold_to_the_folder(tour):
    same = [tour.org("../../Ærfugl & Sønner <AS>") for _n in range(2)]
    files = tour.export(1, 2, *same)
    assert [file.name for file in files] == [
        "Lia-songlag-1.xlsx",
        "Åsen-ungdomslag-2.xlsx",
        files[2].name,
        files[3].name,
    ]
    assert len({file.name for file in files}) == 4
    assert all(file.parent == tour.folder / "skjema" for file in files)
    assert not list((tour.folder / "skjema").glob(".*"))


def test_only_answer_cells_are_unlocked_and_they_hold_what_the_register_knows(tour):
    from openpyxl import load_workbook

    sheet = load_workbook(tour.export()[0]).worksheets[0]
    assert sheet.protection.sheet
    unlocked = {
        row[1].value: row[3] for row in sheet.iter_rows() if row[3].protection.locked is False
    }
    assert {"phone", "leader", "members", "f1.tick"} <= unlocked.keys()
    assert unlocked["phone"].value == "32 24 10 00"
    assert unlocked["leader"].value == "Aud Kittilsen"
    assert unlocked["members"].value == 42
    assert unlocked["postcode"].value == "3400"
    assert unlocked["postcode"].number_format == "@"
    locked = [cell for row in sheet.iter_rows() for cell in row if cell.protection.locked]
    assert all(cell.column_letter != "D" or cell.value is None for cell in locked[-3:])


def test_a_name_that_looks_like_a_formula_is_text(tour):
    from openpyxl import load_workbook

    tour.org('=HYPERLINK("http://x.example")')
    sheet = load_workbook(tour.export(3)[0]).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if "HYPER" in str(cell.value)]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)


def test_a_file_that_is_there_is_not_written_over(tour):
    files = tour.export()
    files[0].write_bytes(b"an answer")
    with pytest.raises(RefusedError):
        tour.export()
    assert files[0].read_bytes() == b"an answer"
    tour.export(overwrite=True)
    assert files[0].read_bytes() != b"an answer"


def test_when_one_file_cannot_be_placed_nothing_is_kept(tour):
    (tour.folder / "skjema" / "Åsen-ungdomslag-2.xlsx").mkdir(parents=True)
    before = tour.dump()
    with pytest.raises(RefusedError):
        tour.export(overwrite=True)
    assert tour.dump() == before
    assert [p.name for p in (tour.folder / "skjema").iterdir()] == ["Åsen-ungdomslag-2.xlsx"]


def test_one_workbook_for_all_is_answered_row_by_row(further):
    from openpyxl import load_workbook

    path = further.export_all()
    book = load_workbook(path)
    sheet = book.worksheets[1]
    ids = {cell.value: cell.column for cell in sheet[1] if cell.value}
    sheet.cell(4, ids["f1.email"]).value = "ny@lia.example"
    sheet.cell(4, ids["f1.help_wanted#board"]).value = "Ja"
    book.save(path)
    result = further.take(path)
    assert [form.org for form in result.forms] == ["Lia songlag"]
    assert result.untouched == 1
    assert further.values(1)["email"] == "ny@lia.example"
    assert further.values(2)["confirmed"] is None


def test_a_sorted_table_with_rows_and_columns_taken_out_still_finds_everyone(further):
    from openpyxl import load_workbook

    path = further.export_all()
    book = load_workbook(path)
    sheet = book.worksheets[1]
    ids = {cell.value: cell.column for cell in sheet[1] if cell.value}
    for column in range(1, sheet.max_column + 1):  # turn the two rows round
        first, second = sheet.cell(4, column), sheet.cell(5, column)
        first.value, second.value = second.value, first.value
    sheet.cell(4, ids["f1.email"]).value = "ny@aasen.example"
    sheet.delete_cols(ids["f1.phone"])
    sheet.insert_cols(2)
    sheet.title = "Noe helt annet"
    book.save(path)
    further.take(path)
    assert further.values(2)["email"] == "ny@aasen.example"
    assert further.values(1)["phone"] == "+4732241000"


def test_a_copied_row_is_reported_and_never_the_last_one_wins(further):
    from openpyxl import load_workbook

    path = further.export_all()
    book = load_workbook(path)
    sheet = book.worksheets[1]
    ids = {cell.value: cell.column for cell in sheet[1] if cell.value}
    for column in range(1, sheet.max_column + 1):
        sheet.cell(6, column).value = sheet.cell(4, column).value
    sheet.cell(4, ids["f1.city"]).value = "Lia"
    sheet.cell(6, ids["f1.city"]).value = "Dalen"
    book.save(path)
    form = further.one(path)
    assert [(problem.code, problem.field) for problem in form.problems] == [("copied_row", "city")]
    assert further.values(1)["city"] is None


def test_further_questions_are_kept_as_answers(further, fill):
    from frivillig_cli.records.survey import queries

    back = fill(
        further.export()[1],
        "svar/a.xlsx",
        open_day="Ja",
        help_wanted__board="x",
        space="ja, alltid",
    )
    form = further.one(back)
    (answer,) = queries.answers(further.register, further.survey_id)
    assert {name: said.answer for name, said in answer.answers.items() if name in
            ("open_day", "help_wanted", "space")} == {
        "open_day": 1, "help_wanted": ("board",), "space": "yes",
    }  # fmt: skip
    assert form.result == "unchanged"
    assert all(change.outcome is Outcome.UNCHANGED for change in form.changes)


@pytest.mark.parametrize("route", [("xlsx",), ("ods",), ("ods", "xlsx")])
def test_an_answer_survives_libreoffice(further, fill, soffice, route):
    back = fill(
        further.export()[0], "svar/a.xlsx",
        email="ny@lia.example", leader="Per Aas", annual_meeting="12.03.2027", members=57,
        help_wanted__premises="Ja", premises="Grendehuset",
    )  # fmt: skip
    for number, ending in enumerate(route):
        folder = further.folder / f"lo{number}"
        profile = (further.folder / "profile").as_uri()
        subprocess.run(
            [soffice, "--headless", f"-env:UserInstallation={profile}", "--convert-to", ending,
             "--outdir", str(folder), str(back)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        back = folder / f"a.{ending}"
    form = further.one(back)
    assert form.problems == ()
    applied = {c.question.id for c in form.changes if c.outcome is Outcome.APPLIED}
    assert applied == {"email", "leader", "members", "premises"}
    assert further.values(1)["members"] == 57
    assert further.officers(1)["leader"] == "Per Aas"


def test_the_table_survives_libreoffice(further, soffice):
    from openpyxl import load_workbook

    path = further.export_all()
    book = load_workbook(path)
    sheet = book.worksheets[1]
    ids = {cell.value: cell.column for cell in sheet[1] if cell.value}
    sheet.cell(5, ids["f1.phone"]).value = "90 11 18 88"
    book.save(path)
    profile = (further.folder / "profile").as_uri()
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "ods",
         "--outdir", str(further.folder / "lo"), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    result = further.take(further.folder / "lo" / "alle.ods")
    assert [(form.org, form.result) for form in result.forms] == [("Åsen ungdomslag", "changed")]
    assert further.values(2)["phone"] == "+4790111888"


def test_one_form_holds_nothing_of_the_one_written_before_it(tour):
    tour.org("Rein bane", language="nb")
    first, second = tour.export(1, 3)
    held = set(words(first)) - set(words(second))
    assert {"Aud Kittilsen", "32 24 10 00", "42", "8601.11.17947"} <= held
    assert not any("Lia" in word or "lia.example" in word for word in words(second))
    import zipfile

    whole = b"".join(zipfile.ZipFile(second).read(n) for n in zipfile.ZipFile(second).namelist())
    assert b"Kittilsen" not in whole and b"Lia songlag" not in whole


@pytest.mark.parametrize("cut", [0, 10, 1000, 4000])
def test_a_file_that_came_half_is_refused_by_name(tour, fill, cut):
    back = fill(tour.export()[0], "svar/halv.xlsx", email="ny@lia.example")
    back.write_bytes(back.read_bytes()[:cut])
    form = tour.one(back)
    assert form.result == "refused"
    assert "halv.xlsx" in form.problems[0].message
    assert tour.values(1)["email"] == "post@lia.example"


def test_a_form_without_its_hidden_row_is_told_apart_from_a_strange_file(tour, fill):
    from openpyxl import load_workbook

    back = fill(tour.export()[0], "svar/a.xlsx", email="ny@lia.example")
    book = load_workbook(back)
    book.worksheets[0].delete_rows(1)
    book.save(back)
    form = tour.one(back)
    assert form.result == "refused"
    assert "hidden row" in form.problems[0].message


def test_a_sheet_copied_into_another_workbook_is_still_their_answer(tour, fill):
    from openpyxl import Workbook, load_workbook

    back = fill(tour.export()[0], "svar/a.xlsx", email="ny@lia.example")
    source = load_workbook(back).worksheets[0]
    book = Workbook()
    target = book.create_sheet("Kopi")
    for row in source.iter_rows():
        for cell in row:
            target.cell(cell.row + 3, cell.column + 1).value = cell.value
    book.save(back)
    tour.take(back)
    assert tour.values(1)["email"] == "ny@lia.example"


def test_what_a_killed_export_left_is_taken_away_and_files_are_private(tour):
    import os
    import stat

    left = tour.folder / "skjema" / ".frivillig-old"
    left.mkdir(parents=True)
    (left / "Lia-songlag-1.xlsx").write_bytes(b"half")
    os.utime(left, (1, 1))
    files = tour.export()
    assert not left.exists()
    if os.name == "posix":
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_pattern_that_the_shell_left_finds_files_and_folders(tmp_path):
    for place in ("uke 1/a.xlsx", "uke 1/~$a.xlsx", "uke 2/b [1].xlsx", "annet/c.xlsx"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_bytes(b"x")

    def names(pattern: str) -> set[str]:
        return {path.name for path in find_files([tmp_path / pattern])}

    assert names("uke */*.xlsx") == {"a.xlsx", "b [1].xlsx"}
    assert names("uke ?") == {"a.xlsx", "b [1].xlsx"}
    assert names("uke 2/b [1].xls?") == {"b [1].xlsx"}
    with pytest.raises(NotFoundError):
        names("finnes*")
