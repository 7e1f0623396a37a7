"""A restore keeps whom a shared letter has reached, and whom it has not."""

from __future__ import annotations

import shutil

import pytest

from tests.cli.letter_outbox import address, send
from tests.cli.test_letter_shared_settled import (
    DOUBT,
    GOT,
    GUEST,
    HOST,
    ID,
    OWN,
    logged,
    one_more,
    written,
)


@pytest.fixture
def inbox(office):
    """Two associations that share an inbox, and two that have one each."""
    office.ok("org", "add", GUEST, "--email", address(HOST))
    return office


@pytest.fixture
def backup(inbox, tmp_path):
    """Makes a backup, and gives its file."""

    def make():
        inbox.ok("backup", "create", "-o", tmp_path / "stick")
        (made,) = (tmp_path / "stick").glob("*.db")
        return made

    return make


@pytest.mark.parametrize("moved", [True, False])
def test_of_a_batch_that_the_backup_holds(inbox, serve, backup, moved: bool) -> None:
    serve({HOST: "450 later"})
    written(inbox)
    copy = backup()
    send(inbox, code=3)
    serve()
    if moved:
        inbox.ok("org", "edit", ID, "--email", OWN)
    send(inbox, code=3 if moved else 0)
    inbox.ok("restore", copy, "--yes")
    assert logged(inbox) == ("not_reached" if moved else "same_address")
    assert one_more(inbox) == (None if moved else GOT)
    assert inbox("doctor").code == 0


@pytest.mark.parametrize("moved", [True, False])
def test_of_one_in_doubt_that_gets_another_number(
    inbox, serve, tmp_path, monkeypatch, moved: bool
) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(inbox.path, copy)
    serve({HOST: "450 later"})
    written(inbox)
    send(inbox, code=3)
    if moved:
        inbox.ok("org", "edit", ID, "--email", OWN)
    serve({HOST: "drop"})
    send(inbox, code=3)
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T11:00:00+00:00")
    inbox.ok("--db", copy, "letter", "render", "mal", "-o", tmp_path / "x", "id:2")
    assert "It is batch 2 now" in inbox("restore", copy, "--yes").err
    assert one_more(inbox) == (None if moved else DOUBT)
    assert inbox("doctor").code == 0
