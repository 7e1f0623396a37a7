"""What people write in a cell: read as they mean it, or left out by name, with the row taken in."""

import pytest

TITLES = ["Navn", "E-post", "Telefon", "Mobil", "Stiftet", "Kategori", "Medl.", "Adresse"]


@pytest.fixture
def one(write, take_in, orgs):
    """Import one association with these cells; the result, and the association."""

    def one(**cells):
        row = ["Lier sanglag", *(cells.get(title, "") for title in TITLES[1:])]
        result = take_in(write([TITLES, row]))
        return result, orgs()["Lier sanglag"]

    return one


@pytest.mark.parametrize(
    ("title", "cell", "field", "value"),
    [
        ("Kategori", "Idrett", "category", "1200"),
        ("Kategori", "Kultur", "category", "1100"),
        ("E-post", "mailto:post@lag.example", "email", "post@lag.example"),
        ("E-post", "<post@lag.example>", "email", "post@lag.example"),
        ("E-post", "Kari Solli <kari@lag.example>", "email", "kari@lag.example"),
        ("Medl.", "ca 40", "members", 40),
        ("Medl.", "ca. 1 200 medlemmer", "members", 1200),
        ("Medl.", "1.200", "members", 1200),
        ("Medl.", "12.500 medl.", "members", 12500),
        ("Medl.", "1.234.567", "members", 1234567),
        ("Medl.", "1200,0", "members", 1200),
        ("Adresse", "ingen", "street", None),
        ("E-post", "har ikke", "email", None),
        ("Telefon", "ukjent", "phone", None),
        ("Mobil", "90 11 12 22", "phone", "+4790111222"),
    ],
)
def test_what_can_be_meant_in_one_way_only_is_read(one, title, cell, field, value):
    result, org = one(**{title: cell})
    assert (org[field], result.left_out, result.whole) == (value, [], True)


@pytest.mark.parametrize(
    ("title", "cell", "field"),
    [
        ("Medl.", "40-50", "members"),
        ("Medl.", "over 200", "members"),
        ("Medl.", "50+", "members"),
        ("Medl.", "1.2", "members"),
        ("Medl.", "1.20", "members"),
        ("Medl.", "1,200", "members"),
        ("Medl.", "12.5000", "members"),
        ("Stiftet", "10. mai", "founded"),
        ("Stiftet", "ca. 1919", "founded"),
        ("E-post", "ikke kari@lag.example lenger", "email"),
        ("Kategori", "Annet tull", "category"),
    ],
)
def test_what_is_anybodys_guess_is_left_out_by_name(one, title, cell, field):
    result, org = one(**{title: cell})
    assert [(r.row, r.field, r.value) for r in result.left_out] == [(2, field, cell)]
    assert (org[field], result.created, result.whole) == (None, 1, False)


@pytest.mark.parametrize(
    "cells",
    [
        {"Telefon": "32 22 01 00", "Mobil": "90 11 12 22"},
        {"Telefon": "32 22 01 00 / 90 11 12 22"},
    ],
    ids=["two columns", "one cell"],
)
def test_a_second_number_is_not_lost_without_a_word(one, cells):
    result, org = one(**cells)
    assert org["phone"] == "+4732220100"
    assert [(r.row, r.field, r.value) for r in result.left_out] == [(2, "phone", "90 11 12 22")]
    assert not result.whole and not result.anomalies


def test_the_same_number_twice_is_one(one):
    result, _org = one(Telefon="32220100", Mobil="+47 32 22 01 00")
    assert result.left_out == []


def test_a_second_number_stands_in_for_one_that_is_none(one):
    result, org = one(Telefon="se nettsiden", Mobil="90111222")
    assert (org["phone"], [r.value for r in result.left_out]) == ("+4790111222", ["se nettsiden"])


def test_two_columns_of_one_title_are_both_read(cli, write):
    path = write([["Navn", "Telefon", "Telefon"], ["Lier sanglag", "32220100", "90111222"]])
    done = cli("org", "import", path, "--yes")
    assert done.code == 3 and "90111222   there is room for one" in done.out


def test_the_preview_says_what_was_read_otherwise(cli, write):
    rows = [["Navn", "Medlemmer"], ["A kor", "ca 30"], ["B kor", ""], ["C kor", "1.200"]]
    said = cli.ok("org", "import", write(rows), "--yes")
    assert "Members, read as numbers: ca 30 → 30, 1.200 → 1200" in said


