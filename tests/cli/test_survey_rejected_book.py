"""What was not taken of an answer, and is in conflict: told, and as a workbook to be corrected."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.hostile import BIRTH_NUMBER
from tests.cli.survey_round import answer, three
from tests.work.survey.test_survey_odd import saved


@pytest.fixture
def lag(cli):
    return three(cli)


def test_a_conflict_tells_who_changed_it_here_and_when(lag, forms, tmp_path, monkeypatch) -> None:
    lag.ok("org", "edit", "1", "--phone", "91 65 43 21")
    lag.ok("org", "edit", "1", "--city", "Egge")
    monkeypatch.setenv("FRIVILLIG_USER", "Ola Vik")
    lag.ok("contact", "end", "2", "Aud Kittilsen")
    lag.ok("contact", "add", "2", "Odd Fagerli", "--role", "leader")
    monkeypatch.setenv("FRIVILLIG_USER", "tester")
    answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="90 12 34 56")
    answer(forms[2], tmp_path / "svar" / "b.xlsx", leader="Per Aas")
    done = lag("survey", "import", "1", tmp_path / "svar", "--dry-run", lang="nb")
    assert "nå     91 65 43 21   endret av deg 23. november" in done.out
    assert "nå     Odd Fagerli   endret av Ola Vik 23. november" in done.out
    data = json.loads(lag("survey", "import", "1", tmp_path / "svar", "--dry-run", "--json").out)
    changes = {c["field"]: c for c in data["files"][0]["changes"]}
    assert changes["phone"]["changed_by"] == "tester"
    assert changes["phone"]["changed_at"].startswith("2026-11-23T10:00")
    assert changes["name"]["changed_by"] is None


def test_rejected_cells_are_marked_with_the_reason_and_taken_in_corrected(
    lag, forms, tmp_path
) -> None:
    named = tmp_path / "svar" / f"{BIRTH_NUMBER}.xlsx"
    back = answer(forms[1], named, phone="tull", members=BIRTH_NUMBER)
    target = tmp_path / "varen-rejected.xlsx"
    assert lag("survey", "import", "1", back).code == 1, "a name with a birth number is not typed"
    done = lag("survey", "import", "1", named.parent, "--accept", "all", "--rejected", target)
    assert done.code == 3 and target.name in done.err
    assert BIRTH_NUMBER.encode() not in b"".join(_members(target)) + lag.path.read_bytes()
    book = load_workbook(target)
    sheet = book.worksheets[0]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=6) if row[1].value}
    marked, why, right = rows["phone"][4], rows["phone"][5], rows["phone"][7]
    assert (marked.value, marked.fill.fgColor.rgb[-6:]) == ("tull", "F8CBAD")
    assert "tull" in why.value and right.value is None and not right.protection.locked
    assert "*****" in rows["members"][4].value
    assert "CONFIDENTIAL: delete by" in sheet["C3"].value
    right.value = "90 12 34 56"
    corrected = tmp_path / "rettet.xlsx"
    book.save(corrected)
    taken = lag("survey", "import", "1", corrected, "--accept", "all")
    assert taken.code == 0, taken
    assert lag.json("org", "show", "1")["phone"] == "+4790123456"
    assert [p["field"] for p in lag.json("survey", "problems", "1")] == ["members"]
    assert lag.json("survey", "status", "1")["problems"] == 1
    rows["members"][7].value = 42
    book.save(corrected)
    lag.ok("survey", "import", "1", corrected, "--accept", "all")
    assert lag.json("survey", "problems", "1") == []
    assert (lag.json("survey", "status", "1")["changed"]) == 1


def test_a_rejected_answer_is_settled_by_what_the_register_holds_already(
    lag, forms, tmp_path
) -> None:
    before = lag.json("org", "show", "1")["phone"]
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="tull")
    lag("survey", "import", "1", back, "--accept", "all")
    listed = tmp_path / "x-rejected.xlsx"
    lag.ok("survey", "problems", "1", "-o", listed)
    book = load_workbook(listed)
    (row,) = [row for row in book.worksheets[0].iter_rows(min_row=6) if row[1].value == "phone"]
    row[7].value = before
    book.save(listed)
    lag.ok("survey", "import", "1", listed, "--accept", "all")
    assert lag.json("survey", "problems", "1") == []
    assert lag.json("org", "show", "1")["phone"] == before


def test_a_conflict_between_two_answers_is_not_laid_to_the_coordinator(
    lag, forms, tmp_path
) -> None:
    older = saved(answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="90 12 34 56"), 1)
    newer = saved(answer(forms[1], tmp_path / "svar" / "b.xlsx", phone="90 12 34 57"), 2)
    lag("survey", "import", "1", newer, "--accept", "all")
    shown = lag("survey", "import", "1", older, "--dry-run").out
    assert "from an answer taken in on 23 November" in shown and "changed by" not in shown, shown
    lag.ok("org", "edit", "1", "--phone", "90 12 34 58")
    assert "changed by" in lag("survey", "import", "1", older, "--dry-run").out
    lag.ok("undo", "--yes")
    assert lag("survey", "import", "1", older, "--dry-run").out == shown


def test_a_leader_put_in_here_is_not_laid_to_an_answer(lag, forms, tmp_path) -> None:
    said = {"leader": "Berit Nyberg", "leader_phone": "41 66 00 01"}
    first = answer(forms[2], tmp_path / "svar" / "a.xlsx", annual_meeting="2026-03-01", **said)
    lag("survey", "import", "1", first, "--accept", "all")
    lag.ok("contact", "end", "2", "Berit Nyberg")
    lag.ok("contact", "add", "2", "Trond Settner", "--role", "leader")
    later = answer(forms[2], tmp_path / "svar" / "b.xlsx", annual_meeting="2026-03-20", **said)
    shown = lag("survey", "import", "1", later, "--accept", "all").out
    assert "Trond Settner   changed by you on 23 November" in shown, shown


def test_a_reminder_after_the_due_date_asks_for_no_answer_by_a_day_that_has_been(
    lag, forms, tmp_path, monkeypatch
) -> None:
    due = lag.json("survey", "list")[0]["due"]
    for day, there in ((due, True), ("2028-01-01", False)):
        monkeypatch.setenv("FRIVILLIG_CLOCK", f"{day}T10:00:00+01:00")
        folder = tmp_path / day
        lag("survey", "remind", "1", "-o", folder, "--format", "txt", "--days", "0")
        texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.txt")]
        assert texts
        for text in texts:
            asked = "innen" in text or "innan" in text
            assert asked is there and ("Fristen var" in text) is not there
            assert "Ingenting er endr" in text, "the tick is what counts as an answer"


def test_a_conflict_is_a_cell_to_correct_too_and_a_file_not_sent_is_named_once(
    lag, forms, tmp_path
) -> None:
    lag.ok("org", "edit", "1", "--phone", "90 00 00 01")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="90 12 34 56", email="tull")
    listed = tmp_path / "x-rejected.xlsx"
    other = answer(forms[2], tmp_path / "svar" / "b.xlsx", email="tull")
    done = lag("survey", "import", "1", back, other, "--accept", "all", "--rejected", listed)
    assert "3 cells to correct" in done.err, done.err
    lag.ok("undo")
    lag.ok("undo")
    lag.ok(
        "undo", str(next(e["id"] for e in lag.json("history") if e["command"] == "survey export"))
    )
    refused = lag("survey", "import", "1", listed, "--accept", "all")
    assert (refused.out + refused.err).count("was not sent from this register") == 1, refused


def _members(path: Path) -> list[bytes]:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_a_list_of_rejected_answers_that_nobody_corrected_says_nothing(
    lag, forms, tmp_path
) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="tull")
    lag("survey", "import", "1", back, "--accept", "all")
    listed = tmp_path / "svar" / "x-rejected.xlsx"
    lag.ok("survey", "problems", "1", "-o", listed)
    before = lag.json("history")
    lag.ok("survey", "import", "1", tmp_path / "svar", "--accept", "all")
    assert lag.json("history") == before
    if sys.platform != "win32":
        assert stat.S_IMODE(listed.stat().st_mode) == 0o600
    assert "already" in lag.refused("survey", "problems", "1", "-o", listed)
    other = ("survey", "import", "1", back, "--rejected", tmp_path / "x.csv")
    assert ".xlsx" in lag.refused(*other, code=2)
