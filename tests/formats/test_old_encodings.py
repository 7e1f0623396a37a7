"""CSV from before UTF-8, and CSV that is broken: read right, or refused by its line."""

import pytest

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.formats.csv_read import find_encoding
from frivillig_cli.formats.tables import read_table

NORWEGIAN = "Navn;Sted\nBørsa skolekorps;Ås\nÆrdal vel;LÆRDAL\nHagelaget på Øya;Å\n"


def read(path, data):
    path.write_bytes(data)
    return [tuple(row.values.values()) for row in read_table(path).rows]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "liste.csv"


@pytest.mark.parametrize("encoding", ["cp865", "cp850", "cp1252", "latin-1", "mac_roman"])
def test_each_old_encoding_keeps_its_letters(path, encoding):
    rows = read(path, NORWEGIAN.encode(encoding))
    assert rows == [("Børsa skolekorps", "Ås"), ("Ærdal vel", "LÆRDAL"), ("Hagelaget på Øya", "Å")]


@pytest.mark.parametrize("encoding", ["cp865", "cp1252", "mac_roman"])
@pytest.mark.parametrize("letters", ["Ås", "Øyer", "Lærdal", "blåbær", "Sigrun Ødegård"])
def test_one_word_is_enough_to_tell_them_apart(path, encoding, letters):
    assert read(path, f"Navn;Antall\n{letters};3\n".encode(encoding))[0][0] == letters


@pytest.mark.parametrize(
    "text",
    [
        *("Kari’s venner", "‘Solvang’ vel", "rock ’n’ roll", "Lier – Drammen", "5 €", "Drengene’"),
        *("Laget “Ørn”", "«Øst»", "Lag™", "Og mer…", "1\xa0200", "Lier\xa0kor", "Škoda"),
    ],
)
def test_marks_of_windows_are_no_letters_of_dos(path, text):
    rows = read(path, f"Navn;Antall\n{text};3\n".encode("cp1252"))
    assert rows[0][0] == text.replace("\xa0", " ")


def test_spaces_that_do_not_break_do_not_outweigh_letters(path):
    rows = "".join(f"Lag {n};1\xa0{200 + n}\n" for n in range(50))
    assert read(path, f"Navn;Antall\nBørsa kor;3\n{rows}".encode("cp1252"))[0][0] == "Børsa kor"


def test_a_long_word_does_not_take_its_square_in_time(path):
    path.write_bytes(b"a" * 2_000_000 + b"\n\xf8l\n")  # else some hours
    assert find_encoding(path) == "cp1252"


def test_letters_of_no_encoding_are_refused_and_not_lost(path):
    with pytest.raises(FileFormatError, match="line 3"):
        read(path, "Navn;Sted\nSjåstad vel;Øya\n".encode("cp1252") + b"Vel\x81;A\n")


def test_a_quotation_mark_that_is_not_closed_is_named_by_its_line(path):
    with pytest.raises(FileFormatError, match="line 4"):
        read(path, b'Navn;Sted\nA lag;X\nB lag;Y\n"C lag;Z\nD lag;"W"\n')
    with pytest.raises(FileFormatError, match="line 2"):
        read(path, b'Navn;Sted\n"A\nlag";"X\n\n\n')


def test_a_byte_that_is_no_text_is_named_by_its_line(path):
    with pytest.raises(FileFormatError, match="line 3"):
        read(path, b"Navn;Sted\nA lag;Xby\nB\0lag;Yby og Zby\nC lag;Xby\n")


def test_what_is_no_list_is_not_told_to_be_no_workbook(path):
    with pytest.raises(FileFormatError, match="neither a workbook nor text"):
        read(path, bytes(range(256)) * 4)
