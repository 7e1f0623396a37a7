from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PureWindowsPath

import pytest

from frivillig_cli.core.errors import RegisterError
from frivillig_cli.store.connection import file_uri
from frivillig_cli.store.failures import BusyError, ConstraintError
from frivillig_cli.store.opening import create_register, open_register
from frivillig_cli.store.register import Register

from .conftest import command, org_values


def test_what_is_written_is_there_after_opening_again(register: Register, change) -> None:
    change(kommune="3312")
    register.close()
    again = open_register(register.path)
    assert again.value("SELECT value FROM setting WHERE key = 'kommune'") == "3312"
    again.close()


def test_writing_outside_a_transaction_is_refused(register: Register) -> None:
    with pytest.raises(RuntimeError):
        register.insert("setting", key="a", value="b")
    with pytest.raises(RegisterError):
        register.rows("INSERT INTO setting (key, value) VALUES ('a', 'b')")
    with pytest.raises(sqlite3.OperationalError):
        register.db.table("setting").insert({"key": "a", "value": "b"})
    assert register.value("SELECT count(*) FROM setting") == 0


def test_an_error_takes_everything_back(register: Register, settings) -> None:
    with pytest.raises(ZeroDivisionError), register.transaction(command()):
        register.insert("setting", key="a", value="b")
        raise ZeroDivisionError
    assert settings() == {}
    assert register.last_command_id is None


def test_a_dry_run_leaves_the_files_bytes_alone(register: Register, change) -> None:
    change(a="1")
    before, touched = register.path.read_bytes(), register.path.stat().st_mtime_ns
    with register.transaction(command(), dry_run=True):
        register.insert_many(
            "setting", ({"key": f"k{n}", "value": "x" * 2000} for n in range(5000))
        )
        assert register.value("SELECT count(*) FROM setting") == 5001
    assert register.path.stat().st_mtime_ns == touched
    assert register.path.read_bytes() == before
    assert register.last_command_id is None
    assert change(b="2") == 2


def test_a_transaction_within_a_transaction_is_refused(register: Register, settings) -> None:
    with register.transaction(command()):
        register.insert("setting", key="a", value="b")
        with pytest.raises(RuntimeError), register.transaction(command()):
            pass
    assert settings() == {"a": "b"}


FOREIGN: list[Callable[[Register], object]] = [
    lambda r: r._connection.commit(),
    lambda r: r._connection.rollback(),
    lambda r: r._connection.executescript("SELECT 1"),
    lambda r: r._connection.execute("COMMIT"),
    lambda r: r._connection.execute("END"),
    lambda r: r._connection.execute("ROLLBACK"),
    lambda r: r._connection.execute("ATTACH ':memory:' AS other"),
    lambda r: r._connection.execute("DROP TRIGGER history_setting_i"),
    lambda r: r._connection.execute("DROP TABLE setting"),
    lambda r: r._connection.execute("CREATE TABLE stray (id INTEGER PRIMARY KEY)"),
    lambda r: r._connection.execute("PRAGMA writable_schema=ON"),
    lambda r: r._connection.execute("PRAGMA user_version=99"),
    lambda r: r._connection.execute("INSERT INTO event (table_name) VALUES ('x')"),
    lambda r: r._connection.execute("DELETE FROM command"),
    lambda r: r.db.commit(),
    lambda r: r.db.table("misspelt").insert({"a": 1}),
    lambda r: r.db.table("setting").transform(rename={"value": "worth"}),
]


@pytest.mark.parametrize("number", range(len(FOREIGN)))
def test_nothing_inside_a_transaction_can_end_it_or_alter_tables(
    register: Register, number: int
) -> None:
    with pytest.raises(ZeroDivisionError), register.transaction(command()):
        register.insert("setting", key="a", value="b")
        with pytest.raises(sqlite3.Error):
            FOREIGN[number](register)
        raise ZeroDivisionError
    assert register.value("SELECT count(*) FROM setting") == 0
    assert register.value("PRAGMA user_version") != 99


