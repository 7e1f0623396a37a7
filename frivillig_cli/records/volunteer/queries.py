"""The volunteer's own row. Lists and searches are the person's: one id for both."""

from __future__ import annotations

from typing import Any

from frivillig_cli.store.register import Register


def get(register: Register, person_id: int) -> dict[str, Any] | None:
    """The row of a volunteer, or None where the person is none."""
    row = register.row("SELECT * FROM volunteer WHERE id = ?", (person_id,))
    return None if row is None else dict(row)
