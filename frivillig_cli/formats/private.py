"""A temporary folder that only this user can read, emptied also after a crash.

openpyxl writes each sheet to a temporary file before it packs the workbook; a process that is
killed there would leave every name of it readable in the system's temporary folder.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_PREFIX = "frivillig-private-"
_STALE = 3600.0  # seconds: no single workbook takes an hour


@contextlib.contextmanager
def private_temporaries() -> Iterator[Path]:
    """Within the block temporary files lie in a folder of mode 0700, which is then removed.

    What a killed process left behind an hour ago or earlier is removed first. Within such a
    block another one changes nothing: many files in a row share one folder.
    """
    before = tempfile.tempdir
    if before and Path(before).name.startswith(_PREFIX):
        yield Path(before)
        return
    _sweep()
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as folder:
        tempfile.tempdir = folder
        try:
            yield Path(folder)
        finally:
            tempfile.tempdir = before


def _sweep() -> None:
    now = time.time()
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if now - left.stat().st_mtime > _STALE and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
