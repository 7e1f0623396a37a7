"""All the SQL that reads the calendar of exercises."""

from __future__ import annotations

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.errors import NotFoundError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.exercise.model import PlannedExercise
from frivillig_cli.store import protected
from frivillig_cli.store.held import HELD
from frivillig_cli.store.register import Register

_ROWS = """
SELECT p.id, p.uid, p.day, p.title, p.kind, p.responsible, p.activation_id, p.status, a.number
FROM planned_exercise p LEFT JOIN activation a ON a.id = p.activation_id
"""


def calendar(register: Register) -> list[PlannedExercise]:
    """All that was ever planned, by day, as anybody may see it."""
    found = (PlannedExercise(*row) for row in register.rows(f"{_ROWS} ORDER BY p.day, p.id"))
    return protected.of(register, found, "title", "responsible")


def get(register: Register, wanted: int) -> PlannedExercise:
    """One planned exercise. Raises NotFoundError."""
    row = register.row(f"{_ROWS} WHERE p.id = ?", (wanted,))
    if row is None:
        raise NotFoundError(
            _("No exercise with the number {id} is planned.", id=wanted),
            _("See the calendar: {command}", command="frivillig beredskap exercise list"),
        )
    return protected.of(register, [PlannedExercise(*row)], "title", "responsible")[0]


def last_held(register: Register) -> str | None:
    """The Norwegian day of the latest exercise held, planned or not; None where none was."""
    found = register.value(f"SELECT max(started) FROM activation a WHERE {HELD}")
    return norwegian_day(found).isoformat() if found else None
