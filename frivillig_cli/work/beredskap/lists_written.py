"""A list that was written is opened again and counted before anybody trusts it."""

from __future__ import annotations

from pathlib import Path

from frivillig_cli.core import os_errors
from frivillig_cli.core.errors import FrivilligError, RefusedError
from frivillig_cli.core.i18n import _


def counted(path: Path, found: int, expected: int) -> None:
    """Remove the file and raise RefusedError where it does not hold all rows."""
    if found != expected:
        path.unlink(missing_ok=True)
        raise RefusedError(
            _("{file} was written with {n} rows in place of {expected}.", file=path.name, n=found,
              expected=expected),
            _("Use the other files."),
        )  # fmt: skip


def why(error: Exception) -> str:
    """Why a list could not be written, in a sentence; what an error says itself is for --debug."""
    if isinstance(error, FrivilligError):
        return error.message
    if isinstance(error, OSError):
        text = os_errors.why(error)
        return f"{text[:1].upper()}{text[1:]}."
    if isinstance(error, MemoryError):
        return _("There is not enough memory for this.")
    return _("There is a fault in the program ({what}).", what=type(error).__name__)