def test_a_commit_prepared_by_the_owner_is_of_no_use_to_others(register: Register, change) -> None:
    change(a="1")  # SQLite's statement cache now holds a COMMIT that was allowed
    with pytest.raises(ZeroDivisionError), register.transaction(command()):
        register.insert("setting", key="b", value="2")
        with pytest.raises(sqlite3.DatabaseError):
            register._connection.execute("COMMIT")
        raise ZeroDivisionError
    assert register.value("SELECT count(*) FROM setting") == 1


def test_sqlite_utils_inside_a_transaction_does_not_commit(register: Register) -> None:
    with pytest.raises(ZeroDivisionError), register.transaction(command()):
        with register.db.atomic():
            register.db.table("setting").insert({"key": "a", "value": "b"})
        register.db.table("setting").insert({"key": "c", "value": "d"})
        raise ZeroDivisionError
    assert register.value("SELECT count(*) FROM setting") == 0


def test_a_bulk_load_that_fails_at_row_550_leaves_nothing(register: Register) -> None:
    rows = [{"key": f"k{n if n != 550 else 3}", "value": "x"} for n in range(600)]
    with pytest.raises(ConstraintError), register.transaction(command()):
        register.insert_many("setting", rows)
    assert register.value("SELECT count(*) FROM setting") == 0
    assert register.value("SELECT count(*) FROM event") == 0


def test_after_an_automatic_rollback_nothing_more_is_written(register: Register) -> None:
    with (
        pytest.raises(RegisterError, match="take everything back"),
        register.transaction(command()),
    ):
        register.insert("setting", key="a", value="b")
        with pytest.raises(RegisterError):
            register.execute("INSERT OR ROLLBACK INTO setting (key, value) VALUES ('a', 'c')")
        with pytest.raises(RegisterError):
            register.insert("setting", key="d", value="e")
        with pytest.raises(sqlite3.Error):
            register._connection.execute("INSERT INTO setting (key, value) VALUES ('f', 'g')")
        with pytest.raises(sqlite3.Error):
            register.db.table("setting").insert({"key": "h", "value": "i"})
    assert register.value("SELECT count(*) FROM setting") == 0
    with register.transaction(command()):
        register.insert("setting", key="a", value="b")
    assert register.value("SELECT count(*) FROM setting") == 1


