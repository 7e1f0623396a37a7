from __future__ import annotations

import sqlite3
import sys

import pytest

from frivillig_cli.core.errors import NotFoundError, RefusedError
from frivillig_cli.store.history import history
from frivillig_cli.store.register import Register
from frivillig_cli.store.tables import Tables
from frivillig_cli.store.undo import _KINDS, SHOWN, plan_redo, plan_undo, redo, undo
from frivillig_cli.store.verify import verify

from .conftest import command, org_values


def take_back(register: Register, number: int | None = None) -> int | None:
    with register.transaction(command("undo")):
        return undo(register, number).id


def take_forth(register: Register) -> int | None:
    with register.transaction(command("redo")):
        return redo(register).id


def test_undo_repeated_walks_back_and_redo_walks_forth(
    register: Register, change, settings
) -> None:
    states = [settings()]
    for values in ({"a": "1", "b": "1"}, {"a": "2"}, {"b": None}):
        change(**values)
        states.append(settings())
    for state in reversed(states[:-1]):
        take_back(register)
        assert settings() == state
    with pytest.raises(RefusedError, match="nothing to undo"):
        take_back(register)
    for state in states[1:]:
        take_forth(register)
        assert settings() == state
    with pytest.raises(RefusedError, match="nothing to redo"):
        take_forth(register)
    assert verify(register) == ()


def test_an_undo_is_one_command_that_names_what_it_took_back(register: Register, change) -> None:
    change(a="1")
    take_back(register)
    newest, first = history(register)
    assert (newest.undoes, first.undone_by) == (1, newest.id)
    take_forth(register)
    redone, newest, first = history(register)
    assert (redone.undoes, newest.undone_by, first.undone_by) == (newest.id, redone.id, None)


def test_what_was_redone_can_be_undone_again(register: Register, change, settings) -> None:
    change(a="1")
    for _ in range(3):
        assert take_back(register) == 1
        assert settings() == {}
        take_forth(register)
        assert settings() == {"a": "1"}


def test_after_new_work_there_is_nothing_to_redo(register: Register, change) -> None:
    change(a="1")
    take_back(register)
    change(b="1")
    with pytest.raises(RefusedError, match="nothing to redo"):
        plan_redo(register)


def test_undo_of_an_import_takes_back_all_its_rows(register: Register) -> None:
    with register.transaction(command("org import")):
        register.insert_many("org", (org_values(f"Lag {n}") for n in range(600)))
    take_back(register)
    assert register.value("SELECT count(*) FROM org") == 0
    assert register.value("SELECT count(*) FROM search") == 0


def test_undo_is_refused_where_the_row_was_changed_later(
    register: Register, change, settings
) -> None:
    change(a="1")
    change(a="2")
    with pytest.raises(RefusedError) as caught:
        take_back(register, 1)
    assert "number 2" in caught.value.rows[0]
    assert settings() == {"a": "2"}
    assert len(history(register)) == 2


def test_undo_is_refused_where_the_row_is_gone(register: Register, change) -> None:
    change(a="1")
    change(a="2")
    change(a=None)
    assert "deleted" in plan_undo(register, 2).reasons[0]


def test_undo_is_refused_where_something_builds_on_it(register: Register) -> None:
    with register.transaction(command("org add")):
        number = register.insert("org", **org_values("Lier korps"))
    with register.transaction(command("org tag")):
        register.insert("org_tag", org_id=number, tag="musikk")
    (reason,) = plan_undo(register, 1).reasons
    assert "«Lier korps»" in reason
    assert "«org tag» (number 2)" in reason
    take_back(register)
    take_back(register)
    assert register.value("SELECT count(*) FROM org") == 0


def test_what_a_command_made_together_is_taken_back_together(register: Register) -> None:
    with register.transaction(command("org add")):
        number = register.insert("org", **org_values("Lier korps"))
        register.insert("org_tag", org_id=number, tag="musikk")
        register.update("org", number, notes="x")
    take_back(register)
    assert register.value("SELECT count(*) FROM org") == 0
    take_forth(register)
    assert register.value("SELECT notes FROM org") == "x"


def test_a_deleted_row_comes_back_under_its_id_with_all_its_values(register: Register) -> None:
    with register.transaction(command("org add")):
        number = register.insert("org", **org_values("Å"), notes="n", members=7, listed=1)
    before = tuple(register.row("SELECT * FROM org"))
    with register.transaction(command("org remove")):
        register.delete("org", number)
    take_back(register)
    assert tuple(register.row("SELECT * FROM org")) == before
    assert register.value("SELECT count(*) FROM search") == 1


