"""Where nobody knows what has gone out since a backup, it is said, and no number is used again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from frivillig_cli.cli import restoring
from tests.cli.test_restore_documents import numbers, write

CASE, LATER, NEXT_YEAR = "2026/9", "2026/10", "2027/1"


def lose(office, how: str) -> None:
    """The register is gone, or there is one that says nothing of this one."""
    office.path.unlink()
    if how == "damaged":
        office.path.write_bytes(b"rubbish" * 1000)
    elif how == "other":
        office.ok("init", "--kommune", "3301", "--name", "Drammen kommune")


@pytest.fixture
def backup(office, stick) -> Path:
    """Of a register in which one batch has gone out and one waits."""
    write(office, CASE, "a", "egge")
    office.ok("letter", "sent", 1)
    write(office, CASE, "b", "tranby")
    made = stick()
    office.ok("letter", "sent", 2)
    return made


HOW = {
    "gone": "No register stood here",
    "damaged": "The register before it cannot be read",
    "other": "Another register stood here",
}


@pytest.mark.parametrize("how", HOW)
def test_it_is_said_that_nobody_knows_and_what_to_do(office, backup, how: str) -> None:
    lose(office, how)
    done = office("restore", backup, "--yes")
    assert done.code == 0
    assert f"{HOW[how]}, so nobody knows what has gone out since this" in done.err
    assert "by e-mail or by post, nor which numbers" in done.err
    assert "have not gone out, or not to all: 2 (mal)" in done.err
    assert "not known whether anybody has been protected" in done.err
    lose(office, how)
    done = office("restore", backup, "--yes", "--json", lang="nb")
    told = json.loads(done.out)
    assert told["sent_since"] == ([] if how == "other" else None)
    assert told["sent_since_is_all"] is False and told["protected_since"] is None
    assert "så ingen vet hva som har gått ut siden denne sikkerhetskopien ble laget" in done.err
    assert office("doctor").code == 0


@pytest.mark.parametrize("how", HOW)
def test_no_number_is_given_that_may_have_been(office, backup, how: str) -> None:
    lose(office, how)
    assert "the next batch has number 1001" in office("restore", backup, "--yes").err
    assert office.json("org", "add", "Nyland kor")["id"] == 1001
    write(office, CASE, "c", "lier")
    done = office("letter", "sent", 1001)
    assert f"only the archive knows what is free in {CASE}." in done.err
    assert numbers(office, 1001) == [None]
    office.ok("letter", "sent", 1001, "--first-document", 4)
    office.ok("letter", "sent", 2)  # now it is known here
    assert numbers(office, 1001) + numbers(office, 2) == [f"{CASE}-4", f"{CASE}-5"]
    write(office, LATER, "d", "lier")
    assert f"what is free in {LATER}." in office("letter", "sent", 1002).err
    write(office, NEXT_YEAR, "e", "lier")
    office.ok("letter", "sent", 1003)
    assert numbers(office, 1003) == [f"{NEXT_YEAR}-1"]


def test_what_is_not_known_is_not_known_after_another_restore_either(office, backup, stick) -> None:
    lose(office, "gone")
    office.ok("restore", backup, "--yes")
    done = office("restore", backup, "--yes")
    assert "nobody knows" not in done.err
    office.ok("letter", "sent", 2)
    assert numbers(office, 2) == [None]
    office.ok("letter", "sent", 2, "--first-document", 3)
    assert "nobody knows" not in office("restore", backup, "--yes").err
    write(office, CASE, "c", "lier")
    office.ok("letter", "sent", 1001)
    assert numbers(office, 2) + numbers(office, 1001) == [f"{CASE}-3", f"{CASE}-4"]


def test_of_another_register_no_more_batches_are_told_of_than_can_be_read(
    office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "SHOWN", 2)
    for batch in (1, 2, 3):
        write(office, CASE, str(batch), "egge")
        office.ok("letter", "sent", batch)
    other = tmp_path / "other.db"
    office.ok("--db", other, "init", "--kommune", "3301", "--name", "Drammen kommune")
    done = office("restore", other, "--yes")
    assert [f"of batch {n} (mal)" in done.err for n in (1, 2, 3)] == [False, True, True]
    command = done.err.split("1 batch before these has gone out too. See them: frivillig ")[1]
    assert len(office.json(*command.splitlines()[0].split())) == 3
