"""A line of a sheet that is typed again with another time of coming corrects what was taken in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation import (
    actions,
    during_queries,
    queries,
    taken,
    taken_queries,
    undoing,
)
from frivillig_cli.records.activation.actions import NewEntry, stamp
from frivillig_cli.records.activation.model import Activation, Row
from frivillig_cli.records.activation.row_actions import DEPLOYMENT_WORDS
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap.calls import answer_line
from frivillig_cli.work.beredskap.taps import Tap
from frivillig_cli.work.beredskap.view import load


def correction(
    register: Register, activation: Activation, tap: Tap, known: Collection[str]
) -> Tap | None:
    """`tap` as a correction of what is taken in of the same line; None: it says nothing new."""
    if tap.eta is None:
        return None
    named = f"{tap.id} > {stamp(tap.eta)}"
    first = taken_queries.attempt_of(register, activation.id, tap.id)
    if named in known or first is None:
        return None
    if taken_queries.eta_of(register, first) == stamp(tap.eta):
        return None  # the sheet as it was at first
    return replace(tap, id=named, of=tap.id)


def store(
    register: Register, activation: Activation, row: Row, tap: Tap, *, now: datetime
) -> str | None:
    """Give the answer the time that the line says now; returns why that changes nothing, if so."""
    standing = queries.standing_attempts(register, row.id, activation.episode)
    own = taken_queries.attempts_of_line(register, activation.id, str(tap.of))
    last = standing[-1] if standing else None
    if last is None or last["id"] not in own:
        taken.keep(register, activation.id, tap.id, "paper", now=now)
        return _("what came after it stands.")
    if row.deployment not in (None, "on_way"):
        taken.keep(register, activation.id, tap.id, "paper", now=now)
        return _("they are {where} by now.", where=_(DEPLOYMENT_WORDS[row.deployment]))
    seq = during_queries.entry_of(register, row.id, last["registered"])
    made = undoing.mend_eta(register, activation, row, last, tap.eta, tap.by, now=now)
    taken.keep(register, activation.id, tap.id, "paper", now=now, attempt_id=made)
    text = f"{row.name}: {answer_line(load(register, activation.id, now), row.id)}"
    entry = NewEntry(
        "correction", text, tap.by, tap.happened, sender=row.name, supersedes=seq, row=row.id
    )
    actions.write_log(register, activation, entry, now=now)
    return None
