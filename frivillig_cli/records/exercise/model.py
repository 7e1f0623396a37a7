"""A planned exercise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from frivillig_cli.core.i18n import N_

STATUS_WORDS: Mapping[str, str] = {
    "planned": N_("planned"),
    "held": N_("held"),
    "dropped": N_("dropped"),
}


@dataclass(frozen=True)
class PlannedExercise:
    """An exercise or a contact test in the calendar. `held` points to its activation."""

    id: int
    uid: str
    day: str
    title: str
    kind: str
    responsible: str | None
    activation_id: int | None
    status: str
    number: str | None = None
