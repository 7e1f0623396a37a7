"""One letter an address: whose it is, whom it reaches, and who is free to get one of their own."""

from __future__ import annotations

import json

import pytest

from tests.cli.letter_outbox import names

FIRST = ("--street", "Elva 1", "--postcode", "3410", "--city", "Sylling")
SECOND = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")


@pytest.fixture
def two_called_vel(office):
    """Two that are called the same, each with another at its own address; a batch to all four."""
    office.ok("org", "add", "Vel", "--email", "a@vel.example", *FIRST, "--yes")
    office.ok("org", "add", "Vel", "--email", "b@vel.example", *SECOND, "--yes")
    office.ok("org", "add", "Velforbund a", "--email", "a@vel.example", *FIRST, "--yes")
    office.ok("org", "add", "Velforbund b", "--email", "b@vel.example", *SECOND, "--yes")
    office("letter", "render", "mal", "id:5..8", "-o", office.folder, "--one-per-address")
    return office


def why(rows: list[dict]) -> dict[str, str]:
    return {row["name"]: row["why"] for row in rows}


def test_who_shares_the_letter_of_one_is_not_taken_for_who_shares_the_others(
    two_called_vel, serve
) -> None:
    serve()
    plan = json.loads(two_called_vel("letter", "send", 1, "--dry-run", "--json").out)
    assert names(plan["would_send"]) == ["Vel", "Vel"] and plan["skipped"] == []


@pytest.mark.parametrize(("left_out", "theirs"), [(5, "Velforbund a"), (6, "Velforbund b")])
def test_only_who_shares_the_letter_that_was_not_posted_has_not_got_it(
    two_called_vel, left_out, theirs
) -> None:
    two_called_vel.ok("org", "edit", left_out, "--no-mailings")
    done = json.loads(two_called_vel("letter", "sent", 1, "--json").out)
    assert why(done["left_out"]) == {"Vel": "opted_out", theirs: "not_reached"}
    two_called_vel.ok(
        "letter", "render", "mal", f"id:{left_out + 2}", "-o", two_called_vel.folder / "ny"
    )


def test_who_shares_a_street_and_not_the_inbox_is_free_to_get_a_letter(office, serve) -> None:
    office.ok("org", "edit", 1, *FIRST)
    office.ok("org", "add", "Zoar lag", "--email", "zoar@lag.example", *FIRST)
    office.ok("config", "set", "letterhead.email", "post@elvdal.example")
    serve()
    eml = ("--format", "eml", "--one-per-address")
    office("letter", "render", "mal", "-o", office.folder, *eml)
    said = office("letter", "send", 1, "--dry-run").out
    assert "Zoar lag  shares a letter that does not reach them" in said
    done = office("letter", "send", 1, "--yes", "--json")
    assert why(json.loads(done.out)["skipped"]) == {"Zoar lag": "not_reached"}
    office.ok("letter", "render", "mal", "Zoar", "-o", office.folder / "ny")
