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
