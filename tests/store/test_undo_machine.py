"""The register against a dict, whatever order things are done in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.store.opening import create_register, open_register
from frivillig_cli.store.undo import redo, undo
from frivillig_cli.store.verify import verify

from .conftest import command

KEYS = st.sampled_from("abcde")
# As the register keeps text: composed (NFC). What is written past that is composed by undo.
VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5).map(
    lambda text: normalize("NFC", text)
)


class RegisterMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.register = create_register(Path(self.folder.name) / "r.db")
        # Fast rather than durable: nothing pulls the plug here.
        self._hurry()
        self.now: dict[str, str] = {}
        self.undone: list[dict[str, str]] = []
        self.done: list[dict[str, str]] = []

    def _hurry(self) -> None:
        with self.register.transaction(command(), dry_run=True):
            pass
        self.register._connection.execute("PRAGMA synchronous=OFF")

    def _stored(self) -> dict[str, str]:
        return dict(map(tuple, self.register.rows("SELECT key, value FROM setting")))

    def _did(self, before: dict[str, str]) -> None:
        if before != self.now:
            self.done.append(before)
            self.undone.clear()

    @rule(changes=st.dictionaries(KEYS, st.none() | VALUES, max_size=4))
    def change(self, changes: dict[str, str | None]) -> None:
        before = dict(self.now)
        with self.register.transaction(command()):
            for key, value in changes.items():
                self.register.execute(
                    "DELETE FROM setting WHERE key = ? AND ? IS NULL", (key, value)
                )
                if value is not None:
                    self.register.execute(
                        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key)"
                        " DO UPDATE SET value = excluded.value",
                        (key, value),
                    )
                    self.now[key] = value
                else:
                    self.now.pop(key, None)
        self._did(before)

    @rule(key=KEYS, value=VALUES)
    def replace(self, key: str, value: str) -> None:
        before = dict(self.now)
        with self.register.transaction(command()):
            self.register.execute("REPLACE INTO setting (key, value) VALUES (?, ?)", (key, value))
        self.now[key] = value
        # REPLACE makes a new row, so the history has something even where the dict has not.
        if self.register.last_command_id is not None:
            self.done.append(before)
            self.undone.clear()

    @rule(changes=st.dictionaries(KEYS, VALUES, max_size=3))
    def broken_off(self, changes: dict[str, str]) -> None:
        with pytest.raises(ZeroDivisionError), self.register.transaction(command()):
            for key, value in changes.items():
                self.register.execute(
                    "REPLACE INTO setting (key, value) VALUES (?, ?)", (key, value)
                )
            raise ZeroDivisionError

    @rule()
    def take_back(self) -> None:
        if not self.done:
            with pytest.raises(RefusedError), self.register.transaction(command("undo")):
                undo(self.register)
            return
        with self.register.transaction(command("undo")):
            undo(self.register)
        self.undone.append(self.now)
        self.now = self.done.pop()

    @rule()
    def take_forth(self) -> None:
        if not self.undone:
            with pytest.raises(RefusedError), self.register.transaction(command("redo")):
                redo(self.register)
            return
        with self.register.transaction(command("redo")):
            redo(self.register)
        self.done.append(self.now)
        self.now = self.undone.pop()

    @precondition(lambda self: self.done)
    @rule()
    def reopen(self) -> None:
        path = self.register.path
        self.register.close()
        self.register = open_register(path)
        self._hurry()

    @invariant()
    def the_tables_are_the_dict(self) -> None:
        assert self._stored() == self.now

    def teardown(self) -> None:
        found = verify(self.register)
        self.register.close()
        self.folder.cleanup()
        assert found == ()


RegisterMachine.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
test_undo_and_redo_lead_through_the_same_states = RegisterMachine.TestCase
