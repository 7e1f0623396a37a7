"""What can go wrong, as classes: each carries one sentence and one way out.

Messages are already in the user's language when the error is raised (`i18n._`).
The command line turns the class into an exit code; no other layer knows codes.
"""

from __future__ import annotations

from collections.abc import Sequence


class FrivilligError(Exception):
    """A refusal that a person can act on: what is wrong, and what to do.

    `message` is one sentence saying what is wrong, `hint` one saying the way out.
    `rows` are extra lines to show below (the matches of an ambiguous name, the bad cells).
    """

    def __init__(self, message: str, hint: str = "", rows: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.rows = tuple(rows)


class RefusedError(FrivilligError):
    """Refused, and nothing was changed (exit 1)."""


class UsageError(FrivilligError):
    """The command line itself is wrong (exit 2)."""


class InvalidValueError(RefusedError):
    """A value that breaks a rule; `value` is safe to show (birth numbers are masked)."""

    def __init__(self, message: str, hint: str = "", *, field: str = "", value: str = "") -> None:
        super().__init__(message, hint)
        self.field = field
        self.value = value


class ChoiceError(InvalidValueError):
    """A value that is none of the few there are to choose from: exit 2 where it was typed."""


class NotFoundError(RefusedError):
    """Nothing answers to the reference, or the file is not there."""


class AmbiguousError(RefusedError):
    """Two or more things answer to the reference."""


class FileFormatError(RefusedError):
    """A file from outside that cannot be read as what it claims to be."""


class RegisterError(RefusedError):
    """The register cannot be opened, read or written."""


class NewerError(RegisterError):
    """The file was made by a newer version of the program than this one."""
