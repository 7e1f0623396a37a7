"""When a call-out began, as far as that is known: the computer's clock may have been ahead then."""

from __future__ import annotations

from datetime import datetime, timedelta

from frivillig_cli.records.activation import during_queries
from frivillig_cli.records.activation.actions import stamp
from frivillig_cli.records.activation.model import Activation
from frivillig_cli.records.activation.times import CLOCK_SLACK, check_happened
from frivillig_cli.store.register import Register

A_DAY = timedelta(days=1)
NOT_KNOWN = timedelta(hours=12)  # before the first that is known, where the start is not


def began(register: Register, activation: Activation, now: datetime) -> datetime:
    """The earliest that it can have begun.

    Where the clock has shown an earlier time since, it was ahead, and was put right: then nobody
    knows when that was, and no time that was told is refused for it. A clock that shows a time of
    more than a day before was not put right: its battery is flat.
    """
    started = datetime.fromisoformat(activation.started)
    since = stamp(min(started, now) - A_DAY)
    told = during_queries.first_registered(register, activation.id, since)
    shown = min(now, datetime.fromisoformat(told)) if told else now
    return started if shown >= started - CLOCK_SLACK else shown - NOT_KNOWN


def check_at(
    register: Register, activation: Activation, at: datetime | None, now: datetime
) -> None:
    """Raise InvalidValueError for a time that has not been, or is before the activation began."""
    if at is not None:
        first = began(register, activation, now)
        said = datetime.fromisoformat(activation.started)
        check_happened(at, now, number=activation.number, began=first, started=said)
