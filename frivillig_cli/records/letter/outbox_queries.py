"""The outbox: each message is written here before it is handed over, and what became of it after.

A claim is a change of `queued` to `sending` that only one can make; a row that stays so when
nobody is at it any more is in doubt. Nothing here is in the history: `letter` is, at the end.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from frivillig_cli.records.letter.double_queries import another_got
from frivillig_cli.records.letter.model import REMINDER, has_opted_out
from frivillig_cli.records.letter.queries import MAIL
from frivillig_cli.store.register import Register


class Mail(NamedTuple):
    """One message; `recipient` is the name, `at` when its state last changed (UTC, ISO 8601).

    `hidden`: the address is that of somebody who is protected by now, and is shown nowhere.
    """

    id: int
    letter_id: int
    batch_id: int
    recipient: str
    address: str
    message_id: str
    state: str
    tries: int
    at: str
    answer: str | None
    hidden: int

    @property
    def shown(self) -> str | None:
        """The address, if it may be shown."""
        return None if self.hidden else self.address


def mails(register: Register, batch_id: int, *states: str) -> list[Mail]:
    """The messages of a batch that are in one of the states, in order."""
    marks = ",".join("?" * len(states))
    rows = register.rows(
        f"{MAIL} WHERE letter.batch_id = ? AND m.state IN ({marks}) ORDER BY m.letter_id",
        (batch_id, *states),
    )
    return [Mail(*row) for row in rows]


def unsettled(register: Register, batch_id: int) -> list[Mail]:
    """The messages that are sent, and not yet entered as such in the log."""
    rows = register.rows(
        f"{MAIL} WHERE letter.batch_id = ? AND m.state = 'sent' AND letter.sent IS NULL"
        " ORDER BY m.letter_id",
        (batch_id,),
    )
    return [Mail(*row) for row in rows]


def put(
    register: Register, letter_id: int, message_id: str, address: str, message: bytes, at: str
) -> None:
    """Put a message into the outbox, in place of one that was refused.

    One that lies there, or has gone out, stays as it is: another window has come to it first.
    """
    register.execute(
        "DELETE FROM letter_mail WHERE letter_id = ? AND state = 'refused'", (letter_id,)
    )
    if register.value("SELECT 1 FROM letter_mail WHERE letter_id = ?", (letter_id,)):
        return
    register.insert(
        "letter_mail", letter_id=letter_id, message_id=message_id, address=address,
        message=zlib.compress(message), at=at,
    )  # fmt: skip


def message(register: Register, mail_id: int) -> bytes:
    """The message as it is handed over."""
    found = register.value("SELECT message FROM letter_mail WHERE id = ?", (mail_id,))
    return zlib.decompress(found) if found else b""


def message_to(register: Register, letter_id: int) -> bytes:
    """The message that a letter goes out as, b"" where the outbox has it no more."""
    found = register.value("SELECT id FROM letter_mail WHERE letter_id = ?", (letter_id,))
    return message(register, found) if found else b""


def claim(register: Register, mail_id: int, at: str) -> bool:
    """Take a message that waits, to send it; false where somebody else has taken it."""
    return bool(
        register.execute(
            "UPDATE letter_mail SET state = 'sending', tries = tries + 1, at = ?, answer = NULL"
            " WHERE id = ? AND state = 'queued'",
            (at, mail_id),
        )
    )


def reaches(register: Register, letter_id: int, rows: Iterable[int]) -> None:
    """Note whom of those who share a letter that waits it reaches, by the numbers of their rows."""
    register.execute(
        "UPDATE letter_mail SET reaches = ? WHERE letter_id = ? AND state = 'queued'",
        (json.dumps(list(rows)), letter_id),
    )


def reached(register: Register, letter_id: int) -> set[int]:
    """Whom of those who share a letter it reached when it was handed over."""
    sql = "SELECT value FROM letter_mail m, json_each(m.reaches) WHERE m.letter_id = ?"
    return {row[0] for row in register.rows(sql, (letter_id,))}


def sharing(register: Register, batch_id: int) -> set[int]:
    """The letters of a batch that do not go out: to those whom the letter of another has reached.

    Or may have, where that one is in doubt.
    """
    rows = register.rows(
        "SELECT id FROM letter WHERE batch_id = ? AND skipped IS NULL AND sent IS NULL"
        " AND same_as IS NOT NULL UNION SELECT value FROM letter l"
        " JOIN letter_mail m ON m.letter_id = l.id, json_each(m.reaches)"
        " WHERE l.batch_id = ? AND m.state IN ('sent', 'sending')",
        (batch_id, batch_id),
    )
    return {row[0] for row in rows}


def set_state(
    register: Register, mail_id: int, was: str, state: str, at: str, answer: str | None
) -> None:
    """Note what became of a message that was in the state `was`."""
    register.execute(
        "UPDATE letter_mail SET state = ?, at = ?, answer = ? WHERE id = ? AND state = ?",
        (state, at, answer, mail_id, was),
    )


def take_out(register: Register, mail_ids: Sequence[int]) -> int:
    """Take messages that wait out of the outbox; returns how many."""
    return sum(
        register.execute("DELETE FROM letter_mail WHERE id = ? AND state = 'queued'", (mail_id,))
        for mail_id in mail_ids
    )


def take_out_letters(register: Register, letter_ids: Iterable[int]) -> None:
    """Take letters that wait to be sent out of the outbox."""
    for letter_id in letter_ids:
        register.execute(
            "DELETE FROM letter_mail WHERE letter_id = ? AND state = 'queued'", (letter_id,)
        )


def forget_message(register: Register, mail_id: int) -> None:
    """Let go of a message that is kept elsewhere by now."""
    register.execute("UPDATE letter_mail SET message = NULL WHERE id = ?", (mail_id,))


def why_not_now(register: Register, letter_id: int, *, again: bool) -> str | None:
    """Why a letter that waits may not be sent any more: what has happened since it was queued.

    Looked up before each message, so that nobody gets a letter twice: from two batches, or as two
    that have become one since.
    """
    row = register.row(
        f"SELECT mine.sent, {another_got('b.id <> was.id')} AS got,"
        f" {another_got('b.id = was.id')} AS twice, {_STANDING} WHERE mine.id = ?",
        (letter_id,),
    )
    if row is None or row["sent"] or row["twice"] or (row["got"] and not again):
        return "already_sent"
    if row["twice"] is not None or (row["got"] is not None and not again):
        return "in_doubt"
    return _now(row)


def left_out_now(register: Register, batch_id: int) -> dict[int, str]:
    """The letters of a batch whose recipients may not be written to any more, and why.

    Also those of agreements that somebody has ended since the letters were written, and reminders
    of a survey to those who have answered it.
    """
    rows = register.rows(f"SELECT mine.id, {_STANDING} WHERE mine.batch_id = ?", (batch_id,))
    ended = register.rows(
        "SELECT l.id FROM letter l JOIN letter_batch b ON b.id = l.batch_id"
        " JOIN agreement a ON a.id = l.agreement_id"
        " WHERE l.batch_id = ? AND a.ended IS NOT NULL AND a.updated > b.created",
        (batch_id,),
    )
    return dict.fromkeys((row["id"] for row in ended), "ended") | {
        row["id"]: why for row in rows if (why := _now(row))
    }


_STANDING = (
    "mine.opted_out, o.status AS org, o.no_mailings AS org_no, p.protected,"
    " p.no_mailings AS person_no, v.status AS volunteer,"
    f" (was.template = '{REMINDER}' AND EXISTS (SELECT 1 FROM survey_recipient r"
    "  WHERE r.survey_id = was.survey_id AND r.org_id = mine.org_id AND r.answered IS NOT NULL))"
    " AS answered"
    " FROM letter mine JOIN letter_batch was ON was.id = mine.batch_id"
    " LEFT JOIN org o ON o.id = mine.org_id LEFT JOIN person p ON p.id = mine.person_id"
    " LEFT JOIN volunteer v ON v.id = mine.person_id"
)


def _now(row: Any) -> str | None:
    if row["protected"]:
        return "protected"
    if "archived" in (row["org"], row["volunteer"]):
        return "archived"
    if row["answered"]:
        return "answered"
    since = max(filter(None, (row["org_no"], row["person_no"])), default=None)
    if has_opted_out(since, row["opted_out"]):
        return "opted_out"
    return None
