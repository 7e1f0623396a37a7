"""All the SQL that reads what was taken in, and what that is held against."""

from __future__ import annotations

from frivillig_cli.records.activation.model import Activation
from frivillig_cli.store.register import Register


def taken(register: Register, activation_id: int) -> set[str]:
    """The ids of the taps and lines that are taken in already."""
    rows = register.rows("SELECT tap FROM taken_in WHERE activation_id = ?", (activation_id,))
    return {row[0] for row in rows}


def attempt_of(register: Register, activation_id: int, tap: str) -> int | None:
    """The attempt that a tap became; None where it is not taken in, or was no attempt."""
    found = register.value(
        "SELECT attempt_id FROM taken_in WHERE activation_id = ? AND tap = ?",
        (activation_id, tap),
    )
    return None if found is None else int(found)


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
