"""What somebody has written outside the columns of the workbook for all, or above a form."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import answer, begin, rows_of, send, take_in
from tests.cli.test_survey_nobodys import problems


@pytest.fixture
def lag(cli):
    cli.ok("config", "set", "municipality.name", "Lier kommune")
    cli.ok("config", "set", "letterhead.email", "frivilligsentralen@lier.example")
    return begin(cli)


@pytest.fixture
def table(lag, tmp_path):
    """Write into the workbook for all: (sheet, cell) -> text; the file to send back."""

    def write(**said: object) -> str:
        if not (tmp_path / "alle.xlsx").exists():
            lag.ok("survey", "export", "1", "-o", tmp_path / "alle.xlsx")
        book = load_workbook(tmp_path / "alle.xlsx")
        for place, text in said.items():
            book.worksheets[1][place].value = text
        book.save(tmp_path / "svar.xlsx")
        return str(tmp_path / "svar.xlsx")

    return write


@pytest.mark.parametrize("ref", ["BZ4", "B4"])
def test_what_stands_beside_the_columns_is_told_and_no_answer(lag, table, ref) -> None:
    back = table(**{ref: "Ny leder: Siri Lie"})
    done, told = take_in(lag, back)
    assert (done.code, told["applied"], told["untouched"]) == (3, 0, 1)
    said = f"What stands in {ref} «Ny leder: Siri Lie» is the answer to no question: look at it."
    assert problems(lag) == [said]
    assert lag.json("survey", "status", "1")["answered"] == 0
    assert lag.json("org", "show", "1")["confirmed"] is None
    lag.ok("survey", "problems", "1", "--resolve", "1")
    assert take_in(lag, back)[0].code == 0 and problems(lag) == []


def test_a_note_beside_an_answer_is_told_and_the_answer_is_taken(lag, table) -> None:
    done, told = take_in(lag, table(C5="Ja", BZ5="ringt 3. mars", BZ3="Merknad"))
    assert (done.code, told["files"][0]["result"]) == (3, "problems")
    assert [words for words in problems(lag) if "BZ5 «ringt 3. mars»" in words]
    assert lag.json("survey", "status", "1")["answered"] == 1


def test_another_associations_name_beside_its_own_is_a_note(lag, table) -> None:
    done, told = take_in(lag, table(C4="Ja", BZ4="Sylling songlag"))
    assert (done.code, told["files"][0]["result"]) == (3, "problems")
    assert len(problems(lag)) == 1 and "BZ4 «Sylling songlag»" in problems(lag)[0]


def test_what_stands_on_another_sheet_of_the_workbook_for_all_is_told(lag, table, tmp_path) -> None:
    book = load_workbook(table(C5="Ja"))
    book.create_sheet("Ark1")["B3"].value = "Sylling songlag har ny leder"
    book.worksheets[0]["A14"].value = "Siri Lie er ny leder i hagelaget"
    book.save(tmp_path / "b.xlsx")
    done = lag("survey", "import", "1", tmp_path / "b.xlsx", "--yes")
    assert done.code == 3
    assert "The sheet «Ark1» is not part of the form, and holds B3 «Sylling songlag" in done.out
    assert "holds A14 «Siri Lie er ny leder i hagelaget»" in done.out


def swapped(back: str, to, **said: object) -> str:
    """The two rows of the workbook, each with the other's hidden key."""
    book = load_workbook(back)
    sheet = book.worksheets[1]
    for column in range(2, sheet.max_column + 1):
        one, other = sheet.cell(4, column), sheet.cell(5, column)
        one.value, other.value = other.value, one.value
    columns = {cell.value: cell.column for cell in sheet[1]}
    for name, value in said.items():
        sheet.cell(4, columns[f"f1.{name}"]).value = value
    book.save(to)
    return str(to)


def test_nothing_is_taken_from_rows_that_were_sorted_without_their_hidden_keys(
    lag, table, tmp_path
) -> None:
    back = swapped(table(C4="Ja"), tmp_path / "b.xlsx")
    before = [lag.json("org", "show", n) for n in ("1", "2")]
    done, told = take_in(lag, back)
    assert (done.code, told["applied"], told["conflicts"]) == (3, 0, 0)
    assert [lag.json("org", "show", n) for n in ("1", "2")] == before  # nor is anything confirmed
    assert lag.json("survey", "status", "1")["answered"] == 0
    kept = lag.json("survey", "problems", "1")
    names = {one["value"]: one["message"] for one in kept if one["field"] == "name"}
    assert "headed Sylling songlag" in names["Sylling songlag"]
    assert "headed Lier hagelag" in names["Lier hagelag"]
    assert [one["cell"] for one in kept if one["value"] == "Ja"] == ["C5"]


