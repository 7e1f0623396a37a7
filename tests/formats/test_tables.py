"""A list is read whoever made it, and what cannot be trusted is refused."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest

from frivillig_cli.core.errors import FileFormatError, NotFoundError
from frivillig_cli.formats.tables import read_table

ROWS = "Navn;Telefon;Sted\nÆrfugl & Sønner;32 22 01 00;Tranby\n\n Lier hagelag ;;Lierbyen\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encoding_and_delimiter_are_found_out(tmp_path, encoding, delimiter):
    path = tmp_path / "liste.csv"
    path.write_bytes(ROWS.replace(";", delimiter).encode(encoding))
    table = read_table(path)
    assert table.headers == ("Navn", "Telefon", "Sted")
    assert [row.number for row in table.rows] == [2, 4]
    assert table.rows[0].values["Navn"] == "Ærfugl & Sønner"
    assert table.rows[1].values == {"Navn": "Lier hagelag", "Telefon": None, "Sted": "Lierbyen"}


def test_title_lines_above_the_header_are_passed_over_and_told_of(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("Lag i kommunen;;\nOppdatert;01.02.2026;\n;;\n" + ROWS, encoding="utf-8")
    table = read_table(path)
    assert table.header_row == 4
    assert table.skipped == ((1, "Lag i kommunen"), (2, "Oppdatert 01.02.2026"))
    assert table.rows[0].number == 5


def test_commas_in_titles_and_values_do_not_win_over_what_parts_every_line(tmp_path):
    text = "Lag;Kasserer (navn, tlf, e-post)\nLier sanglag;Kari Nes, 90122333, kari@nes.example\n"
    (tmp_path / "lag.csv").write_text(text)
    assert read_table(tmp_path / "lag.csv").headers == ("Lag", "Kasserer (navn, tlf, e-post)")


def test_commas_in_the_values_do_not_win_over_the_delimiter(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("Navn;Adresse\n" + "Lag;Bruveien 2, Lier\n" * 30, encoding="utf-8")
    assert read_table(path).rows[0].values["Adresse"] == "Bruveien 2, Lier"
    path.write_text('sep=,\nNavn,Post\n="0301",x\n', encoding="utf-8")
    table = read_table(path)
    assert table.rows[0].values["Navn"] == "0301"
    assert table.rows[0].number == 3


def test_columns_without_or_with_the_same_name_are_kept_apart(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("Navn,Telefon,Telefon,\na,1,2,3\n", encoding="utf-8")
    table = read_table(path)
    assert table.headers == ("Navn", "Telefon", "Telefon (2)", "(D)")
    assert list(table.rows[0].values.values()) == ["a", "1", "2", "3"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Lier hagelag;970168001;post@lag.example\n" * 3, "names of its columns"),
        (b"Navn;Telefon\n", "nothing below"),
        (b'Navn;Telefon\n"Lier;1\nTranby;2\n', "quotation marks"),
        ("Navn;Sted\nÆØÅ æøå;Tranby\n".encode() + b"L\xf8v;x\n", "letter in line 3"),
        (b"Navn;" + b"x" * 200_000 + b"\n1;2\n", "a cell in line 1 is longer than 131072"),
        (b"Navn;Sted\nA;b\nC;" + b"x" * 300_000 + b"\n", "a cell in line 3 is longer than"),
        (b'Navn;Sted\n"A;b\n' + b"Lier kor;Lier\n" * 20_000, "quotation marks"),
        ((";".join("n" * 600) + "\n" + ";".join("1" * 600) + "\n").encode(), "512 columns"),
        (b"", "0 bytes"),
        (b"\x00\x01\x02" * 100, "neither a workbook"),
        (b"<html><table></table>", "HTML"),
        (b"[1, 2]", "not a list of objects"),
        (b'[{"a": NaN}]', "cannot be read as JSON"),
        (b"[" * 100_000, "cannot be read as JSON"),
        (b'[{"a": 1}', "not whole JSON"),
        (b"[" + b"[]," * 2_000_000 + b"[]]", "too many rows"),
        (b"[]", "empty list"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path, content, said):
    path = tmp_path / "liste.csv"
    path.write_bytes(content)
    with pytest.raises(FileFormatError, match=said) as refusal:
        read_table(path)
    assert refusal.value.hint


def test_json_objects_become_rows(tmp_path):
    path = tmp_path / "liste.json"
    path.write_text(
        '[{"navn": "Lier", "adresse": {"postnr": "0301", "linjer": ["a", "b"]}},'
        ' {"navn": "Tranby", "aktiv": true, "antall": 3}]',
        encoding="utf-8",
    )
    table = read_table(path)
    assert table.headers == ("navn", "adresse.postnr", "adresse.linjer", "aktiv", "antall")
    assert table.rows[0].values["adresse.linjer"] == "a; b"
    assert table.rows[1].values["aktiv"] == "true"
    assert table.rows[1].values["antall"] == "3"
    assert table.rows[1].values["adresse.postnr"] is None


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_numbers_formulas_and_errors_are_told_of(tmp_path, kind, request):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Oversikt"])
    sheet.append([])
    sheet.append(["Navn", "Postnr", "Sum"])
    sheet.append(["Lier hagelag", 301, "=1+1"])
    sheet.append(["Tranby vel", "0301", "=1/0"])
    book.create_sheet("Annet").append(["x"])
    path = tmp_path / "liste.xlsx"
    book.save(path)
    if kind == "ods":
        path = request.getfixturevalue("convert")(path, "ods")
    table = read_table(path)
    assert table.header_row == 3
    assert table.other_sheets == ("Annet",)
    first, second = table.rows
    assert first.number == 4
    assert first.values["Postnr"] == "301"
    assert first.numbers == {"Postnr"}
    assert second.numbers == frozenset()
    assert [problem.cell for problem in first.problems] == ["C4"]
    assert [problem.header for problem in second.problems] == ["Sum"]
    if kind == "ods":  # worked out by LibreOffice on the way
        assert first.values["Sum"] == "2"
        assert "#DIV/0!" in second.problems[0].message
    with pytest.raises(NotFoundError, match="no sheet called"):
        read_table(path, sheet="Mangler")
    with pytest.raises(FileFormatError, match="nothing below"):
        read_table(path, sheet="annet")


def test_lists_from_another_system_are_read():
    shared = Path(os.environ.get("FRIVILLIG_SHARED", Path(__file__).parents[3] / "shared"))
    folder = shared / "data" / "import" / "hitobito"
    if not folder.is_dir():
        pytest.skip("the lists of another system are not here")
    for path in sorted(folder.glob("*.csv")):
        table = read_table(path)
        assert table.rows
        if path.stem in ("iso88591", "utf8", "empty_lines", "blank_lines"):
            assert table.rows[0].values["Vorname"] == "Ésaïe"
