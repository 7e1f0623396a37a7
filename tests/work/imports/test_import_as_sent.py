"""Lists as people send them: two addresses, formulas, a pasted mail, a leader's mobile."""

from __future__ import annotations

import zipfile

import pytest
from openpyxl import Workbook

from frivillig_cli.core.errors import RefusedError

BOX, VISIT = "Postboks 45", "Torget 8"


@pytest.mark.parametrize(
    "titles",
    [
        ["Navn", "Besøksadresse", "Postadresse", "Postnr", "Poststed"],
        ["Navn", "Besøksadresse", "Adresse", "Postnr", "Poststed"],
    ],
)
def test_where_one_is_visited_is_not_put_beside_where_one_writes_to(write, take_in, orgs, titles):
    take_in(write([titles, ["Fjell kor", VISIT, BOX, "9994", "Sollia"]]))
    org = orgs()["Fjell kor"]
    assert (org["street"], org["postcode"], org["city"]) == (BOX, "9994", "Sollia")


def test_the_only_address_there_is_may_be_where_one_is_visited(write, take_in, orgs):
    titles = ["Navn", "Besøksadresse", "Postnr", "Poststed"]
    take_in(write([titles, ["Fjell kor", VISIT, "9994", "Sollia"]]))
    assert orgs()["Fjell kor"]["street"] == VISIT


def _rewritten(path, of: bytes, to: bytes) -> None:
    """Put something else into the sheet of a workbook, as another program may have stored it."""
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    sheet = parts[part].replace(b"<v />", b"<v></v>")  # openpyxl writes one or the other
    assert of in sheet, sheet
    parts[part] = sheet.replace(of, to)
    with zipfile.ZipFile(path, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)


def test_formulas_are_said_to_be_read_as_they_were_last_worked_out(cli, tmp_path):
    book = Workbook()
    for row in (["Navn", "E-post", "Sted"], ["Lier kor", '="post@" & "kor.example"', "Lier"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    # what a spreadsheet has worked out stands beside the formula
    _rewritten(tmp_path / "a.xlsx", b"</f><v></v>", b"</f><v>post@kor.example</v>")
    _rewritten(tmp_path / "a.xlsx", b'<c r="B2">', b'<c r="B2" t="str">')
    said = cli.ok("org", "import", tmp_path / "a.xlsx", "--yes")
    assert "Formulas are read as they were last worked out: E-post." in said
    assert cli.json("org", "list")[0]["email"] == "post@kor.example"


def test_a_number_too_large_is_said_to_be_that_and_no_formula(cli, tmp_path):
    book = Workbook()
    for row in (["Navn", "Sted", "Medlemmer"], ["Lier kor", "Lier", 40], ["Fjell kor", "Lier", 41]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    _rewritten(tmp_path / "a.xlsx", b"<v>41</v>", b"<v>1e400</v>")
    done = cli("org", "import", tmp_path / "a.xlsx", "--yes")
    assert "holds a number that is too large, 1e400: write the value." in done.out + done.err
    assert "Formulas" not in done.out + done.err
    assert [one["members"] for one in cli.json("org", "list")] == [None, 40]


def test_a_list_of_names_without_a_title_loses_none(write, take_in):
    with pytest.raises(RefusedError) as refused:
        take_in(write([["Sollia bondelag"], ["Sollia kor"], ["Sollia vel"]]))
    assert "Write a title, such as Navn, above the first name." in refused.value.hint


def test_what_is_no_name_and_what_is_no_address_is_left_out_by_name(write, take_in, orgs):
    rows = [
        ["Navn", "Adresse", "Poststed"],
        ["Lier kor", "Veien 1", "Lier"],
        ["Lier vel", "leder@vel.example", "Lier"],
        ["Lier turlag", "Veien 2", "www.tur.example"],
        ["-- ", "", "Lier"],
    ]
    result = take_in(write(rows))
    assert [(r.row, r.field) for r in result.rejected] == [(5, "name")]
    assert [(r.row, r.field) for r in result.left_out] == [(3, "street"), (4, "city")]
    assert (orgs()["Lier vel"]["street"], orgs()["Lier turlag"]["city"]) == (None, None)


@pytest.mark.parametrize("office", ["Kontaktperson", "Leder"])
def test_a_mobile_right_after_one_who_holds_an_office_is_theirs(cli, write, office):
    titles = ["Foreningens navn", office, "Mobil", "E-postadresse"]
    path = write([titles, ["Lier kor", "Kari Nes", "90 11 12 22", "post@kor.example"]])
    cli.ok("org", "import", path, "--yes")
    org = cli.json("org", "show", "1")
    assert (org["phone"], org["email"]) == (None, "post@kor.example")
    assert [(c["name"], c["phone"]) for c in org["contacts"]] == [("Kari Nes", "+4790111222")]


def test_a_telephone_there_may_be_the_associations(cli, write):
    titles = ["Navn", "Leder", "Telefon", "E-post"]
    path = write([titles, ["Lier kor", "Kari Nes", "32 22 01 00", "post@kor.example"]])
    cli.ok("org", "import", path, "--yes")
    assert cli.json("org", "show", "1")["phone"] == "+4732220100"


def test_who_is_not_active_any_more_is_told_of(write, take_in):
    rows = [["Navn", "Sted", "Aktiv"], ["Lier kor", "Lier", "J"], ["Egge vel", "Egge", "N"]]
    [anomaly] = take_in(write(rows)).anomalies
    assert (anomaly.kind, anomaly.rows) == ("not_read", 1) and "“N”" in anomaly.text


def test_about_in_nynorsk(write, take_in, orgs):
    take_in(write([["Navn", "Medlemmer"], ["Lier kor", "om lag 55"]]))
    assert orgs()["Lier kor"]["members"] == 55
