"""Files as one zip, the same bytes for the same files."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import BinaryIO

from frivillig_cli.formats.files import write_atomic

_ORDINARY, _UNIX = 0o600, 3  # only its owner's to read, where that is known


def write_zip(path: Path, files: Iterable[Path], day: date, advance: Callable[[int], None]) -> Path:
    """Pack `files`, by their names, in the order given, dated `day`; returns `path`.

    One file at a time is in memory. RefusedError as `write_atomic`.
    """

    def pack(stream: BinaryIO) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in files:
                entry = zipfile.ZipInfo(
                    file.name, (max(day.year, 1980), day.month, day.day, 0, 0, 0)
                )
                entry.external_attr, entry.create_system = _ORDINARY << 16, _UNIX
                packed.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
                advance(1)

    return write_atomic(path, pack, private=True)
