from __future__ import annotations

import sqlite3

import pytest

from frivillig_cli.core.errors import NotFoundError, RegisterError
from frivillig_cli.store.history import entry, history
from frivillig_cli.store.register import Register
from frivillig_cli.store.tables import Tables
from frivillig_cli.store.triggers import BESIDE, DERIVED

from .conftest import AT, command, org_values


def test_every_table_is_recorded_and_has_an_integer_id(register: Register) -> None:
    tables = Tables(register)
    everything = register.rows(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite%'"
    )
    own = {"command", "event", "image", "_sqlite_migrations", *BESIDE}
    assert {row[0] for row in everything} - own == set(tables.names)
    triggers = register.rows(
        "SELECT name FROM sqlite_master WHERE name LIKE 'history\\_%' ESCAPE '\\'"
    )
    assert len(triggers) == 3 * len(tables.names)
    for table in tables.names:
        assert tables.columns(table)["id"].type == "INTEGER"


def test_history_tells_what_a_command_did(register: Register, change) -> None:
    change("setting add", a="1", b="x")
    change("setting edit", a="2")
    change("setting remove", b=None)
    newest, edit, added = history(register)
    assert [(c.op, c.before, c.after) for c in added.changes] == [
        ("insert", {}, {"key": "a", "value": "1"}),
        ("insert", {}, {"key": "b", "value": "x"}),
    ]
    assert [(c.op, c.before, c.after) for c in edit.changes] == [
        ("update", {"value": "1"}, {"value": "2"})
    ]
    assert [(c.op, c.row, c.before) for c in newest.changes] == [
        ("delete", 2, {"key": "b", "value": "x"})
    ]
    assert (edit.id, edit.command, edit.who, edit.at) == (2, "setting edit", "kari", AT.isoformat())


def test_a_command_that_changes_nothing_leaves_no_trace(register: Register, change) -> None:
    assert change(a="1") == 1
    before = register.path.read_bytes()
    assert change() is None
    assert register.path.read_bytes() == before
    assert change(a="1") is None
    assert len(history(register)) == 1


def test_values_come_back_from_the_history_as_they_were(register: Register) -> None:
    odd = 'Ærfugl «&» "x" \\ \n\t \u2028 🎻 </script> {name}'
    with register.transaction(command()):
        number = register.insert("org", **org_values("A"), notes=odd, members=9007199254740993)
    (only,) = history(register)
    assert only.changes[0].after["notes"] == odd
    assert only.changes[0].after["members"] == 9007199254740993
    now = Tables(register).row("org", number)
    assert {k: v for k, v in now.items() if k not in DERIVED} == only.changes[0].after


def test_a_change_of_case_alone_is_recorded(register: Register, change) -> None:
    change(a="lier")
    assert change(a="Lier") == 2


def test_a_row_that_replace_pushes_out_is_recorded(register: Register, change) -> None:
    change(a="1")
    with register.transaction(command()):
        register.execute("INSERT OR REPLACE INTO setting (id, key, value) VALUES (9, 'a', '2')")
    assert [c.op for c in history(register)[0].changes] == ["delete", "insert"]


def test_an_upsert_is_recorded_as_a_change(register: Register, change) -> None:
    change(a="1")
    with register.transaction(command()):
        register.execute(
            "INSERT INTO setting (key, value) VALUES ('a', '2')"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        )
    assert [c.op for c in history(register)[0].changes] == ["update"]


def test_insert_returns_the_rows_id_whatever_the_triggers_write(register: Register) -> None:
    with register.transaction(command()):
        for name in ("A", "B", "C"):
            number = register.insert("org", **org_values(name))
            assert register.value("SELECT id FROM org WHERE name = ?", (name,)) == number
        assert register.execute("UPDATE org SET notes = 'x'") == 3


def test_another_programs_change_is_recorded_as_from_outside(register: Register, change) -> None:
    change(a="1")
    other = sqlite3.connect(register.path)
    other.execute("UPDATE setting SET value = 'theirs'")
    other.commit()
    other.close()
    assert (history(register)[0].outside, history(register)[0].id) == (True, None)
    change(b="2")
    ours, theirs, _first = history(register)
    assert theirs.outside
    assert theirs.changes[0].after == {"value": "theirs"}
    assert (ours.command, len(ours.changes)) == ("setting edit", 1)


def test_history_of_a_row_holds_only_what_touched_it(register: Register, change) -> None:
    change(a="1", b="1")
    change(a="2")
    change(b="2")
    found = history(register, table="setting", row=1)
    assert [(e.id, len(e.changes)) for e in found] == [(2, 1), (1, 1)]
    both = history(register, table="setting", row=1, also=[("setting", 2)])
    assert [e.id for e in both] == [3, 2, 1]
    assert [e.id for e in history(register, table="setting", limit=2)] == [3, 2]
    assert [e.id for e in history(register, limit=2)] == [3, 2]
    assert history(register, table="org") == []


def test_one_command_is_found_by_its_number(register: Register, change) -> None:
    change(a="1")
    change(a="2")
    assert entry(register, 2) == history(register)[0]
    with pytest.raises(NotFoundError):
        entry(register, 3)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM event",
        "DELETE FROM command",
        "UPDATE command SET user = 'x'",
        "UPDATE event SET after = '{}'",
        "UPDATE event SET row_id = 7",
        "UPDATE event SET before = NULL, after = NULL, salt = NULL",
    ],
)
def test_the_history_refuses_to_be_rewritten_by_any_program(
    register: Register, change, sql: str
) -> None:
    change(a="1")
    other = sqlite3.connect(register.path, isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(sql)
    other.close()
    with pytest.raises(RegisterError), register.transaction(command()):
        register.execute(sql)
