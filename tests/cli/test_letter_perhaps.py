"""Of who may have got a letter it is said that they may have, not that they have."""

from __future__ import annotations

import json

import pytest

from tests.cli.letter_outbox import NAMES, names, render, send

LIER = NAMES[1]
HOME = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")


@pytest.fixture
def handler(office, serve, tmp_path):
    """The first batch is in doubt to one, and sent to another; a second one is written to both."""
    office.ok("org", "edit", LIER, *HOME)
    found = serve({LIER: "drop"})
    render(office, "id:1..2")
    office.ok("letter", "render", "mal", "id:1..2", "-o", tmp_path / "to")
    send(office, code=3)
    found.rules = {}
    return found


def why(rows: list[dict]) -> dict[str, str]:
    return {row["name"]: row["why"] for row in rows}


BOTH = {"Egge barnekor": "already_sent", LIER: "in_doubt"}


def test_what_is_posted_leaves_both_out_and_tells_them_apart(office, handler) -> None:
    said = office.refused("letter", "sent", 2)
    assert f"{LIER}  may have got this letter" in said
    assert "Egge barnekor  has got this letter" in said
    said = office("letter", "sent", 2, "--also-left-out").err
    assert "1 of them had got this letter before" in said
    assert "1 of them may have got this letter before" in said


def test_so_do_a_sending_its_preview_and_the_labels(office, handler, tmp_path) -> None:
    plan = json.loads(office("letter", "send", 2, "--dry-run", "--json").out)
    assert why(plan["skipped"]) == BOTH and plan["would_send"] == []
    assert why(send(office, batch=2, code=3)["skipped"]) == BOTH
    said = office("letter", "labels", "--batch", 2, "-o", tmp_path / "x.pdf").err
    assert f"{LIER}   may have got this letter" in said


def test_so_does_a_message_that_waits(office, serve, tmp_path) -> None:
    found = serve({LIER: "drop"})
    for folder in ("en", "to"):
        office.ok("letter", "render", "mal", "id:2", "-o", tmp_path / folder)
    found.rules = {"lier@lag.example": "450 later"}
    send(office, batch=2, code=3)
    found.rules = {"lier@lag.example": "drop"}
    send(office, batch=1, code=3)
    found.rules = {}
    assert why(send(office, batch=2, code=3)["skipped"]) == {LIER: "in_doubt"}


def test_what_is_in_doubt_is_not_told_as_waiting_in_the_outbox(office, handler) -> None:
    said = office.refused("letter", "sent", 1)
    assert "It is not known whether 1 letter of batch 1 was sent by e-mail." in said
    assert "letter send 1 --in-doubt sent (or again)" in said and "--withdraw" not in said
    said = office("letter", "sent", 1, lang="nb").err
    assert "usikkert om 1 brev i bunke 1 ble sendt på e-post" in said
    assert names(send(office, "--in-doubt", "sent")["recorded"]) == [LIER]
