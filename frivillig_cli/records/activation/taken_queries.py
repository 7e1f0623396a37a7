"""All the SQL that reads what was taken in, and what that is held against."""

from __future__ import annotations

from datetime import datetime

from frivillig_cli.records.activation.model import Activation
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


def tap_of(register: Register, activation_id: int, attempt_id: int) -> str | None:
    """The tap that became an attempt; None where it came another way."""
    found = register.value(
        "SELECT tap FROM taken_in WHERE activation_id = ? AND attempt_id = ?",
        (activation_id, attempt_id),
    )
    return None if found is None else str(found)


def stood_down(register: Register, activation: Activation) -> str | None:
    """When the stand-down of the present episode began (UTC, ISO 8601); None while it is active."""
    if activation.state == "active":
        return None
    end = "min" if activation.episode == 1 else "max"
    found = register.value(
        f"SELECT {end}(happened) FROM log_entry"
        " WHERE activation_id = ? AND type = 'stand_down' AND sender IS NULL",
        (activation.id,),
    )
    return found or activation.ended
