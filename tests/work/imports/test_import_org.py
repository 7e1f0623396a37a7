"""A list of organisations into the register."""

import pytest

from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.i18n import in_language
from frivillig_cli.work.imports import job
from frivillig_cli.work.imports.apply import apply
from frivillig_cli.work.imports.columns import parse_map
from frivillig_cli.work.imports.decisions import Decisions
from frivillig_cli.work.imports.result import Options
from frivillig_cli.work.imports.titles import ORG_TITLES, VOLUNTEER_TITLES

from .conftest import NOW, command

TITLES = ["Navn", "Org.nr.", "E-post", "Tlf", "Postnr", "Poststed"]
CHOIR = ["Lier sanglag", "", "sang@lag.example", "32 22 01 00", "3400", "Lier"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_list_is_read_in_any_encoding(write, take_in, orgs, encoding):
    result = take_in(write([TITLES, ["Sørøya blåselag", *CHOIR[1:]]], encoding=encoding))
    assert (result.created, result.applied, result.rejected) == (1, True, [])
    assert orgs()["Sørøya blåselag"]["phone"] == "+4732220100"


@pytest.mark.parametrize("name", ["liste.csv", "liste.xlsx"])
@pytest.mark.parametrize("junk", [[], [["Lag i kommunen"], [], ["Oppdatert 1. mai"]]])
def test_titles_are_found_below_junk_and_blank_lines(write, take_in, name, junk):
    rows = [*junk, TITLES, CHOIR, [], ["Lier hagelag", "", "", "", "", ""]]
    assert take_in(write(rows, name)).created == 2


def test_a_json_list_is_read(write, take_in, orgs):
    items = [{"name": "Lier hagelag", "phone": "32220100", "tags": ["hage", "natur"]}]
    assert take_in(write(items, "lag.json")).created == 1
    assert orgs()["Lier hagelag"]["phone"] == "+4732220100"


def test_the_same_file_twice_changes_nothing(write, take_in, register):
    path = write([TITLES, CHOIR])
    take_in(path)
    before = list(register._connection.iterdump())
    again = take_in(path)
    assert (again.created, again.changed, again.unchanged, again.applied) == (0, 0, 1, False)
    assert again.imported_before
    assert list(register._connection.iterdump()) == before


def test_the_same_rows_in_another_file_change_nothing_either(write, take_in):
    take_in(write([TITLES, CHOIR]))
    again = take_in(write([TITLES, CHOIR], "annen.xlsx"))
    assert (again.created, again.changed, again.unchanged) == (0, 0, 1)
    assert [anomaly.kind for anomaly in again.anomalies] == ["nothing"]


def test_a_blank_cell_never_erases_in_any_mode(write, take_in, add_org, orgs):
    add_org(name="Lier sanglag", email="sang@lag.example", phone="32220100", street="Veien 1")
    blank = ["Lier sanglag", "", "sang@lag.example", "", "", ""]
    for mode in ("fill", "overwrite", "ask"):
        assert take_in(write([TITLES, blank], f"{mode}.csv"), mode=mode).unchanged == 1
    assert orgs()["Lier sanglag"]["phone"] == "+4732220100"
    assert orgs()["Lier sanglag"]["street"] == "Veien 1"


def test_fill_fills_blanks_and_keeps_what_is_there(write, take_in, add_org, orgs):
    add_org(name="Lier sanglag", email="sang@lag.example", phone="90111222")
    result = take_in(write([TITLES, CHOIR]))
    assert (result.changed, result.kept) == (1, 0)
    assert {(d.field, d.outcome) for d in result.differences} == {
        ("phone", "kept"), ("postcode", "filled"), ("city", "filled"),
    }  # fmt: skip
    assert orgs()["Lier sanglag"]["phone"] == "+4790111222"
    assert orgs()["Lier sanglag"]["postcode"] == "3400"


def test_a_row_that_only_differs_is_kept(write, take_in, add_org):
    add_org(name="Lier sanglag", phone="90111222", city="Lier")
    result = take_in(write([["Navn", "Tlf", "Sted"], ["Lier sanglag", "32220100", "Lier"]]))
    assert (result.kept, result.changed, result.applied) == (1, 0, False)


def test_overwrite_takes_what_the_file_says(write, take_in, add_org, orgs):
    add_org(name="Lier sanglag", phone="90111222", city="Lier")
    rows = [["Navn", "Tlf", "Sted"], ["Lier sanglag", "32220100", "Lier"]]
    take_in(write(rows), mode="overwrite")
    assert orgs()["Lier sanglag"]["phone"] == "+4732220100"


def test_ask_puts_each_question_once_for_preview_and_real_run(write, take_in, add_org, orgs):
    there = {"phone": "90111222", "website": "www.gammel.example", "city": "Lier"}
    add_org(name="Lier sanglag", **there)
    asked = []

    def take(difference):
        asked.append(difference.field)
        return difference.field == "phone"

    titles = ["Navn", "Tlf", "Web", "Sted"]
    rows = [titles, ["Lier sanglag", "32220100", "www.ny.example", "Lier"]]
    take_in(write(rows), mode="ask", decisions=Decisions(take=take))
    assert asked == ["phone", "website"]
    assert orgs()["Lier sanglag"]["phone"] == "+4732220100"
    assert orgs()["Lier sanglag"]["website"] == "https://www.gammel.example"


def test_a_changed_account_number_is_never_taken_from_a_list(write, take_in, add_org, orgs):
    add_org(name="Lier sanglag", bank_account="8601.11.17947")
    rows = [["Navn", "Kontonr"], ["Lier sanglag", "1234.56.78903"]]
    result = take_in(write(rows), mode="overwrite")
    assert (result.kept, result.changed) == (1, 0)
    assert orgs()["Lier sanglag"]["bank_account"] == "86011117947"


def test_never_create_makes_nothing_new(write, take_in, orgs):
    result = take_in(write([TITLES, CHOIR]), never_create=True)
    assert (result.created, len(result.skipped)) == (0, 1)
    assert orgs() == {}


# columns


def test_columns_are_known_by_norwegian_and_english_titles(write, take_in, orgs):
    rows = [
        ["Lagets navn", "E-post (lag)", "Tlf. dagtid", "Mobil", "Adresse", "Postnr/sted", "Leder"],
        ["Lier sanglag", "a@lag.example", "", "90111222", "Veien 1", "3400 Lier", "Kari Li"],
    ]
    take_in(write(rows))
    org = orgs()["Lier sanglag"]
    assert (org["email"], org["phone"]) == ("a@lag.example", "+4790111222")
    assert (org["street"], org["postcode"], org["city"]) == ("Veien 1", "3400", "Lier")


def test_a_whole_address_in_one_cell_is_taken_apart(write, take_in, orgs):
    take_in(write([["Navn", "Adresse"], ["Lier sanglag", "Veien 1 B, 3400 Lier"]]))
    org = orgs()["Lier sanglag"]
    assert (org["street"], org["postcode"], org["city"]) == ("Veien 1 B", "3400", "Lier")


def test_a_postcode_that_a_spreadsheet_has_made_a_number_gets_its_nought(write, take_in, orgs):
    take_in(write([["Navn", "Postnr"], ["Oslo sanglag", 301]], "bok.xlsx"))
    assert orgs()["Oslo sanglag"]["postcode"] == "0301"


def test_a_leaders_address_is_not_the_associations(write, register):
    kind = job.kind_of("org", NOW)
    path = write([["Navn", "Leder", "E-post leder", "Telefon kasserer"], ["A-laget", "K", "", ""]])
    plan = job.prepare(register, path, kind, Options())
    assert dict(plan.columns.fields) == {
        "Navn": "name",
        "Leder": "leader",
        "E-post leder": "leader_email",
        "Telefon kasserer": "treasurer_phone",
    }
    assert plan.columns.unused == []


def test_a_sentence_is_no_title(write, take_in):
    titles = ["Navnet er ikke alltid det samme som i registeret", "Annet"]
    with pytest.raises(RefusedError):
        take_in(write([titles, ["Lier sanglag", ""]]))


def test_a_column_can_be_given_by_hand_and_is_remembered(write, take_in, orgs):
    titles = ["Hvem", "Ring"]
    chosen = parse_map(["Hvem=name, Ring=phone"], ORG_TITLES)
    take_in(write([titles, ["Lier sanglag", "32220100"]]), columns=chosen)
    take_in(write([titles, ["Lier hagelag", "90111222"]], "neste.csv"))
    assert orgs()["Lier hagelag"]["phone"] == "+4790111222"


def test_a_column_can_be_left_out(write, take_in, orgs):
    chosen = parse_map(["Tlf=-"], ORG_TITLES)
    take_in(write([TITLES, CHOIR]), columns=chosen)
    assert orgs()["Lier sanglag"]["phone"] is None


@pytest.mark.parametrize("text", ["Tlf", "=phone", "Tlf=fon"])
def test_a_wrong_map_says_how_to_write_it(text):
    with pytest.raises(UsageError) as refused:
        parse_map([text], ORG_TITLES)
    assert "phone" in refused.value.hint


@pytest.mark.parametrize(
    ("given", "known", "way_out"),
    [
        (["Fornavn=leader", "Etternavn=leader"], ORG_TITLES,
         '--map "Fornavn=leader_first" --map "Etternavn=leader_last"'),
        (["Leders etternavn=Leder", "Leders fornavn=leader"], ORG_TITLES,
         '--map "Leders fornavn=leader_first" --map "Leders etternavn=leader_last"'),
        (["Fornavn=name, Etternavn=name"], VOLUNTEER_TITLES,
         '--map "Fornavn=first_name" --map "Etternavn=last_name"'),
        (["A=email", "B=email"], ORG_TITLES, "Name one of them."),
    ],
)  # fmt: skip
def test_two_columns_cannot_be_mapped_to_one_field(given, known, way_out):
    with pytest.raises(UsageError) as refused:
        parse_map(given, known)
    assert way_out in refused.value.hint


def test_several_columns_may_be_phones_or_be_left_out():
    chosen = parse_map(["Tlf=phone", "Mobil=phone", "A=-", "B=-"], ORG_TITLES)
    assert list(chosen.values()) == ["phone", "phone", "-", "-"]


def test_an_unknown_column_is_refused_naming_those_there_are(write, take_in):
    with pytest.raises(UsageError) as refused:
        take_in(write([TITLES, CHOIR]), columns={"Fax": "phone"})
    assert "Org.nr." in refused.value.hint


def test_a_file_without_a_column_of_names_is_refused(write, take_in):
    with pytest.raises(RefusedError) as refused:
        take_in(write([["Farge", "Form"], ["blå", "rund"]]))
    assert "Farge" in refused.value.hint


# the file as a whole


def test_a_shifted_column_is_seen(write, take_in, add_org):
    for n in range(10):
        add_org(name=f"Lag nummer {n} i Lier", phone=f"3222010{n}", city="Lier")
    rows = [
        ["Navn", "Tlf", "Sted"],
        *[[f"Lag nummer {n} i Lier", f"3222010{(n + 1) % 10}", "Lier"] for n in range(10)],
    ]
    for mode in ("fill", "overwrite"):
        [anomaly] = [
            a
            for a in take_in(write(rows, f"{mode}.csv"), mode=mode).anomalies
            if a.kind == "same_field"
        ]
        assert (anomaly.field, anomaly.rows, anomaly.of) == ("phone", 10, 10)


def test_filling_blanks_is_no_anomaly(write, take_in, add_org):
    add_org(name="Lier sanglag", city="Lier")
    assert take_in(write([TITLES, CHOIR])).anomalies == []


def test_columns_slipped_sideways_are_refused_and_pointed_at(write, take_in, orgs):
    rows = [
        ["Navn", "E-post", "Tlf"],
        *[["x@lag.example", "32220100", f"Lag {n}"] for n in range(5)],
    ]
    result = take_in(write(rows))
    assert (result.created, result.rejected_rows) == (0, 5)
    assert "rejected_field" in {anomaly.kind for anomaly in result.anomalies}


def test_an_interrupted_import_changes_nothing(write, register, orgs):
    kind = job.kind_of("org", NOW)
    plan = job.prepare(register, write([TITLES, CHOIR]), kind, Options())

    plan.records.append(None)
    with pytest.raises((KeyboardInterrupt, AttributeError)), register.transaction(command()):
        job.take_in(register, plan, kind, Options(), now=NOW)
    assert orgs() == {}
    assert register.rows("SELECT * FROM imported_file") == []


def test_a_preview_changes_nothing(write, register):
    kind = job.kind_of("org", NOW)
    plan = job.prepare(register, write([TITLES, CHOIR]), kind, Options())
    before = list(register._connection.iterdump())
    with register.transaction(command(), dry_run=True):
        assert apply(register, plan, kind, Options(), now=NOW).created == 1
    assert list(register._connection.iterdump()) == before


def test_reasons_are_said_in_norwegian(write, take_in, add_org):
    add_org(name="Lier sanglag", email="post@lag.example")
    with in_language("nb"):
        result = take_in(write([TITLES, ["Tranby skiklubb", "", "post@lag.example", "", "", ""]]))
    assert "samme e-post" in result.rejected[0].why


@pytest.mark.parametrize("said", ["n/a", "-", "Ingen", "mangler"])
def test_a_word_for_no_organisation_number_is_a_blank(write, take_in, orgs, said):
    result = take_in(write([["Navn", "Orgnr"], ["Lier sanglag", said]]))
    assert (result.created, result.rejected_rows) == (1, 0)
    assert list(orgs()) == ["Lier sanglag"]
