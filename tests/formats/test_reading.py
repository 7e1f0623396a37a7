"""What is read is what stands in the file, as people would say it."""

from __future__ import annotations

import math
import random
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.formats.cells import column_letter, parse_ref, text
from frivillig_cli.formats.values import clean_text, date_text, format_kind, number_text
from frivillig_cli.formats.xlsx_read import read_workbook


def test_numbers_are_read_as_people_type_them():
    assert number_text("974760673.0") == "974760673"
    assert number_text("9.74760673E8") == "974760673"
    assert number_text("0.1") == "0.1"
    assert number_text("59.949999999999996") == "59.95"
    assert number_text("-3") == "-3"
    assert number_text("86011117947") == "86011117947"
    for bad in ("NaN", "inf", "x", "1e999", ""):
        assert number_text(bad) is None


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_number_keeps_its_value(number):
    shown = number_text(repr(number))
    assert math.isclose(float(shown), number, rel_tol=1e-14, abs_tol=1e-300)


@given(st.integers(1, 16_384), st.integers(1, 1_048_576))
def test_a_cell_has_one_name(column, row):
    assert parse_ref(f"{column_letter(column)}{row}") == (row, column)


@pytest.mark.parametrize(
    "ref", ["", "A", "1", "a1", "XFE1", "A0", "A1048577", "A01", "AAAA1", "A1 "]
)
def test_what_is_no_cell_is_refused(ref):
    with pytest.raises(ValueError):
        parse_ref(ref)


def test_hard_spaces_padding_and_controls_go_and_nothing_left_is_blank():
    assert clean_text("\u00a0 Lier\u00a0hagelag \x07\r\n") == "Lier hagelag"
    assert clean_text("A\u030as\r\nb") == "Ås\nb"
    assert clean_text("\ufeff \u00a0") is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("dd.mm.yyyy", "date"),
        ("[$-414]d. mmmm yyyy;@", "date"),
        ("hh:mm", "time"),
        ("yyyy-mm-dd hh:mm", "datetime"),
        ("0000", "0000"),
        ("General", ""),
        ("0.00", ""),
        ("#,##0", ""),
        ('0" dager"', ""),
        ("@", ""),
    ],
)
def test_a_number_format_tells_dates_from_numbers(code, kind):
    assert format_kind(170, code) == kind


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_a_serial_number_is_the_date_excel_shows(day):
    serial = (day - date(1899, 12, 30)).days
    assert date_text(str(serial), "date", False) == day.isoformat()


def test_dates_that_never_were_stay_numbers():
    assert date_text("60", "date", False) is None
    assert date_text("1", "date", False) == "1900-01-01"
    assert date_text("-1", "date", False) is None
    assert date_text("99999999", "date", False) is None


def test_reading_agrees_with_openpyxl(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    values = ["tekst", 12, 3.5, True, date(2027, 3, 15), datetime(2027, 3, 15, 10, 30), time(3, 10)]
    for row in range(1, 30, 3):
        for column, value in enumerate(values, 2):
            sheet.cell(row, column, value)
    code = sheet.cell(40, 2, 301)
    code.number_format = "0000"
    book.create_sheet("Skjult").sheet_state = "hidden"
    book.save(tmp_path / "x.xlsx")
    found = read_workbook(tmp_path / "x.xlsx")
    expected = ["tekst", "12", "3.5", "true", "2027-03-15", "2027-03-15T10:30:00", "03:10:00"]
    assert [row.number for row in found.sheets[0].rows] == [*range(1, 30, 3), 40]
    assert list(found.sheets[0].rows[0].values) == expected
    assert text(found.sheets[0].cell("B40")) == "0301"
    assert found.sheet("Skjult").hidden


def test_rich_text_is_joined_and_phonetic_guides_are_left_out(tmp_path, kit):
    strings = (
        f'<sst xmlns="{kit.MAIN}"><si><r><t>Lier </t></r><r><t>hagelag_x000D_</t></r>'
        "<rPh><t>uttale</t></rPh></si></sst>"
    )
    path = kit.write_zip(tmp_path / "x.xlsx", kit.parts(strings=strings))
    assert text(read_workbook(path).sheets[0].cell("A2")) == "Lier hagelag"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<c r="A1" t="s"><v>9</v></c>', "points at a text"),
        ('<c r="A1" s="99"><v>9</v></c>', "look of A1 is missing"),
        ('<c r="A2"><v>9</v></c>', "out of place"),
        ('<c r="B1"><v>9</v></c><c r="A1"><v>9</v></c>', "out of place"),
        ('<c r="XFE1"><v>9</v></c>', "out of place"),
    ],
)
def test_a_cell_that_cannot_be_right_is_a_refusal(tmp_path, kit, cell, said):
    sheet = kit.sheet_xml(f'<row r="1">{cell}</row>')
    path = kit.write_zip(tmp_path / "x.xlsx", kit.parts(sheet=sheet))
    with pytest.raises(FileFormatError, match=said):
        read_workbook(path)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_mutated_workbook_is_read_or_refused_and_never_crashes(tmp_path, kit, kind, request):
    path = kit.write_zip(tmp_path / "seed.xlsx", kit.parts())
    if kind == "ods":
        book = openpyxl.Workbook()
        book.active.append(["Navn", "Telefon"])
        book.active.append(["Lier hagelag", 32220100])
        book.save(path)
        path = request.getfixturevalue("convert")(path, "ods")
    whole = path.read_bytes()
    import zipfile

    with zipfile.ZipFile(path) as package:
        inside = {name: package.read(name) for name in package.namelist()}
    target = tmp_path / "mutant"
    dice = random.Random(20270315)
    read = refused = 0
    for turn in range(400):
        if turn % 2:
            content = bytearray(whole)
            _mutate(content, dice)
            target.write_bytes(content)
        else:  # inside a part, with a zip that is right
            name = dice.choice([part for part in inside if inside[part]])
            part = bytearray(inside[name])
            _mutate(part, dice)
            kit.write_zip(target, inside | {name: bytes(part)})
        try:
            book = read_workbook(target)
            assert all(text(cell) for _sheet, cell in book.cells())
            read += 1
        except FileFormatError as error:
            assert error.message
            refused += 1
    assert read > 20
    assert refused > 20


def _mutate(content: bytearray, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(content))
        how = dice.randrange(4)
        if how == 0:
            content[at] = dice.randrange(256)
        elif how == 1:
            del content[at : at + dice.randint(1, 40)]
        elif how == 2:
            content[at:at] = content[max(0, at - 30) : at]
        else:
            content[at : at + 4] = dice.choice([b"\0\0\0\0", b"\xff\xff\xff\xff", b"9999", b'"<&;'])
        if not content:
            content[:] = b"x"
