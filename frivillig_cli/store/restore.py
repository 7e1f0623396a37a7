"""Putting a backup in the register's place: checked first, swapped in one step."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from frivillig_cli.core import clock
from frivillig_cli.core.durable import discard, replace, sync_file, sync_folder
from frivillig_cli.core.errors import NewerError, RegisterError
from frivillig_cli.core.i18n import _
from frivillig_cli.store import reach
from frivillig_cli.store.backup import STAMP, refuse_no_file
from frivillig_cli.store.failures import BusyError, refusal
from frivillig_cli.store.register import Register, identity, refuse_replaced

SIDE_FILES = ("-journal", "-wal", "-shm")


# Is given the restored register before it takes its place, and the one that it replaces: None
# where there is none, or nothing that can be read.
Prepare = Callable[[Register, Register | None], None]


def restore_backup(backup: Path, target: Path, prepare: Prepare | None = None) -> Path | None:
    """Check a copy of `backup`, move what is at `target` aside, and put the copy there.

    `prepare` makes it ready, while nobody can write in either. Returns where the old register is
    now, None where there was none. Raises RegisterError.
    """
    refuse_unrestorable(backup, target)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.restoring")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        shutil.copyfile(backup, unfinished)
        _refuse_unsound(unfinished, backup)
        with _nobody_writing(target) as there:
            if prepare is not None:
                _prepare(prepare, unfinished, target, there)
            sync_file(unfinished)
            if there is not None and os.name == "nt":
                there.close()  # an open file cannot be renamed there
            aside = _set_aside(target)
            replace(unfinished, target)
        return aside
    except OSError as error:
        raise reach.unreachable(target, error) from error
    finally:
        discard(unfinished, *(unfinished.with_name(unfinished.name + end) for end in SIDE_FILES))


def _prepare(prepare: Prepare, unfinished: Path, target: Path, there: Register | None) -> None:
    from frivillig_cli.store.migrations import migrate

    with closing(reach.attach(unfinished, named=target)) as restored:
        migrate(restored, at=clock.now())
        if there is None:
            prepare(restored, None)
            return
        with _as_of_this_version(there) as replaced:
            prepare(restored, replaced)


@contextmanager
def _as_of_this_version(register: Register) -> Iterator[Register | None]:
    """The register to be read: a copy in memory that is brought up, of one that is older; None
    where that cannot be."""
    from frivillig_cli.store.migrations import brought_up_in_memory

    try:
        older = register.value("PRAGMA user_version") < reach.schema_version()
        copy = brought_up_in_memory(register) if older else None
    except (RegisterError, LookupError, TypeError, ValueError):  # damaged
        yield None
        return
    try:
        yield copy or register
    finally:
        if copy is not None:
            copy.close()


def refuse_unrestorable(backup: Path, target: Path) -> None:
    """What can be said before anything is copied or asked. Raises RegisterError."""
    if target.exists() and backup.exists() and target.samefile(backup):
        raise RegisterError(
            _("{path} is the register itself, not a backup.", path=backup),
            _("See the backups with: frivillig backup list"),
        )
    refuse_no_file(backup)
    try:
        register = reach.attach(backup, mode="ro")
        try:
            reach.refuse_newer(register, backup)
            register.value("SELECT count(*) FROM sqlite_master")
        finally:
            register.close()
    except NewerError:
        raise
    except RegisterError as error:
        way_out = _("See the ones there are with: frivillig backup list")
        raise RegisterError(error.message, way_out) from error


def _refuse_unsound(copy: Path, backup: Path) -> None:
    from frivillig_cli.store.doctor import check_content

    register = reach.attach(copy, named=backup)
    try:
        reach.refuse_newer(register, backup)
        # What another program once wrote is a part of the register by now.
        found = [f for f in check_content(register) if f.code != "outside"]
    finally:
        register.close()
    if found:
        raise RegisterError(
            _("The backup {path} is damaged, so nothing was restored.", path=backup),
            _("Choose an older one: frivillig backup list"),
            [finding.sentence for finding in found[:10]],
        )


@contextmanager
def _nobody_writing(target: Path) -> Iterator[Register | None]:
    """Hold the register that is to be replaced, if it is whole enough to be held."""
    register = None
    was = identity(target)
    try:
        if was is not None:
            register = reach.attach(target)
            connection = register._connection
            connection.execute("PRAGMA query_only=OFF")
            connection.execute("BEGIN EXCLUSIVE")
    except BusyError:
        raise
    except (RegisterError, sqlite3.Error) as error:
        if isinstance(error, sqlite3.Error) and isinstance(refusal(error, target), BusyError):
            raise refusal(error, target) from error
        # Damaged, or no register at all: that is why somebody restores.
    try:
        # Another restore may have been at it while this one waited.
        refuse_replaced(target, was)
        yield register
    finally:
        if register is not None:
            register.close()


def _set_aside(target: Path) -> Path | None:
    if not target.exists():
        return None
    stamp = clock.now().strftime(STAMP)
    aside = target.with_name(f"{target.stem}-{stamp}-before-restore.db")
    number = 1
    while aside.exists():
        number += 1
        aside = target.with_name(f"{target.stem}-{stamp}.{number}-before-restore.db")
    try:
        os.link(target, aside)
    except OSError:  # a file system without hard links
        target.replace(aside)
    for ending in SIDE_FILES:
        # Left behind, a journal of the old file would be played into the new one.
        beside = target.with_name(target.name + ending)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + ending))
    sync_folder(target.parent)
    return aside
