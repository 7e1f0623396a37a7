"""Where somebody protected lives is a place to meet by the coordinator's word only."""

from __future__ import annotations

import pytest

from tests.conftest import Cli

TOWN = ("--postcode", "3400", "--city", "Lier")
HOME = ("--street", "Elvegata 7", *TOWN)
THERE = "It is the home of Nguyet Holm, who is protected."
ADD = ("beredskap", "resource", "add", "Hytta", "--org", "1")
EDIT = ("beredskap", "resource", "edit", "1")


@pytest.fixture
def lag(cli: Cli) -> Cli:
    """An association with a place, and somebody protected who lives elsewhere."""
    cli.ok("org", "add", "Lier hagelag", "--premises", "Elvegata 7")
    cli.ok("volunteer", "add", "Nguyet Holm", *HOME)
    cli.ok("person", "edit", "1", "--protected", "--yes")
    cli.ok("beredskap", "resource", "add", "Salen", "--org", "1", "--street", "Storgata 1", *TOWN)
    return cli


@pytest.mark.parametrize("words", [ADD, EDIT])
def test_a_home_is_no_place_but_where_it_is_said_to_be(lag, words) -> None:
    said = lag.refused(*words, *HOME, "--json")
    assert THERE in said and "add --own-address" in said
    listed = lag.ok("beredskap", "resource", "list", "--json")
    assert "Elvegata" not in listed and "Hytta" not in listed
    assert "Elvegata" not in lag.ok("org", "list", "--json")
    done = lag(*words, *HOME, "--own-address")
    assert done.code == 0 and "lists show the address from now on" in done.err
    assert "Elvegata" in lag.ok("beredskap", "resource", "list", "--json")


def test_what_stands_there_is_not_asked_about_again(lag) -> None:
    lag.ok(*EDIT, *HOME, "--own-address")
    done = lag(*EDIT, "--city", "LIER", "--capacity", "40")
    assert (done.code, "protected" in done.err) == (0, False)
    lag.ok(*EDIT, "--street", "Storgata 1")
    assert THERE in lag.refused(*EDIT, "--street", "Elvegata 7")


def test_a_place_names_nobody_who_lives_there(lag) -> None:
    street = ("--street", "c/o Nguyet Holm, Elvegata 7", *TOWN)
    assert "Leave the name out." in lag.refused(*EDIT, *street, "--own-address")


def test_the_word_without_an_address_is_refused(lag) -> None:
    for words in (ADD, (*EDIT, "--street", "")):
        assert "goes with an address" in lag.refused(*words, "--own-address", code=2)


def test_who_protects_somebody_is_told_of_the_place_where_they_live(lag) -> None:
    lag.ok("person", "edit", "1", "--no-protected", "--yes")
    lag.ok(*EDIT, *HOME)
    told = lag("person", "edit", "1", "--protected").err
    assert "the address is shown in lists and texts, being that of Salen (number 1) too" in told
    assert 'frivillig beredskap resource edit 1 --street ""' in told
    lag.ok(*EDIT, "--street", "")
    lag.ok("person", "edit", "1", "--no-protected", "--yes")
    assert "address is shown" not in lag("person", "edit", "1", "--protected").err
