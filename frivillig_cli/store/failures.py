"""What SQLite says when it fails, as one sentence and a way out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from frivillig_cli.core.errors import RegisterError
from frivillig_cli.core.i18n import N_, _

# By SQLite's primary result code (the low byte of what it reports).
_SENTENCES: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: (
        N_("Another window is writing in the register, and has not finished."),
        N_("Wait until it is done, and do this again. Nothing was saved."),
    ),
    sqlite3.SQLITE_LOCKED: (
        N_("Another window is writing in the register, and has not finished."),
        N_("Wait until it is done, and do this again. Nothing was saved."),
    ),
    sqlite3.SQLITE_FULL: (
        N_("The disk is full, so nothing was saved."),
        N_("Make room on the disk that holds {path}, and do this again."),
    ),
    sqlite3.SQLITE_READONLY: (
        N_("The register can be read but not changed: {path}"),
        N_("Give yourself the right to write in the file and its folder, or use a copy of it."),
    ),
    sqlite3.SQLITE_PERM: (
        N_("You may not open the register at {path}."),
        N_("Give yourself the right to read and write the file and its folder."),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        N_("The register at {path} cannot be opened."),
        N_("Check that the folder is there, and that you may read and write in it."),
    ),
    sqlite3.SQLITE_IOERR: (
        N_("The disk gave an error while the register was in use ({what})."),
        N_("Check the disk or the network drive, then run: frivillig doctor"),
    ),
    sqlite3.SQLITE_CORRUPT: (
        N_("The register is damaged: {path}"),
        N_("Keep the file as it is. See backups with «frivillig backup list», and restore one."),
    ),
    sqlite3.SQLITE_NOTADB: (
        N_("{path} is not a register."),
        N_("Choose the register with --db, or make a new one with: frivillig init"),
    ),
    sqlite3.SQLITE_NOMEM: (
        N_("There is not enough memory for this."),
        N_("Close other programs, or take it in smaller parts."),
    ),
    sqlite3.SQLITE_TOOBIG: (
        N_("A value is too large for the register."),
        N_("Shorten it, and do this again."),
    ),
    sqlite3.SQLITE_AUTH: (
        N_("The register refused a step that a command may not take ({what})."),
        N_("This is a fault in the program. Run it again with --debug and report what it prints."),
    ),
}
_CONSTRAINTS: dict[int, str] = {
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: N_("There is one like it already ({what})."),
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: N_("There is one like it already ({what})."),
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: N_("Something in the register still refers to it."),
    sqlite3.SQLITE_CONSTRAINT_TRIGGER: N_("What is logged is never rewritten ({what})."),
}


class ConstraintError(RegisterError):
    """A rule of the database refused the change; `kind` is SQLite's code for the rule."""

    def __init__(self, message: str, hint: str, *, kind: int) -> None:
        super().__init__(message, hint)
        self.kind = kind


class BusyError(RegisterError):
    """Another process holds the register; trying again may succeed."""


def refusal(error: Exception, path: Path) -> RegisterError:
    """The refusal to raise for one of FAILURES: what happened, and what to do."""
    if isinstance(error, UnicodeEncodeError | OverflowError):
        return RegisterError(
            _("A value has characters or digits that cannot be stored."),
            _("Remove what looks odd in it, or type it again."),
        )
    code = getattr(error, "sqlite_errorcode", None) or 0
    if isinstance(error, UnicodeDecodeError) or "decode to UTF-8" in str(error):
        code = sqlite3.SQLITE_CORRUPT
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_CONSTRAINT:
        return _constraint(error, code)
    if primary in _SENTENCES:
        message, hint = _SENTENCES[primary]
        kind = BusyError if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) else None
        what = getattr(error, "sqlite_errorname", "")
        return (kind or RegisterError)(_(message, path=path, what=what), _(hint, path=path))
    return RegisterError(
        _("The register could not answer what the program asked ({what}).", what=error),
        _("This is a fault in the program. Run it again with --debug and report what it prints."),
    )


def _constraint(error: Exception, code: int) -> ConstraintError:
    # SQLite names columns and rules after the colon, never values.
    what = str(error).removeprefix("append-only: ").rpartition(": ")[2]
    message = _CONSTRAINTS.get(code, N_("The register does not allow this value ({what})."))
    return ConstraintError(_(message, what=what), _("Nothing was saved."), kind=code)
