"""What was taken in from phones and papers: which answers, so that none is taken in twice."""

from __future__ import annotations

from datetime import datetime

from frivillig_cli.records.activation.actions import stamp
from frivillig_cli.store.register import Register


def keep(
    register: Register, activation_id: int, tap: str, source: str, *, now: datetime,
    attempt_id: int | None = None, overtaken: bool = False,
) -> None:  # fmt: skip
    """Remember that `tap` is taken in. `source` is phone or paper."""
    register.insert(
        "taken_in",
        activation_id=activation_id,
        tap=tap,
        source=source,
        registered=stamp(now),
        attempt_id=attempt_id,
        overtaken=int(overtaken),
    )
