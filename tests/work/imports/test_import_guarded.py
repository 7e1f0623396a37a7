"""Protected people and account numbers: never changed, shown or taken in by the way."""

import pytest

from frivillig_cli.records.person import actions
from frivillig_cli.work.imports.decisions import Decisions

from .conftest import NOW, command

HEAD = ["Navn", "E-post", "Leder", "Leder tlf", "Leder e-post"]
HIDDEN = ["Tranby korps", "post@lag.example", "Karin Åsen", "90111223", "k2@x.example"]
ACCOUNT = "86011117947"


@pytest.fixture
def protected(write, take_in, register):
    take_in(write([HEAD, HIDDEN]))
    with register.transaction(command("person edit")):
        actions.set_protected(register, 1, True, now=NOW)


def names(register):
    return [row[0] for row in register.rows("SELECT name FROM person ORDER BY id")]


def test_it_is_said_that_a_protected_holder_was_not_changed(protected, write, take_in):
    row = [*HIDDEN[:3], "90111299", "k3@x.example"]
    result = take_in(write([HEAD, row], "to.csv"))
    told = [(r.field, r.value) for r in result.left_out]
    assert told == [("leader_phone", ""), ("leader_email", "")]
    assert all("protected" in r.why for r in result.left_out)
    assert (result.differences, result.whole) == ([], False)


@pytest.mark.parametrize(
    "reached", [["90111223", "k2@x.example"], ["90111223", ""], ["", "K2@x.example"]]
)
def test_nobody_else_gets_what_a_protected_person_is_reached_by(
    protected, write, take_in, register, reached
):
    result = take_in(write([HEAD, ["Annet lag", "", "Nina Lie", *reached]], "to.csv"))
    assert [(r.row, r.field, r.value) for r in result.left_out] == [(2, "leader", "Nina Lie")]
    assert (result.created, names(register)) == (1, ["Karin Åsen"])


def test_the_protected_person_may_lead_another(protected, write, take_in, register):
    result = take_in(write([HEAD, ["Annet lag", "", *HIDDEN[2:]]], "to.csv"))
    assert (result.offices, result.left_out, names(register)) == (1, [], ["Karin Åsen"])


@pytest.mark.parametrize("title", ["Skjermet", "Adressesperre", "Kode 6", "protected"])
def test_a_list_that_says_who_is_protected_is_believed(write, take_in, register, title):
    rows = [
        ["Navn", "Tlf", title],
        ["Kari Moe", "90111222", "ja"],
        ["Per Moe", "90111223", "nei"],
        ["Ola Moe", "90111224", "strengt fortrolig"],
        ["Ida Moe", "90111225", ""],
    ]
    result = take_in(write(rows), "volunteer")
    assert [(r.row, r.field, r.value) for r in result.rejected] == [
        *[(2, "protected", ""), (4, "protected", "")]
    ]
    assert names(register) == ["Per Moe", "Ida Moe"]


def test_a_column_can_be_said_to_be_that_mark(cli, write):
    path = write([["Navn", "Hemmelig"], ["Kari Moe", "x"]])
    done = cli("volunteer", "import", path, "--yes", "--map", "Hemmelig=protected")
    assert done.code == 3 and "entered by hand" in done.out
    assert cli.json("volunteer", "list") == []


def test_a_protected_leader_in_a_list_of_associations_is_left_out(write, take_in, register):
    result = take_in(write([[*HEAD, "Skjermet"], [*HIDDEN, "ja"]]))
    assert [(r.row, r.field, r.value) for r in result.left_out] == [(2, "protected", "")]
    assert (result.created, result.offices, names(register)) == (1, 0, [])


# homes


@pytest.fixture
def home(cli):
    cli.ok("org", "add", "Lier vel", "--orgnr", "200000021", "--city", "Lier")
    cli.ok("contact", "add", "1", "Siri Lie", "--role", "leader")
    cli.ok("person", "edit", "1", "--street", "Bruveien 2", "--postcode", "3400", "--city", "Lier")
    cli.ok("person", "edit", "1", "--protected", "--yes")


STREETS = ["Orgnr", "Adresse", "Postnr", "Poststed", "Kommunenr", "Hjemmeside"]
AT_HOME = ["c/o Siri Lie, BRUVEIEN 2", "3400", "Lier", "3312", "vel.example"]


def address(cli, org="1"):
    shown = cli.json("org", "show", org)
    return [shown[one] for one in ("street", "postcode", "city", "municipality", "website")]


