"""Whether what is told of somebody can have happened when it is said to."""

from __future__ import annotations

from datetime import datetime

from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation import during_queries, queries
from frivillig_cli.records.activation.model import Row
from frivillig_cli.records.activation.times import clock_time
from frivillig_cli.store.register import Register


def before_the_last(register: Register, row: Row, at: datetime | None) -> list[str]:
    """That somebody came or left `at` a time before what is recorded of them already.

    A clock may have been wrong: it is said, and not refused. Called before that is stored.
    """
    if at is None:
        return []
    said = queries.last_answered(register, row.id, row.episode)
    moved = during_queries.last_moved(register, row.id)
    last = max(filter(None, [said and said[1], moved]), default=None)
    if last is None or datetime.fromisoformat(last) <= at:
        return []
    return [
        _("{name}: {time} is before what is recorded already, of {last}. See both, and write which"
          " is wrong: {command}", name=row.name, time=clock_time(at),
          last=clock_time(datetime.fromisoformat(last)), command="frivillig beredskap log")
    ]  # fmt: skip
