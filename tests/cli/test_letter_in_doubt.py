"""What was in doubt is settled one by one, and it is said what was recorded."""

from __future__ import annotations

import json

import pytest

from tests.cli.letter_outbox import NAMES, address, names, render, send, states

EGGE, LIER, SYLLING, _TRANBY = NAMES


@pytest.fixture
def handler(office, serve):
    """Two letters of a batch are in doubt; from then on the server takes them."""
    found = serve({LIER: "drop", SYLLING: "drop"})
    render(office)
    assert names(send(office, code=3)["in_doubt"]) == [LIER, SYLLING]
    found.rules = {}
    return found


@pytest.mark.parametrize("ref", ["2", "lier", "Lier hagelag", "b1-2", "B1-2 "])
def test_one_is_recorded_as_sent_and_the_other_stays_in_doubt(office, handler, ref: str) -> None:
    done = send(office, "--in-doubt", f"{ref}=sent", code=3)
    assert names(done["recorded"]) == [LIER] and names(done["in_doubt"]) == [SYLLING]
    assert done["recorded"][0]["sent"] == states_at(office, LIER) and done["sent"] == []
    assert (states(office)[LIER], states(office)[SYLLING]) == ("sent", "sending")
    assert handler.to()[address(LIER)] == 1


def states_at(office, name: str) -> str:
    return next(row["sent"] for row in office.json("letter", "log", 1) if row["name"] == name)


@pytest.mark.parametrize(
    "words",
    [("lier=sent", "sylling=again"), ("again", "lier=sent"), ("lier=sent", "again")],
)
def test_two_are_decided_each_in_its_own_way(office, handler, words) -> None:
    said = [part for word in words for part in ("--in-doubt", word)]
    plan = office.json("letter", "send", 1, "--dry-run", *said)
    assert names(plan["would_record"]) == [LIER] and names(plan["would_send"]) == [SYLLING]
    done = send(office, *said)
    assert names(done["recorded"]) == [LIER] and names(done["sent"]) == [SYLLING]
    assert handler.to()[address(LIER)] == 1 and handler.to()[address(SYLLING)] == 2


def test_it_is_said_who_is_recorded_and_when_in_bokmal_too(office, handler) -> None:
    said = office("letter", "send", 1, "--in-doubt", "lier=sent", "--yes")
    line = "Recorded as sent: 1\n  Lier hagelag  lier@lag.example  23 November 2026 11:00\n"
    assert line in said.out and "0 letters are sent" in said.out
    said = office("letter", "send", 1, "--in-doubt", "sent", "--yes", lang="nb")
    assert said.code == 0 and "Registrert som sendt: 1\n  Sylling songlag" in said.out
    assert "23. november 2026 11:00" in said.out and "Ingen brev" not in said.err


def test_it_is_said_too_where_the_server_cannot_be_reached(office, serve) -> None:
    serve({LIER: "drop", SYLLING: "450 later"})
    render(office)
    send(office, code=3)
    office.ok("config", "set", "mail.host", "nosuch.invalid")
    said = office.refused("letter", "send", 1, "--in-doubt", "sent", "--yes")
    assert f"Recorded as sent: 1\n  {LIER}  23 November 2026 11:00\n" in said


def test_a_hint_says_how_one_is_settled_alone(office, handler) -> None:
    said = office("letter", "send", 1, "--yes").err
    assert "letter send 1 --in-doubt sent (or again)" in said
    assert "Of one of them alone: frivillig letter send 1 --in-doubt B1-2=sent" in said
    office("letter", "send", 1, "--in-doubt", "B1-2=sent", "--yes")
    assert "alone" not in office("letter", "send", 1, "--yes").err


def test_what_is_not_in_doubt_is_not_decided(office, handler) -> None:
    said = office.refused("letter", "send", 1, "--in-doubt", "egge=sent", "--yes")
    assert f"The letter to {EGGE} is not in doubt." in said and "letter log 1" in said
    assert "Nobody in batch 1" in office.refused("letter", "send", 1, "--in-doubt", "Ål=sent")
    assert "fits 2" in office.refused("letter", "send", 1, "--in-doubt", "g=sent", "--dry-run")
    assert states(office)[LIER] == states(office)[SYLLING] == "sending"


@pytest.mark.parametrize(
    "words",
    [("maybe",), ("lier=maybe",), ("=sent",), ("lier",), ("lier=",), ("sent", "again"),
     ("lier=sent", "2=again")],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(office, handler, words) -> None:
    said = [part for word in words for part in ("--in-doubt", word)]
    assert (
        "aid of" in (err := office.refused("letter", "send", 1, *said, code=2)) or "is sent" in err
    )
    assert states(office)[LIER] == "sending"


def test_without_a_doubt_the_json_has_nothing_recorded(office, handler) -> None:
    send(office, "--in-doubt", "again")
    assert json.loads(office("letter", "send", 1, "--yes", "--json").out)["recorded"] == []


@pytest.mark.parametrize(("answer", "then"), [("sent", "sent"), ("again", "draft")])
def test_a_doubt_is_settled_without_sending_what_was_withdrawn(
    office, handler, answer: str, then: str
) -> None:
    send(office, "--withdraw", code=0)
    hint = "letter send 1 --withdraw --in-doubt sent (or again)"
    assert hint in office("letter", "send", 1, "--withdraw", "--yes").err
    before = dict(handler.to())
    done = send(office, "--withdraw", "--in-doubt", f"lier={answer}", "--in-doubt", "sylling=sent")
    assert names(done["recorded"]) == ([LIER, SYLLING] if answer == "sent" else [SYLLING])
    assert handler.to() == before
    assert (states(office)[LIER], states(office)[SYLLING]) == (then, "sent")
    assert "Recorded" not in office("letter", "send", 1, "--withdraw", "--yes").out


@pytest.mark.parametrize("word", ["sent", "again"])
def test_where_the_template_was_changed_since_doubts_are_settled_first(
    office, serve, word: str
) -> None:
    serve({LIER: "drop", SYLLING: "550 no"})
    render(office, "id:2..3")
    send(office, code=3)
    with (office.own / "mal.nb.md").open("a", encoding="utf-8") as file:
        file.write("Velkommen.\n")
    said = office.refused("letter", "send", 1, "--in-doubt", word, "--yes")
    way_out = "letter send 1 --withdraw --in-doubt sent (or again)"
    assert "was changed" in said and way_out in said and "nothing is entered yet" in said
    office.ok("letter", "send", 1, "--withdraw", "--in-doubt", word)
    assert way_out not in office.refused("letter", "send", 1, "--yes")
    assert (LIER in render(office, "id:2..3", code=3 * (word == "sent"))) == (word == "again")
