"""A batch to two who have become one since it was written: they get the letter once."""

from __future__ import annotations

import json

import pytest

from tests.cli.letter_outbox import begin, names, send, serving, states

SAME = "Egge barnekor"
OLD = ("--street", "Elva 1", "--postcode", "3410", "--city", "Sylling")
NOW = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")


@pytest.fixture
def office(cli, tmp_path):
    """A choir that is there twice, first as it was called and where it was before."""
    begin(cli, tmp_path)
    cli.ok("org", "edit", 1, "--name", "Egge kor", "--email", "", *OLD)
    cli.ok("org", "add", SAME, "--email", "egge@lag.example", *NOW)
    cli.ok("letter", "render", "mal", "-o", cli.folder)
    cli.ok("org", "merge", 5, 1, "--yes")
    return cli


@pytest.fixture
def serve(office):
    with serving(office) as start:
        yield start


def why(rows: list[dict]) -> dict[str, str]:
    return {row["name"]: row["why"] for row in rows}


def test_there_is_one_label_with_the_address_of_today(office, tmp_path) -> None:
    done = office("letter", "labels", "--batch", 1, "-o", tmp_path / "x.pdf", "--json")
    made = json.loads(done.out)
    assert names(made["printed"]) == [SAME] and why(made["skipped"])["Egge kor"] == "twice"
    said = office("letter", "labels", "--batch", 1, "-o", tmp_path / "y.pdf").out
    assert "Egge kor         is in this batch twice, and gets it once" in said


def test_one_is_recorded_as_posted_and_nobody_had_got_it_before(office) -> None:
    done = office("letter", "sent", 1)
    assert done.code == 3 and "recorded as sent: 4 letters." in done.out
    assert "Egge kor  is in this batch twice" in done.out
    assert "had got this letter before" not in done.err
    assert (states(office)[SAME], states(office)["Egge kor"]) == ("sent", "draft")
    assert "has got this letter" in office.refused("letter", "sent", 1)
    office.ok("letter", "sent", 1, "--also-left-out")


def test_both_are_recorded_where_it_is_said_and_nobody_had_got_it_before(office) -> None:
    done = office("letter", "sent", 1, "--also-left-out")
    assert done.code == 0 and "before" not in done.err
    assert set(states(office).values()) == {"sent"}


def test_a_dry_run_names_the_other_as_left_out_and_so_it_is(office, serve) -> None:
    handler = serve()
    plan = json.loads(office("letter", "send", 1, "--dry-run", "--json").out)
    assert names(plan["would_send"]).count(SAME) == 1 and len(plan["would_send"]) == 4
    assert why(plan["skipped"]) == {"Egge kor": "twice"}
    done = send(office, code=3)
    assert len(done["sent"]) == 4 and why(done["skipped"]) == {"Egge kor": "twice"}
    assert handler.to()["egge@lag.example"] == 1


def test_two_that_wait_in_the_outbox_are_named_so_too(office, serve, tmp_path) -> None:
    office.ok("org", "add", "Tranby grendelag", "--email", "tranby@lag.example")
    office.ok("letter", "render", "mal", "tranby", "-o", tmp_path / "to")
    handler = serve({"Tranby vel": "450 later"})
    send(office, code=3, batch=2)
    office.ok("org", "merge", 4, 6, "--yes")
    handler.rules = {}
    plan = json.loads(office("letter", "send", 2, "--dry-run", "--json").out)
    assert names(plan["would_send"]) == ["Tranby vel"]
    assert why(plan["skipped"]) == {"Tranby grendelag": "twice"}
    send(office, code=3, batch=2)
    assert handler.to()["tranby@lag.example"] == 1


def test_two_volunteers_who_have_become_one_get_one_label(office, tmp_path) -> None:
    for name in ("Ola Nordmann", "Ola Norman"):
        office.ok("volunteer", "add", name, *NOW, "--yes")
    office.ok("letter", "render", "takk-frivillig", "-o", tmp_path / "ny")
    office.ok("person", "merge", "Ola Norman", "Ola Nordmann", "--yes")
    done = office("letter", "labels", "--batch", 2, "-o", tmp_path / "x.pdf", "--json")
    made = json.loads(done.out)
    assert names(made["printed"]) == ["Ola Norman"]
    assert why(made["skipped"]) == {"Ola Nordmann": "twice"}