def test_a_change_of_id_is_taken_back(register: Register, change, settings) -> None:
    change(a="1")
    with register.transaction(command()):
        register.execute("UPDATE setting SET id = 40, value = '2' WHERE key = 'a'")
    assert verify(register) == ()
    take_back(register)
    assert register.value("SELECT id FROM setting") == 1
    assert settings() == {"a": "1"}
    assert verify(register) == ()


def test_a_row_deleted_and_made_anew_in_one_command_is_taken_back(
    register: Register, change
) -> None:
    change(a="1")
    with register.transaction(command()):
        register.execute("INSERT OR REPLACE INTO setting (id, key, value) VALUES (1, 'b', '2')")
    take_back(register)
    assert tuple(register.row("SELECT id, key, value FROM setting")) == (1, "a", "1")


def _append_only(register: Register) -> None:
    register._connection.execute("PRAGMA query_only=OFF")
    register._connection.execute(
        "CREATE TRIGGER setting_is_append_only_d BEFORE DELETE ON setting"
        " BEGIN SELECT raise(ABORT, 'append-only: setting'); END"
    )


def test_what_is_logged_is_never_taken_back(register: Register, change, settings) -> None:
    _append_only(register)
    change(a="1")
    with pytest.raises(RefusedError) as caught:
        take_back(register)
    assert "never rewritten" in caught.value.rows[0]
    assert settings() == {"a": "1"}


def test_the_logs_of_a_call_out_are_append_only(register: Register) -> None:
    from frivillig_cli.store.tables import Tables

    assert {"attempt", "log_entry"} <= Tables(register).append_only


def test_what_was_erased_is_never_taken_back(register: Register, change) -> None:
    change(a="1")
    change(a="2")
    register._connection.execute("PRAGMA query_only=OFF")
    register._connection.execute(
        "UPDATE event SET before = NULL, after = NULL, salt = NULL, commitment = randomblob(32)"
        " WHERE seq = 2"
    )
    assert "erased" in plan_undo(register, 2).reasons[0]


def test_the_founding_of_the_register_is_never_taken_back(register: Register, change) -> None:
    change("init", kommune="3312")
    with pytest.raises(RefusedError):
        take_back(register)
    assert plan_undo(register, 1).reasons


def test_another_programs_change_is_passed_over_but_can_be_named(
    register: Register, change, settings
) -> None:
    change(a="1")
    other = sqlite3.connect(register.path)
    other.execute("INSERT INTO setting (key, value) VALUES ('theirs', 'x')")
    other.commit()
    other.close()
    change(b="1")
    assert take_back(register) == 3
    assert take_back(register) == 1
    assert settings() == {"theirs": "x"}
    assert verify(register)
    take_back(register, 2)
    assert settings() == {}
    assert verify(register) == ()


def test_undo_of_what_is_undone_or_was_never_there_is_refused(register: Register, change) -> None:
    change(a="1")
    take_back(register)
    assert "already" in plan_undo(register, 1).reasons[0]
    with pytest.raises(NotFoundError):
        plan_undo(register, 99)


def test_a_previewed_undo_changes_nothing(register: Register, change, settings) -> None:
    change(a="1")
    with register.transaction(command("undo"), dry_run=True):
        undo(register)
        assert settings() == {}
    assert settings() == {"a": "1"}
    assert len(history(register)) == 1


def test_of_many_reasons_no_more_are_looked_for_than_are_shown(
    register: Register, change, monkeypatch
) -> None:
    keys = [f"k{number}" for number in range(SHOWN * 3)]
    change(**dict.fromkeys(keys, "1"))
    change(**dict.fromkeys(keys, "2"))
    module = sys.modules[undo.__module__]
    real, asked = module._by, []
    monkeypatch.setattr(module, "_by", lambda *given: (asked.append(1), real(*given))[1])
    with pytest.raises(RefusedError) as caught:
        take_back(register, 1)
    assert len(caught.value.rows) == SHOWN + 1 and caught.value.rows[-1] == "…"
    assert len(asked) == SHOWN + 1


def test_every_table_has_a_word_for_one_of_its_rows(register: Register) -> None:
    """What stands in the way of an undo may be a row of any of them."""
    assert set(Tables(register).names) == _KINDS.keys()
