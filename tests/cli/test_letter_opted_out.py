"""A batch with `--also-opted-out`: only to those who wanted no mailings when it was written."""

from __future__ import annotations

import json

import pytest

from tests.cli.letter_outbox import begin, names, send, serving

HOME = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")
BEFORE, SINCE = "Lier hagelag", "Tranby vel"


@pytest.fixture
def office(cli, tmp_path):
    """Four associations, of which one wants no mailings; a batch to all of them."""
    begin(cli, tmp_path)
    cli.ok("org", "edit", BEFORE, "--no-mailings")
    cli.ok("letter", "render", "mal", "--also-opted-out", "-o", cli.folder)
    return cli


@pytest.fixture
def serve(office):
    with serving(office) as start:
        yield start


@pytest.fixture
def later(monkeypatch):
    """Lets two days go."""
    return lambda: monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-25T09:00:00+00:00")


def why(rows: list[dict]) -> dict[str, str]:
    return {row["name"]: row["why"] for row in rows}


def test_who_wants_no_mailings_since_it_was_written_is_left_out_of_what_is_sent(
    office, serve
) -> None:
    handler = serve()
    office.ok("org", "edit", SINCE, "--no-mailings")
    plan = json.loads(office("letter", "send", 1, "--dry-run", "--json").out)
    assert why(plan["skipped"]) == {SINCE: "opted_out"} and BEFORE in names(plan["would_send"])
    done = send(office, code=3)
    assert why(done["skipped"]) == {SINCE: "opted_out"} and BEFORE in names(done["sent"])
    assert len(handler.got) == 3
    assert f"{SINCE}  wants no mailings" in office("letter", "send", 1, "--yes").out


def test_so_it_is_with_what_waits_in_the_outbox(office, serve) -> None:
    handler = serve({BEFORE: "450 later", SINCE: "450 later"})
    send(office, code=3)
    office.ok("org", "edit", SINCE, "--no-mailings")
    handler.rules = {}
    plan = json.loads(office("letter", "send", 1, "--dry-run", "--json").out)
    assert why(plan["skipped"]) == {SINCE: "opted_out"}
    done = send(office, code=3)
    assert names(done["sent"]) == [BEFORE] and why(done["skipped"]) == {SINCE: "opted_out"}


def test_so_it_is_with_what_is_posted_and_with_its_labels(office, tmp_path) -> None:
    for name in (BEFORE, SINCE):
        office.ok("org", "edit", name, *HOME)
    office.ok("letter", "render", "mal", "--also-opted-out", "-o", tmp_path / "ny")
    office.ok("org", "edit", SINCE, "--no-mailings")
    words = ("letter", "labels", "--batch", 2, "-o", tmp_path / "x.pdf", "--json")
    made = json.loads(office(*words).out)
    assert names(made["printed"]) == [BEFORE] and why(made["skipped"])[SINCE] == "opted_out"
    done = office("letter", "sent", 2, "--json")
    assert why(json.loads(done.out)["left_out"]) == {SINCE: "opted_out"}


def test_who_said_yes_and_then_no_again_is_left_out(office, serve, later) -> None:
    serve()
    office.ok("org", "edit", BEFORE, "--mailings")
    later()
    office.ok("org", "edit", BEFORE, "--no-mailings")
    assert why(send(office, code=3)["skipped"]) == {BEFORE: "opted_out"}


def test_a_contact_person_who_wants_no_mailings_since_is_left_out(
    office, serve, later, tmp_path
) -> None:
    """The association had said so before, and their contact person says so of themselves."""
    serve()
    for number, name in enumerate(("Aud Lie", "Bo Moe"), 1):
        office.ok("contact", "add", number, name, "--role", "leader",
                  "--email", f"{name[:2].strip().lower()}@x.example")  # fmt: skip
        office.ok("org", "edit", number, "--no-mailings")
    words = ("id:1..2", "--to", "contact", "--also-opted-out", "-o", tmp_path / "ny")
    office.ok("letter", "render", "mal", *words)
    later()
    office.ok("person", "edit", "Bo Moe", "--no-mailings")
    done = send(office, batch=2, code=3)
    assert names(done["sent"]) == ["Egge barnekor"]
    assert why(done["skipped"]) == {BEFORE: "opted_out"}


def test_so_it_is_with_volunteers(office, serve, tmp_path) -> None:
    serve()
    text = (office.own / "mal.nb.md").read_text("utf-8").replace("org.name", "volunteer.name")
    text = text.replace("language: nb", "language: nb\nrecipients: volunteer")
    (office.own / "fri.nb.md").write_text(text, "utf-8")
    for name in ("Aase Moen", "Bo Vik"):
        office.ok("volunteer", "add", name, "--email", f"{name[:2].lower()}@x.example")
    office.ok("person", "edit", "Aase", "--no-mailings")
    office.ok("letter", "render", "fri", "--also-opted-out", "-o", tmp_path / "fri")
    office.ok("person", "edit", "Bo Vik", "--no-mailings")
    done = send(office, batch=2, code=3)
    assert names(done["sent"]) == ["Aase Moen"] and why(done["skipped"]) == {"Bo Vik": "opted_out"}
