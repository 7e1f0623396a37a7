"""Writing files so that they are whole or not there, and only where the user said."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from frivillig_cli.core.durable import WINDOWS_HELD, replace, sync_file
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import is_device_name
from frivillig_cli.core.os_errors import why
from frivillig_cli.formats.target import refuse_missing_folder

STAGED = ".frivillig-"  # how a hidden folder begins that files wait in; never said to anybody
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's content, by which the same file is known again."""
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_atomic(
    path: Path, data: bytes | Callable[[BinaryIO], object], *, private: bool = False
) -> Path:
    """Write the whole file or nothing, and return its path.

    `data` is the content, or a function that writes it to an open binary file. `private`
    gives mode 0600; otherwise the umask decides. The target may not be a symbolic link that leads
    out of its folder. RefusedError when the folder is missing, read-only or full; what stood
    there before is then untouched.
    """
    path = Path(path)
    try:
        _check_target(path)
        target = path.resolve()
    except OSError as error:
        raise _refusal(path, error) from error
    temporary = target.with_name(f".{target.name[:80]}.{os.urandom(6).hex()}.tmp")
    try:
        descriptor = os.open(temporary, _FLAGS, 0o600 if private else 0o666)
    except OSError as error:
        raise _refusal(path, error) from error
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            if callable(data):
                data(stream)
            else:
                stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        replace(temporary, target)
    except OSError as error:
        raise _refusal(path, error) from error
    finally:
        # Also after Ctrl-C: nothing half-written stays behind.
        with contextlib.suppress(OSError):
            temporary.unlink()
    return path


def write_staged(path: Path, data: bytes) -> Path:
    """Write a file (mode 0600) in a staging folder, where nobody looks for it yet; returns `path`.

    It is one of many: `sync_staged` comes when the last is written. RefusedError as
    `write_atomic`; nothing half-written stays behind then.
    """
    try:
        descriptor = os.open(path, _FLAGS & ~os.O_EXCL | os.O_TRUNC, 0o600)
    except OSError as error:
        raise _refusal(path, error) from error
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
    except BaseException as error:
        with contextlib.suppress(OSError):
            path.unlink()
        if isinstance(error, OSError):
            raise _refusal(path, error) from error
        raise
    return path


def sync_staged(paths: Iterable[Path]) -> None:
    """Wait until the content of staged files is on the disk: their names are when they are moved.

    All in a row, as a disk takes many at once sooner than each by itself. RefusedError.
    """
    for path in paths:
        try:
            sync_file(path)
        except OSError as error:
            raise _refusal(path, error) from error


_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def safe_join(folder: Path, name: str) -> Path:
    """A path directly inside `folder` for a `name` that may come from outside.

    Separators, control characters and what Windows forbids become `-`; reserved names get a
    `_`; the name is cut to 150 characters, its ending kept. RefusedError when nothing is left.
    """
    clean = _FORBIDDEN.sub("-", name).strip(" .")
    if not clean.strip("-_"):
        raise RefusedError(
            _("«{name}» cannot be the name of a file.", name=_FORBIDDEN.sub("-", name)),
            _("Choose a name with letters or digits."),
        )
    if is_device_name(clean):
        clean = f"_{clean}"
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > 8:
        stem, dot, ending = clean, "", ""
    # 150 characters are at most 240 bytes of Norwegian: file systems stop at 255.
    while len(stem.encode()) > 240 - len(ending.encode()) or len(stem) > 150:
        stem = stem[:-1]
    return Path(folder) / f"{stem}{dot}{ending}"


def make_folder(folder: Path) -> Path:
    """Make `folder` (and those above it) unless it is there. RefusedError when that fails."""
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise RefusedError(
            _("{path} is a file, not a folder.", path=folder), _("Choose another folder.")
        ) from error
    except OSError as error:
        raise _refusal(Path(folder), error) from error
    return Path(folder)


def _check_target(path: Path) -> None:
    refuse_missing_folder(path)
    if path.is_dir():
        raise RefusedError(
            _("{path} is a folder, not a file.", path=path), _("Add a file name after it.")
        )
    if path.exists() and not path.is_file():
        raise RefusedError(
            _("{path} is not an ordinary file.", path=path), _("Choose another name.")
        )
    if not path.resolve().is_relative_to(path.parent.resolve()):
        raise RefusedError(
            _("{path} leads out of the folder {folder}.", path=path, folder=path.parent),
            _("Remove the link, or choose another name."),
        )


def _refusal(path: Path, error: OSError) -> RefusedError:
    path = Path(*(part for part in path.parts if not part.startswith(STAGED)))
    if getattr(error, "winerror", None) in WINDOWS_HELD[1:]:
        return RefusedError(
            _("{path} is open in another program.", path=path),
            _("Close it there and try again."),
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return RefusedError(
            _("You may not write to {path}.", path=path),
            _("Choose another folder, or ask for access to this one."),
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else -1):
        return RefusedError(
            _("There is no room left on the disk for {path}.", path=path),
            _("Free some space, or choose another disk."),
        )
    if error.errno == errno.ENAMETOOLONG:
        return RefusedError(
            _("The name {path} is too long.", path=path), _("Choose a shorter one.")
        )
    return RefusedError(
        _("{path} could not be written: {why}.", path=path, why=why(error)),
        _("Check the disk and the folder, and try again."),
    )
