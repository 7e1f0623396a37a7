"""Sending a batch: into the outbox, then one by one, each step on the disk before the next.

Killed at any point, a new run sends the rest: nobody is written to twice, and nobody is lost.
Only a message that was being handed over at that moment is in doubt, and is asked about.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from frivillig_cli.documents.mail import plain_address
from frivillig_cli.records.letter import actions, kept_queries, outbox_queries, queries
from frivillig_cli.records.letter.logged import Going, LoggedLetter
from frivillig_cli.records.letter.outbox_queries import Mail
from frivillig_cli.sources.smtp import Outcome, Post, about_address
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters import role_told, sharing, standing
from frivillig_cli.work.letters.compose import LeftOut, Outgoing, changed, messages

# times in a row that the server cannot be reached, breaks off at the end, or refuses the letter
GIVE_UP = 3
PIECE = 100  # messages that are in memory at once
Change = Callable[[], AbstractContextManager[Register]]


@dataclass
class Sent:
    """What became of the messages of one run.

    `given_up`: the rest was not tried, since the server broke off at the end of one after the other
    ("doubt"), or refused one after the other and not for its address ("refused").
    """

    sent: list[Mail] = field(default_factory=list)
    waiting: list[tuple[Mail, str]] = field(default_factory=list)
    refused: list[tuple[Mail, str]] = field(default_factory=list)
    doubt: list[tuple[Mail, str]] = field(default_factory=list)
    skipped: list[tuple[Mail, str]] = field(default_factory=list)
    given_up: str = ""


def queue(
    change: Change, going: Outgoing, sender: str, advance: Callable[[int], None], *, now: datetime
) -> list[LeftOut]:
    """Put the messages into the outbox, all or none; returns the letters that are others now.

    Those that lie there to an address of before are taken out, whoever gets a letter instead.
    """
    others = []
    with change() as register:
        outbox_queries.take_out_letters(register, going.moved)
        for message in messages(going, sender, now=now):
            letter = message.ready.letter
            if message.data is None:
                others.append(changed(going, message.ready))
            else:
                outbox_queries.put(
                    register, letter.id, message.message_id, message.ready.address, message.data,
                    _stamp(now),
                )  # fmt: skip
            advance(1)
        for letter_id, rows in going.shared.items():
            outbox_queries.reaches(register, letter_id, rows)
    return others


# What tells that the server fails, and what tells nothing of it.
_BREAKS, _NO_ANSWER = ("unreachable", "doubt"), ("skipped", "taken")
_SKIPPED = Outcome("skipped")


@dataclass(frozen=True)
class Run:
    """What a run of sending needs: how to change the register, the post, the clock, the pace.

    `pause` waits a number of seconds.
    """

    change: Change
    post: Post
    sender: str
    clock: Callable[[], datetime]
    pause: Callable[[float], None]
    per_minute: int


def deliver(run: Run, waiting: Sequence[Mail], done: Sent, advance: Callable[[int], None]) -> None:
    """Send the messages that wait, one by one; what becomes of each is put into `done`.

    What the server refuses wholly is raised. Where it fails so many times in a row, the rest waits.
    """
    lost = 0
    for n, mail in enumerate(waiting):
        if n:
            run.pause(60 / run.per_minute)
        outcome = _one(run, mail, done)
        lost = in_a_row(lost, outcome)
        advance(1)
        if lost == GIVE_UP:
            told = outcome.kind in ("doubt", "refused") and n + 1 < len(waiting)
            done.given_up = outcome.kind if told else ""
            done.waiting += [(rest, "") for rest in waiting[n + 1 :]]
            break


def in_a_row(lost: int, outcome: Outcome) -> int:
    """How many times in a row the server has failed, after one more outcome.

    Who goes on after one letter is refused for what it is may be blocked; a wrong address is no
    failure.
    """
    if outcome.kind in _NO_ANSWER:
        return lost
    refused = outcome.kind == "refused" and not about_address(outcome.answer)
    return lost + 1 if refused or outcome.kind in _BREAKS else 0


def _one(run: Run, mail: Mail, done: Sent) -> Outcome:
    with run.change() as register:
        batch = queries.batch(register, mail.batch_id)
        why = standing.why_not_now(register, batch, mail.letter_id)
        if why:
            outbox_queries.take_out(register, [mail.id])
        message = outbox_queries.message(register, mail.id)
    if why:
        done.skipped.append((mail, why))
        return _SKIPPED

    claimed = False

    def claim() -> bool:
        nonlocal claimed
        with run.change() as register:
            sharing.note_reached(register, batch, mail)
            claimed = outbox_queries.claim(register, mail.id, _stamp(run.clock()))
        return claimed

    outcome = run.post.deliver(
        message, plain_address(run.sender), plain_address(mail.address), claim
    )
    if outcome.kind != "taken":
        with run.change() as register:
            _note(register, mail, outcome, _stamp(run.clock()), claimed)
    _sort(done, mail, outcome)
    return outcome


_BECOMES = {"sent": "sent", "refused": "refused", "doubt": "sending"}  # all else waits on


def _note(register: Register, mail: Mail, outcome: Outcome, at: str, claimed: bool) -> None:
    """Note it; without a claim only where nobody else has come to claim the message.

    What has gone out is no more sent again, though somebody has just said so in another window.
    """
    state = _BECOMES.get(outcome.kind, "queued")
    was = ("sending", "queued") if state == "sent" else ("sending" if claimed else "queued",)
    for one in was:
        outbox_queries.set_state(register, mail.id, one, state, at, outcome.answer)


def _sort(done: Sent, mail: Mail, outcome: Outcome) -> None:
    if outcome.kind == "sent":
        done.sent.append(mail)
    elif outcome.kind == "refused":
        done.refused.append((mail, outcome.answer))
    elif outcome.kind == "doubt":
        done.doubt.append((mail, outcome.answer))
    elif outcome.kind != "taken":
        done.waiting.append((mail, outcome.answer))


class Settled(NamedTuple):
    """How many letters are entered as sent; and who of those who share one has not got it."""

    letters: int = 0
    missed: Sequence[LoggedLetter] = ()


def settle(change: Change, register: Register, batch_id: int, *, now: datetime) -> Settled:
    """Enter in the log what the outbox says is sent, and keep it there."""
    mails = outbox_queries.unsettled(register, batch_id)
    if not mails:
        return Settled()
    missed: list[LoggedLetter] = []
    with change() as writing:
        kept: dict[int, str] = {}
        for part in _parts(mails):
            files = {}
            for mail in part:
                data = outbox_queries.message(writing, mail.id)
                if not data:  # a restore has let go of it
                    continue
                kept[mail.letter_id] = hashlib.sha256(data).hexdigest()
                files[kept[mail.letter_id]] = data
                outbox_queries.forget_message(writing, mail.id)
            kept_queries.keep(writing, files, lambda _n: None)
        by_id = {mail.letter_id: mail for mail in mails}
        rows = [row for row in queries.letters(writing, batch_id) if row.id in by_id]
        going = Going(
            "email", _stamp(now), kept,
            sent_to={mail.letter_id: mail.address for mail in mails if mail.address},
            times={mail.letter_id: mail.at for mail in mails},
        )  # fmt: skip
        batch = actions.mark_sent(writing, batch_id, rows, going, now=now)
        role_told.note(writing, batch, ((row, by_id[row.id].at) for row in rows))
        for letter_id in by_id:
            reached = outbox_queries.reached(writing, letter_id)
            those = queries.sharing(writing, letter_id)
            missed += actions.settle_shared(writing, letter_id, those, reached)
    return Settled(len(mails), missed)


def _parts(mails: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(mails), PIECE):
        yield mails[start : start + PIECE]


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