def test_of_one_protected_nothing_is_told_from_a_sorted_row(lag, table, tmp_path) -> None:
    lag.ok("person", "edit", "1", "--protected", "--yes")
    back = swapped(table(), tmp_path / "b.xlsx", leader_phone="90 11 14 44")
    done, _told = take_in(lag, back)
    assert done.code == 3 and "90 11 14 44" not in done.out + lag.ok("survey", "problems", "1")
    assert b"90 11 14 44" not in lag.path.read_bytes()


@pytest.mark.parametrize("lang", ["en", "nb", "nn"])
def test_a_workbook_for_all_as_it_was_sent_has_nothing_outside(lag, tmp_path, lang) -> None:
    lag("survey", "export", "1", "-o", tmp_path / "alle.xlsx", lang=lang)
    lag.ok("org", "edit", "1", "--name", "Lier og Lierskogen hagelag")  # renamed since
    book = load_workbook(tmp_path / "alle.xlsx")
    book.worksheets[1]["C5"].value = "Ja"
    book.save(tmp_path / "b.xlsx")
    done, told = take_in(lag, tmp_path / "b.xlsx")
    assert (done.code, told["untouched"]) == (0, 1) and problems(lag) == []


def test_a_workbook_for_all_that_libreoffice_has_saved_has_nothing_outside(
    lag, table, tmp_path
) -> None:
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("LibreOffice (soffice) is not installed")
    home = (tmp_path / "lo").as_uri()
    subprocess.run(
        [soffice, f"-env:UserInstallation={home}", "--headless", "--convert-to", "ods",
         "--outdir", tmp_path / "out", table(C4="Ja", C5="Ja")],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    assert take_in(lag, tmp_path / "out" / "svar.ods")[0].code == 0 and problems(lag) == []


# above the tick of a form for one


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (2, "Ny leder: Siri Lie"),
        (3, "Lier hagelag, nå med Siri Lie som leder"),
        (4, "Ring Siri Lie"),
        (5, "Ny leder: Siri Lie"),
        (7, None),
        (11, "Siri"),
    ],
)
def test_what_is_written_above_the_tick_is_told(lag, tmp_path, row, said) -> None:
    forms = send(lag, tmp_path)
    book = load_workbook(forms[1])
    cell = book.worksheets[0].cell(row, 3)
    said = said or f"{cell.value} Ny leder: Siri Lie"
    cell.value = said
    book.save(tmp_path / "a.xlsx")
    done, _told = take_in(lag, tmp_path / "a.xlsx")
    assert done.code == 3 and [words for words in problems(lag) if f"C{row} «" in words]


def test_a_note_to_the_right_of_the_name_is_told_where_no_day_is_given(lag, tmp_path) -> None:
    lag.ok("survey", "new", "To")
    done = lag.json("survey", "export", "2", "-o", tmp_path / "to", "--per-org")
    book = load_workbook(done["files"][0]["file"])
    book.worksheets[0]["G3"].value = "Ny leder: Siri Lie"
    book.save(tmp_path / "a.xlsx")
    lag.ok("survey", "export", "2", "-o", tmp_path / "alle.xlsx")
    table = load_workbook(tmp_path / "alle.xlsx")
    sheet = table.worksheets[1]
    at = sheet.cell(5, sheet.max_column + 2)
    at.value = "Ny leder: Ola Li"
    table.save(tmp_path / "b.xlsx")
    assert lag("survey", "import", "2", tmp_path / "a.xlsx", "--yes").code == 3
    assert lag("survey", "import", "2", tmp_path / "b.xlsx", "--yes").code == 3
    said = [problem["message"] for problem in lag.json("survey", "problems", "2")]
    assert "G3 «Ny leder: Siri Lie»" in said[0] and f"{at.coordinate} «Ny" in said[1]


@pytest.mark.parametrize("asked", ["true", '["members", "email"]'])
@pytest.mark.parametrize("due", [["--due", "2027-03-15"], []])
def test_a_form_has_nothing_outside_when_names_and_sender_have_changed_since(
    lag, tmp_path, due, asked
) -> None:
    (tmp_path / "q.toml").write_text(f"default = {asked}\n")
    lag.ok("survey", "new", "To", *due, "--questions", tmp_path / "q.toml")
    lag.ok("org", "edit", "2", "--language", "nn")
    done = lag.json("survey", "export", "2", "-o", tmp_path / "to", "--per-org")
    backs = [
        answer(row["file"], tmp_path / "svar" / f"{row['org_id']}.xlsx", members=52)
        for row in done["files"]
    ]
    assert "Lier kommune" in str(load_workbook(backs[0]).worksheets[0]["C4"].value)
    lag.ok("config", "set", "municipality.name", "Drammen kommune")
    lag.ok("config", "set", "letterhead.email", "frivilligsentralen.i.drammen@drammen.example")
    lag.ok("org", "edit", "1", "--name", "Lier og Lierskogen hagelag")
    done = lag("survey", "import", "2", *backs, "--yes")
    assert done.code == 0 and lag.json("survey", "problems", "2") == []
    assert rows_of(load_workbook(backs[1]))["f1.tick"][2].value == "Ingenting er endra"
