"""A restore that forgets letters which have gone out says so."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.letter_outbox import NAMES, render, send


@pytest.fixture
def stick(office, tmp_path: Path):
    """Makes a backup, and gives its file."""

    def make() -> Path:
        folder = tmp_path / f"stick{len(list(tmp_path.glob('stick*')))}"
        office.ok("backup", "create", "-o", folder)
        (made,) = folder.glob("*.db")
        return made

    return make


def test_letters_that_were_mailed_since_are_told_of_and_can_be_recorded(
    office, serve, stick
) -> None:
    handler = serve()
    render(office)
    backup = stick()
    send(office)
    assert len(handler.got) == 4
    done = office("restore", backup, "--yes")
    assert done.code == 0
    assert "4 letters of batch 1 (mal) went out after this backup was made" in done.err
    command = done.err.split("frivillig letter sent ")[1].splitlines()[0]
    assert command == "1 --date 2026-11-23"
    office.ok("letter", "sent", *command.split())
    assert "No letter of it waits" in office("letter", "send", "1", "--yes").err
    assert len(handler.got) == 4


def test_the_json_says_it_and_the_way_back_says_nothing(office, serve, stick) -> None:
    serve()
    render(office)
    backup = stick()
    send(office)
    done = office.json("restore", backup, "--yes")
    assert done["sent_since"] == [
        {"batch": 1, "template": "mal", "title": "Åpen dag", "letters": 4, "all": True,
         "in_register": True, "last": "2026-11-23"}
    ]  # fmt: skip
    back = office("restore", done["aside"], "--yes")
    assert "went out" not in back.err
    assert office.json("restore", done["aside"], "--yes")["sent_since"] == []


def test_letters_that_were_posted_since_are_told_of_in_bokmal(office, stick) -> None:
    render(office)
    backup = stick()
    office.ok("letter", "sent", "1", "--date", "2026-11-20")
    said = office("restore", backup, "--yes", lang="nb").err
    assert "4 brev i bunke 1 (mal)" in said
    assert "frivillig letter sent 1 --date 2026-11-20" in said


def test_of_a_batch_that_the_backup_does_not_hold_it_is_told_where_to_see_who_has_got_it(
    office, stick
) -> None:
    backup = stick()
    render(office)
    office.ok("letter", "sent", "1")
    done = office("restore", backup, "--yes")
    assert "4 letters of batch 1 (mal) went out" in done.err and "letter sent 1" not in done.err
    command = done.err.split("See who they are: frivillig ")[1].splitlines()[0].split()
    for name in NAMES:
        assert name in office.ok(*command)
    assert "There is no batch" in office.refused("letter", "log", "1")


def test_of_a_batch_that_went_out_in_part_it_is_not_told_to_record_all(
    office, serve, stick
) -> None:
    serve({NAMES[1]: "550 5.1.1 No such user"})
    render(office)
    backup = stick()
    send(office, code=3)
    done = office("restore", backup, "--yes")
    assert "3 letters of batch 1 (mal) went out" in done.err and "letter sent 1" not in done.err
    assert "letter log 1" in done.err


def test_one_in_doubt_counts_as_gone_out(office, serve, stick) -> None:
    serve()
    render(office)
    backup = stick()
    send(office)
    with sqlite3.connect(office.path) as there:
        there.execute("UPDATE letter SET sent = NULL, registered = NULL, sent_how = NULL,"
                      " sent_to = NULL, document = NULL WHERE id = 1")  # fmt: skip
        there.execute("UPDATE letter_mail SET state = 'sending' WHERE letter_id = 1")
    done = office("restore", backup, "--yes")
    assert "4 letters of batch 1 (mal) went out" in done.err
    assert "letter sent 1" not in done.err and "letter log 1" in done.err


def test_where_nothing_went_out_since_nothing_is_said(office, stick) -> None:
    render(office)
    office.ok("letter", "sent", "1")
    backup = stick()
    office.ok("org", "add", "Lier kor")
    assert "went out" not in office("restore", backup, "--yes").err
    assert office.json("restore", backup, "--yes")["sent_since"] == []


@pytest.mark.parametrize("damage", ["DROP TABLE letter_mail", "UPDATE letter SET sent = 'x'"])
def test_of_a_register_that_is_not_as_it_was_made_nobody_knows(office, stick, damage) -> None:
    backup = stick()
    render(office)
    office.ok("letter", "sent", "1")
    with sqlite3.connect(office.path) as there:
        there.execute(damage)
    done = office("restore", backup, "--yes", "--json")
    assert json.loads(done.out)["sent_since"] is None
    assert "It is not known whether letters have gone out" in done.err


def test_of_a_register_that_cannot_be_read_nobody_knows_and_of_none_nothing_is_said(
    office, stick
) -> None:
    render(office)
    backup = stick()
    office.ok("letter", "sent", "1")
    office.path.write_bytes(b"rubbish" * 1000)
    assert office.json("restore", backup, "--yes")["sent_since"] is None
    office.path.unlink()
    done = office("restore", backup, "--yes")
    assert done.code == 0 and "went out" not in done.err
