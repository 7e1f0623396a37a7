"""`frivillig survey`: what was not taken, decided and corrected in its own workbook."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import answer, corrected, leaders, send


def test_a_correction_that_fails_is_one_problem_and_not_two(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="tull")
    lag("survey", "import", "1", back, "--accept", "all")
    wrong = corrected(lag, tmp_path, "rettet.xlsx", phone="tall")
    lag("survey", "import", "1", wrong, "--accept", "all")
    (problem,) = lag.json("survey", "problems", "1")
    assert problem["value"] == "tall"
    lag("survey", "import", "1", back, "--accept", "all")
    assert len(lag.json("survey", "problems", "1")) == 1
    right = corrected(lag, tmp_path, "igjen.xlsx", phone="90 12 34 56")
    lag.ok("survey", "import", "1", right, "--accept", "all")
    assert lag.json("survey", "problems", "1") == []


# the date of the meeting


def test_a_corrected_date_of_the_meeting_moves_the_offices(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader="Aud Kittilsen",
                  annual_meeting="12.03.2027")  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    assert leaders(lag)["Aud Kittilsen"] == ("2026-11-23", None)
    early = corrected(lag, tmp_path, "a.xlsx", annual_meeting="01.03.2023")
    done = lag("survey", "import", "1", early, "--accept", "all")
    assert "took over on 1 March 2024" in done.out
    right = corrected(lag, tmp_path, "b.xlsx", annual_meeting="13.03.2026")
    shown = lag.ok("survey", "import", "1", right, "--accept", "all")
    assert leaders(lag) == {
        "Aud Kittilsen": ("2026-03-13", None),
        "Per Hansen": ("2024-03-01", "2026-03-13"),
    }
    assert "23.11.2026" in shown and "13.03.2026" in shown and "1 field" in shown
    assert lag.json("survey", "problems", "1") == []
    before = lag.json("history")
    lag.ok("survey", "import", "1", right, "--accept", "all")
    assert lag.json("history") == before
    lag.ok("undo")
    assert leaders(lag)["Aud Kittilsen"] == ("2026-11-23", None)


@pytest.mark.parametrize("date_first", [False, True])
def test_a_corrected_date_moves_an_office_that_was_decided_on_another_day(
    lag, forms, tmp_path, monkeypatch, says, date_first: bool
) -> None:
    lag.ok("person", "edit", "1", "--name", "Per A. Hansen")  # changed here since: a conflict
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader="Aud Kittilsen",
                  annual_meeting="12.03.2027")  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    assert set(leaders(lag)) == {"Per A. Hansen"}
    right = corrected(lag, tmp_path, "b.xlsx", annual_meeting="13.03.2026")
    for day, first in (("2026-12-02", date_first), ("2026-12-05", not date_first)):
        monkeypatch.setenv("FRIVILLIG_CLOCK", f"{day}T10:00:00+00:00")
        if first:
            lag("survey", "import", "1", right, "--accept", "all")
        else:
            says("1")
            lag("survey", "import", "1", back, "--accept", "ask")
    assert leaders(lag) == {
        "Aud Kittilsen": ("2026-03-13", None),
        "Per A. Hansen": ("2024-03-01", "2026-03-13"),
    }
    assert lag.json("survey", "problems", "1") == []


def test_a_meeting_after_the_new_leader_left_is_asked_about(
    lag, forms, tmp_path, monkeypatch
) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader="Aud Kittilsen",
                  annual_meeting="01.12.2026")  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-12-10T10:00:00+00:00")
    lag.ok("contact", "end", "1", "Aud Kittilsen", "--to", "2026-11-25")
    before = leaders(lag)
    late = corrected(lag, tmp_path, "b.xlsx", annual_meeting="01.12.2026")
    done = lag("survey", "import", "1", late, "--accept", "all")
    assert done.code == 3 and "Aud Kittilsen left on 25 November 2026" in done.out, done
    assert leaders(lag) == before


def test_a_corrected_name_begins_at_the_meeting_they_told_of(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader="90111444",
                  annual_meeting="13.03.2026")  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    right = corrected(lag, tmp_path, "b.xlsx", leader="Aud Kittilsen")
    shown = lag.ok("survey", "import", "1", right, "--accept", "all")
    assert "from 13 March 2026" in shown
    assert leaders(lag)["Aud Kittilsen"] == ("2026-03-13", None)


# a conflict, and what cannot be corrected


def _in_conflict(lag, forms, tmp_path, **said: object) -> str:
    lag.ok("org", "edit", "1", "--email", "ny@hagelag.example", "--city", "Lier")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", **said)
    lag("survey", "import", "1", back, "--accept", "all")
    return back


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("en@hagelag.example", "en@hagelag.example"),
        ("ny@hagelag.example", "ny@hagelag.example"),
        ("post@hagelag.example", "post@hagelag.example"),
        ("tre@hagelag.example", "tre@hagelag.example"),
        ("SLETT", None),
    ],
)
def test_a_conflict_is_decided_in_the_workbook(lag, forms, tmp_path, typed, stands) -> None:
    back = _in_conflict(lag, forms, tmp_path, email="en@hagelag.example")
    right = corrected(lag, tmp_path, "b.xlsx", email=typed)
    lag.ok("survey", "import", "1", right, "--accept", "all")
    assert lag.json("org", "show", "1")["email"] == stands
    assert lag.json("survey", "problems", "1") == []
    again = lag("survey", "import", "1", back, "--accept", "all")
    assert again.code == 0 and "conflict" not in again.out, again
    assert lag.json("org", "show", "1")["email"] == stands


def test_what_was_changed_after_the_list_was_written_is_a_conflict_still(
    lag, forms, tmp_path
) -> None:
    _in_conflict(lag, forms, tmp_path, email="en@hagelag.example")
    right = corrected(lag, tmp_path, "b.xlsx", email="en@hagelag.example")
    lag.ok("org", "edit", "1", "--email", "fire@hagelag.example")
    assert lag("survey", "import", "1", right, "--accept", "all").code == 3
    assert lag.json("org", "show", "1")["email"] == "fire@hagelag.example"
    (problem,) = lag.json("survey", "problems", "1")
    assert problem["code"] == "conflict" and "fire@hagelag.example" in problem["message"]


def test_who_wrote_that_it_is_to_be_removed_is_quoted(lag, forms, tmp_path) -> None:
    _in_conflict(lag, forms, tmp_path, email="SLETT")
    (problem,) = lag.json("survey", "problems", "1")
    assert problem["value"] == "DELETE" and "answered DELETE" in problem["message"]


def test_a_list_without_a_yellow_cell_says_so_and_its_rows_show_all_their_words(
    lag, forms, tmp_path
) -> None:
    lag.ok("person", "edit", "1", "--protected", "--yes")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader_phone="90 11 14 44")
    lag("survey", "import", "1", back, "--accept", "all")
    done = lag("survey", "problems", "1", "-o", tmp_path / "x.xlsx")
    assert "nothing in it can be corrected" in done.err and "0 cells" not in done.err
    sheet = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    assert sheet["H6"].value == "(not here: see Why)" and sheet["H6"].protection.locked


def test_a_row_is_as_high_as_its_longest_cell(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", annual_meeting="tull")
    lag("survey", "import", "1", back, "--accept", "all")
    done = lag("survey", "problems", "1", "-o", tmp_path / "x.xlsx", lang="nb")
    assert done.code == 0
    sheet = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    assert sheet["D6"].value == "Dato for det siste årsmøtet"
    assert sheet.row_dimensions[6].height >= 2 * 15


# who somebody is


@pytest.mark.parametrize("office", ["leader", "contact"])
def test_the_command_for_a_namesake_does_what_the_form_would_have_done(
    lag, tmp_path, office: str
) -> None:
    import shlex

    lag.ok("contact", "add", "2", "Aud Kittilsen", "--role", office, "--from", "2024-03-01")
    form = send(lag, tmp_path)[2]
    back = answer(form, tmp_path / "svar" / "a.xlsx", annual_meeting="13.03.2026",
                  **{office: "Per Hansen"})  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    (problem,) = lag.json("survey", "problems", "1")
    command = problem["message"].partition("same person: ")[2].partition("  If not: ")[0]
    assert command.startswith("frivillig contact add 2 ")
    lag.ok(*shlex.split(command)[1:])
    held = lag.json("org", "show", "2")["contacts"]
    assert {(c["person_id"], c["name"], c["from"], c["to"]) for c in held} == {
        (1, "Per Hansen", "2026-03-13", None),
        (2, "Aud Kittilsen", "2024-03-01", "2026-03-13"),
    }
    lag.ok("survey", "import", "1", back, "--accept", "all")
    assert lag.json("survey", "problems", "1") == []


@pytest.mark.parametrize("office", ["leader", "contact"])
def test_the_command_for_a_namesake_ends_the_office_of_the_one_the_form_means(
    lag, tmp_path, office: str
) -> None:
    import shlex

    for name in ("Aud Kittilsen", "Berit Moen"):
        lag.ok("contact", "add", "2", name, "--role", office, "--from", "2024-03-01", "--beside")
    form = send(lag, tmp_path)[2]
    back = answer(form, tmp_path / "svar" / "a.xlsx", annual_meeting="13.03.2026",
                  **{office: "Per Hansen"})  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    (problem,) = lag.json("survey", "problems", "1")
    command = problem["message"].partition("same person: ")[2].partition("  If not: ")[0]
    lag.ok(*shlex.split(command)[1:])
    held = lag.json("org", "show", "2")["contacts"]
    assert {(c["name"], c["from"], c["to"]) for c in held} == {
        ("Per Hansen", "2026-03-13", None),
        ("Aud Kittilsen", "2024-03-01", "2026-03-13"),
        ("Berit Moen", "2024-03-01", None),
    }
    lag.ok("survey", "import", "1", back, "--accept", "all")


def test_until_is_the_last_day_of_the_one_who_is_replaced(lag) -> None:
    add = ("contact", "add", "1", "Aud Kittilsen", "--role", "leader", "--until", "2026-03-13")
    assert "--replace" in lag.refused(*add, code=2)
    lag.ok(*add, "--replace", "--from", "2026-03-20")
    assert leaders(lag)["Per Hansen"] == ("2024-03-01", "2026-03-13")


def test_corrections_of_an_answer_that_was_undone_are_no_answer(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader="Aud Kittilsen", members="mange")
    lag("survey", "import", "1", back, "--accept", "all")
    right = corrected(lag, tmp_path, "rettet.xlsx", members="65")
    lag.ok("undo")
    said = lag.ok("survey", "import", "1", right, "--accept", "all")
    assert "only corrections" in said and "the answer itself is not here" in said
    assert "confirmed without changes" not in said
    status = lag.json("survey", "status", "1")
    assert (status["answered"], status["missing"]) == (0, 2)
    org = lag.json("org", "show", "1")
    assert (org["members"], org["confirmed"]) == (65, None)
    lag("survey", "import", "1", back, "--accept", "all")  # the answer, when it comes again
    assert lag.json("survey", "status", "1")["answered"] == 1
    assert "Aud Kittilsen" in leaders(lag) and lag.json("org", "show", "1")["members"] == 65
