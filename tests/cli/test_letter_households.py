"""One letter an address: who gets one when somebody at the same address has had theirs."""

from __future__ import annotations

import json

import pytest

from tests.cli.letter_outbox import names, send

HOME = ("--street", "Elva 1", "--postcode", "3410", "--city", "Sylling")
AWAY = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")
HOST, GUEST = "Egge barnekor", "Zoar lag"


@pytest.fixture
def home(office):
    """Two associations at one address, each with an inbox of its own."""
    office.ok("config", "set", "letterhead.email", "post@elvdal.example")
    office.ok("org", "edit", 1, *HOME)
    office.ok("org", "add", GUEST, "--email", "zoar@lag.example", *HOME)
    return office


def written(office, whom: str, folder: str, *words: object) -> tuple[list[str], dict[str, str]]:
    """Who gets a letter, one to each address, and why others do not."""
    command = ("letter", "render", "mal", whom, "-o", office.folder / folder, "--json")
    done = office(*command, "--one-per-address", *words)
    if not done.out:
        return [], {}
    said = json.loads(done.out)
    return names(said["rendered"]), {row["name"]: row["why"] for row in said["skipped"]}


@pytest.mark.parametrize("again", [(), ("--format", "eml")])
def test_who_shares_the_street_of_one_who_got_it_by_email_gets_theirs_by_the_same_command(
    home, serve, again
) -> None:
    serve()
    assert written(home, "id:1,5", "a") == ([HOST], {GUEST: "same_address"})
    send(home, code=3)
    assert written(home, "id:1,5", "b", *again) == ([GUEST], {HOST: "already_sent"})
    send(home, batch=2)
    assert written(home, "id:1,5", "c", *again) == ([], {})  # both have had it


def test_whom_it_may_have_reached_by_email_keeps_nobody_of_the_same_street_from_theirs(
    home, serve
) -> None:
    serve({HOST: "drop"} | {"egge@lag.example": "drop"})
    written(home, "id:1,5", "a")
    send(home, code=3)
    assert written(home, "id:1,5", "b") == ([GUEST], {HOST: "in_doubt"})


def test_who_has_come_to_where_it_was_posted_shares_it(home) -> None:
    written(home, "id:1", "a")
    home.ok("letter", "sent", 1)
    assert written(home, "id:1,2,5", "b")[1] == {HOST: "already_sent", GUEST: "same_address"}


def test_a_letter_that_was_posted_lies_where_it_went_and_not_where_they_have_moved(home) -> None:
    written(home, "id:1", "a")
    home.ok("letter", "sent", 1)
    home.ok("org", "edit", 1, *AWAY)
    home.ok("org", "edit", 5, *AWAY)
    assert written(home, "id:1,5", "b") == ([GUEST], {HOST: "already_sent"})


@pytest.mark.parametrize("again", [(), ("--format", "eml")])
def test_who_shares_the_inbox_and_lives_elsewhere_has_not_got_what_was_posted(home, again) -> None:
    home.ok("org", "edit", 5, "--email", "egge@lag.example", *AWAY)
    written(home, "id:1", "a")
    home.ok("letter", "sent", 1)
    assert written(home, "id:1,5", "b", *again) == ([GUEST], {HOST: "already_sent"})


def test_who_has_only_the_inbox_shares_what_was_posted_to_the_other(home) -> None:
    home.ok("org", "add", "Åre lag", "--email", "egge@lag.example")
    written(home, "id:1", "a")
    home.ok("letter", "sent", 1)
    assert written(home, "id:1,2,6", "b")[1] == {HOST: "already_sent", "Åre lag": "same_address"}


def test_who_shares_the_inbox_that_a_letter_went_to_shares_it_wherever_they_live(
    home, serve
) -> None:
    home.ok("org", "edit", 5, "--email", "egge@lag.example", *AWAY)
    serve()
    written(home, "id:1", "a")
    send(home)
    assert written(home, "id:1,2,5", "b")[1] == {HOST: "already_sent", GUEST: "same_address"}
