"""Exercises: when the next must be held, the calendar, and how they compare over the years."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation import during_queries, queries
from frivillig_cli.records.activation.model import KIND_WORDS, Activation
from frivillig_cli.records.exercise.model import PlannedExercise
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import script, view
from frivillig_cli.work.beredskap.figure_types import Figures
from frivillig_cli.work.beredskap.figures import count


def due_by(last: date) -> date:
    """Two years after the last exercise (forskrift om kommunal beredskapsplikt § 7)."""
    try:
        return last.replace(year=last.year + 2)
    except ValueError:  # 29 February
        return date(last.year + 2, 3, 1)


def compared(register: Register, kind: str, now: datetime) -> list[tuple[Activation, Figures]]:
    """The activations of one kind with their figures, oldest first; not those called off."""
    found = []
    for one in queries.all_activations(register):
        if one.kind == kind and one.state != "cancelled":
            seen = view.load(register, one.id, now)
            attempts = queries.attempts(register, one.id)
            log = queries.log(register, one.id)
            needs, over, led = seen.needs, seen.episodes, seen.leaders
            came = during_queries.arrivals(register, one.id)
            figures = count(one, seen.rows, needs, attempts, log, came, over, led)
            found.append((one, figures))
    return found


def within_an_hour(figures: Figures) -> float | None:
    """The share of the list that was reached within sixty minutes, in per cent."""
    return next(one.of_eligible for one in figures.reach if one.minutes == 60)


def entries(found: Iterable[PlannedExercise]) -> list[dict[str, Any]]:
    """What the calendar file says of each that is not dropped; an exercise is marked as one."""
    return [
        {
            "uid": one.uid,
            "day": date.fromisoformat(one.day),
            "title": " ".join((script.mark(one.kind) or _(KIND_WORDS[one.kind]), one.title)),
            "note": one.responsible or "",
        }
        for one in found
        if one.status != "dropped"
    ]
