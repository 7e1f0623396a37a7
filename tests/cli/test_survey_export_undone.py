"""What is said when an export of questionnaires is undone: the workbooks are not undone with it."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import answer, send

LIE = "workbooks still lie where"
REFUSED = "Answers in the workbooks of {} associations are refused"


@pytest.mark.parametrize("words", [("--per-org",), ()])
def test_undo_says_that_the_workbooks_lie_there_and_are_no_longer_taken_in(
    lag, tmp_path, words
) -> None:
    folder = tmp_path / "skjema"
    lag.ok("survey", "export", "1", "-o", folder, *words)
    written = sorted(folder.iterdir())
    assert LIE not in lag("undo", "--dry-run").err
    done = lag("undo")
    assert done.code == 0 and LIE in done.err and REFUSED.format(2) in done.err
    assert sorted(folder.iterdir()) == written
    lag.ok("redo")
    said = lag("undo", lang="nb").err
    assert (
        "Arbeidsbøkene ligger fortsatt" in said
        and "Svar i arbeidsbøkene til 2 lag blir avvist" in said
    )


def test_what_is_said_is_so_and_redo_takes_them_in_again(lag, tmp_path) -> None:
    form = answer(send(lag, tmp_path)[1], tmp_path / "svar.xlsx", city="Drammen")
    lag.ok("undo")
    done = lag("survey", "import", "1", form, "--yes")
    assert done.code == 1 and "was not sent from this register" in done.out + done.err
    lag.ok("redo")
    lag.ok("survey", "import", "1", form, "--yes")
    assert lag.json("org", "show", "1")["city"] == "Drammen"


def test_only_those_are_told_of_who_were_not_sent_the_same_before(lag, tmp_path) -> None:
    send(lag, tmp_path)
    lag.ok("org", "add", "Tranby vel")
    forms = send(lag, tmp_path / "alle")
    done = lag("undo")
    assert LIE in done.err and "Answers in the workbook of 1 association are refused" in done.err
    lag.ok("survey", "import", "1", answer(forms[1], tmp_path / "a.xlsx", city="Drammen"), "--yes")
    lag.refused("survey", "import", "1", answer(forms[3], tmp_path / "b.xlsx", city="Lier"))


def test_undo_of_something_else_says_nothing_of_workbooks(lag, tmp_path) -> None:
    send(lag, tmp_path)
    lag.ok("org", "edit", "1", "--city", "Drammen")
    assert LIE not in lag("undo").err
