"""The way back that a restore tells of: what it gave other numbers is known again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.letter_outbox import NAMES, address, render, send, states


@pytest.fixture
def copy(office, tmp_path: Path) -> Path:
    """A copy of the register, in which the numbers of the next batch and letters go to others."""
    made = tmp_path / "copy.db"
    shutil.copy(office.path, made)
    return made


@pytest.fixture
def work_in(office, monkeypatch, tmp_path: Path):
    """Writes a batch in a copy, a minute later."""

    def work(path: Path) -> None:
        monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T11:00:00+00:00")
        office.ok("--db", path, "letter", "render", "mal", "-o", tmp_path / "x")

    return work


def test_nothing_is_entered_twice(office, copy: Path, work_in) -> None:
    render(office, "--case-number", "2026/17")
    office.ok("letter", "sent", "1")
    work_in(copy)
    done = office.json("restore", copy, "--yes")
    assert [one["number"] for one in done["sent_since"]] == [2]
    back = office.json("restore", done["aside"], "--yes")
    assert back["sent_since"] == [] and back["sent_since_is_all"] is True
    assert len(office.json("letter", "journal")) == 4
    assert [one["id"] for one in office.json("letter", "log")] == [1]
    assert office("doctor").code == 0


def test_what_went_out_since_is_entered_in_the_batch_that_it_is_of(
    office, serve, copy: Path, work_in
) -> None:
    handler = serve({NAMES[1]: "550 5.1.1 No such user"})
    render(office, "--case-number", "2026/17")
    send(office, code=3)
    work_in(copy)
    aside = office.json("restore", copy, "--yes")["aside"]
    handler.rules = {}
    send(office, batch=2)
    log = office.json("letter", "log", 2)
    done = office("restore", aside, "--yes")
    assert "1 letter of batch 2 (mal) went out" in done.err and "It is batch 1 here." in done.err
    assert "letter log 1" in done.err and set(states(office, 1).values()) == {"sent"}
    same = ("name", "sent", "document_number", "kept")
    assert [[row[key] for key in same] for row in office.json("letter", "log", 1)] == [
        [row[key] for key in same] for row in log
    ]
    assert [one["id"] for one in office.json("letter", "log")] == [1]
    assert handler.to() == dict.fromkeys(map(address, NAMES), 1) and office("doctor").code == 0
