"""`beredskap report|costs|export|evaluate|action|exercise` as they are typed."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Cli


@pytest.fixture
def over(cli: Cli, tmp_path: Path) -> Cli:
    """A call-out that is over: one came, one did not answer, one number was wrong."""
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("agreement", "add", "lier", "Avtale", "--kind", "beredskap", "--from", "2026-01-01",
           "--to", "2028-01-01", "--event-payer", "municipality", "--case-number",
           "2026/12")  # fmt: skip
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", "lier")
    for name, number in (("Kari Lie", "90111222"), ("Ola Vik", "90111223"), ("Aud Ås", "90111224"),
                         ("Skjult Person", "90111225")):  # fmt: skip
        cli.ok("volunteer", "add", name, "--phone", number)
        cli.ok("beredskap", "member", "add", "Omsorg", name)
    cli.ok("person", "edit", "Skjult Person", "--protected")
    cli.ok("beredskap", "activate", "Flom", "--need", "1", "-o", tmp_path / "flom")
    cli.ok("beredskap", "call", "Ola Vik", "no-answer")
    cli.ok("beredskap", "call", "Aud Ås", "wrong-number")
    cli.ok("beredskap", "call", "Kari Lie", "yes")
    cli.ok("beredskap", "arrive", "Kari Lie")
    cli.ok("beredskap", "expense", "1250,50", "Mat til tolv", "--receipt", "7")
    cli.ok("beredskap", "leave", "Kari Lie", "--home")
    cli.ok("beredskap", "end")
    return cli


def test_a_report_tells_what_it_came_to(over: Cli) -> None:
    told = over.json("beredskap", "report")
    assert told["figures"]["reached"] == 1 and told["figures"]["kind"] == "real"
    assert told["costs_ore"] == {"municipality": 125050}
    assert told["costs_kroner"] == {"municipality": "1250.50"}
    assert [one["name"] for one in told["numbers_to_mend"]] == ["Aud Ås"]
    assert told["evaluations"] == [] and told["log"]
    shown = over("beredskap", "report")
    assert "Were reached" in shown.out and "beredskap evaluate" in shown.err


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("ending", ["pdf", "xlsx", "html", "json"])
def test_a_report_is_written_by_its_ending(
    over: Cli, tmp_path: Path, ending: str, lang: str
) -> None:
    over.ok("beredskap", "evaluate", "--improve", "Flere sjåfører")
    over.ok("beredskap", "action", "add", "2026-R-001", "Spørre kjøregruppen", "--owner", "Kari")
    file = tmp_path / f"rapport.{ending}"
    assert over("beredskap", "report", "-o", file, lang=lang).code == 0
    text = read(file)
    for said in ("Flom", "Kari Lie", "Aud Ås", "Flere sjåfører" if ending != "xlsx" else "Flom",
                 "Spørre kjøregruppen", "Mat til tolv"):  # fmt: skip
        assert said in text, said
    assert "90111225" not in text and "90 11 12 25" not in text
    assert "already" in over.refused("beredskap", "report", "-o", file)
    over.ok("beredskap", "report", "-o", file, "--overwrite")


def read(file: Path) -> str:
    """What a reader sees of a file."""
    if file.suffix == ".xlsx":
        from openpyxl import load_workbook

        cells = [
            str(cell) for sheet in load_workbook(file) for row in sheet.iter_rows(values_only=True)
            for cell in row if cell is not None
        ]  # fmt: skip
        return "\n".join(cells)
    if file.suffix == ".pdf":
        if shutil.which("pdftotext") is None:
            pytest.skip("pdftotext (poppler-utils) is not installed")
        done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
        return done.stdout.decode("utf-8")
    return file.read_text("utf-8")


def test_an_exercise_says_so_on_its_report(over: Cli, tmp_path: Path) -> None:
    over.ok("beredskap", "activate", "Prøve", "--exercise", "-o", tmp_path / "p")
    file = tmp_path / "rapport.html"
    over.ok("beredskap", "report", "2026-Ø-001", "-o", file)
    assert "ØVELSE" in read(file) and "never added to those of real events" in read(file)
    file = tmp_path / "rapport.json"
    for lang in ("nb", "nn", "en"):
        done = over("beredskap", "report", "2026-Ø-001", "-o", file, "--overwrite", lang=lang)
        assert (done.code, json.loads(file.read_text("utf-8"))["mark"]) == (0, "ØVELSE")
    assert over.json("beredskap", "status")["mark"] == "ØVELSE"
    assert over.json("beredskap", "report", "2026-R-001")["mark"] is None


@pytest.mark.parametrize("name", ["rapport.doc", "rapport"])
def test_a_kind_of_file_that_is_not_written_is_refused(over: Cli, tmp_path: Path, name) -> None:
    assert ".pdf" in over.refused("beredskap", "report", "-o", tmp_path / name, code=2)
    assert not (tmp_path / name).exists()


def test_costs_are_claimed_a_sheet_for_each_payer(over: Cli, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    over.ok("beredskap", "expense", "300", "Drivstoff", "--payer", "association")
    file = tmp_path / "krav.xlsx"
    assert "1,250.50" in over.ok("beredskap", "costs", "-o", file)
    book = load_workbook(file)
    assert len(book.sheetnames) == 2
    text = read(file)
    assert "Mat til tolv" in text and "1250.5" in text and "2026/12" in text
    for sheet in book:
        assert [sheet.cell(row, 6).number_format for row in (4, 5)] == ["#,##0.00"] * 2
        for row in (2, 7, 8):  # stand in the narrow first column, and run on beside it
            assert sheet.cell(row, 1).value and not sheet.cell(row, 1).alignment.wrap_text
        assert sheet.cell(8, 1).value == "Avtale · Lier sanitetsforening · 2026/12"


@pytest.fixture
def corrected(over: Cli) -> Cli:
    """The food is corrected in line 3, and what was never bought is taken out in line 4."""
    over.ok("beredskap", "expense", "99", "Tau", "--payer", "association")
    over.ok("beredskap", "expense", "1300", "Mat til tretten", "--corrects", 1)
    over.ok("beredskap", "expense", "0", "Aldri kjøpt", "--corrects", 2)
    return over


def test_a_corrected_expense_stands_struck_through_and_is_not_summed(
    corrected: Cli, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    told = corrected.json("beredskap", "report")
    assert [(one["corrected_by"], one["amount_kroner"]) for one in told["expenses"]] == [
        (3, "1250.50"), (4, "99.00"), (None, "1300.00"), (None, "0.00"),
    ]  # fmt: skip
    assert told["costs_kroner"] == {"municipality": "1300.00"}
    for ending in ("pdf", "html", "xlsx"):
        file = tmp_path / f"rapport.{ending}"
        corrected.ok("beredskap", "report", "-o", file)
        text = " ".join(read(file).split())
        assert "[corrected in 3] Mat til tolv" in text and "Corrects 1: Mat til tretten" in text
    page = (tmp_path / "rapport.html").read_text("utf-8")
    assert re.search(r"<(tr|td)[^>]*struck[^>]*>(?:(?!</tr>).)*Mat til tolv", page, re.DOTALL)
    rows = [*load_workbook(tmp_path / "rapport.xlsx")["Costs"].iter_rows(min_row=4)][:5]
    assert [bool(row[2].font.strike) for row in rows] == [True, True, False, False, False]
    assert [row[5].value for row in rows if isinstance(row[5].value, (int, float))] == [
        1300, 0, 1300,
    ]  # fmt: skip


def test_what_was_corrected_is_claimed_of_nobody(corrected: Cli, tmp_path: Path) -> None:
    corrected.ok("beredskap", "costs", "-o", tmp_path / "krav.xlsx")
    text = read(tmp_path / "krav.xlsx")
    assert "Mat til tretten" in text and "Mat til tolv" not in text and "Tau" not in text
    claimed = corrected.json("beredskap", "costs")["expenses"]
    assert [one["amount_kroner"] for one in claimed] == ["1300.00"]


def test_no_expenses_is_said(cli: Cli, over: Cli, tmp_path: Path) -> None:
    over.ok("beredskap", "activate", "Ny", "-o", tmp_path / "ny")
    over.refused("beredskap", "costs", "2026-R-002")


@pytest.mark.parametrize("ending", ["csv", "txt"])
def test_the_log_goes_to_the_municipalitys_own(over: Cli, tmp_path: Path, ending: str) -> None:
    words = '=HYPERLINK("http://x.example")\tog\nmer'
    over.ok("beredskap", "log", words, "--activation", "2026-R-001")
    file = tmp_path / f"logg.{ending}"
    assert over("beredskap", "export", file, lang="nb").code == 0
    text = file.read_text("utf-8-sig")
    entries = over.json("beredskap", "log")
    if ending == "csv":
        rows = list(csv.reader(text.splitlines(), delimiter=";"))
        assert rows[0][:4] == [
            "Dato og klokkeslett",
            "Tiltak",
            "Utført",
            "Informasjon, avgjørelser",
        ]
        assert rows[-1][3].startswith("'=")
    else:
        rows = [line.split("\t") for line in text.splitlines()]
    assert len(rows) == len(entries) + 1 and {len(row) for row in rows} == {9}
    assert re.fullmatch(r"23\.11\.2026 11:00", rows[1][0])


def test_an_evaluation_is_kept_and_its_follow_up_is_ticked_off(over: Cli) -> None:
    over.refused("beredskap", "evaluate")
    made = over.json("beredskap", "evaluate", "--well", "Rask oppringing", "--on", "2026-11-20")
    assert (made["written"], made["by"]) == ("2026-11-20", "tester")
    over.ok("beredskap", "action", "add", "2026-R-001", "Nye vester", "--due", "2026-11-01")
    over.ok("beredskap", "action", "add", "2026-R-001", "Ny liste", "--owner", "Kari")
    listed = over("beredskap", "action", "list")
    assert "late" in listed.out and listed.out.index("Nye vester") < listed.out.index("Ny liste")
    over.ok("beredskap", "action", "done", "1")
    again = over.refused("beredskap", "action", "done", "1")
    assert "done on" in again and "November 2026" in again  # no ISO date
    left = over.json("beredskap", "action", "list", "--open")
    assert [one["what"] for one in left] == ["Ny liste"]
    over.refused("beredskap", "action", "done", "99")
    over.refused("beredskap", "action", "add", "2026-R-001", "  ")
    assert "01017012343" not in over.refused("beredskap", "evaluate", "--text", "01017012343")


def test_exercises_are_planned_held_and_in_the_calendar(over: Cli, tmp_path: Path) -> None:
    over.ok("beredskap", "exercise", "plan", "2027-03-15", "Strømbrudd", "--responsible", "Kari")
    over.ok("beredskap", "exercise", "plan", "2027-05-01", "Avlyst")
    over.ok("beredskap", "exercise", "drop", "2")
    over.refused("beredskap", "exercise", "drop", "2")
    over.refused("beredskap", "exercise", "plan", "2026-01-01", "I fjor")
    file = tmp_path / "øvelser.ics"
    listed = over("beredskap", "exercise", "list", "-o", file)
    assert "No exercise has been held yet" in listed.err
    text = file.read_text("utf-8")
    assert "DTSTART;VALUE=DATE:20270315" in text and "ØVELSE Strømbrudd" in text
    assert "Avlyst" not in text
    over.ok("beredskap", "activate", "Strømbrudd", "--exercise", "-o", tmp_path / "s")
    over.refused("beredskap", "exercise", "held", "1", "2026-R-001")
    asked = over.refused("beredskap", "exercise", "held", "1", "2026-Ø-001")  # another day
    assert "15 March 2027" in asked and "23 November 2026" in asked and "--yes" in asked
    assert over.json("beredskap", "exercise", "list")[0]["status"] == "planned"
    held = over.json("beredskap", "exercise", "held", "1", "2026-Ø-001", "--yes")
    assert held["status"] == "held"
    assert "23 November 2028" in over("beredskap", "exercise", "list").err


def test_exercises_are_compared_with_charts_of_their_own(over: Cli, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    for title in ("En", "To"):
        over.ok("beredskap", "activate", title, "--exercise", "-o", tmp_path / title)
        over.ok("beredskap", "call", "Ola Vik", "no", "--activation", title)
    file = tmp_path / "sammenlign.xlsx"
    over.ok("beredskap", "exercise", "compare", "-o", file)
    [sheet] = load_workbook(file).worksheets
    assert [len(chart.series) for chart in sheet._charts] == [3, 1, 1]
    named = {one.tx.strRef.f[-2:] for one in sheet._charts[0].series}
    assert {sheet[cell].value for cell in named} == {"On the list", "Were called", "Were reached"}
    assert [chart.y_axis.scaling.max for chart in sheet._charts] == [None, 100, None]
    # LibreOffice shows a row as high as it is said to be: two lines of heads, and a large title.
    assert sheet.row_dimensions[3].height >= 30 and sheet.row_dimensions[1].height >= 20
    numbers = [str(row[0]) for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]]
    assert [number[:10] for number in numbers] == ["2026-Ø-001", "2026-Ø-002"]
    found = over.json("beredskap", "exercise", "compare", "--kind", "real")
    assert [one["number"] for one in found["activations"]] == ["2026-R-001"]
    over.refused("beredskap", "exercise", "compare", "--kind", "alt", code=2)


def test_the_municipalitys_own_target_stands_beside_the_foreign_ones(over: Cli) -> None:
    told = over("beredskap", "report")
    assert "has set none of its own" in told.out and "target_percent" in told.err
    file = over.path.parent / "r.html"
    over.ok("beredskap", "report", "-o", file)  # for those who read it, no command
    page = file.read_text("utf-8")
    assert "has set none of its own" in page and "target_percent" not in page
    over.ok("config", "set", "beredskap.target_percent", "80")
    over.ok("config", "set", "beredskap.target_minutes", "60")
    assert "own target: 80 %" in over.ok("beredskap", "report")
    over.refused("config", "set", "beredskap.target_percent", "180")
    over.refused("config", "set", "beredskap.target_minutes", "17")
    assert json.loads(json.dumps(over.json("beredskap", "report")["target"]))["minutes"] == 60


def test_the_figures_of_the_workbook_can_be_reckoned_with(over: Cli, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    over.ok("beredskap", "report", "-o", tmp_path / "rapport.xlsx")
    sheet = load_workbook(tmp_path / "rapport.xlsx")["Figures"]
    told = over.json("beredskap", "report")["figures"]
    cells = {row[0]: row[1:] for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert cells["Were called"] == (told["attempted"], None)
    assert cells["Yes or in reserve, of those reached"] == (told["yes_rate"], "%")
    assert cells["Reached within 60 minutes"] == (told["reach"][2]["reached"], None)
    assert cells["Reached within 60 minutes: of the list"] == (
        told["reach"][2]["of_eligible"], "%",
    )  # fmt: skip
    assert cells["From decision to first call"] == (told["to_first_attempt"] / 60, "min")
    numbers = [row[1] for row in sheet.iter_rows(min_row=4) if row[1].data_type == "n"]
    assert len(numbers) > 20 and {cell.number_format for cell in numbers} <= {"General", "#,##0"}


def test_no_page_of_the_report_is_left_with_a_few_lines(over: Cli, tmp_path: Path) -> None:
    """What the summary has no room for is followed by the people; the wide timeline is the last."""
    over.ok("beredskap", "reopen", "--reason", "elva stiger")  # makes the summary longer
    over.ok("beredskap", "report", "-o", tmp_path / "r.pdf")
    pages = read(tmp_path / "r.pdf").split("\f")[:-1]
    assert len(pages) == 3 and "Timeline" in pages[2]
    for part in ("Medical Reserve Corps", "Those who were on the list", "Mat til tolv",
                 "Numbers to mend"):  # fmt: skip
        assert part in pages[1], part


def test_a_corrected_line_of_the_log_is_marked_in_the_workbook_and_the_export(
    over: Cli, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    over.ok("beredskap", "log", "Hans er fremme", "--activation", "2026-R-001")
    seq = over.json("beredskap", "log")[-1]["seq"]
    over.ok("beredskap", "log", "Det var Per", "--corrects", seq, "--activation", "2026-R-001")
    marked = f"[corrected in {seq + 1}] Hans er fremme"
    for command, name in (("report", "r.xlsx"), ("export", "r.csv"), ("export", "r.txt")):
        more = ["-o", tmp_path / name] if command == "report" else [tmp_path / name]
        over.ok("beredskap", command, *more)
    for name in ("r.csv", "r.txt"):
        assert marked in (tmp_path / name).read_text("utf-8-sig")
    rows = {row[4].value: row for row in load_workbook(tmp_path / "r.xlsx")["Log"].iter_rows()}
    assert rows[marked][4].font.strike and not rows[f"Corrects {seq}: Det var Per"][4].font.strike
