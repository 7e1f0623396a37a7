"""Which association a row of a list is about: by id, number, e-mail, then name and place."""

import pytest

from frivillig_cli.work.imports.decisions import NEW, Decisions

from .conftest import NOW, command

ORGNR = "974760673"  # the state's own number for the register itself
TITLES = ["Navn", "Org.nr.", "E-post", "Tlf", "Postnr", "Poststed"]
CHOIR = ["Lier sanglag", "", "sang@lag.example", "32 22 01 00", "3400", "Lier"]


def test_a_row_is_matched_by_orgnr_whatever_its_name(write, take_in, add_org, orgs):
    add_org(name="Lier Blandakor", orgnr=ORGNR)
    result = take_in(write([TITLES, ["LIER SANGLAG", "974 760 673", "", "32220100", "", ""]]))
    assert (result.changed, result.created) == (1, 0)
    assert list(orgs()) == ["Lier Blandakor"]


def test_a_row_is_matched_by_id_when_the_name_fits(write, take_in, add_org):
    first = add_org(name="Lier sanglag")
    rows = [["id", "name", "phone"], [first, "Lier songlag", "32220100"]]
    assert take_in(write(rows)).changed == 1


def test_a_number_of_another_list_is_not_taken_for_an_id(write, take_in, add_org, orgs):
    first = add_org(name="Lier sanglag")
    result = take_in(write([["id", "name", "phone"], [first, "Tranby skiklubb", "32220100"]]))
    assert (result.created, result.changed, result.rejected_rows) == (0, 0, 1)
    assert orgs()["Lier sanglag"]["phone"] is None


def test_two_numbers_are_two_organisations(write, take_in, add_org, orgs):
    add_org(name="Røde Kors", orgnr=ORGNR)
    take_in(write([TITLES, ["Røde Kors", "921234554", "", "", "", ""]]))
    assert len(orgs()) == 1 and take_in  # same name: the dict has one key
    assert orgs()["Røde Kors"]["orgnr"] == "921234554"


def test_the_same_email_and_a_similar_name_is_the_same(write, take_in, add_org, orgs):
    add_org(name="Lier Idrettslag", email="post@lag.example")
    result = take_in(write([TITLES, ["Lier IL", "", "POST@lag.example", "32220100", "", ""]]))
    assert (result.changed, result.created) == (1, 0)


@pytest.mark.parametrize(
    ("there", "row"),
    [
        ({"email": "post@lag.example"}, ["Tranby skiklubb", "", "post@lag.example", "", "", ""]),
        ({}, ["Lier sanglaget", "", "", "", "", ""]),
        ({"postcode": "3400"}, ["Lier sanglag", "", "", "", "3425", ""]),
    ],
    ids=["same e-mail, another name", "nearly the same name", "same name, another place"],
)
def test_what_is_uncertain_is_neither_merged_nor_twinned(write, take_in, add_org, orgs, there, row):
    add_org(name="Lier sanglag", **there)
    path = write([TITLES, row])
    result = take_in(path)
    assert (result.created, result.changed, result.rejected_rows) == (0, 0, 1)
    assert "Lier sanglag" in result.rejected[0].why
    asked = take_in(path, mode="ask", decisions=Decisions(which=lambda *_: NEW))
    assert (asked.created, len(asked.rejected)) == (1, 0)


@pytest.mark.parametrize(
    ("here", "given"),
    [
        ("Elvdal IL", "Elvdal idrettslag"),
        ("Elvdal idrettslag", "Elvdal I.L."),
        ("Elvdal IL", "Elvdal I.L."),
        ("St. Hallvard menighet", "Sankt Hallvard menighet"),
        ("Elvedal Røde Kors", "Elvedal RK"),
        ("Fossen skolekorps", "Fossen skole korps"),
        ("Ærfjell korps", "Ærfjells korps"),
        ("Ærfjell korps", "Ærfjel korps"),
    ],
)
def test_a_name_written_otherwise_is_asked_about(write, take_in, add_org, orgs, here, given):
    first = add_org(name=here)
    result = take_in(write([TITLES, [given, "974760673", "", "", "", ""]]))
    assert (result.created, result.rejected_rows) == (0, 1)
    assert f"{first} {here}" in result.rejected[0].why
    assert list(orgs()) == [here]


def test_a_team_that_shares_the_address_is_asked_about_and_not_merged(write, take_in, add_org):
    add_org(name="Fossen idrettslag", email="post@lag.example")
    result = take_in(write([TITLES, ["Fossen IL fotball", "", "post@lag.example", "", "", ""]]))
    assert (result.created, result.changed, result.rejected_rows) == (0, 0, 1)


def test_two_teams_of_one_file_may_share_an_address(write, take_in):
    rows = [
        TITLES,
        ["Lier barnekor", "", "a@lag.example", "", "", ""],
        ["Tranby skiklubb", "", "a@lag.example", "", "", ""],
    ]
    assert take_in(write(rows)).created == 2


def test_an_archived_organisation_is_left_alone(write, take_in, add_org, register, orgs):
    from frivillig_cli.records.org import actions

    first = add_org(name="Lier sanglag", city="Lier")
    with register.transaction(command()):
        actions.set_status(register, first, "archived", now=NOW)
    result = take_in(write([TITLES, CHOIR]))
    assert (result.created, len(result.skipped)) == (0, 1)
    assert orgs()["Lier sanglag"]["phone"] is None


# several rows about one


def test_a_row_that_says_the_same_again_is_skipped(write, take_in, orgs):
    result = take_in(write([TITLES, CHOIR, CHOIR]))
    assert (result.created, [skip.row for skip in result.skipped]) == (1, [3])
    assert len(orgs()) == 1


def test_a_row_that_says_otherwise_than_an_earlier_one_is_refused(write, take_in, orgs):
    other = [*CHOIR[:3], "90111222", *CHOIR[4:]]
    result = take_in(write([TITLES, CHOIR, other]), mode="overwrite")
    assert (result.created, [r.row for r in result.rejected]) == (1, [3])
    assert orgs()["Lier sanglag"]["phone"] == "+4732220100"
