"""Columns whose titles say nothing are known by what they hold; what is chosen stays chosen."""

import pytest

from frivillig_cli.work.imports.headers import guess
from frivillig_cli.work.imports.titles import ORG_TITLES, VOLUNTEER_TITLES

LISTED = [
    ["Lier sanglag", "post@lag.example", "32 22 01 00", "3400", "www.lag.example"],
    ["Egge kor", "kor@lag.example", "90111222", "3425", "https://kor.example"],
]


def columns(titles, rows=LISTED):
    sample = [dict(zip(titles, row, strict=True)) for row in rows]
    return list(guess(titles, sample, ORG_TITLES).values())


@pytest.mark.parametrize(
    "titles",
    [
        ["aa", "bb", "cc", "dd", "ee"],
        [f"Kolonne{n}" for n in range(1, 6)],
        [f"Column {n}" for n in range(1, 6)],
        ["(A)", "(B)", "(C)", "(D)", "(E)"],
    ],
    ids=lambda titles: titles[0],
)
def test_titles_that_say_nothing_leave_it_to_the_contents(titles):
    assert columns(titles) == ["name", "email", "phone", "postcode", "website"]


def test_a_title_that_is_not_known_is_read_by_what_nothing_else_looks_like():
    titles = ["Navn", "Kontaktinfo", "Annet", "Tilskudd", "Mer"]
    assert columns(titles) == ["name", "email", "phone", "website"]


@pytest.mark.parametrize("title", ["Dirigent, leder", "Fax", "Kontakt 2", "Styremedlem", "Kundenr"])
def test_what_is_a_persons_is_not_the_associations(title):
    assert columns(["Navn", "E-post", title, "Postnr", "Web"]) == [
        *("name", "email", "postcode", "website")
    ]


def test_years_and_dates_are_no_phones_and_no_postcodes():
    rows = [["Lier sanglag", "20240131", "1999", "2024"], ["Egge kor", "20230228", "2001", "2025"]]
    assert columns(["Navn", "Registrert", "Året", "Tilskudd"], rows) == ["name"]


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("Overordnet enhet", ["974760673"] * 3),
        ("Sist lest av", ["ola@kommune.example", "eva@kommune.example"] * 2),
        ("Møte", ["31.12.2024", "23.11.2024", "22.10.2024"]),
        ("(B)", ["31.12.2024", "23.11.2024", "22.10.2024"]),
        ("2024", ["5000", "3425", "1500"]),
        ("(B)", ["2019", "2021", "1987"]),
        ("Kolonne2", ["1919", "2021", "1987", "3400"]),
    ],
)
def test_what_only_looks_like_it_is_not_taken(title, cells):
    rows = [[f"Lag {n}", cell] for n, cell in enumerate(cells)]
    assert columns(["Navn", title], rows) == ["name"]


@pytest.mark.parametrize(
    ("title", "field"),
    [("Sekretær", "secretary"), ("Sekretær tlf", "secretary_phone"), ("Medl.", "members")],
)
def test_more_titles_that_lists_have(title, field):
    assert guess(["Navn", title], [], ORG_TITLES)[title] == field


def test_a_column_that_was_left_out_by_choice_is_not_said_to_be_overlooked(cli, write):
    path = write([["Navn", "Merk", "Rar"], ["Lier sanglag", "x", "y"]])
    said = cli.ok("org", "import", path, "--dry-run", "--map", "Merk=-")
    assert "Left out, as you chose: Merk" in said
    assert "Not read: Rar " in said


@pytest.mark.parametrize(
    "title",
    ["Leders adresse", "Huseiers adresse", "Styremedlem tlf", "Telefon privat", "Vara e-post",
     "Utleiers kontonummer", "Regnskapsførers e-post", "Nøkkelansvarliges tlf", "Gammelt kontonr",
     "Tidl. adresse", "Gml. tlf"],
)  # fmt: skip
def test_what_is_somebody_elses_or_has_been_is_not_read(title):
    known = {"Navn": "name"}
    assert guess(["Navn", title], [], ORG_TITLES) == known
    cells = [{"Navn": f"Lag {n}", title: f"9012233{n}"} for n in range(10)]
    assert guess(["Navn", title], cells, ORG_TITLES) == known


@pytest.mark.parametrize(
    "title", ["Pårørendes tlf", "Foresattes e-post", "Mors mobil", "Fastlegens tlf"]
)
def test_the_next_of_kin_is_not_rung_for_a_volunteer(title):
    cells = [{"Navn": f"Kari Nes {n}", title: f"9012233{n}"} for n in range(10)]
    assert guess(["Navn", title], cells, VOLUNTEER_TITLES) == {"Navn": "name"}


def test_what_is_new_wins_over_what_it_replaces():
    titles = ["Lag", "Tlf", "Nytt tlf", "Kontonr", "Nytt kontonr", "Gammel adresse", "Ny adresse"]
    fields = {"Lag": "name", "Nytt tlf": "phone", "Nytt kontonr": "bank_account"}
    assert guess(titles, [], ORG_TITLES) == fields | {"Ny adresse": "street"}
    assert guess(["Navn", "Nytt navn"], [], ORG_TITLES) == {"Navn": "name"}


def test_titles_that_are_cut_short_are_known():
    titles = ["Lagets tlf", "Formann", "Formannens tlf", "Nestl.", "Nestl. mob", "Sekr.", "Kassar",
              "Bankkto", "Medl. totalt", "Årsmøte"]  # fmt: skip
    assert list(guess(titles, [], ORG_TITLES).values()) == [
        *("phone", "leader", "leader_phone", "deputy", "deputy_phone", "secretary", "treasurer"),
        *("bank_account", "members", "annual_meeting_month"),
    ]


@pytest.mark.parametrize(
    ("title", "field"),
    [("Styrets e-post", "email"), ("Tlf/SMS", "phone"), ("Business address", "street"),
     ("Klubbens mobil", "phone"), ("Members (address)", "street")],
)  # fmt: skip
def test_what_ends_as_a_genitive_and_is_the_associations_is_read(title, field):
    assert guess(["Navn", title], [], ORG_TITLES)[title] == field
