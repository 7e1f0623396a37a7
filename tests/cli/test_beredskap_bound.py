"""Which agreement a group follows, and that nobody is left uncalled without a word."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Cli


@pytest.fixture
def town(cli: Cli) -> Cli:
    """Omsorg (1) names agreement 1, in force; Vakt (2) names none, and agreement 2 has run out."""
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("agreement", "add", 1, "Omsorg i krise", "--kind", "beredskap", "--to", "2028-12-31")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    cli.ok("org", "add", "Lier skytterlag")
    cli.ok("agreement", "add", 2, "Vakthold", "--kind", "beredskap", "--to", "2026-11-01")
    cli.ok("beredskap", "group", "add", "Vakt", "--org", 2)
    cli.ok("volunteer", "add", "Kari Vik", "--phone", "90111222")
    cli.ok("volunteer", "add", "Ola Aas", "--phone", "90111224")
    cli.ok("beredskap", "member", "add", 1, 1)
    cli.ok("beredskap", "member", "add", 2, 2)
    return cli


def findings(cli: Cli) -> list[dict]:
    done = cli("beredskap", "check", "--json")  # exit 3: something is wrong
    return [one for one in json.loads(done.out)["findings"] if one["code"] == "group_not_called"]


def test_a_group_whose_agreement_was_ended_is_a_finding_until_another_is_in_force(town) -> None:
    assert findings(town) == []  # that Vakthold has run out is said of the agreement
    town.ok("agreement", "end", 1, "--date", "2026-11-20")
    (said,) = findings(town)
    assert "Nobody in Omsorg is called: Omsorg i krise was ended on 20 November 2026." in str(said)
    assert "frivillig agreement add 1 TITLE --kind beredskap" in str(said)
    town.ok("agreement", "add", 1, "Ny avtale", "--kind", "beredskap", "--to", "2028-12-31")
    (said,) = findings(town)
    assert "frivillig beredskap group edit 1 --agreement 3" in str(said)
    town.ok("beredskap", "group", "edit", 1, "--agreement", 3)
    assert findings(town) == []


def test_a_group_that_names_one_that_ran_out_is_sent_to_the_one_that_took_its_place(town) -> None:
    town.ok("agreement", "edit", 1, "--to", "2026-11-20")
    assert findings(town) == []
    town.ok("agreement", "add", 1, "Ny avtale", "--kind", "beredskap", "--to", "2028-12-31")
    (said,) = findings(town)
    assert "group edit 1 --agreement 3" in str(said)
    town.ok("agreement", "edit", 1, "--to", "2029-12-31")
    assert findings(town) == []


def test_one_that_has_not_begun_says_when_it_does(town) -> None:
    town.ok("agreement", "edit", 1, "--from", "2027-01-01")
    (said,) = findings(town)
    assert "does not begin until 1 January 2027" in str(said)
    assert "frivillig agreement edit 1 --from DATE" in str(said)


def test_the_groups_are_marked_where_nobody_is_called(town) -> None:
    listed = town("beredskap", "group", "list", lang="nb").out
    assert "Vakthold (gikk ut 1. november 2026)" in listed and "Omsorg i krise" in listed
    assert "Vakthold (ran out 1 November 2026)" in town.ok("beredskap", "group", "show", 2)
    shown = town.json("beredskap", "group", "show", 2)
    assert (shown["agreement_id"], shown["follows"]["status"]) == (None, "expired")
    added = town("beredskap", "group", "add", "Kjøring", "--org", 2)
    assert "It follows Vakthold (ran out 1 November 2026): nobody in it is called." in added.err
    assert "frivillig agreement renew 2 --to DATE" in added.err
    assert "It has no agreement" not in added.err


def test_a_renewed_agreement_lists_the_groups_that_it_calls(town) -> None:
    town.ok("agreement", "renew", 2, "--to", "2028-12-31")
    assert town.json("agreement", "show", 2)["groups"] == [{"id": 2, "name": "Vakt"}]
    assert town.json("agreement", "show", 1)["groups"] == [{"id": 1, "name": "Omsorg"}]
    shown = town.json("beredskap", "group", "show", 2)
    assert shown["follows"] == {"id": 2, "title": "Vakthold", "status": "in_force"}
    # With two in force it is not known which: neither has it.
    town.ok("agreement", "add", 2, "Ny avtale", "--kind", "beredskap", "--to", "2028-12-31")
    assert town.json("agreement", "show", 2)["groups"] == []
    assert town.json("beredskap", "group", "show", 2)["follows"] is None
