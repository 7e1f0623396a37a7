"""What is a protected person's is not spread by a merger: phone, e-mail and home."""

from __future__ import annotations

import json

import pytest

from frivillig_cli.cli import ask
from tests.conftest import Cli

PHONE, EMAIL = "90222333", "dame@lag.example"
HOME = ("--street", "Heimveien 3", "--postcode", "3400", "--city", "LIER")


@pytest.fixture
def twins(cli: Cli) -> Cli:
    """The other of the two has what is its leader's, who has been protected since."""
    cli.ok("org", "add", "Fossen vel")
    cli.ok("org", "add", "Fossen vel", "--phone", PHONE, "--email", EMAIL.upper(),
           "--website", "https://fossen.example", *HOME)  # fmt: skip
    cli.ok("volunteer", "add", "Skjermet Dame", "--phone", PHONE, "--email", EMAIL, *HOME)
    cli.ok("contact", "add", "2", "--person", "1", "--role", "leader")
    cli.ok("person", "edit", "Skjermet Dame", "--protected", "--yes")
    return cli


def ways(cli: Cli, org: str) -> dict[str, object]:
    shown = cli.json("org", "show", org)
    return {name: shown[name] for name in ("phone", "email", "street", "postcode", "city")}


def hidden(said: str) -> bool:
    plain = said.replace(" ", "").casefold()
    return not any(word in plain for word in (PHONE, EMAIL, "heimveien"))


def nowhere(said: str) -> bool:
    """Neither the street nor what goes with it."""
    return hidden(said) and not any(word in said for word in ("3400", "LIER", "postcode", "city"))


def test_what_would_only_fill_a_blank_is_left_out_and_the_rest_is_merged(twins: Cli) -> None:
    before = [twins.json("org", "show", n) for n in ("1", "2")]
    preview = twins.ok("org", "merge", "1", "2", "--dry-run")
    assert "Left out" in preview and hidden(preview)
    assert "It is the phone of Skjermet Dame, who is protected." in preview
    assert "It is the e-mail of Skjermet Dame, who is protected." in preview
    assert "It is the home of Skjermet Dame, who is protected." in preview
    done = twins.json("org", "merge", "1", "2", "--yes")
    fields = ["phone", "email", "street", "postcode", "city"]
    assert sorted(one["field"] for one in done["left_out"]) == sorted(fields)
    assert [one["field"] for one in done["changes"]] == ["website"] and hidden(json.dumps(done))
    assert ways(twins, "1") == dict.fromkeys(fields)
    assert twins.json("org", "show", "1")["website"] == "https://fossen.example"
    assert len(twins.json("contact", "list", "org_id:1")) == 1
    twins.ok("undo")
    assert [twins.json("org", "show", n) for n in ("1", "2")] == before


def test_the_history_shows_none_of_it_either(twins: Cli) -> None:
    twins.ok("org", "merge", "1", "2", "--yes")
    for words in (("--json",), ()):
        said = twins.ok("history", "1", *words)
        assert nowhere(said) and "fossen.example" in said


@pytest.mark.parametrize("towns", ["theirs", "own"])
def test_the_history_shows_none_of_it_when_the_merger_is_undone(twins: Cli, towns: str) -> None:
    if towns == "own":  # and the other has none
        twins.ok("org", "edit", "1", "--postcode", "3400", "--city", "LIER")
        twins.ok("org", "edit", "2", "--postcode", "", "--city", "")
    twins.ok("org", "merge", "1", "2", "--yes")
    twins.ok("undo")
    for org in ("1", "2"):
        merger = [one for one in twins.json("history", org) if one["merged"]]
        assert merger and nowhere(json.dumps(merger)) and "fossen.example" in json.dumps(merger)


def test_the_history_shows_none_of_it_when_they_are_merged_on(twins: Cli) -> None:
    twins.ok("org", "merge", "1", "2", "--yes")
    twins.ok("org", "add", "Fossen vel")
    twins.ok("org", "merge", "3", "1", "--yes")
    merger = [one["merged"] for one in twins.json("history", "3") if one["merged"]]
    assert merger and nowhere(json.dumps(merger))


