"""What of a list of associations is refused, or left out: a row, a cell, a whole file."""

import re

import pytest

from frivillig_cli.core.errors import FrivilligError

TITLES = ["Navn", "Org.nr.", "E-post", "Tlf", "Postnr", "Poststed"]
CHOIR = ["Lier sanglag", "", "sang@lag.example", "32 22 01 00", "3400", "Lier"]


@pytest.mark.parametrize(
    ("column", "cell", "field"),
    [
        (1, "974 760 674", "orgnr"),
        (0, "sang@lag.example", "name"),
        (0, "32 22 01 00", "name"),
        (0, "L" * 10_000, "name"),
    ],
)
def test_a_wrong_name_or_number_refuses_its_row_and_no_other(
    write, take_in, orgs, column, cell, field
):
    bad = list(CHOIR)
    bad[column] = cell
    result = take_in(write([TITLES, bad, ["Lier hagelag", "", "", "", "", ""]]))
    assert [(r.row, r.field) for r in result.rejected] == [(2, field)]
    assert len(result.rejected[0].value) <= 60
    assert list(orgs()) == ["Lier hagelag"]


@pytest.mark.parametrize(
    ("column", "cell", "field"),
    [
        (2, "sang(at)lag.example", "email"),
        (3, "9O123456", "phone"),
        (4, "34000", "postcode"),
    ],
)
def test_another_wrong_cell_is_left_out_and_its_row_taken_in(
    write, take_in, orgs, column, cell, field
):
    odd = list(CHOIR)
    odd[column] = cell
    result = take_in(write([TITLES, odd]))
    assert [(r.row, r.field, r.value) for r in result.left_out] == [(2, field, cell)]
    assert (result.rejected, result.whole) == ([], False)
    assert orgs()["Lier sanglag"][field] is None


def test_every_wrong_cell_of_a_row_is_told_and_the_row_counts_once(write, take_in):
    result = take_in(write([TITLES, ["Lier sanglag", "1", "x", "y", "z", ""]]))
    assert [r.field for r in result.rejected] == ["orgnr", "email", "phone", "postcode"]
    assert (result.rejected_rows, result.whole) == (1, False)


BIRTH = "01017012343"  # made up, with right check digits


@pytest.mark.parametrize(
    "cells",
    [
        [BIRTH, ""],
        ["Kari, f. 010170 12343", ""],
        ["010170", "12343"],
        ["1017012343", ""],
    ],
    ids=["whole", "in a text", "in two cells", "without its nought"],
)
@pytest.mark.parametrize("title", ["Merknad", "Kontonr"])
def test_a_birth_number_anywhere_refuses_the_row_and_is_masked(
    write, take_in, register, cells, title
):
    rows = [["Navn", title, "Annet"], ["Lier sanglag", *cells], ["Lier hagelag", "", ""]]
    result = take_in(write(rows))
    assert (result.created, result.rejected_rows) == (1, 1)
    shown = str(result.to_json())
    assert BIRTH not in shown and "12343" not in shown
    # hashes, salts and times to the microsecond may have any digits
    kept = (
        re.sub(r"[0-9A-Fa-f]{16,}|\.[0-9]{6}\b", "", line)
        for line in register._connection.iterdump()
    )
    assert not any("12343" in line for line in kept)


@pytest.mark.parametrize(
    "name",
    [
        "[red]Lag[/red] [link=x]",
        '=HYPERLINK("http://x.example";"Lag")',
        "../../etc/lag",
        "Ærfugl & Sønner <AS>",
        "Lag 'x'); DROP TABLE org;--",
    ],
)
def test_names_are_kept_as_text(write, take_in, orgs, name):
    take_in(write([TITLES, [name, *CHOIR[1:]]]))
    assert list(orgs()) == [name]


def test_direction_marks_are_taken_out_of_names(write, take_in, orgs):
    take_in(write([TITLES, ["Lag \u202een", *CHOIR[1:]]]))
    assert list(orgs()) == ["Lag en"]


def test_an_error_in_a_workbook_is_no_blank(write, take_in):
    result = take_in(write([["Navn", "Telefon"], ["Lier sanglag", "#N/A"]], "feil.xlsx"))
    assert [(r.row, r.field) for r in result.left_out] == [(2, "phone")]


def test_a_file_that_is_no_list_is_refused_with_a_way_out(write, take_in):
    for content in (b"", b"PK\x03\x04junk", b"\x00\x01\x02", b"navn"):
        with pytest.raises(FrivilligError) as refused:
            take_in(write(content))
        assert refused.value.hint
