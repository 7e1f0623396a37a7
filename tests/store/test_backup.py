from __future__ import annotations

import os
import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from frivillig_cli.core.errors import RegisterError
from frivillig_cli.store import backup as module
from frivillig_cli.store.backup import Keep, create_backup, list_backups, rotate, verify_backup
from frivillig_cli.store.opening import open_register
from frivillig_cli.store.register import Register

from .conftest import command, org_values


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def _content(path: Path) -> list[str]:
    register = open_register(path)
    try:
        return sorted(register._connection.iterdump())
    finally:
        register.close()


def test_a_backup_is_the_whole_register(register: Register, folder: Path, change) -> None:
    change(a="1")
    made = create_backup(register, folder)
    assert verify_backup(made) == ()
    assert _content(made) == _content(register.path)
    assert [path.name for path in folder.iterdir()] == [made.name]
    if os.name != "nt":
        assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_backups_sort_by_name_as_they_do_by_time(
    register: Register, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = [
        datetime(2026, 10, 24, 23, 30, tzinfo=UTC) + n * timedelta(hours=1) for n in range(4)
    ]
    made = []
    for moment in moments:
        monkeypatch.setattr(module.clock, "now", lambda moment=moment: moment)
        made.append(create_backup(register, folder, "import"))
    assert sorted(folder.iterdir()) == made
    assert [b.path for b in list_backups(folder)] == made[::-1]
    assert {b.reason for b in list_backups(folder)} == {"import"}
    assert [b.at for b in list_backups(folder)] == moments[::-1]


def test_two_backups_in_one_second_are_two(
    register: Register, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T07:00:00+01:00")
    made = [create_backup(register, folder, reason) for reason in ("import", "manual", "import")]
    assert len(set(made)) == 3
    assert [b.path for b in list_backups(folder)] == made[::-1]


def test_an_unfinished_backup_never_has_the_ending(
    register: Register, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def fail(path: Path) -> None:
        seen.extend(p.name for p in folder.iterdir())
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "sync_file", fail)
    with pytest.raises(RegisterError, match="No backup"):
        create_backup(register, folder)
    assert len(seen) == 1
    assert not seen[0].endswith(".db")
    assert list(folder.iterdir()) == []
    assert list_backups(folder) == []


def test_a_copy_that_is_not_sound_gets_no_name(
    register: Register, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = module._copy

    def tear(connection: object, unfinished: Path) -> None:
        real(connection, unfinished)
        content = unfinished.read_bytes()
        unfinished.write_bytes(content[: len(content) // 2])

    monkeypatch.setattr(module, "_copy", tear)
    with pytest.raises(RegisterError):
        create_backup(register, folder)
    assert list(folder.iterdir()) == []


def test_a_register_that_another_program_wrote_in_is_backed_up_all_the_same(
    register: Register, folder: Path
) -> None:
    register._connection.execute("PRAGMA query_only=OFF")
    register._connection.execute("INSERT INTO setting (key, value) VALUES ('theirs', 'x')")
    made = create_backup(register, folder)
    assert {finding.code for finding in verify_backup(made)} == {"outside"}


def test_a_full_or_closed_folder_is_a_sentence(register: Register, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(RegisterError, match="No backup"):
        create_backup(register, tmp_path / "file")
    register._connection.execute("PRAGMA user_version")  # still usable


def test_a_copy_that_sqlite_gave_up_leaves_nothing(
    register: Register, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_connection: sqlite3.Connection, unfinished: Path) -> None:
        unfinished.with_name(f"{unfinished.name}-journal").touch()  # as SQLite does on a full disk
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(module, "_copy", full)
    with pytest.raises(RegisterError, match="No backup could be made"):
        create_backup(register, folder)
    assert list(folder.iterdir()) == []


def test_reading_goes_on_as_before_after_a_backup(register: Register, folder: Path) -> None:
    create_backup(register, folder)
    with pytest.raises(RegisterError):
        register.rows("INSERT INTO setting (key, value) VALUES ('a', 'b')")


def _pretend(folder: Path, at: datetime) -> Path:
    path = folder / f"register-{at.strftime(module.STAMP)}-manual.db"
    path.write_bytes(b"x")
    return path


def test_rotation_keeps_ten_latest_fourteen_days_and_eight_weeks(folder: Path) -> None:
    folder.mkdir()
    newest = datetime(2026, 11, 23, 12, tzinfo=UTC)
    for hours in range(0, 24 * 100, 6):
        _pretend(folder, newest - timedelta(hours=hours))
    (folder / "mine.db").write_bytes(b"x")
    (folder / "other-2020-01-01T00.00.00Z-manual.db").write_bytes(b"x")
    rotate(folder, "register", Keep())
    left = [b.at for b in list_backups(folder, "register")]
    days = sorted({at.date() for at in left}, reverse=True)
    weeks = {at.isocalendar()[:2] for at in left}
    assert left[:10] == [newest - timedelta(hours=6 * n) for n in range(10)]
    assert days[:14] == [newest.date() - timedelta(days=n) for n in range(14)]
    assert len(weeks) == 8
    assert len(left) < 10 + 14 + 8
    assert (folder / "mine.db").exists()
    assert (folder / "other-2020-01-01T00.00.00Z-manual.db").exists()


def test_rotation_keeps_the_last_of_a_day_in_norway(folder: Path) -> None:
    folder.mkdir()
    late, night = (datetime(2026, 11, 22, hour, 30, tzinfo=UTC) for hour in (22, 23))
    for at in (
        late,
        night,
        night + timedelta(hours=12),
    ):  # 23:30, then 00:30 and 12:30 the next day
        _pretend(folder, at)
    rotate(folder, "register", Keep(latest=0, weekly=0))
    assert [b.at for b in list_backups(folder)] == [night + timedelta(hours=12), late]


def test_rotation_keeps_none_that_is_older_than_the_limit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T12:00:00+00:00")
    for days in (0, 5, 40):
        _pretend(folder, datetime(2026, 11, 23, 12, tzinfo=UTC) - timedelta(days=days))
    rotate(folder, "register", Keep(max_days=30))
    assert len(list_backups(folder)) == 2


def test_a_damaged_backup_is_found_out(register: Register, folder: Path) -> None:
    with register.transaction(command()):
        register.insert_many("org", (org_values(f"Lag {n}") for n in range(200)))
    made = create_backup(register, folder)
    content = bytearray(made.read_bytes())
    content[content.find(b"Lag 150")] ^= 1
    made.write_bytes(content)
    assert verify_backup(made)
    made.write_bytes(b"")
    with pytest.raises(RegisterError):
        verify_backup(made)
