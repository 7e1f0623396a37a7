"""Many files, all of them or none: written beside their place, and moved there at the end.

Work of many files that is stopped can leave what is finished, to be taken up by the same work.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import platform
import shutil
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
    with _made(folder):
        _sweep(folder)
        made = _hidden(folder)
        try:
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)


class Stage:
    """A staging folder; `taken_up`: it is that of the same work, which was stopped.

    With `keep` set, what is in it stays when Ctrl-C is pressed, as it does after a kill.
    """

    def __init__(self, path: Path, taken_up: bool) -> None:
        self.path, self.taken_up, self.keep = path, taken_up, False


@contextlib.contextmanager
def resumable(folder: Path, mark: str) -> Iterator[Stage]:
    """A staging folder as `staging` gives it, for work that goes by `mark` (letters and digits).

    Where the same work was stopped, its folder is taken up; that of other work is removed.
    """
    with _made(folder):
        found = _take_up(folder, mark)
        _sweep(folder)
        stage = Stage(found or _hidden(folder, f"{mark}-"), taken_up=found is not None)
        left = False
        try:
            yield stage
        except KeyboardInterrupt:
            left = stage.keep and _leave(stage, mark)
            raise
        finally:
            if not left:
                shutil.rmtree(stage.path, ignore_errors=True)


def left_behind(folder: Path, mark: str) -> Path | None:
    """The staging folder of work that was stopped, or None."""
    found = (one for one in folder.glob(f"{STAGED}*-{mark}-*") if _is_left(one))
    return next(found, None)


def _is_left(one: Path) -> bool:
    try:
        return one.is_dir() and not one.is_symlink() and _abandoned(one)
    except OSError:
        return False


def _take_up(folder: Path, mark: str) -> Path | None:
    left = left_behind(folder, mark)
    if left is None:
        return None
    mine = folder / f"{STAGED}{_here()}-{os.getpid()}-{mark}-{os.urandom(4).hex()}"
    try:
        left.rename(mine)  # one of two that want it gets it
        shutil.rmtree(mine / _BEFORE, ignore_errors=True)
    except OSError:
        return None
    return mine


def _leave(stage: Stage, mark: str) -> bool:
    """Say in the folder's name that nobody is at work there; whether that went well."""
    name = f"{STAGED}{_here()}-0-{mark}-{os.urandom(4).hex()}"
    try:
        stage.path.rename(stage.path.with_name(name))
    except OSError:
        return False
    return True


@contextlib.contextmanager
def _made(folder: Path) -> Iterator[None]:
    """`folder`, made if it is not there, and taken away again where the block fails."""
    absent = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        make_folder(folder)
        yield
    except BaseException:
        for one in absent:
            with contextlib.suppress(OSError):  # somebody else has put something there
                one.rmdir()
        raise


def _hidden(folder: Path, mark: str = "") -> Path:
    made = folder / f"{STAGED}{_here()}-{os.getpid()}-{mark}{os.urandom(4).hex()}"
    try:
        made.mkdir(mode=0o700)
    except OSError as error:
        raise RefusedError(
            _("You may not write to {path}.", path=folder),
            _("Choose another folder, or ask for access to this one."),
        ) from error
    return made


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


def take_back(staged: Path, places: Sequence[Path]) -> None:
    """Undo what `move_all` has done; nothing where it has not been done."""
    before = staged / _BEFORE
    for place in places if before.is_dir() else ():
        _put_back(place, before / place.name, staged / place.name)


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
    for left in folder.iterdir():
        if not left.name.startswith(STAGED):
            continue
        with contextlib.suppress(OSError):
            if left.is_dir() and not left.is_symlink() and _abandoned(left):
                shutil.rmtree(left, ignore_errors=True)


def _abandoned(left: Path) -> bool:
    """Whether nobody is at work there: its process has ended, or no file was added for an hour."""
    if time.time() - left.stat().st_mtime > _ABANDONED:
        return True
    machine, _dash, rest = left.name.removeprefix(STAGED).partition("-")
    process = rest.partition("-")[0]
    if process == "0":  # it was left so
        return True
    if os.name == "nt" or machine != _here() or not process.isdigit():
        return False  # on Windows asking for a process by its number would end it
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
