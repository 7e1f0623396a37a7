"""A yes that is taken in with a time of coming that had passed when it was said: a slip."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation import actions
from frivillig_cli.records.activation.model import Activation
from frivillig_cli.records.activation.times import CLOCK_SLACK, day_and_time
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap.taps import Tap


def to_come(tap: Tap) -> tuple[Tap, datetime | None]:
    """A yes without its time of coming, and that time, where it had passed; else as it is, None."""
    if tap.word != "yes" or tap.eta is None or tap.eta >= tap.happened - CLOCK_SLACK:
        return tap, None
    return replace(tap, eta=None), tap.eta


def log(
    register: Register, activation: Activation, name: str, tap: Tap, passed: datetime,
    *, now: datetime,
) -> str:  # fmt: skip
    """Log that nobody knows when they come, and what was written; returns it, to be said."""
    text = _("{name}: the time they were to be there ({coming}) had passed when they answered"
             " ({time}), and is left out.", name=name, coming=day_and_time(passed),
             time=day_and_time(tap.happened))  # fmt: skip
    entry = actions.NewEntry("observation", text, tap.by)
    actions.write_log(register, activation, entry, now=now)
    return text