def test_a_full_disk_is_one_sentence_and_changes_nothing(register: Register, change) -> None:
    change(a="1")
    pages = register.value("PRAGMA page_count")
    register._connection.execute(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(RegisterError, match="full"), register.transaction(command()):
        register.insert_many("setting", ({"key": f"k{n}", "value": "x" * 900} for n in range(99)))
    assert register.value("SELECT count(*) FROM setting") == 1
    register._connection.execute("PRAGMA max_page_count=1000000")
    assert change(b="2") == 2


def test_another_window_that_writes_is_waited_for_and_then_named(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_register(register.path)
    register._connection.execute("PRAGMA busy_timeout=50")
    with other.transaction(command()):
        other.insert("setting", key="a", value="b")
        with pytest.raises(BusyError), register.transaction(command()):
            pass
    with register.transaction(command()):
        register.insert("setting", key="c", value="d")
    other.close()


def test_a_reader_in_the_middle_of_a_list_holds_up_no_writer(register: Register, change) -> None:
    change(a="1")
    reader = open_register(register.path)
    assert reader.rows("SELECT * FROM setting")
    assert change(b="2") == 2
    reader.close()


def test_the_file_is_for_the_user_alone(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("file modes bind nobody on Windows")
    before = os.umask(0)
    try:
        create_register(tmp_path / "new" / "r.db").close()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new" / "r.db").stat().st_mode) == 0o600
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["r.db"]


def test_writes_use_the_settings_that_lose_nothing(register: Register, change) -> None:
    change(a="1")
    pragmas = {
        "journal_mode": "truncate", "synchronous": 3, "foreign_keys": 1, "secure_delete": 1,
        "fullfsync": 1, "cell_size_check": 1, "temp_store": 2, "recursive_triggers": 1,
        "query_only": 1,
    }  # fmt: skip
    assert {name: register.value(f"PRAGMA {name}") for name in pragmas} == pragmas
    assert register.value("PRAGMA busy_timeout") == 30_000


def test_a_constraint_names_the_rule_and_never_the_value(register: Register) -> None:
    values = org_values("Hemmelig lag")
    with pytest.raises(ConstraintError) as caught, register.transaction(command()):
        register.insert("org", **values)
        register.insert("org", **values)
    assert "org.uid" in caught.value.message
    assert "Hemmelig" not in caught.value.message
    with pytest.raises(ConstraintError) as caught, register.transaction(command()):
        register.insert("org", **values | {"status": "odd"})
    assert "odd" not in caught.value.message


@pytest.mark.parametrize("sql", ["SELECT nothing", "SELEC", "SELECT * FROM nowhere"])
def test_every_sqlite_error_becomes_a_sentence(register: Register, sql: str) -> None:
    for read in (register.rows, register.row, register.value):
        with pytest.raises(RegisterError):
            read(sql)
    with pytest.raises(RegisterError), register.transaction(command()):
        register.execute(sql)


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "æ\0"])
def test_text_that_cannot_be_stored_is_refused(register: Register, text: str) -> None:
    with pytest.raises(RegisterError), register.transaction(command()):
        register.insert("setting", key="a", value=text)
    with pytest.raises(RegisterError), register.transaction(command()):
        register.insert_many("setting", [{"key": "b", "value": "c"}, {"key": "a", "value": text}])


def test_text_is_stored_composed(register: Register, settings) -> None:
    with register.transaction(command()):
        register.insert("setting", key="a", value="A\u030as")
        rows = [{"key": "b", "value": "As"}, {"key": "c", "value": "A\u030as"}]
        register.insert_many("setting", rows)
    assert settings() == {"a": "Ås", "b": "As", "c": "Ås"}


def test_a_file_put_in_its_place_is_not_mistaken_for_it(register: Register, tmp_path: Path) -> None:
    other = create_register(tmp_path / "other.db")
    other.close()
    if os.name == "nt":
        pytest.skip("an open file cannot be replaced on Windows")
    other.path.replace(register.path)
    with pytest.raises(RegisterError, match="replaced"), register.transaction(command()):
        register.insert("setting", key="a", value="b")


def test_reading_imports_neither_sqlite_utils_nor_the_history(register: Register) -> None:
    script = (
        "import sys; from pathlib import Path; from frivillig_cli.store.opening import"
        " open_register; open_register(Path(sys.argv[1])).rows('SELECT 1');"
        "print([m for m in sys.modules if m in ('sqlite_utils', 'hashlib', 'socket')"
        " or m.startswith('frivillig_cli.store.')])"
    )
    out = subprocess.run(
        [sys.executable, "-c", script, str(register.path)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    loaded = set(eval(out))
    mine = {
        f"frivillig_cli.store.{name}" for name in ("register", "connection", "opening", "reach")
    }
    assert loaded - {"frivillig_cli.store.failures", "frivillig_cli.store.interrupt"} == mine


def test_a_network_path_keeps_its_server() -> None:
    assert file_uri(PureWindowsPath(r"\\server\share\r 1.db")) == "file:////server/share/r 1.db"
    assert file_uri(PureWindowsPath(r"C:\data\r.db")) == "file:///C:/data/r.db"


@pytest.mark.parametrize(
    "name", ["a?mode=memory.db", "b#c.db", "50%25 æøå.db", "space and 'quote'.db"]
)
def test_a_path_means_the_file_it_names(tmp_path: Path, name: str) -> None:
    register = create_register(tmp_path / name)
    with register.transaction(command()):
        register.insert("setting", key="a", value="b")
    register.close()
    assert (tmp_path / name).stat().st_size > 0
    assert {p.name.removesuffix("-journal") for p in tmp_path.iterdir()} == {name}


def test_an_interruption_takes_everything_back(register: Register, settings) -> None:
    with pytest.raises(KeyboardInterrupt), register.transaction(command()):
        register.insert("setting", key="a", value="b")
        raise KeyboardInterrupt
    assert settings() == {}


def test_a_full_disk_is_told_also_where_a_row_was_blamed_for_it(register: Register) -> None:
    pages = register.value("PRAGMA page_count")
    register._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(RegisterError) as told, register.transaction(command()):
        for number in range(400):
            with suppress(RegisterError):  # as an import does, which goes on with the next row
                register.insert("setting", key=f"k{number}", value="x" * 3000)
    assert "disk is full" in told.value.message
