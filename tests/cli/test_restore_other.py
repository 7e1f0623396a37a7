"""A restore over another register, a damaged or an older one; and one that is killed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from frivillig_cli.store import migrations, reach
from tests.cli.letter_outbox import NAMES, render, send, states
from tests.cli.restored import ask, change, everything


def test_of_another_register_nothing_is_carried_over_and_it_is_said(
    office, stick, tmp_path: Path
) -> None:
    render(office)
    office.ok("letter", "sent", "1")
    other = tmp_path / "other.db"
    office.ok("--db", other, "init", "--kommune", "3301", "--name", "Drammen kommune")
    done = office("restore", other, "--yes")
    assert "4 letters of batch 1 (mal) have gone out" in done.err
    command = done.err.split("See who they are: frivillig ")[1].splitlines()[0].split()
    for name in NAMES:
        assert name in office.ok(*command)
    assert office.json("letter", "log") == []
    again = office.json("restore", command[1], "--yes")
    assert again["sent_since"] == []


def test_of_another_register_what_is_in_doubt_is_not_told_as_gone_out(
    office, serve, tmp_path: Path
) -> None:
    serve({NAMES[0]: "drop"})
    render(office, "egge")
    send(office, code=3)
    other = tmp_path / "other.db"
    office.ok("--db", other, "init", "--kommune", "3301", "--name", "Drammen kommune")
    done = office("restore", other, "--yes")
    assert "(mal) has gone" not in done.err and "Do not send it again" in done.err
    assert "1 letter of batch 1 (mal) may have gone out. That does not stand here." in done.err


def test_where_its_number_is_taken_a_batch_gets_another_and_it_is_said(
    office, stick, tmp_path: Path, monkeypatch
) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(office.path, copy)
    render(office)
    office.ok("letter", "sent", "1")
    before = everything(office)
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T11:00:00+00:00")
    office.ok("--db", copy, "letter", "render", "mal", "-o", tmp_path / "x")
    done = office("restore", copy, "--yes")
    assert "It is batch 2 now: another has the number 1 here." in done.err
    assert "frivillig letter log 2" in done.err
    after = everything(office, 2)
    assert after[2] == before[2]
    assert [row["number"] for row in after[0]["letters"]] == [f"B2-{n}" for n in (5, 6, 7, 8)]
    assert set(states(office, 1).values()) == {"draft"}
    assert office("doctor").code == 0


@pytest.mark.parametrize("damage", ["DROP TABLE letter_mail", "UPDATE letter SET sent = 'x'"])
def test_of_a_register_that_is_not_as_it_was_made_nobody_knows(office, stick, damage) -> None:
    backup = stick()
    render(office)
    office.ok("letter", "sent", "1")
    change(office.path, damage)
    done = office("restore", backup, "--yes", "--json")
    told = json.loads(done.out)
    assert told["sent_since"] is None and told["sent_since_is_all"] is False
    assert "cannot be read, so nobody knows what has gone out since" in done.err
    render(office)  # the numbers could be read
    assert [one["id"] for one in office.json("letter", "log")] == [2]
    assert office("doctor").code == 0


def test_of_a_damaged_register_what_can_be_read_is_carried_over(office, stick) -> None:
    backup = stick()
    render(office)
    office.ok("letter", "sent", "1")
    (page,) = ask(office.path, "SELECT rootpage FROM sqlite_master WHERE name = 'org_by_name'")[0]
    (size,) = ask(office.path, "PRAGMA page_size")[0]
    with office.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    done = office("restore", backup, "--yes", "--json")
    told = json.loads(done.out)
    assert told["sent_since"][0]["letters"] == 4 and told["sent_since_is_all"] is False
    assert "more letters may have gone out" in done.err
    assert set(states(office).values()) == {"sent"} and office("doctor").code == 0


def test_a_copy_that_is_not_whole_is_told_of_and_the_letter_stands(office, stick) -> None:
    backup = stick()
    render(office)
    office.ok("letter", "sent", "1")
    change(office.path, "UPDATE letter_pack SET packed = x'00'")
    told = office.json("restore", backup, "--yes")["sent_since"][0]
    assert (told["letters"], told["without_copy"]) == (4, 4)
    assert set(states(office).values()) == {"sent"}


@pytest.mark.parametrize("which", ["backup", "register", "both"])
def test_one_of_an_older_version_is_brought_up_first(
    bare_cli, tmp_path: Path, monkeypatch, which: str
) -> None:
    whole = migrations.steps()
    before = {name: script for name, script in whole.items() if name < "0027"}
    backup = tmp_path / "backup.db"
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "steps", lambda: before)
        patch.setattr(reach, "schema_version", lambda: len(before))
        bare_cli.ok("init", "--kommune", "3312", "--name", "Lier kommune")
        bare_cli.ok("config", "set", "letterhead.email", "post@kommune.example")
        shutil.copy(bare_cli.path, backup)
    if which == "backup":
        bare_cli.ok("org", "list")
    if which == "register":
        bare_cli.ok("--db", backup, "org", "list")
    change(
        bare_cli.path,
        "INSERT INTO letter_batch (template, versions, title, format, recipients, folder, status,"
        " created, sent) VALUES ('mal', '{}', 'Hei', 'pdf', 'org', '/x', 'sent',"
        " '2026-11-20T10:00:00+00:00', '2026-11-21')",
        "INSERT INTO letter (batch_id, recipient, language, file, sha256, sent, sent_how,"
        " registered) VALUES (1, 'Lier kor', 'nb', 'a.pdf', 'x', '2026-11-21', 'post',"
        " '2026-11-21T10:00:00+00:00')",
    )
    told = bare_cli.json("restore", backup, "--yes")
    assert [one["letters"] for one in told["sent_since"]] == [1]
    (row,) = bare_cli.json("letter", "log", "1")
    assert (row["name"], row["state"], row["sent"]) == ("Lier kor", "sent", "2026-11-21")
    assert bare_cli("doctor").code == 0


@pytest.mark.parametrize("point", ["carry_over.carry_over", "lineage.give_none_again"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_restore_that_is_killed_while_it_carries_over_has_changed_nothing(
    office, stick, point: str, when: str
) -> None:
    render(office)
    backup = stick()
    office.ok("letter", "sent", "1")
    before = everything(office)
    module, name = point.split(".")
    script = f"""
import os, sys
from frivillig_cli.work.letters import since
from frivillig_cli.cli.app import run
real = since.{point}
def crash(*given):
    if {when!r} == "after":
        real(*given)
    os._exit(9)
since.{module}.{name} = crash
run(["restore", sys.argv[1], "--yes"])
"""
    done = subprocess.run([sys.executable, "-c", script, str(backup)], check=False, env=os.environ)
    assert done.returncode == 9
    assert everything(office) == before and office("doctor").code == 0
    assert office.json("restore", backup, "--yes")["sent_since"][0]["letters"] == 4
