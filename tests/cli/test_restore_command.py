"""Backups and restores as they are typed: what is refused, when, and under which name."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from frivillig_cli.cli import ask


def newer(path: Path) -> None:
    with sqlite3.connect(path) as there:
        there.execute("PRAGMA user_version = 9000")


def test_a_backup_of_a_newer_version_is_a_finding_and_not_restored(cli, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(cli.path, copy)
    newer(copy)
    done = cli("backup", "verify", copy)
    assert done.code == 3 and "newer version" in done.out and "pip" not in done.out
    said = cli.refused("restore", copy, "--yes")
    assert str(copy) in said and "pip" not in said


@pytest.mark.parametrize("kind", ["none", "text", "folder", "damaged", "empty", "newer", "itself"])
def test_what_is_no_backup_is_refused_under_its_own_name_before_anything_is_asked(
    cli, tmp_path: Path, monkeypatch, kind: str
) -> None:
    given = tmp_path / "given.db"
    if kind == "text":
        given.write_text("hei " * 1000)
    elif kind == "folder":
        given.mkdir()
    elif kind == "empty":
        given.touch()
    elif kind == "damaged":
        whole = cli.path.read_bytes()
        given.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    elif kind == "newer":
        shutil.copy(cli.path, given)
        newer(given)
    given = cli.path if kind == "itself" else given
    monkeypatch.setattr(ask, "confirm", lambda _question: pytest.fail("asked"))
    said = cli.refused("restore", given)
    assert str(given) in said and ".restoring" not in said
    assert "frivillig init" not in said


def test_a_copy_that_is_damaged_inside_is_told_under_the_users_name(cli, tmp_path: Path) -> None:
    given = tmp_path / "given.db"
    whole = bytearray(cli.path.read_bytes())
    whole[8192:12288] = b"\xff" * 4096
    given.write_bytes(whole)
    said = cli.refused("restore", given, "--yes")
    assert str(given) in said and ".restoring" not in said


def test_after_a_restore_the_way_back_is_told_and_works(cli, tmp_path: Path) -> None:
    cli.ok("backup", "create", "-o", tmp_path / "stick")
    cli.ok("org", "add", "Lier kor")
    (copy,) = (tmp_path / "stick").glob("*.db")
    done = cli("restore", copy, "--yes")
    command = done.err.split("frivillig restore ")[1].strip()
    assert cli.json("org", "list") == []
    cli.ok("restore", command, "--yes")
    assert len(cli.json("org", "list")) == 1


def test_a_restore_stands_in_the_history_and_undo_does_not_go_past_it(cli, tmp_path: Path) -> None:
    cli.ok("org", "add", "Lier kor")
    cli.ok("backup", "create", "-o", tmp_path / "stick")
    cli.ok("org", "add", "Lier lag")
    (copy,) = (tmp_path / "stick").glob("*.db")
    cli.ok("restore", copy, "--yes")
    assert "moved aside" in cli.refused("undo")
    assert [one["command"] for one in cli.json("history")][:2] == ["restore", "org add"]
    assert len(cli.json("org", "list")) == 1
    assert cli("doctor").code == 0


def test_no_backup_to_verify_does_not_advise_a_new_register(cli, tmp_path: Path) -> None:
    said = cli.refused("backup", "verify", tmp_path / "none.db")
    assert "backup list" in said and "init" not in said


def test_a_folder_that_takes_no_backup_is_told_by_the_option_too(cli, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "-o" in cli.refused("backup", "create", "-o", tmp_path / "file")


@pytest.mark.parametrize("ref", ["0", "99", "234", "901 23"])
def test_a_number_that_is_nobodys_is_not_looked_for_inside_names(cli, ref: str) -> None:
    cli.ok("org", "add", "Lag 901 23 456")
    for words in (["show"], ["archive"]):
        assert "Nothing is called" in cli.refused("org", *words, ref)
    assert cli.json("org", "show", "1")["status"] == "active"
    cli.ok("org", "add", "1814")
    assert cli.json("org", "show", "1814")["name"] == "1814"
