"""What somebody has struck out, to put something else in its place, is never taken as it stands."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from frivillig_cli.formats.cells import CellKind, problem
from frivillig_cli.formats.tables import read_table
from frivillig_cli.formats.xlsx_read import read_workbook


def book(path):
    """A list with cells struck out in part, whole, as a number, and not at all."""
    made = Workbook()
    sheet = made.active
    sheet.append(["Navn", "Leder", "Medlemmer"])
    old, new = TextBlock(InlineFont(strike=True), "Amina Tangen"), " Kari Berg"
    sheet["A2"], sheet["B2"], sheet["C2"] = "Lia songlag", CellRichText(old, new), 42
    sheet["A3"], sheet["B3"], sheet["C3"] = "Åsen ungdomslag", "Odd Fagerli", 30
    sheet["B3"].font = sheet["C3"].font = Font(strike=True)
    bold = TextBlock(InlineFont(strike=False, b=True), "Nora Dahl")
    sheet["A4"], sheet["B4"], sheet["C4"] = "Tun velforening", CellRichText(bold, " (ny)"), 12
    sheet["A4"].font = Font(strike=False, bold=True)
    sheet["B5"].font = Font(strike=True)  # a blank one
    sheet["A5"] = "Vik kor"
    made.save(path)
    return path


def struck(path) -> dict[str, str | None]:
    cells = [cell for row in read_workbook(path).sheets[0].rows for cell in row.cells]
    return {cell.ref: cell.value for cell in cells if cell.kind is CellKind.STRUCK}


EXPECTED = {"B2": "Amina Tangen Kari Berg", "B3": "Odd Fagerli", "C3": "30"}


def test_a_cell_that_is_struck_out_in_part_or_whole_is_known(tmp_path) -> None:
    path = book(tmp_path / "a.xlsx")
    assert struck(path) == EXPECTED
    row = read_workbook(path).sheets[0].rows[1]
    assert problem(row.cell(2)) == (
        "Something in the cell is struck out: write only what is to stand."
    )


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_the_same_when_libreoffice_has_saved_it(tmp_path, convert, kind: str) -> None:
    ods = convert(book(tmp_path / "a.xlsx"), "ods")
    assert struck(ods if kind == "ods" else convert(ods, "xlsx")) == EXPECTED


def test_a_text_kept_in_its_cell_may_be_struck_out_too(tmp_path, kit) -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><strike/></rPr><t>Gammel</t></r>'
        "<r><t> Ny</t></r></is></c>"
        '<c r="B1" t="inlineStr"><is><r><rPr><strike val="0"/></rPr><t>Ny</t></r></is></c></row>'
    )
    path = kit.write_zip(tmp_path / "a.xlsx", kit.parts(rows))
    assert struck(path) == {"A1": "Gammel Ny"}


def test_a_list_tells_of_it_as_of_a_formula(tmp_path) -> None:
    rows = list(read_table(book(tmp_path / "a.xlsx")).rows)
    assert [[one.header for one in row.problems] for row in rows] == [
        ["Leder"], ["Leder", "Medlemmer"], [], [],
    ]  # fmt: skip
