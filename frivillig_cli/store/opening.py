"""Opening a register, and making one: the schema is brought up first, behind a backup."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from frivillig_cli.core.errors import RegisterError
from frivillig_cli.core.i18n import _
from frivillig_cli.store import reach
from frivillig_cli.store.connection import FAILURES
from frivillig_cli.store.failures import refusal
from frivillig_cli.store.register import Register


def open_register(path: Path, *, backups: Callable[[Path], Path] | None = None) -> Register:
    """Open the register at `path`; one of an older version is backed up and brought up first.

    `backups` finds the folder for that backup, asked only then; without it `backups` beside it.
    Raises RegisterError when there is none, when it is not a register, or is too new.
    """
    reach.refuse_what_is_no_file(path)
    register = reach.attach(path)
    try:
        if reach.refuse_newer(register, path) < reach.schema_version():
            _upgrade(register, backups(path) if backups else path.parent / "backups")
    except BaseException:
        register.close()
        raise
    return register


def _upgrade(register: Register, backups: Path) -> None:
    """Back up an older register, then bring it up to this version."""
    from frivillig_cli.core import clock
    from frivillig_cli.store.backup import create_backup
    from frivillig_cli.store.migrations import migrate

    create_backup(register, backups, "upgrade")
    migrate(register, at=clock.now())


def create_register(path: Path) -> Register:
    """Make a new register at `path` and open it. Refuses a path that exists."""
    _create_file(path)
    return open_register(path)


def _create_file(path: Path) -> None:
    """Make the file of a new register, whole or not at all, for the user's eyes only."""
    from frivillig_cli.core.durable import discard
    from frivillig_cli.store.migrations import build

    _refuse_existing(path)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except (OSError, ValueError) as error:
        raise reach.unreachable(path, error) from error
    try:
        build(unfinished)
        _take_name(unfinished, path)
    except FAILURES as error:
        raise refusal(error, path) from error
    except OSError as error:
        raise reach.unreachable(path, error) from error
    finally:
        discard(unfinished, unfinished.with_name(unfinished.name + "-journal"))


def _refuse_existing(path: Path) -> None:
    if os.path.isfile(path) and os.path.getsize(path) == 0:  # noqa: PTH113, PTH202  (never raises)
        raise RegisterError(
            _("There is already a file at {path}, and it is empty.", path=path),
            _("Remove it and run: frivillig init. Or choose another place with --db."),
        )
    if os.path.lexists(path):
        raise RegisterError(
            _("There is already a file at {path}.", path=path),
            _("Use it as it is, or choose another place with --db."),
        )


def _take_name(unfinished: Path, path: Path) -> None:
    """Give the finished file its name, unless somebody else has taken it meanwhile."""
    from frivillig_cli.core.durable import sync_file, sync_folder

    sync_file(unfinished)
    try:
        os.link(unfinished, path)
    except FileExistsError:
        _refuse_existing(path)
    except OSError:  # a file system without hard links
        _refuse_existing(path)
        unfinished.replace(path)
    sync_folder(path.parent)
