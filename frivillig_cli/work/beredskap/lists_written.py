"""A list that was written is opened again and counted before anybody trusts it."""

from __future__ import annotations

from pathlib import Path

from frivillig_cli.core.errors import RefusedError
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
