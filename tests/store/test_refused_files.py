from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from frivillig_cli.core.errors import RegisterError
from frivillig_cli.store.opening import create_register, open_register
from frivillig_cli.store.reach import schema_version
from frivillig_cli.store.register import Register

from .conftest import NOBODY, as_unprivileged, command


def _folder(path: Path) -> None:
    path.mkdir()


def _empty(path: Path) -> None:
    path.touch()


def _text(path: Path) -> None:
    path.write_text("Navn;Telefon\nLier korps;32 22 01 00\n" * 100, encoding="utf-8")


def _short_text(path: Path) -> None:
    path.write_text("x", encoding="utf-8")


def _zip(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(5000))


def _other_application(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmark (id INTEGER)")
    connection.commit()
    connection.close()


def _empty_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("VACUUM")
    connection.execute("PRAGMA user_version=1")
    connection.close()


def _newer(path: Path) -> None:
    create_register(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version={schema_version() + 1}")
    connection.close()


def _nothing(path: Path) -> None:
    pass


def _header_only(path: Path) -> None:
    create_register(path).close()
    path.write_bytes(path.read_bytes()[:100])


def _first_page_only(path: Path) -> None:
    create_register(path).close()
    path.write_bytes(path.read_bytes()[:4096])


KINDS = {
    _nothing: "There is no register",
    _folder: "is a folder",
    _empty: "is empty",
    _text: "is not a register",
    _short_text: "is not a register",
    _zip: "is not a register",
    _other_application: "not a register of frivillig",
    _empty_database: "not a register of frivillig",
    _newer: "newer version",
    _header_only: "is not a register",
    _first_page_only: "damaged",
}


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__.strip("_"))
def test_what_is_no_register_is_refused_in_a_sentence_and_left_alone(make, path: Path) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RegisterError, match=KINDS[make]) as caught:
        open_register(path)
    assert caught.value.hint
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("make", [_folder, _empty, _text, _newer], ids=lambda m: m.__name__)
def test_a_new_register_takes_nobodys_place(make, path: Path) -> None:
    make(path)
    with pytest.raises(RegisterError, match="already"):
        create_register(path)


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "a\0b", tmp_path / ("x" * 300)):
        with pytest.raises(RegisterError):
            open_register(path)
        with pytest.raises(RegisterError):
            create_register(path)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(RegisterError):
        open_register(tmp_path / "file" / "r.db")
    with pytest.raises(RegisterError):
        create_register(tmp_path / "file" / "r.db")


def test_a_folder_where_one_may_not_write_is_refused(open_folder: Path) -> None:
    with as_unprivileged(), pytest.raises(RegisterError, match="cannot be reached"):
        create_register(open_folder / "r.db")
    assert list(open_folder.iterdir()) == []


def test_a_file_that_one_may_not_read_is_refused(open_folder: Path) -> None:
    path = open_folder / "r.db"
    create_register(path).close()
    path.chmod(0)
    with as_unprivileged(), pytest.raises(RegisterError, match="cannot be opened"):
        open_register(path)


def test_a_file_that_may_only_be_read_is_read_and_not_changed(open_folder: Path) -> None:
    path = open_folder / "r.db"
    made = create_register(path)
    with made.transaction(command()):
        made.insert("setting", key="a", value="b")
    made.close()
    path.chmod(0o444)
    path.with_name("r.db-journal").unlink(missing_ok=True)
    with as_unprivileged():
        register = open_register(path)
        assert register.value("SELECT value FROM setting") == "b"
        with (
            pytest.raises(RegisterError, match="read but not changed"),
            register.transaction(command()),
        ):
            register.insert("setting", key="c", value="d")
        assert register.value("SELECT count(*) FROM setting") == 1
        register.close()


def _leave_hot_journal(path: Path) -> None:
    """A process that dies with pages of an unfinished change in the file."""
    script = """
import os, sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("PRAGMA cache_size=2"); c.execute("BEGIN IMMEDIATE")
for n in range(400):
    c.execute("INSERT INTO setting (key, value) VALUES (?, ?)", (f"hot{n}", "x" * 500))
os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == 9
    assert path.with_name(path.name + "-journal").stat().st_size > 0


def test_a_hot_journal_is_rolled_back_at_opening(register: Register) -> None:
    register.close()
    _leave_hot_journal(register.path)
    again = open_register(register.path)
    assert again.value("SELECT count(*) FROM setting") == 0
    assert again.value("PRAGMA integrity_check") == "ok"
    again.close()


def test_a_hot_journal_that_may_not_be_rolled_back_is_a_sentence(open_folder: Path) -> None:
    path = open_folder / "r.db"
    create_register(path).close()
    _leave_hot_journal(path)
    path.chmod(0o444)
    path.with_name("r.db-journal").chmod(0o444)
    with as_unprivileged(), pytest.raises(RegisterError) as caught:
        open_register(path)
    assert caught.value.hint


def test_damaged_pages_are_a_sentence_wherever_they_are_met(register: Register, path: Path) -> None:
    with register.transaction(command()):
        register.insert_many("setting", ({"key": f"k{n}", "value": "x" * 900} for n in range(300)))
    root = register.value("SELECT rootpage FROM sqlite_master WHERE name = 'setting'")
    register.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    damaged = open_register(path)
    with pytest.raises(RegisterError, match="damaged"):
        damaged.rows("SELECT * FROM setting")
    with pytest.raises(RegisterError, match="damaged"), damaged.transaction(command()):
        damaged.insert("setting", key="a", value="b")
    damaged.close()


def test_every_truncated_file_is_refused_or_found_out(register: Register, path: Path) -> None:
    from frivillig_cli.store.doctor import diagnose

    register.close()
    whole = path.read_bytes()
    for size in range(0, len(whole), len(whole) // 23):
        path.write_bytes(whole[:size])
        try:
            cut = open_register(path)
        except RegisterError:
            continue
        try:
            assert diagnose(cut)
        finally:
            cut.close()


@pytest.mark.skipif(not shutil.which("mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_and_not_waited_for(path: Path) -> None:
    subprocess.run(["mkfifo", str(path)], check=True)
    with pytest.raises(RegisterError, match="is not a register"):
        open_register(path)


def test_the_unprivileged_user_of_these_tests_is_one(open_folder: Path) -> None:
    with as_unprivileged(), pytest.raises(PermissionError):
        (open_folder / "x").touch()
    assert NOBODY
