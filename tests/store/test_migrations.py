from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from frivillig_cli.core.errors import RegisterError
from frivillig_cli.store import migrations, reach
from frivillig_cli.store.backup import list_backups
from frivillig_cli.store.doctor import diagnose, expected_schema
from frivillig_cli.store.history import history
from frivillig_cli.store.opening import open_register
from frivillig_cli.store.reach import schema_version
from frivillig_cli.store.register import Register
from frivillig_cli.store.undo import undo
from frivillig_cli.store.verify import verify

from .conftest import command, org_values

COLUMN = "ALTER TABLE setting ADD COLUMN kind TEXT NOT NULL DEFAULT 'plain';"
TABLE = """
CREATE TABLE note (id INTEGER PRIMARY KEY, org_id INTEGER REFERENCES org (id),
  text TEXT COLLATE NOCASE,
  weight REAL, stamp BLOB) STRICT;
INSERT INTO note (text) VALUES ('made by a step');
UPDATE setting SET value = upper(value);
"""


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch):
    """Pretend that the program has further steps."""

    def add(**scripts: str) -> None:
        real = migrations.steps()
        expected_schema.cache_clear()
        monkeypatch.setattr(migrations, "steps", lambda: real | scripts)
        monkeypatch.setattr(reach, "schema_version", lambda: len(real) + len(scripts))

    yield add
    expected_schema.cache_clear()


def test_an_older_register_is_backed_up_and_brought_up(register: Register, change, newer) -> None:
    change(a="b")
    register.close()
    newer(**{"9001.sql": COLUMN, "9002.sql": TABLE})
    opened = open_register(register.path)
    assert opened.value("SELECT kind || value FROM setting") == "plainB"
    (backup,) = list_backups(register.path.parent / "backups")
    assert backup.reason == "upgrade"
    assert verify(opened) == ()
    assert diagnose(opened) == ()
    opened.close()
    open_register(register.path).close()
    assert len(list_backups(register.path.parent / "backups")) == 1


def test_what_the_steps_did_is_in_the_history(register: Register, change, newer) -> None:
    change(a="b")
    register.close()
    newer(**{"9001.sql": COLUMN, "9002.sql": TABLE})
    opened = open_register(register.path)
    newest = history(opened)[0]
    assert newest.command == "migrate"
    assert {(c.table, c.op) for c in newest.changes} == {("setting", "update"), ("note", "insert")}
    opened.close()


def test_tables_of_later_steps_are_recorded_bytes_and_fractions_too(
    register: Register, newer
) -> None:
    register.close()
    newer(**{"9002.sql": TABLE})
    opened = open_register(register.path)
    with opened.transaction(command()):
        number = opened.insert("note", weight=0.1 + 0.2, stamp=b"\x00\xff")
    with opened.transaction(command()):
        opened.execute("UPDATE note SET text = 'MADE BY A STEP' WHERE text IS NOT NULL")
    assert history(opened)[0].changes[0].before == {"text": "made by a step"}
    with opened.transaction(command()):
        opened.delete("note", number)
    with opened.transaction(command("undo")):
        undo(opened)
    row = opened.row("SELECT weight, stamp FROM note WHERE id = ?", (number,))
    assert row is not None
    assert tuple(row) == (0.1 + 0.2, b"\x00\xff")
    assert verify(opened) == ()
    opened.close()


def test_a_table_that_sqlite_utils_rebuilds_keeps_its_triggers(
    register: Register, change, newer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with register.transaction(command()):
        number = register.insert("org", **org_values("A"))
        register.insert("org_tag", org_id=number, tag="x")
    register.close()
    newer(**{"9001.sql": "SELECT 1;"})
    real = migrations._step

    def step(script: str):
        if script == "SELECT 1;":
            return lambda db: db.table("org_tag").transform(rename={"tag": "label"})
        return real(script)

    monkeypatch.setattr(migrations, "_step", step)
    opened = open_register(register.path)
    assert opened.value("SELECT label FROM org_tag") == "x"
    assert verify(opened) == ()
    with opened.transaction(command()):
        opened.execute("UPDATE org_tag SET label = 'y'")
    assert history(opened)[0].changes[0].after == {"label": "y"}
    opened.close()


@pytest.mark.parametrize(
    "broken",
    [
        "CREATE TABLE org (id INTEGER PRIMARY KEY);",
        "CREATE TABLE good (id INTEGER PRIMARY KEY); CREATE NONSENSE;",
        "INSERT INTO org_tag (org_id, tag) VALUES (99, 'loose');",
    ],
)
def test_a_step_that_fails_leaves_the_register_as_it_was(
    register: Register, change, newer, broken: str
) -> None:
    change(a="b")
    register.close()
    before = sorted(register_dump(register.path))
    newer(**{"9001.sql": COLUMN, "9002.sql": broken})
    with pytest.raises(RegisterError):
        open_register(register.path)
    assert sorted(register_dump(register.path)) == before


def register_dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return [*connection.iterdump(), str(connection.execute("PRAGMA user_version").fetchone())]
    finally:
        connection.close()


def test_an_outside_change_is_not_laundered_by_an_upgrade(
    register: Register, change, newer
) -> None:
    change(a="b", c="d")
    register.close()
    other = sqlite3.connect(register.path)
    other.execute("DROP TRIGGER history_setting_u")
    other.execute("UPDATE setting SET value = 'theirs' WHERE key = 'a'")
    other.commit()
    other.close()
    newer(**{"9001.sql": COLUMN})
    opened = open_register(register.path)
    (finding,) = verify(opened)
    assert finding.code == "replay"
    opened.close()


def test_eight_that_open_an_older_register_all_succeed(register: Register, tmp_path: Path) -> None:
    register.close()
    script = """
import sys
from contextlib import closing
from pathlib import Path
from frivillig_cli.store import migrations, reach
real = migrations.steps()
migrations.steps = lambda: real | {"9001.sql": sys.argv[2]}
reach.schema_version = lambda: len(real) + 1
from frivillig_cli.store.opening import open_register
print(open_register(Path(sys.argv[1])).value("PRAGMA user_version"))
"""
    openers = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(register.path), COLUMN],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    said = [opener.communicate(timeout=120) for opener in openers]
    assert said == [(f"{schema_version() + 1}\n", "")] * 8


def test_statements_are_split_with_their_triggers_whole() -> None:
    script = (
        "-- a; comment\nCREATE TABLE a (b TEXT DEFAULT ';');\n"
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  SELECT 1;\n  SELECT 2;\nEND;\nSELECT 3"
    )
    assert len(list(migrations.statements(script))) == 3


def test_a_register_in_memory_answers_what_one_in_a_file_does(register: Register) -> None:
    sql = "SELECT norwegian_day('2026-11-22T23:30:00+00:00')"
    for copy in (migrations.build_in_memory(), migrations.brought_up_in_memory(register)):
        with closing(copy):
            assert copy.value(sql) == register.value(sql) == "2026-11-23"
