"""Files that look like a list of associations and are none, and rows that are no entries."""

import pytest

from frivillig_cli.core.errors import RefusedError

PHONES = ["90 11 33 01", "90 11 33 02", "90 11 33 03"]


def test_a_form_with_its_titles_below_each_other_makes_nobody(write, take_in, orgs):
    rows = [
        ["Navn", "Elvdal kammerkor"], ["Org.nr", "974 760 673"], ["Telefon:", PHONES[0]],
        ["E-post", "kk@lag.example"], ["Leder", "Anne Ås"], ["Postadresse", "Elvevegen 3"],
    ]  # fmt: skip
    result = take_in(write(rows))
    assert orgs() == {}
    assert [one.row for one in result.rejected] == [2, 3, 4, 5, 6]
    assert {one.why for one in result.rejected} == {
        "a title, not a name: is the file a form, with its titles below each other?"
    }


def test_how_many_there_are_is_no_name(write, take_in, orgs):
    rows = [["Kategori", "Lag", "Telefon"], ["Kor", "Fjellkoret", PHONES[0]], ["Sum", "4", ""]]
    result = take_in(write(rows))
    assert list(orgs()) == ["Fjellkoret"]
    assert [one.row for one in result.skipped] == [3]


def test_a_list_with_when_they_were_born_is_of_people(write, take_in, orgs):
    rows = [["Navn", "Adresse", "Telefon", "Fødselsår"], ["Kari Nes", "Vegen 1", PHONES[0], "2011"]]
    with pytest.raises(RefusedError, match="a list of people"):
        take_in(write(rows))
    assert orgs() == {}
    rows = [["Lag", "Leder", "Telefon", "Født"], ["Fjellkoret", "Kari Nes", PHONES[0], "1971"]]
    assert take_in(write(rows, "to.csv")).created == 1


@pytest.mark.parametrize(
    "name", ["Anne og Per Ås", "Anne & Per Ås", "Familien Hansen", "Bo/Ida Ås"]
)
def test_several_people_are_not_one_volunteer(write, take_in, name):
    result = take_in(write([["Navn", "Mobil"], [name, PHONES[0]]]), "volunteer")
    assert (result.created, [one.why for one in result.rejected]) == (
        0, ["more than one person: give each a row of their own"],
    )  # fmt: skip


def test_an_association_may_have_an_and_in_its_name(write, take_in):
    rows = [["Navn", "Telefon"], ["Elvdal sykkel- og skiklubb", PHONES[0]]]
    assert take_in(write(rows)).created == 1


@pytest.mark.parametrize("kind", ["org", "volunteer"])
def test_what_a_column_says_that_is_not_read_is_told(write, take_in, kind):
    rows = [
        ["Navn", "Telefon", "Status"], ["Kari Nes", PHONES[0], "Aktiv"],
        ["Ola Nes", PHONES[1], "Sluttet"], ["Ida Nes", PHONES[2], "sluttet"],
    ]  # fmt: skip
    result = take_in(write(rows), kind)
    assert result.created == 3
    told = [one.text for one in result.anomalies if one.kind == "not_read"]
    assert told == [
        "The column “Status” is not read, and says “Sluttet” in 2 rows: 3, 4. Take them out of the"
        " file first, if they are not to come in.",
    ]
    assert not [one for one in take_in(write([row[:2] for row in rows], "b.csv"), kind).anomalies
                if one.kind == "not_read"]  # fmt: skip


def test_cells_over_several_rows_and_hidden_rows(tmp_path, take_in, orgs):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in [["Lag", "Telefon", "Sted"], ["Fjellkoret", PHONES[0], "Elvdal"],
                ["Dalkoret", PHONES[1], None], ["Barnegospel", PHONES[2], None],
                ["Strandkoret", "90 11 33 04", "Strand"]]:  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("C2:C4")
    sheet.row_dimensions[5].hidden = True
    book.save(tmp_path / "a.xlsx")
    result = take_in(tmp_path / "a.xlsx")
    assert {name: org["city"] for name, org in orgs().items()} == {
        "Fjellkoret": "Elvdal", "Dalkoret": "Elvdal", "Barnegospel": "Elvdal",
        "Strandkoret": "Strand",
    }  # fmt: skip
    (told,) = (one for one in result.anomalies if one.kind == "hidden_rows")
    assert told.text.startswith("1 row is hidden in the workbook, and is read all the same: 5.")


@pytest.mark.parametrize("name", ["Lier klatreklubb (nedlagt 2025)", "Lier klatreklubb - oppløst"])
def test_one_whose_name_says_that_it_has_ended_is_refused(write, take_in, orgs, name):
    result = take_in(write([["Lag", "E-post"], [name, "post@klatre.example"], ["Lier kor", ""]]))
    (refused,) = result.rejected
    assert (refused.row, refused.field) == (2, "name") and "org archive" in refused.why
    assert list(orgs()) == ["Lier kor"]