@pytest.mark.parametrize("of_row", [slice(0, 5), slice(0, 1), slice(0, 2)])
@pytest.mark.parametrize("how", [(), ("--overwrite",)])
def test_the_home_of_a_protected_officer_is_left_out_and_the_rest_taken_in(
    home, cli, write, of_row, how
):
    title = [STREETS[0], *STREETS[1:][of_row], "Telefon"]
    path = write([title, ["200000021", *AT_HOME[of_row], "32220100"]])
    done = cli("org", "import", path, "--yes", *how)
    assert done.code == 3 and "It is the home of Siri Lie, who is protected." in done.out
    assert "VEIEN 2" not in done.out.upper() and "3400" not in done.out
    website = "https://vel.example" if "vel.example" in AT_HOME[of_row] else None
    assert address(cli) == [None, None, "Lier", None, website]
    assert cli.json("org", "show", "1")["phone"] == "+4732220100"


def test_an_answer_of_the_state_s_register_brings_no_home_either(home, cli, write):
    place = {"adresse": ["Bruveien 2"], "postnummer": "3400", "poststed": "LIER",
             "kommunenummer": "3312", "kommune": "LIER"}  # fmt: skip
    unit = {"organisasjonsnummer": "200000021", "navn": "LIER VEL", "hjemmeside": "vel.example",
            "organisasjonsform": {"kode": "FLI"}, "forretningsadresse": place}  # fmt: skip
    path = write({"_embedded": {"enheter": [unit]}, "_links": {}, "page": {"number": 0}}, "e.json")
    done = cli("org", "import", path, "--yes")
    assert done.code == 3 and "It is the home of Siri Lie, who is protected." in done.out
    assert address(cli) == [None, None, "Lier", None, "https://vel.example"]


@pytest.mark.parametrize(
    "row",
    [
        ["200000048", "c/o Kari Lie, BRUVEIEN 4", *AT_HOME[1:]],
        ["200000021", "Bruveien 20", *AT_HOME[1:]],
        ["200000021", "Bruveien 2", "3050", "Mjøndalen", *AT_HOME[3:]],
    ],
)
def test_another_s_address_is_taken_in(home, cli, write, row):
    cli.ok("org", "add", "Egge kor", "--orgnr", "200000048")
    cli.ok("org", "edit", "1", "--city", "Mjøndalen")
    cli.ok("org", "import", write([STREETS, row]), "--yes", "--overwrite")
    street, postcode = address(cli, row[0])[:2]
    assert (street.upper(), postcode) == (row[1].upper(), row[2])


NEW = ["Lag", "Adresse", "Postnr", "Poststed", "Leder", "Leder tlf"]


@pytest.mark.parametrize("leader", ["Siri Lie", "LIE, SIRI"])
@pytest.mark.parametrize("street", ["Bruveien 2", "c/o Siri Lie, Bruveien 2"])
def test_a_new_association_gets_no_home_of_who_leads_it_from_its_first_row_on(
    home, cli, write, leader, street
):
    cli.ok("person", "edit", "1", "--phone", "90 11 15 55", "--yes")
    row = ["Egge kor", street, "3400", "Lier", leader, "90 11 15 55"]
    done = cli("org", "import", write([NEW, row]), "--yes")
    assert done.code == 3 and "It is the home of Siri Lie, who is protected." in done.out
    assert address(cli, "2")[:3] == [None, None, None]
    assert cli("doctor").code == 0


def test_a_new_association_keeps_another_street(home, cli, write):
    row = ["Egge kor", "Bruveien 3", "3400", "Lier", "Siri Lie", ""]
    cli("org", "import", write([NEW, row]), "--yes")
    assert address(cli, "2")[:3] == ["Bruveien 3", "3400", "Lier"]


@pytest.mark.parametrize("how", [(), ("--overwrite",)])
@pytest.mark.parametrize("place", [["3400", "Lier"], ["3400", ""], ["", "Lier"]])
def test_a_town_makes_no_home_of_the_street_that_an_association_has(home, cli, write, place, how):
    cli.ok("org", "edit", "1", "--city", "")
    cli.ok("org", "edit", "1", "--street", "Bruveien 2")  # of which town is not known
    titles = ["Orgnr", "Postnr", "Poststed", "Hjemmeside"]
    done = cli("org", "import", write([titles, ["200000021", *place, "vel.example"]]), "--yes",
               *how)  # fmt: skip
    assert done.code == 3 and "It is the home of Siri Lie, who is protected." in done.out
    assert address(cli) == ["Bruveien 2", None, None, None, "https://vel.example"]


