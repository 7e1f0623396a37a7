from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from frivillig_cli.core.errors import NotFoundError, RegisterError
from frivillig_cli.store import reach, settings
from frivillig_cli.store import restore as module
from frivillig_cli.store.backup import create_backup
from frivillig_cli.store.failures import BusyError
from frivillig_cli.store.opening import open_register
from frivillig_cli.store.reach import schema_version
from frivillig_cli.store.register import Register
from frivillig_cli.store.restore import restore_backup

from .conftest import command


@pytest.fixture
def backup(register: Register, tmp_path: Path, change) -> Path:
    change(a="before")
    made = create_backup(register, tmp_path / "backups")
    change(a="after")
    return made


def _value(path: Path) -> str:
    register = open_register(path)
    try:
        return register.value("SELECT value FROM setting WHERE key = 'a'")
    finally:
        register.close()


def test_restore_puts_the_backup_in_place_and_keeps_what_was_there(
    register: Register, backup: Path
) -> None:
    register.close()
    aside = restore_backup(backup, register.path)
    assert aside is not None
    assert (_value(register.path), _value(aside), _value(backup)) == ("before", "after", "before")


def test_restore_works_where_there_is_no_register_any_more(
    register: Register, backup: Path, tmp_path: Path
) -> None:
    target = tmp_path / "new" / "r.db"
    assert restore_backup(backup, target) is None
    assert _value(target) == "before"


def test_restore_replaces_a_register_that_is_beyond_reading(
    register: Register, backup: Path
) -> None:
    register.close()
    register.path.write_bytes(b"rubbish" * 1000)
    aside = restore_backup(backup, register.path)
    assert _value(register.path) == "before"
    assert aside is not None
    assert aside.read_bytes().startswith(b"rubbish")


def test_a_journal_of_the_old_file_goes_aside_with_it(register: Register) -> None:
    register.close()
    journal = register.path.with_name(register.path.name + "-journal")
    journal.write_bytes(b"j")
    aside = module._set_aside(register.path)
    assert aside is not None
    assert aside.with_name(aside.name + "-journal").read_bytes() == b"j"
    assert not journal.exists()


@pytest.mark.parametrize("damage", ["empty", "text", "cut", "newer"])
def test_a_backup_that_is_not_sound_moves_nothing(
    register: Register, backup: Path, damage: str
) -> None:
    if damage == "empty":
        backup.write_bytes(b"")
    elif damage == "text":
        backup.write_text("x" * 9000, encoding="utf-8")
    elif damage == "cut":
        backup.write_bytes(backup.read_bytes()[:-40960])
    else:
        connection = sqlite3.connect(backup)
        connection.execute(f"PRAGMA user_version={schema_version() + 1}")
        connection.close()
    before = sorted(p.name for p in register.path.parent.iterdir())
    with pytest.raises(RegisterError):
        restore_backup(backup, register.path)
    assert sorted(p.name for p in register.path.parent.iterdir()) == before
    assert register.value("SELECT value FROM setting") == "after"


def test_the_register_is_no_backup_of_itself(register: Register) -> None:
    with pytest.raises(RegisterError, match="itself"):
        restore_backup(register.path, register.path)
    with pytest.raises(NotFoundError):
        restore_backup(register.path.with_name("none.db"), register.path)


def test_a_register_that_is_being_written_is_not_replaced(
    register: Register, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("frivillig_cli.store.reach.BUSY_SECONDS", 0.05)
    with register.transaction(command()):
        register.insert("setting", key="b", value="x")
        with pytest.raises(BusyError):
            restore_backup(backup, register.path)
    assert register.value("SELECT count(*) FROM setting") == 2


def test_who_waited_while_it_was_replaced_writes_in_neither(
    register: Register, backup: Path
) -> None:
    if sys.platform == "win32":
        pytest.skip("an open file cannot be replaced on Windows")
    restore_backup(backup, register.path)
    with pytest.raises(RegisterError, match="replaced"), register.transaction(command()):
        register.insert("setting", key="b", value="x")


def test_of_two_restores_at_once_the_later_one_moves_nothing_that_it_has_not_read(
    register: Register, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach, pid = reach.attach, os.getpid()

    def waits(path: Path, **how) -> Register:
        found = attach(path, **how)
        if path == register.path:
            monkeypatch.undo()
            with monkeypatch.context() as other:
                other.setattr(os, "getpid", lambda: pid + 1)
                restore_backup(backup, path)
            opened = open_register(register.path)
            with opened.transaction(command()):
                settings.write(opened, "a", "sent between")
            opened.close()
        return found

    monkeypatch.setattr(reach, "attach", waits)
    with pytest.raises(RegisterError, match="replaced by another file"):
        restore_backup(backup, register.path)
    assert _value(register.path) == "sent between"
    (aside,) = register.path.parent.glob("*before-restore.db")
    assert _value(aside) == "after" and not list(register.path.parent.glob(".*"))


@pytest.mark.parametrize("point", ["_refuse_unsound", "sync_file", "_set_aside", "replace"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_anywhere_in_a_restore_leaves_a_whole_register(
    register: Register, backup: Path, point: str, when: str
) -> None:
    register.close()
    script = f"""
import os, sys
from pathlib import Path
from frivillig_cli.store import restore
real = restore.{point}
def crash(*given):
    if {when!r} == "after":
        real(*given)
    os._exit(9)
restore.{point} = crash
restore.restore_backup(Path(sys.argv[1]), Path(sys.argv[2]))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(backup), str(register.path)], check=False
    )
    assert done.returncode == 9
    restored = (point, when) == ("replace", "after")
    assert _value(register.path) == ("before" if restored else "after")
    assert hasattr(module, point)