@pytest.mark.parametrize("name", ["liste.csv", "liste.xlsx"])
def test_a_year_is_kept_as_a_year_and_never_a_day_that_nobody_has_said(cli, write, name):
    rows = [["Navn", "Sted", "Stiftet"], ["A kor", "Lier", 1919], ["B kor", "Lier", "1. mai 1920"]]
    rows += [[f"Lag {n}", "Lier", 1950 + n] for n in range(4)]
    cli.ok("org", "import", write(rows, name), "--yes")
    founded = [org["founded"] for org in cli.json("org", "list")]
    assert founded == ["1919", "1920-05-01", "1950", "1951", "1952", "1953"]


def test_about_when_is_left_out_by_name(cli, write):
    rows = [["Navn", "Sted", "Stiftet"], ["A kor", "Lier", "ca. 1919"], ["B kor", "Lier", "i 1920"]]
    done = cli("org", "import", write(rows), "--yes")
    assert done.code == 3 and "ca. 1919   about when only: write the year alone" in done.out
    assert [org["founded"] for org in cli.json("org", "list")] == [None, "1920"]


def test_the_day_of_a_year_that_is_known_fills_it_in_and_the_year_of_a_day_says_nothing(cli, write):
    rows = [["Navn", "Sted", "Stiftet"], ["A kor", "Lier", "1919"], ["B kor", "Lier", "1.5.1920"]]
    cli.ok("org", "import", write(rows), "--yes")
    rows[1][2], rows[2][2] = "17. mai 1919", "1920"
    cli.ok("org", "import", write(rows), "--yes")
    assert [org["founded"] for org in cli.json("org", "list")] == ["1919-05-17", "1920-05-01"]
    rows[1][2] = "1920"
    done = cli("org", "import", write(rows), "--yes")
    assert "stays" in done.out or "kept" in done.out
    assert [org["founded"] for org in cli.json("org", "list")] == ["1919-05-17", "1920-05-01"]


def test_a_year_is_no_date_for_a_volunteer_either(cli, write):
    rows = [["Navn", "Taushetserklæring"], ["Kari Nes", "2024"]]
    done = cli("volunteer", "import", write(rows), "--yes")
    assert done.code == 3 and "2024   only a year" in done.out


def test_many_cells_that_cannot_be_read_point_at_the_column(write, take_in):
    rows = [["Navn", "Tlf", "Sted"], *[[f"Lag {n}", f"Gate {n}", "Lier"] for n in range(5)]]
    result = take_in(write(rows))
    [anomaly] = result.anomalies
    assert (anomaly.kind, anomaly.field, anomaly.rows) == ("rejected_field", "phone", 5)
    assert result.created == 5


def test_headings_and_sums_are_no_associations_and_are_named(cli, write):
    rows = [
        ["Navn", "Sted", "Medlemmer"],
        ["Idrett:", "", ""],
        ["Lier IL", "Lier", "300"],
        ["KULTUR", "", ""],
        ["Summen kor", "Tranby", "40"],
        ["Sum", "", "340"],
        ["Totalt: 2", "", ""],
    ]
    said = cli.ok("org", "import", write(rows), "--yes")
    assert [org["name"] for org in cli.json("org", "list")] == ["Lier IL", "Summen kor"]
    named = "Idrett: (row 2), KULTUR (row 4), Sum (row 6), Totalt: 2 (row 7)"
    assert f"Passed over as headings or sums: {named}" in said


@pytest.mark.parametrize(
    ("name", "other"), [("Kor", "se nettsiden"), ("Vel", "Kari Solli"), ("Frivilligsentralen", "")]
)
def test_an_association_with_the_name_of_its_kind_is_no_heading(cli, write, name, other):
    for title in ("Telefon", "Ukjent tittel"):
        cli("org", "import", write([["Navn", title], [name, other]], f"{title}.csv"), "--yes")
    assert [org["name"] for org in cli.json("org", "list")] == [name]


def test_the_preview_names_those_that_it_would_make(cli, write):
    rows = [["Navn", "Sted"], *[[f"Lag {n:02}", "Lier"] for n in range(1, 26)]]
    said = cli.ok("org", "import", write(rows), "--dry-run").splitlines()
    at = said.index("New:")
    assert said[at + 1 : at + 21] == [f"  Lag {n:02}" for n in range(1, 21)]
    assert "and 5 more" in said[at + 21]
    assert cli.json("org", "list") == []


def test_a_row_that_is_struck_out_makes_nobody(tmp_path, take_in, orgs):
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.active.append(["Navn", "Telefon"])
    book.active.append(["Lia songlag", "32 24 10 00"])
    book.active.append(["Tuddal sangforening", "32 24 10 01"])
    for cell in book.active[3]:
        cell.font = Font(strike=True)
    book.save(tmp_path / "liste.xlsx")
    result = take_in(tmp_path / "liste.xlsx")
    assert list(orgs()) == ["Lia songlag"]
    assert [(one.row, "struck out" in one.why) for one in result.rejected][:1] == [(3, True)]
