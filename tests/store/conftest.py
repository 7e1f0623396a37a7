from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Command, Register

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
NOBODY = 65534


def command(name: str = "setting edit") -> Command:
    return Command(name, "kari", AT)


def org_values(name: str) -> dict[str, str]:
    keys = {"name_sort": name.lower(), "name_search": name.lower()}
    return {"uid": name, "name": name, **keys, "created": AT.isoformat(), "updated": AT.isoformat()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def register(path: Path) -> Iterator[Register]:
    made = create_register(path)
    yield made
    made.close()


@pytest.fixture
def change(register: Register) -> Callable[..., int | None]:
    """Set settings in one command; None deletes. Returns the command's number."""

    def run(name: str = "setting edit", **values: str | None) -> int | None:
        with register.transaction(command(name)):
            for key, value in values.items():
                old = register.value("SELECT id FROM setting WHERE key = ?", (key,))
                if value is None:
                    register.delete("setting", old)
                elif old is None:
                    register.insert("setting", key=key, value=value)
                else:
                    register.update("setting", old, value=value)
        return register.last_command_id

    return run


@pytest.fixture
def settings(register: Register) -> Callable[[], dict[str, str]]:
    return lambda: dict(map(tuple, register.rows("SELECT key, value FROM setting ORDER BY key")))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that an unprivileged user can reach (pytest's own is closed to others)."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def as_unprivileged() -> Iterator[None]:
    """Become a user that file modes bind, where the tests run as root."""
    if os.name == "nt":
        pytest.skip("file modes bind nobody on Windows")
    if os.geteuid() != 0:
        yield
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
