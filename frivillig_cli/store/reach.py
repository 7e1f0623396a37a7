"""What stands between a path and a register's file: every kind of file that is refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from frivillig_cli.core.errors import NewerError, RegisterError
from frivillig_cli.core.i18n import _
from frivillig_cli.store.connection import FAILURES, READ_PRAGMAS, connect
from frivillig_cli.store.failures import refusal
from frivillig_cli.store.register import APPLICATION_ID, BUSY_SECONDS, Register

SMALLEST = 512  # bytes: SQLite's smallest page; it takes less than one for an empty database
SCHEMA = Path(__file__).with_name("schema")


def schema_version() -> int:
    """This program's version of the schema: the number of its steps."""
    return sum(name.endswith(".sql") for name in os.listdir(SCHEMA))  # noqa: PTH208  (4x faster)


def attach(path: Path, *, mode: str = "rw", named: Path | None = None) -> Register:
    """Connect to a file that exists, and make sure that it is a register of any version.

    `named` is what messages call it: the user's own file, where `path` is a copy of it.
    """
    connection = None
    try:
        connection = connect(path, mode=mode, timeout=BUSY_SECONDS)
        for pragma in READ_PRAGMAS:
            connection.execute(pragma)
        application = connection.execute("PRAGMA application_id").fetchone()[0]
    except FAILURES as error:
        if connection is not None:
            connection.close()
        raise refusal(error, named or path) from error
    if application != APPLICATION_ID:
        connection.close()
        raise RegisterError(
            _("{path} is a database, but not a register of frivillig's.", path=named or path),
            _("Choose the register with --db, or make a new one with: frivillig init"),
        )
    return Register(named or path, connection)


def refuse_newer(register: Register, path: Path) -> int:
    """The register's schema version. Raises RegisterError when this program is too old for it."""
    version = int(register.value("PRAGMA user_version"))
    if version > schema_version():
        raise NewerError(
            _("The register at {path} was made by a newer version of frivillig.", path=path),
            _("Install the newer version, from where you got this one."),
        )
    return version


def refuse_what_is_no_file(path: Path) -> None:
    """Raise RegisterError, with what is there instead, unless `path` is a file with content."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise RegisterError(
            _("There is no register at {path}.", path=path), _("Make one with: frivillig init")
        ) from None
    except (OSError, ValueError) as error:
        raise unreachable(path, error) from error
    if stat.S_ISDIR(found.st_mode):
        raise RegisterError(
            _("{path} is a folder, not a register.", path=path),
            _("Name the file itself, for instance {file}", file=path / "register.db"),
        )
    if not stat.S_ISREG(found.st_mode) or 0 < found.st_size < SMALLEST:
        raise RegisterError(
            _("{path} is not a register.", path=path),
            _("Choose the register with --db, or make a new one with: frivillig init"),
        )
    if found.st_size == 0:
        # SQLite would open it as a valid database with nothing in it.
        raise RegisterError(
            _("The file at {path} is empty, so it is not a register.", path=path),
            _("Restore a backup («frivillig backup list»), or remove it and run: frivillig init"),
        )


def unreachable(path: Path, error: Exception) -> RegisterError:
    """The refusal for a path that the operating system does not let us use."""
    from frivillig_cli.core.os_errors import why

    reason = why(error) if isinstance(error, OSError) else str(error)
    return RegisterError(
        _("The register at {path} cannot be reached: {why}.", path=path, why=reason),
        _("Check the path, and that you may read and write in its folder."),
    )