def test_who_is_named_in_an_address_of_the_state_s_register_is_told_to_be_left_out(
    home, cli, write
):
    def unit(number, name, *lines):
        place = {"adresse": lines, "postnummer": "3400", "poststed": "LIER",
                 "kommunenummer": "3312", "kommune": "LIER"}  # fmt: skip
        return {"organisasjonsnummer": number, "navn": name, "organisasjonsform": {"kode": "FLI"},
                "forretningsadresse": place}  # fmt: skip

    units = [
        unit("200000048", "EGGE KOR", "c/o Ola Vik", "Heia 3"),
        unit("200000056", "SYLLING VEL", "v/Siri Kari Lie", "Bruveien 2"),
        unit("200000064", "TRANBY VEL", "Heia 4"),
    ]
    path = write({"_embedded": {"enheter": units}, "_links": {}, "page": {"number": 0}}, "e.json")
    done = cli("org", "import", path, "--dry-run")
    assert "the line names a person (c/o, v/, att.): Egge kor, Sylling vel\n" in done.out
    assert "Ola Vik" not in done.out and "It is the home of Siri Lie" in done.out
    cli("org", "import", path, "--yes")
    streets = [cli.json("org", "show", number)["street"] for number in (2, 3, 4)]
    assert streets == ["Heia 3", None, "Heia 4"]


@pytest.mark.parametrize("place", [("3400", "Lier"), ("", "")])
def test_a_new_association_gets_no_home_that_names_who_lives_there(home, cli, write, place):
    rows = [[*NEW[:4]], ["Egge kor", "c/o Siri Lie, Bruveien 2", *place],
            ["Tranby kor", "Bruveien 2", *place]]  # fmt: skip
    done = cli("org", "import", write(rows), "--yes")
    assert done.code == 3 and "It is the home of Siri Lie, who is protected." in done.out
    new = {one["name"]: one["street"] for one in cli.json("org", "list")}
    # of which town is not known
    assert (new["Egge kor"], new["Tranby kor"]) == (None, None if all(place) else "Bruveien 2")


# account numbers


@pytest.fixture
def listed(cli, write):
    cli.ok("org", "add", "Tranby korps", "--email", "post@lag.example")
    return write([["Navn", "E-post", "Kontonr"], ["Tranby korps", "post@lag.example", ACCOUNT]])


def account(cli):
    return cli.json("org", "show", "1")["bank_account"]


def test_a_blank_account_number_is_filled_when_it_is_confirmed_only(cli, listed):
    done = cli("org", "import", listed, "--yes")
    assert done.code == 3 and "8601.11.17947   a new account number: ring them" in done.out
    assert account(cli) is None
    cli.ok("org", "import", listed, "--yes", "--confirm-account")
    assert account(cli) == ACCOUNT


def test_another_account_number_takes_overwriting_and_the_confirmation(cli, listed):
    cli.ok("org", "edit", "1", "--account", "12345678903")
    cli.ok("org", "import", listed, "--yes", "--overwrite")
    cli.ok("org", "import", listed, "--yes", "--confirm-account")
    assert account(cli) == "12345678903"
    cli.ok("org", "import", listed, "--yes", "--overwrite", "--confirm-account")
    assert account(cli) == ACCOUNT


@pytest.mark.parametrize(("answer", "stored"), [(False, None), (True, ACCOUNT)])
def test_with_ask_a_new_account_number_is_asked_about(
    write, take_in, add_org, orgs, answer, stored
):
    add_org(name="Egge kor", email="post@lag.example")
    asked = []

    def take(difference):
        asked.append((difference.field, difference.old))
        return answer

    path = write([["Navn", "E-post", "Kontonr"], ["Egge kor", "post@lag.example", ACCOUNT]])
    take_in(path, mode="ask", decisions=Decisions(take=take))
    assert (asked, orgs()["Egge kor"]["bank_account"]) == ([("bank_account", None)], stored)


def test_a_new_association_comes_with_its_account_number(cli, write):
    cli.ok("org", "import", write([["Navn", "Kontonr"], ["Egge kor", ACCOUNT]]), "--yes")
    assert account(cli) == ACCOUNT
