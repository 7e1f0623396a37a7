"""Whose phone and e-mail it is: an officer's are never taken for the association's."""

import pytest

ROWS = [["Drammens FK", "Leder", "Kari Nord", "95010001", "kari@dfk.example"],
        ["Drammens FK", "Kasserer", "Ola Nord", "95010002", "ola@dfk.example"]]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        [["Lag", "Verv", "Navn", "Mobil", "E-post"], *ROWS],
        [["Lag", "Verv", "Navn", "Mobil", "E-post"], ROWS[0], ["", *ROWS[1][1:]]],
        [["Lag", "Verv", "Navn", "Mobil", "E-post"], ROWS[0]],
        [["Klubb", "Rolle", "Person", "Mobil", "E-post"], *ROWS],
        [["Klubb", "Hva", "Hvem", "Mobil", "E-post"], *ROWS],
    ],
    ids=["two rows", "one cell over both", "one row", "other titles", "titles that say nothing"],
)
def test_a_row_for_each_office_is_no_list_of_associations(cli, write, rows):
    said = cli.refused("org", "import", write(rows), "--yes")
    assert "who holds which office" in said and "frivillig contact add" in said
    assert cli.json("org", "list") == []


def test_without_their_phones_and_addresses_the_associations_are_taken(cli, write):
    rows = [["Lag", "Verv", "Navn", "Mobil", "E-post"], ROWS[0]]
    cli.ok("org", "import", write(rows), "--yes", "--map", "Mobil=-", "--map", "E-post=-")
    (org,) = cli.json("org", "list")
    assert (org["name"], org["phone"], org["email"]) == ("Drammens FK", None, None)


def test_an_office_in_a_column_is_no_hindrance_where_nobody_is_named(cli, write):
    rows = [["Lag", "Hvem svarer", "Telefon"], ["Alfa FK", "Leder", "95440001"]]
    cli.ok("org", "import", write(rows), "--yes")
    assert cli.json("org", "show", "Alfa FK")["phone"] == "+4795440001"


BOARD = ["Kari Vik", "95010001", "kari@x.example", "Ola Nes", "95010002", "ola@x.example"]
WANTED = {"leader": ("Kari Vik", "kari@x.example"), "treasurer": ("Ola Nes", "ola@x.example")}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("leader", ["Leder", "Leders navn"])
def test_a_phone_right_after_each_office_is_its_holders(cli, write, ending, leader):
    rows = [["Lag", leader, "Tlf", "E-post", "Kasserer", "Tlf", "E-post", "Adresse"],
            ["Alfa FK", *BOARD, "Heia 3"]]  # fmt: skip
    said = cli.ok("org", "import", write(rows, f"l.{ending}"), "--yes")
    assert "Leder Tlf = the leader's phone" in said
    org = cli.json("org", "show", "Alfa FK")
    assert (org["phone"], org["email"], org["street"]) == (None, None, "Heia 3")
    held = {one["role"]: (one["name"], one["email"]) for one in cli.json("contact", "list")}
    assert held == WANTED


def test_an_address_after_each_office_is_nobodys(cli, write):
    titles = ["Lag", "Telefon", "Leder", "Adresse", "Mobil", "Kasserer", "Adresse", "Mobil"]
    row = ["Alfa FK", "32840001", "Kari Vik", "Heia 3", "95010001", "Ola Nes", "Lia 4", "95010002"]
    cli.ok("org", "import", write([titles, row]), "--yes")
    org = cli.json("org", "show", "Alfa FK")
    assert (org["phone"], org["street"]) == ("+4732840001", None)
    assert len(cli.json("contact", "list")) == 2


def test_titles_that_stand_again_are_known_also_below_groups(cli, write):
    titles = ["Lag", "Leder", "Tlf", "E-post", "Kasserer", "Tlf", "E-post"]
    rows = [titles, ["Alfa FK", *BOARD], titles, ["Beta FK", "", "", "", "", "", ""]]
    found = cli.json("org", "import", write(rows), "--yes")
    assert (found["created"], [skip["row"] for skip in found["skipped"]]) == (2, [3])
