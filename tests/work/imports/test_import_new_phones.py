"""Lists of new phones and addresses, typed without a terminal: for those of that very name."""

import json

import pytest

OLD, NEW = "32840001", "95121212"


@pytest.fixture
def lag(cli):
    cli.ok("org", "add", "Tranby 4H", "--phone", OLD, "--email", "a@fire.example", "--city", "Lier")
    cli.ok("org", "add", "Lier idrettslag", "--phone", "32840002", "--postcode", "3400")
    return cli


def take_in(cli, path, *how):
    done = cli("org", "import", path, "--yes", "--json", *how)
    return done.code, json.loads(done.out)


@pytest.mark.parametrize("name", ["Tranby 4H", "TRANBY 4h"])
@pytest.mark.parametrize(
    ("title", "value", "field", "stored"),
    [("Telefon", NEW, "phone", f"+47{NEW}"), ("E-post", "ny@fire.example", "email", None)],
)
def test_new_ones_are_taken_for_the_only_one_of_that_name(
    lag, write, name, title, value, field, stored
):
    path = write([["Navn", title], [name, value]])
    before = lag.json("org", "show", "1")
    code, found = take_in(lag, path)
    assert (code, found["kept"], lag.json("org", "show", "1")) == (0, 1, before)
    code, found = take_in(lag, path, "--overwrite")
    assert (code, found["changed"], found["created"]) == (0, 1, 0)
    assert lag.json("org", "show", "1")[field] == (stored or value)


@pytest.mark.parametrize("street", [None, "Heia 3", "Lia 4"])
def test_a_street_is_taken_for_the_only_one_of_that_name(lag, write, street):
    if street:
        lag.ok("org", "edit", "1", "--street", street)
    path = write([["Lag", "Adresse"], ["Tranby 4H", "Heia 3"]])
    code, found = take_in(lag, path)
    assert (code, found["created"], found["rejected"]) == (0, 0, [])
    assert lag.json("org", "show", "1")["street"] == (street or "Heia 3")
    code, found = take_in(lag, path, "--overwrite")
    assert (code, lag.json("org", "show", "1")["street"]) == (0, "Heia 3")


def test_a_street_is_nobodys_where_two_have_that_name(lag, write):
    lag.ok("org", "add", "Tranby 4H", "--city", "Drammen")
    rows = [["Lag", "Adresse"], ["Tranby 4H", "Heia 3"]]
    assert "1 Tranby 4H, 3 Tranby 4H" in refused(lag, write(rows))


def refused(lag, path, *how):
    before = lag.json("org", "list")
    code, found = take_in(lag, path, "--overwrite", *how)
    assert (code, lag.json("org", "list")) == (3, before)
    return " ".join(one["why"] for one in found["rejected"])


def test_not_where_two_have_that_name(lag, write):
    lag.ok("org", "add", "Tranby 4H", "--city", "Drammen")
    assert "1 Tranby 4H, 3 Tranby 4H" in refused(lag, write([["Navn", "Tlf"], ["Tranby 4H", NEW]]))


def test_not_where_the_list_has_two_of_that_name(lag, write):
    rows = [["Navn", "Tlf"], ["Tranby 4H", NEW], ["TRANBY 4H", "95131313"]]
    said = refused(lag, write(rows))
    assert said.count("may be 1 Tranby 4H (the name stands in several rows of the list)") == 2


def test_not_where_the_address_is_anothers(lag, write):
    lag.ok("org", "add", "Lier kor", "--email", "kor@kor.example")
    rows = [["Navn", "E-post", "Tlf"], ["Tranby 4H", "kor@kor.example", NEW]]
    assert "may be 1 Tranby 4H" in refused(lag, write(rows))


def test_the_number_in_the_file_says_whose_a_row_is(lag, write):
    rows = [["Navn", "Orgnr", "Tlf"], ["Tranby 4H", "974760673", NEW]]
    assert "write its number in a column “id”" in refused(lag, write(rows))
    named = write([["id", *rows[0]], ["1", *rows[1]]], "named.csv")
    assert take_in(lag, named, "--overwrite")[0] == 0
    assert lag.json("org", "show", "1")["phone"] == f"+47{NEW}"
    # a number does not help a row of another name: it would be asked about again
    other = write([["Navn", "E-post"], ["Smia kor", "a@fire.example"]], "other.csv")
    assert "“id”" not in refused(lag, other)


@pytest.mark.parametrize("name", ["Lier IL", "Lier I.L.", "Idrettslaget Lier"])
def test_an_abbreviation_and_the_same_phone_are_the_one_in_the_register(lag, write, name):
    path = write([["Navn", "Tlf", "Nettsted"], [name, "32840002", "www.lier.example"]])
    code, found = take_in(lag, path)
    assert (code, found["created"], found["changed"]) == (0, 0, 1)
    org = lag.json("org", "show", "2")
    assert (org["name"], org["website"]) == ("Lier idrettslag", "https://www.lier.example")


def test_an_abbreviation_and_another_phone_are_asked_about(lag, write):
    said = refused(lag, write([["Navn", "Tlf"], ["Lier IL", NEW]]))
    assert "may be 2 Lier idrettslag (nearly the same name)" in said
    named = write([["id", "Navn", "Tlf"], ["2", "Lier IL", NEW]], "named.csv")
    assert take_in(lag, named, "--overwrite")[0] == 0


def test_two_in_one_list_are_not_made_one_by_their_phone(cli, write):
    rows = [["Navn", "Tlf"], ["Egge IL", NEW], ["Egge idrettslag", NEW]]
    assert take_in(cli, write(rows))[1]["created"] == 1


def test_an_abbreviation_with_what_many_share_or_of_another_place_is_asked_about(cli, write):
    for n in range(22):
        cli.ok("org", "add", f"Lag {n}", "--email", "post@lier.example", "--phone", "32220000")
    more = ("--email", "post@lier.example", "--phone", "32220000")
    cli.ok("org", "add", "Lier idrettslag", *more)
    for n, row in enumerate([["Lier IL", "post@lier.example", ""], ["Lier IL", "", "32220000"]]):
        refused(cli, write([["Navn", "E-post", "Tlf"], row], f"{n}.csv"))
    cli.ok("org", "add", "Egge idrettslag", "--phone", "32220001", "--city", "Egge")
    refused(cli, write([["Navn", "Tlf", "Sted"], ["Egge IL", "32220001", "Tranby"]], "c.csv"))
    cli.ok("org", "import", write([["Navn", "Tlf"], ["Egge IL", "32220001"]], "d.csv"), "--yes")


def test_an_account_that_stays_is_said_with_its_own_way(cli, write):
    cli.ok("org", "add", "Lier kor", "--account", "86011117947")
    rows = [["id", "Navn", "Kontonr"], ["1", "Lier kor", "12345678903"]]
    done = cli("org", "import", write(rows), "--overwrite", "--yes")
    assert "ring them first, then add --overwrite --confirm-account" in done.out
    assert "--overwrite takes" not in done.out
