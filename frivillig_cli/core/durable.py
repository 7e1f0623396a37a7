"""Files that are really on the disk, and their folder's entry for them."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

PATIENCE = 2.5  # seconds that a virus scanner or a sync client may hold a file on Windows
WINDOWS_HELD = (5, 32, 33)  # access denied, sharing violation, lock violation


def sync_file(path: Path) -> None:
    """Wait until the file's content is on the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Wait until the folder's entries are on the disk; Windows does that by itself."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):  # some network file systems refuse it for folders
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def replace(source: Path, target: Path) -> None:
    """Rename over `target` in one step that lasts, as `move` does; OSError when it cannot be."""
    move(source, target)
    sync_folder(target.parent)


def move(source: Path, target: Path) -> None:
    """Rename over `target` in one step, waiting for a program that holds it on Windows.

    For one of many files: `sync_folder` comes when the last is moved.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            source.replace(target)
        except OSError as error:
            held = getattr(error, "winerror", None) in WINDOWS_HELD
            if not held or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def discard(*paths: Path) -> None:
    """Remove what was not finished, where it is there at all."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()