def test_the_result_says_it_too(twins: Cli) -> None:
    done = twins("org", "merge", "1", "2", "--yes", lang="nb")
    assert "Skjermet Dame, som er skjermet" in done.out and "Utelatt" in done.out


@pytest.mark.parametrize("field", ["phone", "email", "street"])
@pytest.mark.parametrize("own", [False, True])
def test_chosen_by_name_it_is_refused(twins: Cli, field: str, own: bool) -> None:
    if own:
        twins.ok("org", "edit", "1", "--phone", "32220100", "--email", "post@fossen.example",
                 "--street", "Fossveien 2", "--postcode", "3400", "--city", "LIER")  # fmt: skip
    before = twins.json("org", "show", "1")
    said = twins.refused("org", "merge", "1", "2", "--take", field, "--yes")
    assert "of Skjermet Dame, who is protected." in said and f"without --take {field}" in said
    assert hidden(said) and twins.json("org", "show", "1") == before


@pytest.mark.parametrize("take", [["postcode"], ["city"], ["postcode", "city"]])
def test_half_of_the_home_is_not_to_be_taken_either(twins: Cli, take: list[str]) -> None:
    twins.ok(
        "org", "edit", "1", "--street", "Fossveien 2", "--postcode", "3050", "--city", "MJØNDALEN"
    )
    before = ways(twins, "1")
    chosen = [word for field in take for word in ("--take", field)]
    said = twins.refused("org", "merge", "1", "2", *chosen, "--yes")
    assert "the home of Skjermet Dame" in said and nowhere(
        said.replace("--take postcode", "")
        .replace("--take city", "")
        .replace("--postcode CODE", "")
    )
    assert ways(twins, "1") == before


def test_where_each_has_one_the_other_is_not_offered(twins: Cli, monkeypatch) -> None:
    twins.ok("org", "edit", "1", "--phone", "32220100", "--email", "post@fossen.example",
             "--street", "Fossveien 2", "--postcode", "3050", "--city", "MJØNDALEN")  # fmt: skip
    monkeypatch.setattr(ask, "in_terminal", lambda: True)
    monkeypatch.setattr(ask, "choose", lambda *_given: pytest.fail("asked"))
    monkeypatch.setattr(ask, "confirm", lambda _question: None)
    done = twins.json("org", "merge", "1", "2")
    assert done["conflicts"] == [] and hidden(json.dumps(done))
    assert ways(twins, "1")["phone"] == "+4732220100"


def test_a_street_that_becomes_the_home_beside_the_town_that_stays(twins: Cli) -> None:
    twins.ok("org", "edit", "1", "--city", "LIER")
    twins.ok("org", "edit", "2", "--postcode", "", "--city", "")
    twins.ok("org", "merge", "1", "2", "--yes")
    assert (ways(twins, "1")["street"], ways(twins, "1")["city"]) == (None, "LIER")


def test_a_town_that_makes_the_street_that_stays_the_home(twins: Cli) -> None:
    twins.ok("org", "edit", "1", "--street", "Heimveien 3")
    twins.ok("org", "edit", "2", "--street", "")
    said = twins.refused("org", "merge", "1", "2", "--take", "city", "--yes")
    assert "the home of Skjermet Dame" in said
    twins.ok("org", "merge", "1", "2", "--yes")
    assert [ways(twins, "1")[one] for one in ("postcode", "city")] == [None, None]


def test_another_whole_address_is_taken_in_place_of_the_home(twins: Cli) -> None:
    twins.ok("org", "edit", "1", "--street", "Fossveien 2", "--postcode", "3401", "--city", "LIER")
    take = [word for field in ("street", "postcode") for word in ("--take", field)]
    twins.ok("org", "merge", "2", "1", *take, "--yes")
    assert (ways(twins, "2")["street"], ways(twins, "2")["postcode"]) == ("Fossveien 2", "3401")


