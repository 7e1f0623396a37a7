"""Many rows at once: the history and the search index become what they are row by row."""

from __future__ import annotations

import pytest

from frivillig_cli.core.errors import RegisterError
from frivillig_cli.store import triggers
from frivillig_cli.store.register import Register
from frivillig_cli.store.verify import mismatches
from tests.store.conftest import command, org_values

NAMES = [f"Lag {n} i Ærdal" for n in range(1200)]


def _logged(register: Register) -> list[tuple[object, ...]]:
    return [
        tuple(row)
        for row in register.rows("SELECT seq, table_name, row_id, op, before, after FROM event")
    ]


def _schema(register: Register) -> set[tuple[object, ...]]:
    return {tuple(row) for row in register.rows("SELECT name, sql FROM sqlite_master")}


def _found(register: Register, letters: str) -> int:
    sql = "SELECT count(*) FROM search WHERE search MATCH ?"
    return int(register.value(sql, (f'"{letters}"',)))


def _insert(register: Register, *, loading: bool, dry_run: bool = True) -> tuple[object, ...]:
    rows = [{**org_values(name), "uid": f"u{n}", "name_search": name.lower()}
            for n, name in enumerate(NAMES)]  # fmt: skip
    with register.transaction(command(), dry_run=dry_run):
        if loading:
            with register.loading():
                register.insert_many("org", rows, together=500)
        else:
            register.insert_many("org", rows, together=500)
        register.insert("org", **org_values("Enda et lag"))
        return _logged(register), _found(register, "lag"), _found(register, "119")


def test_a_long_list_is_logged_and_found_as_rows_that_come_one_by_one(register: Register) -> None:
    with register.transaction(command()):
        register.insert("org", **org_values("Det første"))
    before = _schema(register)
    by_row = _insert(register, loading=False)
    together = _insert(register, loading=True)
    assert together == by_row
    assert len(by_row[0]) == len(NAMES) + 2 and by_row[2] == 12
    _insert(register, loading=True, dry_run=False)
    assert _schema(register) == before
    assert not list(mismatches(register))


def test_a_long_list_that_fails_leaves_the_triggers_as_they_were(register: Register) -> None:
    before = _schema(register)
    rows = [{**org_values(f"Lag {n}"), "uid": "the same"} for n in range(2)]
    with (
        pytest.raises(RegisterError),
        register.transaction(command()),
        register.loading(),
    ):
        register.insert_many("org", rows)
    assert _schema(register) == before
    assert register.value("SELECT count(*) FROM org") == 0
    with register.transaction(command()):
        register.insert("org", **org_values("Et lag"))
    assert len(_logged(register)) == 1


def test_whoever_goes_on_after_a_row_that_was_refused_has_all_logged(register: Register) -> None:
    before = _schema(register)
    rows = [{**org_values(f"Lag {n}"), "uid": f"u{min(n, 1100)}"} for n in range(1200)]
    with register.transaction(command()), register.loading():
        with pytest.raises(RegisterError):
            register.insert_many("org", rows)
        register.insert("org", **org_values("Et lag"))
    assert _schema(register) == before
    assert register.value("SELECT count(*) FROM org") == 1102 == len(_logged(register))
    assert not list(mismatches(register))


def test_few_rows_of_a_long_list_are_logged_as_they_come(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    of_inserts = triggers.of_inserts
    monkeypatch.setattr(
        triggers, "of_inserts", lambda *given: (asked.append(given[1]), of_inserts(*given))[1]
    )
    with register.transaction(command()), register.loading():
        for number in (3, 1, 600):
            register.insert_many("org", [org_values(f"{number}-{n}") for n in range(number)])
    assert asked == ["org"] and len(_logged(register)) == 604


def test_tables_can_be_altered_by_nobody_after_a_long_list(register: Register) -> None:
    with (
        pytest.raises(RegisterError),
        register.transaction(command()),
        register.loading(),
    ):
        register.insert_many("org", [org_values(f"Lag {n}") for n in range(600)])
        register.execute("DROP TRIGGER search_org_i")
