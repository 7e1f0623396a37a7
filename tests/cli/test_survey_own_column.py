"""A column of the coordinator's own in the workbook for all: one thing to look at, no row each."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import take_in, words_in
from tests.cli.test_survey_nobodys import problems

CALLED = ("ringt 3. mars", "ring igjen", "ikke svar", "ny leder?")
SAID = ("The column BZ «Ringt» is none of ours, and holds something in 4 rows: BZ4 «ringt 3. mars»,"
        " BZ5 «ring igjen», BZ6 «ikke svar», BZ7 «ny leder?». Look at it.")  # fmt: skip


@pytest.fixture
def lag(lag):
    lag.ok("org", "add", "Åros teater")
    lag.ok("org", "add", "Åros revy")
    return lag


@pytest.fixture
def table(lag, tmp_path):
    """Write into the workbook for all: cell -> text; the file to send back."""

    def write(name: str = "svar.xlsx", *, column: tuple[str, ...] = (), **said: object) -> str:
        if not (tmp_path / "alle.xlsx").exists():
            lag.ok("survey", "export", "1", "-o", tmp_path / "alle.xlsx")
        book = load_workbook(tmp_path / "alle.xlsx")
        beside = {f"BZ{row}": text for row, text in enumerate(column, 4)}
        for place, text in (beside | said).items():
            book.worksheets[1][place].value = text
        book.save(tmp_path / name)
        return str(tmp_path / name)

    return write


def test_a_column_of_ones_own_is_one_problem_and_no_answer(lag, table) -> None:
    done, told = take_in(lag, table(column=CALLED, BZ3="Ringt", C5="Ja"))
    assert (done.code, told["applied"], told["untouched"]) == (3, 0, 3)
    assert problems(lag) == [SAID]
    (kept,) = lag.json("survey", "problems", "1")
    assert (kept["org"], kept["cell"], kept["file"]) == (None, "BZ", "svar.xlsx")
    assert kept["value"].startswith("BZ4 ringt 3. mars / BZ5 ring igjen")
    status = lag.json("survey", "status", "1")
    assert (status["answered"], status["problems"]) == (1, 0)


def test_it_is_told_in_the_import_and_closed_as_one(lag, table, tmp_path) -> None:
    back = table(column=CALLED, BZ3="Ringt")
    done = lag("survey", "import", "1", back, "--yes")
    assert f"svar.xlsx: {SAID}" in done.out and "survey problems 1" in done.err
    lag.ok("survey", "problems", "1", "-o", tmp_path / "r.xlsx")
    assert "ny leder?" in words_in(tmp_path / "r.xlsx")
    done = lag("survey", "import", "1", back, "--yes")  # nothing new: it waits
    assert done.code == 0 and SAID in done.out and problems(lag) == [SAID]
    lag.ok("survey", "problems", "1", "--resolve", "1")
    done = lag("survey", "import", "1", table("ny.xlsx", column=CALLED, BZ3="Ringt"), "--yes")
    assert done.code == 0 and "BZ" not in done.out and problems(lag) == []


def test_what_has_changed_in_it_is_told_anew_in_place_of_the_old(lag, table) -> None:
    take_in(lag, table(column=CALLED))
    assert "The column BZ is none of ours" in problems(lag)[0]
    done, _told = take_in(lag, table(column=(*CALLED[:3], "ny leder: Siri Lie")))
    assert done.code == 3
    assert len(problems(lag)) == 1 and "Siri Lie" in problems(lag)[0]
    lag.ok("undo")
    assert "ny leder?" in problems(lag)[0]


def test_what_another_has_in_the_same_column_of_their_copy_is_told_too(lag, table) -> None:
    backs = [table(f"{n}.xlsx", column=(*CALLED[:3], said)) for n, said in enumerate("ab")]
    for back in backs:
        take_in(lag, back)
    assert ["BZ7 «a»" in problems(lag)[0], "BZ7 «b»" in problems(lag)[1]] == [True, True]


def test_what_stands_in_a_few_rows_is_told_with_its_association(lag, table) -> None:
    take_in(lag, table(column=CALLED[:2], BZ3="Ringt"))
    kept = lag.json("survey", "problems", "1")
    assert {one["cell"]: one["org"] for one in kept} == {
        "BZ4": "Lier hagelag",
        "BZ5": "Sylling songlag",
    }


def test_names_that_are_written_over_are_no_column_of_ones_own(lag, table) -> None:
    take_in(lag, table(B4="Hagelaget", B5="Songlaget", B6="Revyen", B7="Teateret"))
    kept = lag.json("survey", "problems", "1")
    assert sorted(one["cell"] for one in kept) == ["B4", "B5", "B6", "B7"]


def test_a_protected_phone_in_it_is_left_out(lag, table) -> None:
    lag.ok("person", "edit", "1", "--protected", "--yes")
    back = table(column=(*CALLED[:3], "ring 90 11 13 34"))
    done, _told = take_in(lag, back)
    kept = lag.json("survey", "problems", "1")[0]
    assert "90 11 13 34" not in done.out + kept["message"] + kept["value"]
    assert "BZ7 «[protected]»" in kept["message"]
    assert b"90 11 13 34" not in lag.path.read_bytes()


def test_the_last_row_of_a_long_column_is_kept_and_told_anew_when_it_changes(
    lag, table, tmp_path
) -> None:
    talk = [f"rad {row} " + "snakket lenge " * 900 for row in (4, 5, 6)]
    take_in(lag, table("a.xlsx", column=(*talk, "ny leder?")))
    (kept,) = lag.json("survey", "problems", "1")
    assert kept["value"].endswith("BZ7 ny leder?")
    lag.ok("survey", "problems", "1", "-o", tmp_path / "r.xlsx")
    wrote = next(v for v in words_in(tmp_path / "r.xlsx").splitlines() if v.startswith("BZ4 rad"))
    assert len(wrote) == 32_767 and wrote.endswith("…")  # all that a cell holds
    lag.ok("survey", "problems", "1", "--resolve", "1")
    done, _told = take_in(lag, table("b.xlsx", column=(*talk, "NY LEDER: Siri Lie")))
    assert done.code == 3
    (kept,) = lag.json("survey", "problems", "1")
    assert kept["value"].endswith("BZ7 NY LEDER: Siri Lie")


def test_a_workbook_with_nothing_to_correct_says_so_and_how_it_is_closed(
    lag, table, tmp_path
) -> None:
    done = lag("survey", "import", "1", table(column=CALLED), "--yes")
    assert "What needs a look: frivillig survey problems 1" in done.err
    assert "to be corrected" not in done.err
    lag.ok("survey", "problems", "1", "-o", tmp_path / "r.xlsx")
    close = "close it: frivillig survey problems 1 --resolve NUMBER"
    said = words_in(tmp_path / "r.xlsx")
    assert close in said and "take this file in" not in said
    told = lag.refused("survey", "import", "1", tmp_path / "r.xlsx", "--yes")
    assert "r.xlsx has no yellow cell, so there is nothing to take in from it." in told
    assert "close it: frivillig survey problems SURVEY --resolve NUMBER" in told
    done = lag("survey", "import", "1", table(J5="tull"), "--yes")
    assert "to be corrected" in done.err
