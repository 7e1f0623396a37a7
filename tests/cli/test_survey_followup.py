"""`frivillig survey` after the forms are out: status, reminders, results, close, and undo."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.hostile import BIRTH_NUMBER
from tests.work.survey.test_survey_odd import saved


@pytest.fixture
def lag(cli):
    cli.ok("org", "add", "Egge barnekor", "--email", "post@egge.example", "--category", "1100",
           "--phone", "32 24 10 00")  # fmt: skip
    cli.ok("org", "add", "Sylling songlag", "--language", "nn", "--email", "post@sylling.example",
           "--category", "1100")  # fmt: skip
    cli.ok("org", "add", "Tranby sanitetsforening", "--category", "3400")
    cli.ok("contact", "add", "2", "Aud Kittilsen", "--role", "leader", "--phone", "90111222")
    cli.ok("survey", "new", "Endringer våren 2027", "--due", "2027-03-15")
    return cli


@pytest.fixture
def forms(lag, tmp_path):
    done = lag.json("survey", "export", "1", "-o", tmp_path / "skjema", "--per-org")
    return {row["org_id"]: row["file"] for row in done["files"]}


def answer(path: str, to: Path, **said: object) -> str:
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = {row[1].value: row for row in sheet.iter_rows() if row[1].value}
    for name, value in said.items():
        rows[name][3].value = value
    to.parent.mkdir(exist_ok=True)
    book.save(to)
    return str(to)


def test_status_counts_by_category_with_a_bar_and_a_share(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", city="Egge")
    lag.ok("survey", "import", "1", back, "--yes")
    data = lag.json("survey", "status", "1")
    assert (data["sent"], data["answered"], data["missing"], data["percent"]) == (3, 1, 2, 33)
    keys = ("category", "sent", "answered", "percent")
    found = [tuple(part[key] for key in keys) for part in data["categories"]]
    assert found == [("1", 2, 1, 50), ("3", 1, 0, 0)]
    shown = lag.ok("survey", "status", "1")
    assert "1 Culture and recreation" in shown and "█████░░░░░   50 %" in shown
    assert "3 Health" in shown and "░░░░░░░░░░    0 %" in shown


def test_a_bar_is_full_only_when_all_have_answered() -> None:
    from frivillig_cli.cli.survey_view import bar
    from frivillig_cli.records.survey.model import SurveyCounts

    assert bar(SurveyCounts(1000, 999, 0, 0, 0)).count("░") == 1
    assert bar(SurveyCounts(1000, 1, 0, 0, 0)).count("█") == 1
    assert bar(SurveyCounts(3, 3, 0, 0, 0)).count("░") == 0
    assert bar(SurveyCounts(0, 0, 0, 0, 0)) == ""


def test_a_reminder_goes_to_those_who_have_not_answered_and_never_twice(
    lag, forms, tmp_path, monkeypatch
) -> None:
    lag.ok("survey", "import", "1", answer(forms[1], tmp_path / "svar" / "a.xlsx"), "--yes")
    remind = ("survey", "remind", "1", "-o", tmp_path / "purring", "--format", "txt", "--json")
    done = lag(*remind)
    data = json.loads(done.out)
    assert done.code == 3
    assert [row["org_id"] for row in data["rendered"]] == [2]
    assert [(row["org_id"], row["why"]) for row in data["skipped"]] == [(3, "no_address")]
    assert "Endringer våren 2027" in Path(data["rendered"][0]["file"]).read_text("utf-8")
    assert lag.json("letter", "log")[0]["template"] == "sporreskjema-purring"
    again = lag(*remind)
    assert again.code == 3
    data = json.loads(again.out)
    assert data["rendered"] == [] and data["batch"] is None
    assert {row["org_id"]: row["why"] for row in data["skipped"]}[2] == "recently_reminded"
    assert len(lag.json("letter", "log")) == 1
    assert json.loads(lag(*remind, "--days", "0").out)["rendered"]
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-12-06T10:00:00+00:00")
    assert json.loads(lag(*remind).out)["rendered"] == []
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-12-07T10:00:00+00:00")
    assert json.loads(lag(*remind).out)["rendered"]


def test_a_reminder_that_was_undone_counts_for_nothing(lag, forms, tmp_path) -> None:
    remind = ("survey", "remind", "1", "-o", tmp_path / "purring", "--format", "txt")
    lag(*remind)
    lag.ok("undo")
    assert "Batch" in lag(*remind).out


def test_nobody_to_remind_is_no_refusal_and_a_closed_survey_is(lag, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "not been sent" in lag.ok("survey", "remind", "1")
    lag.ok("survey", "export", "1", "-o", tmp_path / "alle.xlsx", "egge")
    assert lag("survey", "remind", "1", "--format", "txt").code == 0
    assert (tmp_path / "reminders-1").is_dir()
    lag.ok("survey", "close", "1")
    lag.refused("survey", "remind", "1", "--days", "0")


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


def test_results_hold_answers_counts_charts_and_where_each_figure_is_from(
    lag, forms, tmp_path
) -> None:
    answer(forms[1], tmp_path / "svar" / "a.xlsx", members=40, members_13_19=3, listed="Ja",
           activities="@kor =1+1", leader="Kari Vik", bank_account="1234.56.78903")  # fmt: skip
    answer(
        forms[2], tmp_path / "svar" / "b.xlsx", members=20, listed="Nei", leader_phone="90222333"
    )
    lag("survey", "import", "1", tmp_path / "svar", "--accept", "all", "--confirm-account")
    target = tmp_path / "results.xlsx"
    data = lag.json("survey", "results", "1", "-o", target)
    assert (data["file"], data["holds_people"]) == (str(target), True)
    book = load_workbook(target)
    summary, figures, answers = book.worksheets
    assert "CONFIDENTIAL: delete by 21 February 2027" in summary["A2"].value
    assert len(summary._charts) == 1 and len(figures._charts) >= 2
    rows = {row[0].value: row for row in figures.iter_rows(min_row=4) if row[0].value}
    assert rows["Yes"][1].value == 1 and rows["no answer"][1].value == 0
    place = rows["Yes"][3]
    column = place.value.partition("!")[2].partition(":")[0].rstrip("0123456789")
    assert place.hyperlink.location == f"'Answers'!{column}5:{column}6"
    assert [answers[f"{column}{row}"].value for row in (5, 6)] == ["Yes", "No"]
    cells = {cell.value for row in answers.iter_rows() for cell in row}
    assert "@kor =1+1" in cells
    assert all(cell.data_type != "f" for row in answers.iter_rows() for cell in row)
    assert not cells & {"Kari Vik", "Aud Kittilsen", "90 22 23 33", "1234.56.78903"}
    assert 3 not in {row[1].value for row in figures.iter_rows()}
    assert "not shown" in {row[1].value for row in figures.iter_rows()}
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    lag.refused("survey", "results", "1", "-o", target)
    lag.ok("survey", "results", "1", "-o", target, "--overwrite", "--people")
    cells = {cell.value for row in load_workbook(target)["Answers"].iter_rows() for cell in row}
    assert {"Kari Vik", "Aud Kittilsen"} <= cells


def test_results_of_an_empty_survey_are_a_workbook_too(lag, tmp_path) -> None:
    target = tmp_path / "tom.xlsx"
    assert lag.json("survey", "results", "1", "-o", target)["holds_people"] is False
    assert "CONFIDENTIAL" not in load_workbook(target).worksheets[0]["A2"].value


def test_libreoffice_draws_the_results(lag, forms, tmp_path) -> None:
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if not office or not reader:
        pytest.skip("LibreOffice (soffice) or poppler (pdftotext) is not installed")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", listed="Ja")
    lag.ok("survey", "import", "1", back, "--yes")
    lag.ok("survey", "results", "1", "-o", tmp_path / "results.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path,
         tmp_path / "results.xlsx"],
        check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    text = subprocess.run(
        [reader, "-layout", tmp_path / "results.pdf", "-"], check=True, capture_output=True
    ).stdout.decode()
    assert "Sent and answered, by category" in text  # the title stands in the chart alone
    assert text.count("May we list you publicly?") >= 2  # above the figures, and in the chart


def test_small_sums_are_held_back_and_cannot_be_worked_out() -> None:
    from frivillig_cli.records.survey.model import Kind, Question
    from frivillig_cli.work.survey.tally import Given, add_up

    question = Question("members", Kind.NUMBER, "members", {"en": "Members"})

    def sums(**numbers: int) -> dict[str, int | None]:
        given = [Given(n, g, g, values={"members": v}) for n, (g, v) in enumerate(numbers.items())]
        return {one.code: one.number for one in add_up(question, given, list(numbers))}

    assert sums(a=3, b=40, c=60) == {"a": None, "b": None, "c": 60}
    assert sums(a=3, b=2, c=60) == {"a": None, "b": None, "c": 60}
    assert sums(a=0, b=40) == {"a": 0, "b": 40}


def test_close_leaves_those_who_never_answered_unconfirmed_until_they_confirm(
    lag, forms, tmp_path, monkeypatch
) -> None:
    lag.ok("survey", "import", "1", answer(forms[1], tmp_path / "svar" / "a.xlsx"), "--yes")
    assert lag.json("org", "show", "2")["unconfirmed_since"] is None
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2027-03-31T22:30:00+00:00")  # half past midnight
    assert "unanswered:1" in lag("survey", "close", "1").err
    assert lag.json("org", "show", "1")["unconfirmed_since"] is None
    assert lag.json("org", "show", "2")["unconfirmed_since"] == "2027-04-01"
    assert "never, unconfirmed since 1 April 2027" in lag.ok("org", "show", "2")
    assert [o["id"] for o in lag.json("org", "list", "unconfirmed:2027-04")] == [2, 3]
    assert [o["id"] for o in lag.json("org", "list", "unconfirmed:")] == [1]
    late = answer(forms[2], tmp_path / "svar" / "b.xlsx")
    lag.ok("survey", "import", "1", late, "--yes")
    assert lag.json("org", "show", "2")["unconfirmed_since"] is None
    lag.ok("undo")
    lag.ok("undo")
    assert lag.json("org", "show", "2")["unconfirmed_since"] is None
    assert lag.json("survey", "status", "1")["status"] == "open"


def test_a_survey_that_was_sent_the_night_after_they_confirmed_is_another(
    lag, forms, tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2027-03-10T10:00:00+00:00")
    lag.ok("survey", "import", "1", answer(forms[1], tmp_path / "svar" / "a.xlsx"), "--yes")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2027-03-10T23:30:00+00:00")  # 00:30 on the 11th
    lag.ok("survey", "new", "Høsten 2027", "--due", "2027-09-15")
    lag.ok("survey", "export", "2", "-o", tmp_path / "to", "--per-org")
    lag.ok("survey", "close", "2")
    shown = lag.json("org", "show", "1")
    assert (shown["confirmed"], shown["unconfirmed_since"]) == ("2027-03-10", "2027-03-11")


def test_the_whole_round_is_undone_step_by_step(lag, tmp_path) -> None:
    def state() -> list[object]:
        return [
            lag.json("survey", "list"), lag.json("org", "list"), lag.json("person", "list"),
            lag.json("survey", "problems", "1"),
        ]  # fmt: skip

    lag.ok("org", "edit", "3", "--email", "post@tranby.example")
    steps = [state()]
    done = lag.json("survey", "export", "1", "-o", tmp_path / "skjema", "--per-org")
    files = {row["org_id"]: row["file"] for row in done["files"]}
    steps.append(state())
    answer(files[1], tmp_path / "svar" / "a.xlsx", phone="tull", leader="Per Aas", city="Egge")
    answer(files[2], tmp_path / "svar" / "b.xlsx", leader="Odd Fagerli", leader_phone="90555666")
    lag("survey", "import", "1", tmp_path / "svar", "--accept", "all")
    steps.append(state())
    lag("survey", "remind", "1", "-o", tmp_path / "purring", "--format", "txt")
    lag.ok("survey", "close", "1")
    for before in (steps[2], steps[2], steps[1], steps[0]):
        lag.ok("undo")
        assert state() == before
    lag.ok("undo")  # the e-mail
    lag.ok("undo")
    assert lag.json("survey", "list") == []
    said = lag.refused("survey", "import", "1", tmp_path / "svar", "--accept", "all")
    assert "survey" in said


def test_undo_names_what_builds_on_the_export(lag, forms, tmp_path) -> None:
    export = lag.json("history")[0]["id"]
    lag.ok("survey", "import", "1", answer(forms[1], tmp_path / "svar" / "a.xlsx"), "--yes")
    assert "survey import" in lag.refused("undo", export)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_line_of_the_status_fits_in_80_columns(language: str) -> None:
    from frivillig_cli.cli.survey_view import _group_lines
    from frivillig_cli.core.i18n import set_language
    from frivillig_cli.records.survey.model import SurveyCounts

    set_language(language)
    groups = {str(n): SurveyCounts(1000, 1000, 1000, 0, 0) for n in range(1, 13)}
    lines = list(_group_lines({**groups, "": SurveyCounts(3, 0, 0, 0, 0)}))
    assert max(map(len, lines)) <= 80 and all(line.endswith("%") for line in lines)
