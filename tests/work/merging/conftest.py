"""Registers to merge in, and what they hold, as one dump to compare."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from frivillig_cli.records.org import actions as orgs
from frivillig_cli.records.person import actions as people
from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Command, Register
from frivillig_cli.store.tables import Tables
from frivillig_cli.store.undo import undo
from frivillig_cli.work.merging.fields import Choices
from frivillig_cli.work.merging.kinds import Kind
from frivillig_cli.work.merging.merge import merge
from frivillig_cli.work.merging.result import MergeResult

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
STAMP = NOW.isoformat(timespec="seconds")


def dump(register: Register) -> dict[str, list[dict[str, Any]]]:
    """Every row of every recorded table, and the search index."""
    tables = {
        name: [dict(row) for row in register.rows(f'SELECT * FROM "{name}" ORDER BY id')]
        for name in Tables(register).names
    }
    found = register.rows("SELECT rowid, title, body FROM search ORDER BY rowid")
    return {**tables, "search": [dict(row) for row in found]}


class Workshop:
    """A register, with short ways to put things in it."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def command(self, name: str = "test") -> Command:
        return Command(name, "tester", NOW)

    def put(self, table: str, **values: object) -> int:
        with self.register.transaction(self.command()):
            return self.register.insert(table, **values)

    def org(self, name: str, **values: str) -> int:
        with self.register.transaction(self.command("org add")):
            return orgs.add(self.register, {"name": name, **values}, now=NOW)

    def person(self, name: str, *phones: str, **values: str) -> int:
        with self.register.transaction(self.command("person add")):
            return people.add(self.register, {"name": name, **values}, phones=phones, now=NOW)

    def contact(self, org: int, person: int, role: str, **values: str) -> int:
        return self.put("contact", org_id=org, person_id=person, role=role, **values)

    def merge(
        self, kind: Kind, keep: int, drop: int, *, dry_run: bool = False, **chosen: Any
    ) -> MergeResult:
        choices = Choices(
            frozenset(chosen.get("take", ())),
            frozenset(chosen.get("stays", ())),
            chosen.get("account_confirmed", False),
        )
        with self.register.transaction(self.command("merge"), dry_run=dry_run):
            return merge(self.register, kind, (keep, drop), choices, now=NOW)

    def undo(self) -> None:
        with self.register.transaction(self.command("undo")):
            undo(self.register)

    def rows(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.register.rows(sql, params)]

    def dump(self) -> dict[str, list[dict[str, Any]]]:
        return dump(self.register)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workshop]:
    register = create_register(tmp_path / "merging.db")
    yield Workshop(register)
    register.close()
