"""What cannot be undone, or reaches somebody not, names the way out."""

from __future__ import annotations

import pytest

from tests.cli.letter_outbox import NAMES, render, send

LIER = NAMES[1]
HOME = ("--street", "Elva 1", "--postcode", "3410", "--city", "Sylling")
AWAY = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")


def test_a_batch_that_waits_in_the_outbox_is_undone_when_it_is_taken_out(office, serve) -> None:
    serve(dict.fromkeys(NAMES, "450 later"))
    render(office)
    send(office, code=3)
    said = office.refused("undo")
    assert "Letters of batch 1 lie in the outbox." in said and said.count("outbox") == 1
    assert "frivillig letter send 1 --withdraw" in said and "build on" not in said
    assert "Ta dem ut av den først" in office("undo", lang="nb").err
    office.ok("letter", "send", 1, "--withdraw")
    office.ok("undo")
    assert office.json("letter", "log") == []


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("drop", "letter send 1 --in-doubt sent (or again)"),
        ("550 no", "The mail server has refused"),
    ],
)
def test_a_batch_that_is_in_doubt_or_was_refused_says_so(office, serve, rule: str, told) -> None:
    serve({LIER: rule})
    render(office, "id:2")
    send(office, code=3)
    said = office.refused("undo")
    assert told in said and "build on" not in said


@pytest.mark.parametrize("to", ["org", "contact"])
def test_whom_a_shared_letter_does_not_reach_can_be_written_to(office, serve, to: str) -> None:
    for number, name in ((1, "Aud Lie"), (2, "Bo Moe")):
        office.ok("org", "edit", number, *HOME)
        office.ok("contact", "add", number, name, "--role", "leader")
        office.ok("person", "edit", name, *HOME, "--yes")
    whom = ("id:1..2", "--one-per-address", "--to", to)
    office("letter", "render", "mal", *whom, "-o", office.folder)
    office.ok("org", "edit", 2, *AWAY)
    office.ok("person", "edit", "Bo Moe", *AWAY)
    done = office("letter", "sent", 1)
    more = " --to contact" if to == "contact" else ""
    command = f"frivillig letter render mal id:2{more} -o DIR"
    assert done.code == 3 and f"Write to them by themselves: {command}" in done.err
    assert "Take those letters out" not in done.err  # they have none
    first = f"posted before they moved ({LIER}): frivillig undo, then frivillig letter sent 1"
    assert f"{first} --also-left-out" in done.err and done.err.count("--also-left-out") == 1
    office.ok(*command.split()[1:-1], office.folder / "ny")


def test_so_it_is_with_what_is_sent_and_its_preview(office, serve) -> None:
    serve()
    for number in (1, 2):
        office.ok("org", "edit", number, *HOME)
    office("letter", "render", "mal", "--one-per-address", "-o", office.folder)
    for more in ("--dry-run", "--yes"):
        said = office("letter", "send", 1, more).err
        assert "Write to them by themselves: frivillig letter render mal id:2 -o DIR" in said
