"""What is taken in of an episode that was over when the call-out was opened again.

It counts for that episode. Nobody has asked in the present one: whoever said that they come, and
was not told that it was over, may be on the way, and is asked or told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation import actions, queries, taken_queries, undoing
from frivillig_cli.records.activation.calling import SAID
from frivillig_cli.records.activation.model import Activation, Row
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import calls
from frivillig_cli.work.beredskap.calls import Heard
from frivillig_cli.work.beredskap.taps import Tap
from frivillig_cli.work.beredskap.view import load


@dataclass(frozen=True)
class Past:
    """The episode that something happened in; `in_time`: before its stand-down."""

    episode: int
    in_time: bool


def of(register: Register, activation: Activation, happened: datetime) -> Past | None:
    """The episode that is over and was not, or not opened again, at that time; None: this one."""
    for episode, over, again in taken_queries.past_episodes(register, activation.id):
        if happened < again:
            return Past(episode, happened < over)
    return None


def store(
    register: Register, activation: Activation, row: Row, tap: Tap, past: Past,
    latest: datetime | None, *, now: datetime,
) -> tuple[int, bool]:  # fmt: skip
    """Store an outcome; returns the attempt's id, and whether a later answer stood there already.

    `latest` is the latest it can have been where the phone's clock was wrong.
    """
    stands = queries.last_answered(register, row.id, past.episode)
    overtaken = bool(
        SAID[tap.word].answer and stands
        and datetime.fromisoformat(stands[1]) > (latest or tap.happened)
    )  # fmt: skip
    heard = Heard(
        tap.word, tap.by, tap.happened, tap.eta, tap.number, overtaken=overtaken,
        in_time=past.in_time, listed=True,
    )  # fmt: skip
    made = calls.record_past(register, activation.id, row.row_code, heard, past.episode, now=now)
    return made, overtaken


def take_back(
    register: Register, activation: Activation, row: Row, tap: Tap, episode: int, *, now: datetime
) -> str | None:
    """Take back on the phone what was taken in of an episode after it was over; returns what
    stands. None: it was counted with when that was over, and the log alone tells.
    """
    attempt = taken_queries.attempt_of(register, activation.id, str(tap.of))
    standing = queries.standing_attempts(register, row.id, episode)
    last = standing[-1] if standing else None
    since = attempt and taken_queries.taken_in_since(register, activation.id, episode, attempt)
    told = None
    if since and last and last["id"] == attempt:
        rows = load(register, activation.id, now).rows
        undoing.void_past(register, activation, rows, row, last, tap.by, now=now)
        told = _("taken back (episode {n})", n=episode)
    text = _("{name}: an answer of episode {n} was taken back on the phone", name=row.name,
             n=episode)  # fmt: skip
    entry = actions.NewEntry("correction", text, tap.by, tap.happened)
    actions.write_log(register, activation, entry, now=now)
    return told


def note(
    register: Register, activation: Activation, row: Row, tap: Tap, past: Past, where: str,
    *, now: datetime,
) -> None:  # fmt: skip
    """Write in the log that somebody came or left in an episode that is over."""
    text = _("{name}: {answer} · in episode {n}, taken in after it was over", name=row.name,
             answer=where, n=past.episode)  # fmt: skip
    entry = actions.NewEntry("observation", text, tap.by, tap.happened, sender=row.name)
    actions.write_log(register, activation, entry, now=now)


def untold(
    register: Register, activation: Activation, taps: Iterable[Tap], now: datetime
) -> list[tuple[str, str, int]]:
    """Those of `taps` who said in an episode that is over that they come, and have not been asked
    or told since: (the row's `ref`, name, the episode).
    """
    said: dict[str, int] = {}
    for tap in taps:
        past = of(register, activation, tap.happened) if tap.word in ("yes", "later") else None
        if past:
            said[tap.row_code] = past.episode
    if not said:
        return []
    return [
        (row.ref, row.name, said[row.row_code])
        for row in load(register, activation.id, now).out
        if row.row_code in said and row.deployment == "on_way" and row.answer is None
    ]
