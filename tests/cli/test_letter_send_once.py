"""A batch with one letter an address, sent by e-mail: no inbox gets it twice."""

from __future__ import annotations

import json

import pytest

from tests.cli.letter_outbox import address, names, render, send

TWIN = "Zoar lag"


@pytest.fixture
def office(office):
    """Two associations that share an inbox and live in two places, among others."""
    office.ok("org", "edit", 1, "--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")
    office.ok("org", "add", TWIN, "--email", address("Egge barnekor").upper(), "--street", "Elva 1",
           "--postcode", "3410", "--city", "Sylling")  # fmt: skip
    return office


def test_one_inbox_gets_one_letter_where_that_was_asked_for(office, serve) -> None:
    handler = serve()
    assert len(render(office, "--one-per-address")) == 5  # on paper each has its own
    plan = json.loads(office("letter", "send", 1, "--dry-run", "--json").out)
    assert len(plan["would_send"]) == 4 and TWIN not in names(plan["would_send"])
    assert [(row["name"], row["why"]) for row in plan["skipped"]] == [(TWIN, "same_address")]
    done = send(office, code=3)
    assert names(done["skipped"]) == [TWIN] and len(done["sent"]) == 4
    assert names(send(office, code=3)["skipped"]) == [TWIN] and len(handler.got) == 4
    assert "somebody at the same address" in office.refused("letter", "sent", 1)
    office.ok("letter", "sent", 1, "--also-left-out")  # the other gets it by post all the same


def test_who_has_moved_to_an_inbox_of_its_own_before_gets_the_letter(office, serve) -> None:
    handler = serve()
    render(office, "--one-per-address")
    office.ok("org", "edit", 5, "--email", "zoar@lag.example")
    assert TWIN in names(send(office)["sent"]) and len(handler.got) == 5


def test_who_has_moved_to_an_inbox_of_its_own_after_has_got_the_letter(
    office, serve, tmp_path
) -> None:
    handler = serve()
    render(office, "--one-per-address")
    send(office, code=3)
    office.ok("org", "edit", 5, "--email", "zoar@lag.example")
    done = send(office, code=3)
    assert [(row["name"], row["why"]) for row in done["skipped"]] == [(TWIN, "same_address")]
    assert "somebody at the same address" in office.refused("letter", "sent", 1)
    said = office.refused("letter", "render", "mal", "zoar", "-o", tmp_path / "ny")
    assert "has got this letter" in said and len(handler.got) == 4
    assert office("doctor").code == 0


def test_who_shares_an_inbox_where_it_is_in_doubt_waits_for_that_to_be_settled(
    office, serve, tmp_path
) -> None:
    handler = serve({"Egge barnekor": "drop"})
    render(office, "--one-per-address")
    send(office, code=3)
    office.ok("org", "edit", 5, "--email", "zoar@lag.example")
    assert TWIN in names(send(office, code=3)["skipped"])
    said = office.refused("letter", "render", "mal", "zoar", "-o", tmp_path / "ny")
    assert "may have got this letter" in said
    handler.rules = {}
    done = send(office, "--in-doubt", "again")
    assert names(done["sent"]) == ["Egge barnekor", TWIN]  # the inbox is shared no more


def test_each_gets_a_letter_where_nothing_was_asked_for(office, serve) -> None:
    handler = serve()
    render(office)
    assert len(send(office)["sent"]) == 5 and len(handler.got) == 5
