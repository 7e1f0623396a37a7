"""All the SQL that reads what was taken in, and what that is held against."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from frivillig_cli.records.activation import queries
from frivillig_cli.store.register import Register


def taken(register: Register, activation_id: int) -> set[str]:
    """The ids of the taps and lines that are taken in already."""
    rows = register.rows("SELECT tap FROM taken_in WHERE activation_id = ?", (activation_id,))
    return {row[0] for row in rows}


def happened(register: Register, activation_id: int) -> dict[str, datetime]:
    """When what is taken in already is said to have happened (UTC), by tap, of those that were
    attempts.
    """
    rows = register.rows(
        "SELECT t.tap, a.happened FROM taken_in t JOIN attempt a ON a.id = t.attempt_id"
        " WHERE t.activation_id = ?",
        (activation_id,),
    )
    return {tap: datetime.fromisoformat(at) for tap, at in rows}


def attempt_of(register: Register, activation_id: int, tap: str) -> int | None:
    """The attempt that a tap became; None where it is not taken in, or was no attempt."""
    found = register.value(
        "SELECT attempt_id FROM taken_in WHERE activation_id = ? AND tap = ?",
        (activation_id, tap),
    )
    return None if found is None else int(found)


def episode_of(register: Register, activation_id: int, tap: str) -> int | None:
    """The episode of the attempt that a tap became; None where it is none, or was no attempt."""
    found = register.value(
        "SELECT a.episode FROM taken_in t JOIN attempt a ON a.id = t.attempt_id"
        " WHERE t.activation_id = ? AND t.tap = ?",
        (activation_id, tap),
    )
    return None if found is None else int(found)


def taken_in_since(register: Register, activation_id: int, episode: int, attempt_id: int) -> bool:
    """Whether an attempt of an episode was taken in when the next one had begun."""
    return bool(
        register.value(
            "SELECT t.registered >= (SELECT l.registered FROM log_entry l"
            " WHERE l.activation_id = e.activation_id AND l.seq = e.last_seq + 1)"
            " FROM taken_in t JOIN episode e ON e.activation_id = t.activation_id"
            " WHERE t.activation_id = ? AND e.episode = ? AND t.attempt_id = ?",
            (activation_id, episode, attempt_id),
        )
    )


def last_said_afterwards(
    register: Register, activation_id: int, row_id: int, before: int
) -> dict[str, Any] | None:
    """The last answer of a row in the episodes before this one, where it was taken in when they
    were over; None where there is none, or it was known then.
    """
    for episode in range(before - 1, 0, -1):
        said = [
            one for one in queries.standing_attempts(register, row_id, episode) if one["answer"]
        ]  # fmt: skip
        if said:
            since = taken_in_since(register, activation_id, episode, said[-1]["id"])
            return said[-1] if since else None
    return None


def eta_of(register: Register, attempt_id: int) -> str | None:
    """When somebody said in this attempt that they come (UTC, ISO 8601)."""
    found = register.value("SELECT eta FROM attempt WHERE id = ?", (attempt_id,))
    return None if found is None else str(found)


def attempts_of_line(register: Register, activation_id: int, tap: str) -> set[int]:
    """The attempts that a line of a sheet became, as it was first taken in and corrected since."""
    rows = register.rows(
        "SELECT attempt_id FROM taken_in WHERE activation_id = ? AND attempt_id IS NOT NULL"
        " AND (tap = ? OR substr(tap, 1, length(?)) = ?)",
        (activation_id, tap, f"{tap} > ", f"{tap} > "),
    )
    return {row[0] for row in rows}


def tap_of(register: Register, activation_id: int, attempt_id: int) -> str | None:
    """The tap that became an attempt; None where it came another way."""
    found = register.value(
        "SELECT tap FROM taken_in WHERE activation_id = ? AND attempt_id = ?",
        (activation_id, attempt_id),
    )
    return None if found is None else str(found)


def past_episodes(register: Register, activation_id: int) -> list[tuple[int, datetime, datetime]]:
    """(number, when its stand-down began, when it was opened again; UTC) of each that is over."""
    rows = register.rows(
        "SELECT e.episode, e.stood_down,"
        " (SELECT l.registered FROM log_entry l"
        " WHERE l.activation_id = e.activation_id AND l.seq = e.last_seq + 1)"
        " FROM episode e WHERE e.activation_id = ? ORDER BY e.episode",
        (activation_id,),
    )
    moment = datetime.fromisoformat
    return [(number, moment(over), moment(again)) for number, over, again in rows if again]


def said_afterwards(
    register: Register, activation_id: int, episode: int
) -> list[tuple[int, str, bool, str | None]]:
    """(row, answer, whether it was late, eta) of each answer of an episode that was taken in when
    the next one had begun, in order; not those taken back, nor those that changed nothing.
    """
    rows = register.rows(
        "SELECT a.callout_id, a.answer, a.late, a.eta FROM attempt a"
        " JOIN taken_in t ON t.attempt_id = a.id AND t.overtaken = 0"
        " JOIN episode e ON e.activation_id = a.activation_id AND e.episode = a.episode"
        " WHERE a.activation_id = ? AND a.episode = ? AND a.answer IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM attempt taker WHERE taker.voids = a.id)"
        " AND t.registered >= (SELECT l.registered FROM log_entry l"
        " WHERE l.activation_id = a.activation_id AND l.seq = e.last_seq + 1) ORDER BY a.id",
        (activation_id, episode),
    )
    return [(row_id, answer, late == 1, eta) for row_id, answer, late, eta in rows]
