"""`frivillig survey import`, once more: what is told, what is advised, what stays as it was."""

from __future__ import annotations

import json

import pytest

from frivillig_cli.records.survey.model import Outcome
from frivillig_cli.records.survey.questions import default_questions
from frivillig_cli.work.survey.guard import PROTECTED
from frivillig_cli.work.survey.reading import RawCell
from frivillig_cli.work.survey.verdict import Verdict
from tests.cli.survey_round import answer, copy_sheet, leaders, words_in
from tests.work.survey.test_survey_odd import saved

# what is told, and what is advised


def test_deciding_nothing_saves_nothing_and_advises_no_undo(lag, forms, tmp_path, says) -> None:
    lag.ok("org", "edit", "1", "--email", "ny@hagelag.example")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", email="en@hagelag.example")
    lag("survey", "import", "1", back, "--accept", "all")
    before = lag.json("history")
    says("3")
    done = lag("survey", "import", "1", back, "--accept", "ask")
    assert "Nothing new to take in" in done.err and "undo" not in done.err, done
    assert lag.json("history") == before


def test_a_pdf_is_answered_with_what_a_survey_can_read(lag, forms, tmp_path) -> None:
    (tmp_path / "svar.pdf").write_bytes(b"%PDF-1.7\n%...")
    said = lag.refused("survey", "import", "1", tmp_path / "svar.pdf")
    assert "PDF" in said and ".xlsx" in said and ".csv" not in said


