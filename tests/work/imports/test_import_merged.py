"""Rows of what was merged into another: about the one that it became, never a new twin."""

import pytest

from .conftest import NOW, command

ORGNR = "974760673"  # the state's own number for the register itself
TITLES = ["Navn", "Org.nr.", "E-post", "Tlf", "Postnr", "Poststed"]


@pytest.fixture
def merged(register, add_org):
    """Two made one: the number ORGNR is gone, and its rows are about `Lier blandakor`."""
    from frivillig_cli.work.merging.kinds import ORG
    from frivillig_cli.work.merging.merge import choices, merge

    keep = add_org(name="Lier blandakor", orgnr="921234554", phone="32220100")
    drop = add_org(name="Lier sanglag", orgnr=ORGNR)
    with register.transaction(command("org merge")):
        merge(register, ORG, (keep, drop), choices(ORG, [], ["orgnr"]), now=NOW)
    return keep


@pytest.mark.parametrize("mode", ["fill", "overwrite"])
def test_a_merged_ones_number_is_the_one_it_was_merged_into(write, take_in, merged, orgs, mode):
    rows = [TITLES, ["Lier sanglag", ORGNR, "ny@lag.example", "32220999", "", ""]]
    result = take_in(write(rows), mode=mode)
    assert (result.created, result.rejected_rows, result.changed) == (0, 0, 1)
    told = {d.field: (d.old, d.new, d.outcome) for d in result.differences}
    assert told["name"] == ("Lier blandakor", "Lier sanglag", "kept")
    assert told["orgnr"] == ("921234554", ORGNR, "kept")
    assert told["phone"][2] == "kept" and told["email"][2] == "filled"
    row = orgs()["Lier blandakor"]
    assert list(orgs()) == ["Lier blandakor"]
    assert (row["orgnr"], row["phone"]) == ("921234554", "+4732220100")


@pytest.mark.parametrize("turned", [False, True])
def test_both_numbers_of_a_merged_one_may_stand_in_one_list(write, take_in, merged, orgs, turned):
    own = ["Lier blandakor", "921234554", "", "32220100", "", ""]
    gone = ["Lier sanglag", ORGNR, "", "32220999", "", ""]
    result = take_in(write([TITLES, *([gone, own] if turned else [own, gone])]), mode="overwrite")
    assert (result.created, result.rejected, result.kept, result.unchanged) == (0, [], 1, 1)
    assert orgs()["Lier blandakor"]["phone"] == "+4732220100"


@pytest.mark.parametrize("mode", ["fill", "overwrite"])
@pytest.mark.parametrize(
    "row", [["7", "Lier sanglag", ""], ["7", "", "ny@lag.example"], ["", "LIER SANGLAG", ""],
            ["", "Lier sanglag", "ny@lag.example"]]
)  # fmt: skip
def test_its_number_here_and_its_name_are_the_one_s_it_was_merged_into(
    write, take_in, merged, orgs, row, mode
):
    row = [str(merged + 1) if row[0] else "", *row[1:]]
    result = take_in(write([["id", "Navn", "E-post"], row]), mode=mode)
    assert (result.created, result.rejected) == (0, [])
    assert list(orgs()) == ["Lier blandakor"]
    assert orgs()["Lier blandakor"]["email"] == (row[2] or None)


@pytest.mark.parametrize("mode", ["fill", "overwrite"])
@pytest.mark.parametrize("by", ["id", "name"])
def test_what_is_kept_of_a_merged_one_has_its_reason(write, take_in, merged, by, mode):
    row = [str(merged + 1) if by == "id" else "", "Lier sanglag", "32220999"]
    result = take_in(write([["id", "Navn", "Telefon"], row]), mode=mode)
    (said,) = [one for one in result.anomalies if one.kind == "merged"]
    assert "merged into another, Lier blandakor" in said.text and "Row 2." in said.text


def test_a_number_that_nobody_has_is_told_of(write, take_in, merged, add_org):
    add_org(name="Tranby skiklubb")
    rows = [["998", "Tranby skiklubb"], ["999", "Nytt lag"], [str(merged), "Lier blandakor"]]
    result = take_in(write([["id", "Navn"], *rows]))
    (said,) = [one for one in result.anomalies if one.kind == "unknown_id"]
    assert (result.created, said.rows) == (1, 2) and "nobody has here: 2, 3." in said.text
    own = take_in(write([["id", "Navn"], rows[2]], "own.csv"))
    assert "unknown_id" not in [one.kind for one in own.anomalies]


def test_its_number_with_the_name_of_a_third_is_asked_about(write, take_in, merged, orgs):
    result = take_in(write([["id", "Navn"], [str(merged + 1), "Tranby skiklubb"]]))
    assert (result.created, [one.row for one in result.rejected]) == (0, [2])
    assert list(orgs()) == ["Lier blandakor"]


def test_its_name_with_a_third_organisation_number_is_asked_about(write, take_in, merged, orgs):
    result = take_in(write([TITLES, ["Lier sanglag", "938505549", "", "", "", ""]]))
    assert (result.created, [one.row for one in result.rejected]) == (0, [2])
    assert list(orgs()) == ["Lier blandakor"]


def test_a_new_one_of_that_name_is_the_one_that_has_it_now(write, take_in, merged, add_org, orgs):
    add_org(name="Lier sanglag", city="Lier")
    result = take_in(write([TITLES, ["Lier sanglag", "", "ny@lag.example", "", "", "Lier"]]))
    assert (result.created, result.rejected) == (0, [])
    assert orgs()["Lier sanglag"]["email"] == "ny@lag.example"


def test_a_merged_volunteer_s_number_is_the_one_s_they_were_merged_into(register, write, take_in):
    from frivillig_cli.records.person import actions
    from frivillig_cli.work.imports import volunteers
    from frivillig_cli.work.merging.kinds import PERSON
    from frivillig_cli.work.merging.merge import choices, merge

    with register.transaction(command()):
        keep = actions.add(register, {"name": "Kari Nes"}, phones=["+4790110011"], now=NOW)
        drop = actions.add(register, {"name": "Kari Ness"}, phones=["+4790110022"], now=NOW)
        merge(register, PERSON, (keep, drop), choices(PERSON, [], []), now=NOW)
    found = volunteers.index(register).merged
    assert (found.by_id, found.by_name) == ({drop: keep}, {})
