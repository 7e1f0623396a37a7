"""A register to change without a command line around it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Command, Register

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """A new register inside an open transaction."""
    made = create_register(tmp_path / "records.db")
    with made.transaction(Command("test", "tester", NOW)):
        yield made
    made.close()
