"""Settings that follow the register: a key and a text each."""

from __future__ import annotations

from frivillig_cli.store.register import Register

# Where the state's feed goes on; a setting, so that it follows the register.
FEED_KEY = "brreg.update"


def read(register: Register) -> dict[str, str]:
    """All settings."""
    return {row[0]: row[1] for row in register.rows("SELECT key, value FROM setting ORDER BY key")}


def write(register: Register, key: str, value: str) -> None:
    """Set one, inside a transaction; an empty value takes it away."""
    if not value:
        register.execute("DELETE FROM setting WHERE key = ?", (key,))
        return
    register.execute(
        "INSERT INTO setting (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        (key, value),
    )