def test_the_home_of_somebody_without_an_office_there_passes_to_no_other(twins: Cli) -> None:
    its = ("--street", "Heimveien 3", "--city", "LIER", "--own-address")
    twins.ok("org", "add", "Fossen hage", *its)
    twins.ok("org", "add", "Fossen hage")
    assert "without --take street" in twins.refused("org", "merge", "4", "3", "--take", "street")
    told = twins.ok("org", "merge", "4", "3", "--dry-run")
    way = "frivillig org edit 4 --street STREET --postcode CODE --own-address"
    assert told.count("Skjermet Dame") == 1 and way in told and "street, city" in told
    done = twins.json("org", "merge", "4", "3", "--yes")
    assert [one["field"] for one in done["left_out"]] == ["street", "city"]
    assert "home of Skjermet Dame" in done["left_out"][0]["why"]
    assert ways(twins, "4")["street"] is None


def test_the_one_that_stays_keeps_it_as_its_own_address(twins: Cli) -> None:
    its = ("--street", "Heimveien 3", "--city", "LIER", "--own-address")
    twins.ok("org", "add", "Fossen hage", *its)
    twins.ok("org", "add", "Fossen hage", *its, "--postcode", "3400")
    done = twins.json("org", "merge", "3", "4", "--yes")
    assert done["left_out"] == []
    assert (ways(twins, "3")["street"], ways(twins, "3")["postcode"]) == ("Heimveien 3", "3400")


def test_the_home_that_stays_is_known_as_one_when_the_office_comes(twins: Cli) -> None:
    twins.ok("org", "edit", "2", "--street", "")
    twins.ok("person", "edit", "Skjermet Dame", "--no-protected", "--yes")
    twins.ok("org", "edit", "1", *HOME)
    twins.ok("person", "edit", "Skjermet Dame", "--protected")
    said = twins.refused("org", "merge", "1", "2", "--yes")
    assert "the home of Skjermet Dame" in said and 'frivillig org edit 1 --street ""' in said
    assert "frivillig org edit 1 --own-address" in said
    twins.ok("org", "edit", "1", "--own-address")
    twins.ok("org", "merge", "1", "2", "--yes")
    twins.ok("doctor")
    twins.ok("undo")
    twins.ok("undo")
    twins.ok("org", "edit", "1", "--street", "")
    twins.ok("org", "merge", "1", "2", "--yes")
    twins.ok("doctor")


def test_another_address_that_is_taken_needs_no_word(twins: Cli) -> None:
    twins.ok("person", "edit", "Skjermet Dame", "--no-protected", "--yes")
    twins.ok("org", "edit", "1", *HOME)
    twins.ok("org", "edit", "2", "--street", "Fossveien 2")
    twins.ok("person", "edit", "Skjermet Dame", "--protected")
    twins.ok("org", "merge", "1", "2", "--take", "street", "--yes")
    assert ways(twins, "1")["street"] == "Fossveien 2"


def test_what_was_said_of_one_that_goes_is_forgotten(twins: Cli) -> None:
    twins.ok("org", "add", "Fossen hage", *HOME, "--own-address")
    twins.ok("org", "merge", "1", "3", "--yes")
    entry = twins.json("history", "--limit", "1")[0]
    assert [c["op"] for c in entry["changes"] if c["table"] == "setting"] == ["delete"]


def test_who_merges_people_is_told_which_association_shows_what_is_theirs(twins: Cli) -> None:
    twins.ok("org", "edit", "2", "--street", "Fossveien 2", "--phone", "", "--email", "")
    twins.ok("org", "add", "Fossen hage", *HOME, "--own-address")
    twins.ok("contact", "add", "3", "Skjermet Dama", "--role", "treasurer")
    done = twins("person", "merge", "2", "1", "--yes")
    assert done.code == 0 and "being that of Fossen hage (number 3) too" in done.err
    assert 'org edit 3 --street ""' in done.err