def test_a_rejected_date_of_the_meeting_is_counted(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", annual_meeting="12.03.2027")
    done = json.loads(lag("survey", "import", "1", back, "--accept", "all", "--json").out)
    assert done["rejected"] == 1
    (change,) = [c for c in done["files"][0]["changes"] if c["field"] == "annual_meeting"]
    assert change["outcome"] == "rejected"


def test_what_is_dealt_with_is_not_told_again(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="tull", **{"f1.tick": "tull"})
    bad = answer(forms[2], tmp_path / "svar" / "b.xlsx", phone="tall")
    lag("survey", "import", "1", tmp_path / "svar", "--accept", "all")
    found = lag.json("survey", "problems", "1")
    assert len(found) == 3
    done = lag("survey", "import", "1", tmp_path / "svar", "--accept", "all")
    assert done.out.count("tull") == 2 and "a workbook" in done.err
    numbers = [part for p in found for part in ("--resolve", p["id"])]
    lag.ok("survey", "problems", "1", *numbers)
    done = lag("survey", "import", "1", back, bad, "--accept", "all")
    for words in ("tull", "tall", "need a look", "a workbook"):
        assert words not in done.out + done.err, done
    assert done.code == 0 and lag.json("survey", "problems", "1") == []
    assert "workbook" not in lag("survey", "problems", "1", "--all").err


def test_a_list_that_was_asked_for_is_written_or_said_why_not(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="tull")
    listed = tmp_path / "x.xlsx"
    for look in (("--dry-run",), ("--accept", "none")):
        done = lag("survey", "import", "1", back, *look, "--rejected", listed)
        assert "x.xlsx was not written" in done.err and not listed.exists()
    lag("survey", "import", "1", back, "--accept", "all")
    lag("survey", "import", "1", back, "--accept", "all", "--rejected", listed)
    assert "tull" in words_in(listed)
    lag.ok("survey", "problems", "1", "--resolve", "1")
    done = lag("survey", "import", "1", back, "--accept", "all", "--rejected", tmp_path / "y.xlsx")
    assert "y.xlsx was not written" in done.err and not (tmp_path / "y.xlsx").exists()
    done = lag("survey", "problems", "1", "-o", tmp_path / "y.xlsx")
    assert "y.xlsx was not written" in done.err


# several answers of one association


@pytest.mark.parametrize("minute", [2, 0])
def test_the_same_answer_saved_again_changes_nothing(lag, forms, tmp_path, minute) -> None:
    back = saved(answer(forms[1], tmp_path / "svar" / "a.xlsx", city="Lier", phone="tull",
                        bank_account="8601.11.17947"), 1)  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    before, state = lag.json("history"), lag.json("survey", "status", "1")
    again = saved(answer(back, tmp_path / "igjen.xlsx"), minute)
    done = lag("survey", "import", "1", again, "--accept", "all")
    assert "taken in before" in done.out, done
    assert (lag.json("history"), lag.json("survey", "status", "1")) == (before, state)
    lag("survey", "import", "1", again, "--accept", "all", "--confirm-account")
    assert lag.json("org", "show", "1")["bank_account"] == "86011117947"
    assert [p["field"] for p in lag.json("survey", "problems", "1")] == ["phone"]


def test_a_protected_persons_answer_saved_again_counts_once(lag, forms, tmp_path) -> None:
    lag.ok("person", "edit", "1", "--protected", "--yes")
    back = saved(answer(forms[1], tmp_path / "svar" / "a.xlsx", leader_phone="90 11 14 44"), 1)
    lag("survey", "import", "1", back, "--accept", "all")
    lag.ok("survey", "problems", "1", "--resolve", "1")
    before = lag.json("history")
    again = saved(answer(back, tmp_path / "igjen.xlsx"), 2)
    done = lag("survey", "import", "1", again, "--accept", "all")
    assert "taken in before" in done.out and lag.json("history") == before, done
    assert lag.json("survey", "problems", "1") == []
    other = saved(answer(back, tmp_path / "nytt.xlsx", leader_phone="90 11 15 55"), 3)
    lag("survey", "import", "1", other, "--accept", "all")
    assert [p["code"] for p in lag.json("survey", "problems", "1")] == ["protected"]


def test_no_two_numbers_of_a_protected_person_pass_for_one(lag, forms, tmp_path) -> None:
    lag.ok("person", "edit", "1", "--protected", "--yes")
    back = saved(answer(forms[1], tmp_path / "a.xlsx", leader_phone="90 11 01 87"), 1)
    lag("survey", "import", "1", back, "--accept", "all")
    lag.ok("survey", "problems", "1", "--resolve", "1")
    # the first two bytes of their SHA-256 are the same
    other = saved(answer(back, tmp_path / "b.xlsx", leader_phone="90 11 06 45"), 2)
    assert lag("survey", "import", "1", other, "--accept", "all").code == 3
    assert [p["code"] for p in lag.json("survey", "problems", "1")] == ["protected"]


def test_a_mark_of_a_number_is_one_associations_alone() -> None:
    question = default_questions()[1]
    cell = RawCell("Skjema", "D12", "90 11 01 87")
    verdict = Verdict(question, None, None, None, Outcome.REJECTED, cell).rejected(PROTECTED, "…")
    marks = {verdict.mark("f1-one"), verdict.mark("f1-two")}
    assert len(marks) == 2 and all(len(mark or "") == 64 for mark in marks)


def test_two_answers_in_one_file_saved_again_count_once(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", email="en@hagelag.example")
    copy_sheet(back, "email", "to@hagelag.example")
    lag("survey", "import", "1", saved(back, 1), "--accept", "all")
    before = lag.json("history")
    done = lag("survey", "import", "1", saved(answer(back, tmp_path / "igjen.xlsx"), 2),
               "--accept", "all")  # fmt: skip
    assert "taken in before" in done.out and lag.json("history") == before, done


def test_a_later_form_without_changes_leaves_a_change_a_change(lag, forms, tmp_path) -> None:
    back = saved(answer(forms[1], tmp_path / "svar" / "a.xlsx", city="Lier"), 1)
    lag.ok("survey", "import", "1", back, "--accept", "all")
    other = saved(answer(forms[1], tmp_path / "svar" / "b.xlsx", answered_by="Kasserer"), 2)
    lag.ok("survey", "import", "1", other, "--accept", "all")
    status = lag.json("survey", "status", "1")
    assert (status["changed"], status["unchanged"]) == (1, 0)


def test_an_answer_that_is_overtaken_in_the_same_import_is_kept_and_not_done(
    lag, forms, tmp_path
) -> None:
    saved(answer(forms[1], tmp_path / "svar" / "a.xlsx", leader="Odd Fagerli", city="Lier",
                 leader_phone="90 11 14 44"), 1)  # fmt: skip
    saved(answer(forms[1], tmp_path / "svar" / "b.xlsx", leader="Aud Kittilsen"), 2)
    done = lag("survey", "import", "1", tmp_path / "svar", "--accept", "all")
    assert set(leaders(lag)) == {"Per Hansen", "Aud Kittilsen"}
    assert lag.json("org", "show", "1")["city"] == "Lier"
    assert "They have answered otherwise too: a.xlsx" in done.out
    assert not any(p["name"] == "Odd Fagerli" for p in lag.json("person", "list"))
