"""Noting that the plan was gone through, and what was made of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from frivillig_cli.core import checks
from frivillig_cli.core.i18n import _
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register


def add_revision(register: Register, day: date, by: str, note: str | None) -> int:
    """Note that the plan was gone through; returns the revision's id."""
    protected.refuse(register, note)
    return register.insert(
        "plan_revision",
        revised=day.isoformat(),
        by=checks.name(by, "by", _("by")),
        note=checks.text(note, "note", _("note")) if note else None,
    )


@dataclass(frozen=True)
class NewPrintout:
    """What was made: `kind` is plan or pack, `place` absolute, `people` those on its lists."""

    kind: str
    place: str
    responsible: str
    people: int
    files: Sequence[str]


def add_printout(register: Register, made: NewPrintout, *, now: datetime) -> int:
    """Remember that it was made, so that its age is known; returns its id."""
    return register.insert(
        "printout",
        kind=made.kind,
        at=now.astimezone(UTC).isoformat(timespec="seconds"),
        place=made.place,
        responsible=made.responsible or None,
        people=made.people,
        files=json.dumps(list(made.files), ensure_ascii=False),
    )
