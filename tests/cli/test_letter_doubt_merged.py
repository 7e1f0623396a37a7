"""Two letters of a batch that are in doubt, to two who have become one: each can be settled."""

from __future__ import annotations

import json

import pytest

from tests.cli.letter_outbox import NAMES, address, names, render, send, states

_EGGE, LIER, SYLLING, _TRANBY = NAMES


@pytest.fixture
def handler(office, serve):
    """Two of a batch are in doubt, and are one association now."""
    found = serve({LIER: "drop", SYLLING: "drop"})
    render(office)
    send(office, code=3)
    office.ok("org", "merge", LIER, SYLLING, "--yes")
    found.rules = {}
    return found


def why(rows: list[dict]) -> dict[str, str]:
    return {row["name"]: row["why"] for row in rows}


def test_both_that_are_to_be_sent_again_are_sent_once(office, handler) -> None:
    words = ("letter", "send", 1, "--in-doubt", "again")
    plan = json.loads(office(*words, "--dry-run", "--json").out)
    assert names(plan["would_send"]) == [LIER] and why(plan["skipped"]) == {SYLLING: "twice"}
    assert states(office)[LIER] == states(office)[SYLLING] == "sending"
    had = handler.to()[address(LIER)]
    done = send(office, "--in-doubt", "again", code=3)
    assert names(done["sent"]) == [LIER] and done["in_doubt"] == []
    assert list(why(done["skipped"])) == [SYLLING]
    assert handler.to()[address(LIER)] == had + 1 and handler.to()[address(SYLLING)] == 1
    assert (states(office)[LIER], states(office)[SYLLING]) == ("sent", "draft")
    send(office, code=3)
    assert sum(handler.to().values()) == 5 and office("doctor").code == 0


@pytest.mark.parametrize("at_once", [True, False])
def test_one_has_come_and_the_other_has_not(office, handler, at_once: bool) -> None:
    number = "B1-2"
    said = ["--in-doubt", f"{number}=sent"]
    if not at_once:
        done = send(office, *said, code=3)
        assert names(done["recorded"]) == [LIER] and names(done["in_doubt"]) == [SYLLING]
        said = []
    done = send(office, *said, "--in-doubt", "again", code=3)
    assert names(done["recorded"]) == ([LIER] if at_once else [])
    assert done["in_doubt"] == [] and why(done["skipped"]) == {SYLLING: "already_sent"}
    assert (states(office)[LIER], states(office)[SYLLING]) == ("sent", "draft")
    assert sum(handler.to().values()) == 4


def test_one_alone_that_is_to_be_sent_again_waits_for_what_is_known_of_the_other(
    office, handler
) -> None:
    done = send(office, "--in-doubt", "B1-2=again", code=3)
    assert why(done["skipped"]) == {LIER: "in_doubt"}
    assert sorted(names(done["in_doubt"])) == [LIER, SYLLING]


def test_a_name_that_fits_both_lists_their_numbers(office, handler) -> None:
    said = office.refused("letter", "send", 1, "--in-doubt", "2=sent", "--yes")
    assert "B1-2" in said and "B1-3" in said


def test_so_it_is_with_two_people(office, serve, tmp_path) -> None:
    text = (office.own / "mal.nb.md").read_text("utf-8").replace("org.name", "volunteer.name")
    text = text.replace("language: nb", "language: nb\nrecipients: volunteer")
    (office.own / "fri.nb.md").write_text(text, "utf-8")
    for name in ("Ola Nordmann", "Ola Norman"):
        office.ok("volunteer", "add", name, "--email", f"{name.split()[1].lower()}@x.example",
                  "--yes")  # fmt: skip
    handler = serve({"nordmann@x.example": "drop", "norman@x.example": "drop"})
    office.ok("letter", "render", "fri", "-o", tmp_path / "fri")
    send(office, code=3)
    office.ok("person", "merge", "Ola Norman", "Ola Nordmann", "--yes")
    handler.rules = {}
    done = send(office, "--in-doubt", "again", code=3)
    assert names(done["sent"]) == ["Ola Norman"] and done["in_doubt"] == []
    assert handler.to() == {"nordmann@x.example": 1, "norman@x.example": 2}
