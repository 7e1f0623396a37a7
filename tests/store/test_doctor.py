from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from frivillig_cli.core.errors import RegisterError
from frivillig_cli.store.doctor import diagnose, synced_by
from frivillig_cli.store.findings import Finding
from frivillig_cli.store.opening import create_register, open_register
from frivillig_cli.store.register import Register

from .conftest import command


def _codes(register: Register) -> set[str]:
    return {finding.code for finding in diagnose(register)}


def _tamper(register: Register, *statements: str) -> None:
    register._connection.execute("PRAGMA query_only=OFF")
    for statement in statements:
        register._connection.execute(statement)


def test_a_new_register_is_sound(register: Register, change) -> None:
    assert diagnose(register) == ()
    change(a="1")
    assert diagnose(register) == ()


def test_a_missing_strange_or_changed_part_of_the_schema_is_named(register: Register) -> None:
    _tamper(
        register,
        "DROP TRIGGER history_setting_u",
        "CREATE TABLE stray (id INTEGER PRIMARY KEY)",
        "DROP INDEX org_by_name",
        "CREATE INDEX org_by_name ON org (name)",
    )
    sentences = " ".join(finding.sentence for finding in diagnose(register))
    assert "trigger history_setting_u is missing" in sentences
    assert "table stray does not belong" in sentences
    assert "index org_by_name is not as this version makes it" in sentences


def test_a_reference_to_nothing_is_found(register: Register) -> None:
    _tamper(
        register,
        "PRAGMA foreign_keys=OFF",
        "INSERT INTO org_tag (org_id, tag) VALUES (99, 'x')",
    )
    assert "reference" in _codes(register)


def test_a_file_that_others_may_read_is_found(register: Register) -> None:
    if os.name == "nt":
        pytest.skip("file modes bind nobody on Windows")
    register.path.chmod(0o644)
    (finding,) = diagnose(register)
    assert finding.code == "mode"
    assert str(register.path) in finding.way_out


@pytest.mark.parametrize(
    "folder",
    ["OneDrive - Lier kommune", "Dropbox", "Library/Mobile Documents/com~apple~CloudDocs",
     "iCloudDrive", "Google Drive"],
)  # fmt: skip
def test_a_synced_folder_is_found(tmp_path: Path, folder: str) -> None:
    register = create_register(tmp_path / folder / "r.db")
    assert _codes(register) == {"synced"}
    register.close()


def test_a_name_that_only_sounds_synced_is_not(tmp_path: Path) -> None:
    assert synced_by(tmp_path / "dropbox.db") is None
    assert synced_by(tmp_path / "frivillig" / "register.db") is None


@pytest.mark.parametrize("beside", ["", "-journal"])
def test_what_was_broken_off_long_ago_is_found(register: Register, beside: str) -> None:
    fresh = register.path.with_name(".register.db.17.restoring")
    old = register.path.with_name(f".register.db.18.restoring{beside}")
    for path in (fresh, old):
        path.write_bytes(b"x")
    os.utime(old, (time.time() - 9999,) * 2)
    (finding,) = diagnose(register)
    assert (finding.code, str(old) in finding.sentence) == ("leftover", True)


def test_what_was_broken_off_is_found_in_the_chosen_folder_of_backups(
    register: Register, tmp_path: Path
) -> None:
    old = tmp_path / "minnepinne" / ".register.db.18.unfinished"
    old.parent.mkdir()
    old.write_bytes(b"x")
    os.utime(old, (time.time() - 9999,) * 2)
    assert diagnose(register) == ()
    (finding,) = diagnose(register, backups=old.parent)
    assert str(old) in finding.sentence


def test_the_records_own_checks_are_asked(register: Register) -> None:
    odd = Finding("sort-key", "A name is sorted wrongly.", "Run: frivillig doctor --mend")
    assert diagnose(register, [lambda _: [odd], lambda _: []]) == (odd,)

    def fails(_: Register) -> list[Finding]:
        raise RegisterError("No answer.", "Try again.")

    assert diagnose(register, [fails]) == (Finding("unreadable", "No answer.", "Try again."),)


def test_a_file_in_wal_mode_is_found_and_brought_back_by_a_write(
    register: Register, change
) -> None:
    _tamper(register, "PRAGMA journal_mode=WAL")
    assert "journal" in _codes(register)
    register.close()
    again = open_register(register.path)
    with again.transaction(command()):
        again.insert("setting", key="a", value="b")
    assert diagnose(again) == ()
    again.close()
