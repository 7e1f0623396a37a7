"""Many files, all of them or none: written beside their place, and moved there at the end."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from frivillig_cli.core.durable import move, sync_folder
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.os_errors import why
from frivillig_cli.formats.files import STAGED, make_folder

_BEFORE = ".before"
_ABANDONED = 3600.0  # seconds without a new file: it is not under way on another machine either


@contextlib.contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """A hidden folder (mode 0700) in `folder`, removed at the end with what still lies in it.

    `folder` is made if it is not there; where the block fails, it is taken away again. What a
    killed process has left in it is removed first. RefusedError where it cannot be made.
    """
    absent = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        make_folder(folder)
        _sweep(folder)
        with _hidden(folder) as made:
            yield made
    except BaseException:
        for one in absent:
            with contextlib.suppress(OSError):  # somebody else has put something there
                one.rmdir()
        raise


@contextlib.contextmanager
def _hidden(folder: Path) -> Iterator[Path]:
    try:
        made = Path(tempfile.mkdtemp(prefix=f"{STAGED}{_here()}-{os.getpid()}-", dir=folder))
    except OSError as error:
        raise RefusedError(
            _("You may not write to {path}.", path=folder),
            _("Choose another folder, or ask for access to this one."),
        ) from error
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def move_all(staged: Path, places: Sequence[Path]) -> None:
    """Move every file of a staging folder to its place, over what is there.

    When one cannot be moved, or it is interrupted, what stood there before stands there again.
    """
    before = staged / _BEFORE
    before.mkdir(mode=0o700)
    done: list[Path] = []
    try:
        for place in places:
            if place.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            done.append(place)
            if place.exists():
                move(place, before / place.name)
            move(staged / place.name, place)
        for folder in {place.parent for place in places}:
            sync_folder(folder)
    except BaseException as error:
        for one in done:
            _put_back(one, before / one.name, staged / one.name)
        if not isinstance(error, OSError):
            raise
        raise RefusedError(
            _("{path} could not be written: {why}.", path=place, why=why(error)),
            _("Close it if it is open in another program, and try again."),
        ) from error


def _put_back(place: Path, before: Path, staged: Path) -> None:
    with contextlib.suppress(OSError):
        if not staged.exists():  # it was moved
            move(place, staged)
        if before.exists():
            move(before, place)


def _here() -> str:
    """This machine, in eight characters: a process number means nothing on another one."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{STAGED}*"):
        with contextlib.suppress(OSError):
            if left.is_dir() and not left.is_symlink() and _abandoned(left):
                shutil.rmtree(left, ignore_errors=True)


def _abandoned(left: Path) -> bool:
    """Whether nobody is at work there: its process has ended, or no file was added for an hour."""
    if time.time() - left.stat().st_mtime > _ABANDONED:
        return True
    machine, _dash, rest = left.name.removeprefix(STAGED).partition("-")
    process = rest.partition("-")[0]
    if os.name == "nt" or machine != _here() or not process.isdigit():
        return False  # on Windows asking for a process by its number would end it
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
