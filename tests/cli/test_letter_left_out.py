"""`letter sent`: those who may not be written to any more are not recorded as having got it."""

from __future__ import annotations

import pytest


@pytest.fixture
def batch(cli, tmp_path) -> str:
    """A batch on paper to three, of whom one is archived and one opted out since."""
    where = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")
    for name in ("Egge barnekor", "Lier hagelag", "Sylling songlag"):
        cli.ok("org", "add", name, *where)
    made = cli.json("letter", "render", "apen-dag", "-o", tmp_path / "brev")
    cli.ok("org", "archive", "2")
    cli.ok("org", "edit", "3", "--no-mailings")
    return str(made["batch"])


def states(cli, batch: str) -> dict[str, str]:
    return {row["name"]: row["state"] for row in cli.json("letter", "log", batch)}


def test_sent_leaves_out_those_who_may_not_be_written_to_since_and_lists_them(cli, batch) -> None:
    done = cli("letter", "sent", batch)
    assert done.code == 3 and "recorded as sent: 1 letter." in done.out
    left_out = done.out.partition("Not recorded as sent: 2")[2]
    assert "Lier hagelag     archived" in left_out
    assert "Sylling songlag  wants no mailings" in left_out
    assert f"letter sent {batch} --also-left-out" in done.err
    assert states(cli, batch) == {
        "Egge barnekor": "sent", "Lier hagelag": "draft", "Sylling songlag": "draft",
    }  # fmt: skip
    assert len(cli.json("letter", "journal")) == 1


def test_sent_records_them_too_when_it_is_told_that_they_were_posted(cli, batch) -> None:
    done = cli.json("letter", "sent", batch, "--also-left-out")
    assert done["status"] == "sent" and done["left_out"] == []
    assert set(states(cli, batch).values()) == {"sent"}


def test_sent_refuses_where_nobody_is_left_and_says_how(cli, batch) -> None:
    cli("letter", "sent", batch)
    refused = cli.refused("letter", "sent", batch)
    assert "--also-left-out" in refused and "Lier hagelag" in refused
    cli.ok("letter", "sent", batch, "--also-left-out")
