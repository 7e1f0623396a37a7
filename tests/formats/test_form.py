"""A form workbook comes back from LibreOffice as it was sent."""

from __future__ import annotations

import csv
import zipfile
from datetime import date

import openpyxl
import pytest

from frivillig_cli.formats.cells import text
from frivillig_cli.formats.xlsx_read import read_workbook
from frivillig_cli.formats.xlsx_rows import count_rows
from frivillig_cli.formats.xlsx_style import Look
from frivillig_cli.formats.xlsx_text import MAX_CELL, cell_text, looks_like_formula, sheet_name
from frivillig_cli.formats.xlsx_write import Book, Column, write_table

HOSTILE = ["=1+1", "+4732220100", "-1", "@SUM(A1)", "=cmd|'/c calc'!A1", "0301", "1/2", "<b>&"]


@pytest.fixture
def form(tmp_path):
    book = Book("Endringer", properties={"frivillig-survey": "f1-s3-ab"})
    sheet = book.sheet("Svar", widths=[30, 30, 40, 10])
    sheet.put_row(1, ["key", "now", "answer", "help"], Look.KEY)
    sheet.hide_row(1)
    for row, value in enumerate(HOSTILE, 2):
        sheet.put(row, 1, f"Spørsmål {row}", Look.HEADING)
        sheet.put(row, 2, value, Look.PRESENT)
        sheet.put(row, 3, value, Look.ANSWER)
        sheet.put(row, 4, f"f1-{row}", Look.KEY)
    sheet.hide_column(4)
    sheet.choose("C2:C9", book.choices("yes_no", ["Ja", "Nei, ikke nå"]), title="Svar", help="Velg")
    sheet.print_setup(repeat="1:1")
    sheet.protect()
    return book, sheet, book.save(tmp_path / "skjema.xlsx")


def _check(path):
    book = openpyxl.load_workbook(path)
    sheet = book["Svar"]
    assert sheet.column_dimensions["D"].hidden
    assert sheet.row_dimensions[1].hidden
    assert sheet["C2"].protection.locked is False
    assert sheet["B2"].protection.locked is True
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.formula1] == [
        "yes_no"
    ]
    assert "yes_no" in book.defined_names
    found = read_workbook(path)
    assert found.properties["frivillig-survey"] == "f1-s3-ab"
    answers = found.sheet("Svar")
    assert [text(answers.cell(f"C{row}")) for row in range(2, 10)] == HOSTILE
    assert not any(cell.formula for _sheet, cell in found.cells())
    assert [text(answers.cell(f"D{row}")) for row in range(2, 10)] == [
        f"f1-{row}" for row in range(2, 10)
    ]
    return sheet


def test_a_form_is_locked_but_for_its_answers(form):
    sheet = _check(form[2])
    assert sheet.protection.sheet
    assert sheet["C2"].number_format == "@"
    assert sheet.page_setup.paperSize in (9, "9")


def test_a_form_survives_libreoffice_as_xlsx_and_through_ods(form, convert):
    path = form[2]
    _check(convert(path, "xlsx", "again"))
    through = convert(path, "ods")
    ods = read_workbook(through)
    assert ods.kind == "ods"
    assert ods.properties["frivillig-survey"] == "f1-s3-ab"
    assert [text(ods.sheet("Svar").cell(f"C{row}")) for row in range(2, 10)] == HOSTILE
    assert ods.sheet("Lister").hidden
    _check(convert(through, "xlsx", "back"))


def test_text_is_never_a_formula_after_a_conversion_to_csv(form, convert):
    lines = convert(form[2], "csv:Text - txt - csv (StarCalc):44,34,76").read_text("utf-8")
    assert [row[2] for row in csv.reader(lines.splitlines())][1:] == HOSTILE


def test_a_book_is_patched_and_saved_again(form, tmp_path):
    book, sheet, _path = form
    for number in range(3):
        sheet.set(2, 3, f"={number}")
        again = read_workbook(book.save(tmp_path / f"{number}.xlsx"))
        assert text(again.sheet("Svar").cell("C2")) == f"={number}"
    raw = openpyxl.load_workbook(tmp_path / "2.xlsx")["Svar"]
    assert raw["C2"].protection.locked is False
    assert raw["C2"].data_type == "s"


def test_a_list_keeps_codes_numbers_and_dates(tmp_path):
    columns = ["Navn", Column("Postnr", 8), "Antall", "Dato", "Stiftet"]
    rows = [[name, "0301", 12, date(2027, 3, 15), date(1887, 5, 17)] for name in HOSTILE]
    rows.append(["x" * 40_000, None, float("nan"), None, None])
    path = write_table(tmp_path / "liste.xlsx", "Lag: og/eller [x]", columns, rows)
    sheet = read_workbook(path).sheets[0]
    assert [text(sheet.cell(f"A{row}")) for row in range(2, 10)] == HOSTILE
    assert sheet.row(2).values[1:] == ("0301", "12", "2027-03-15", "1887-05-17")
    assert text(sheet.cell("A10")).endswith("[…]")
    assert text(sheet.cell("C10")) == "nan"
    raw = openpyxl.load_workbook(path).active
    assert raw.freeze_panes == "A2"
    assert raw.print_title_rows in ("1:1", "$1:$1")
    assert all(raw.cell(row, 1).data_type != "f" for row in range(1, 10))
    assert raw["B2"].number_format == "@"


def test_text_fits_a_cell_and_names_fit_a_sheet():
    assert len(cell_text("x" * 40_000)) == MAX_CELL
    assert cell_text("a\x00b\r\nc\x1b") == "ab\nc"
    assert cell_text("_x000D_") == "_x005F_x000D_"
    assert sheet_name("'A/B: [c]*?\\ " + "x" * 40) == "A-B- -c---- xxxxxxxxxxxxxxxxxxx"
    assert sheet_name("") == "-"
    assert looks_like_formula("\t=1")


def test_rows_of_a_list_are_counted_after_it_was_written(tmp_path):
    rows = [[f"<row & {n}", "a  b ", None, n if n % 7 == 0 else str(n)] for n in range(3000)]
    path = write_table(tmp_path / "liste.xlsx", "Liste", ["A", "B", "C", "D"], rows)
    assert count_rows(path) == 3001
    read = read_workbook(path).sheets[0]
    assert read.row(2).values == ("<row & 0", "a  b", "0")
    assert openpyxl.load_workbook(path).active["B3"].value == "a  b "
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(zipfile.BadZipFile):
        count_rows(path)
