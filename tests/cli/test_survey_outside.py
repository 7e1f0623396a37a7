"""What somebody has written in a form where no answer is read: seen, and never our own words."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import answer, rows_of, take_in
from tests.cli.test_survey_nobodys import problems

EXAMPLE = Path(__file__).parents[2] / "examples" / "questions.toml"


def beside(form: str, to: Path, field: str, column: int, said: object, below: int = 0) -> str:
    """The form, with something written in a column (1 is A) of the row of a question."""
    book = load_workbook(form)
    row = rows_of(book)[field][0].row + below
    sheet = book.worksheets[0]
    sheet.cell(row, column).value = said
    book.save(to)
    return f"{sheet.cell(row, column).coordinate} «{said}»"


@pytest.mark.parametrize(
    ("field", "column", "below", "said"),
    [
        ("members", 5, 0, 52),  # over the help
        ("activities", 3, 0, "Korps og drill"),  # over the question
        ("deputy", 6, 0, "Per Dal"),  # beside it all
        ("premises", 4, 1, "ny kasserer Ola"),  # in a row that is no question
        ("answered_by", 4, 2, "NB: ny kasserer"),  # below
        ("answered_by", 3, 3, "NB: ny kasserer"),
        ("name", 5, -1, "Nytt navn"),
        ("f1.tick", 4, -1, "Ny leder: Siri Lie"),
        ("f1.tick", 5, 0, "Nei, ny leder"),
        ("listed", 5, 0, "Nei"),
    ],
)
def test_what_is_written_outside_the_answers_is_told(
    lag, forms, tmp_path, field, column, below, said
) -> None:
    told = beside(forms[1], tmp_path / "a.xlsx", field, column, said, below)
    done, result = take_in(lag, tmp_path / "a.xlsx")
    assert done.code == 3 and result["files"][0]["result"] == "problems"
    assert problems(lag) == [f"What stands in {told} is the answer to no question: look at it."]
    assert lag.json("org", "show", "1")["confirmed"] is None


@pytest.mark.parametrize("said", ["Noen ting er endret", "Something has changed"])
def test_words_that_say_the_opposite_of_ours_are_told(lag, forms, tmp_path, said) -> None:
    told = beside(forms[1], tmp_path / "a.xlsx", "f1.tick", 3, said)
    assert take_in(lag, tmp_path / "a.xlsx")[0].code == 3 and told in problems(lag)[0]


def test_words_of_ours_in_other_letters_are_not_told(lag, forms, tmp_path) -> None:
    beside(forms[1], tmp_path / "a.xlsx", "f1.tick", 3, "NOTHING  has changed")
    assert take_in(lag, tmp_path / "a.xlsx")[0].code == 0 and problems(lag) == []


def test_words_put_after_our_own_are_told(lag, forms, tmp_path) -> None:
    help_text = rows_of(load_workbook(forms[1]))["leader"][4].value
    beside(forms[1], tmp_path / "a.xlsx", "leader", 5, f"{help_text} Ny: Siri Lie")
    assert take_in(lag, tmp_path / "a.xlsx")[0].code == 3


def test_a_sheet_of_their_own_is_told_and_the_answers_beside_it_are_taken(
    lag, forms, tmp_path
) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", members=52)
    book = load_workbook(back)
    book.create_sheet("Ark1")["B3"].value = "Vi har fått ny leder"
    book.create_sheet("Ark2")
    book.save(back)
    done, result = take_in(lag, back)
    assert (done.code, result["applied"]) == (3, 1)
    assert problems(lag) == [
        "The sheet «Ark1» is not part of the form, and holds B3 «Vi har fått ny leder»: look at it."
    ]
    assert lag.json("org", "show", "1")["confirmed"] is not None


def test_notes_beside_an_answer_are_one_thing_to_look_at(lag, forms, tmp_path) -> None:
    beside(forms[1], tmp_path / "a.xlsx", "leader", 6, "ny!")
    beside(str(tmp_path / "a.xlsx"), tmp_path / "a.xlsx", "members", 6, "ca.")
    take_in(lag, tmp_path / "a.xlsx")
    (said,) = problems(lag)
    assert "«ny!»" in said and "«ca.»" in said
    lag.ok("survey", "problems", "1", "--resolve", "1")
    done, _result = take_in(lag, answer(tmp_path / "a.xlsx", tmp_path / "igjen.xlsx"))
    assert done.code == 0 and problems(lag) == []


@pytest.fixture
def in_all_languages(lag, tmp_path) -> list[Path]:
    """Forms with the questions of the example, in three languages, saved once by openpyxl."""
    lag.ok("survey", "new", "Mer", "--questions", EXAMPLE)
    lag.ok("org", "add", "Soga mållag", "--language", "nn")
    lag.ok("org", "edit", "1", "--language", "en")
    done = lag.json("survey", "export", "2", "-o", tmp_path / "mer", "--per-org")
    return [
        Path(answer(row["file"], tmp_path / "svar" / f"{row['org_id']}.xlsx"))
        for row in done["files"]
    ]


def quiet(lag, files) -> None:
    done = lag("survey", "import", "2", *files, "--yes")
    assert done.code == 0 and "confirmed without changes      3" in done.out, done
    assert lag.json("survey", "problems", "2") == []


def test_a_form_as_it_was_sent_has_nothing_outside(lag, in_all_languages) -> None:
    quiet(lag, in_all_languages)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_form_that_libreoffice_has_saved_has_nothing_outside(
    lag, in_all_languages, tmp_path, kind
) -> None:
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("LibreOffice (soffice) is not installed")
    home, out = tmp_path / "lo", tmp_path / "out"
    subprocess.run(
        [soffice, f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", kind,
         "--outdir", out, *in_all_languages],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    quiet(lag, sorted(out.iterdir()))
