"""The files of a batch as they lie: in a folder, or packed in one zip."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST_BYTES = 200_000_000  # one file
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError)


def is_zip(folder: Path | str) -> bool:
    """Whether a batch is written as one zip."""
    return Path(folder).suffix.lower() == ".zip"


class Lying:
    """Reads the files of a batch by name. OSError: it is not there, or cannot be read."""

    def __init__(self, folder: Path, packed: zipfile.ZipFile | None) -> None:
        self._folder, self._packed = folder, packed

    def read(self, name: str) -> bytes:
        """What a file holds."""
        if not is_zip(self._folder):
            return (self._folder / name).read_bytes()
        if self._packed is None:
            raise FileNotFoundError(2, "No such file or directory")
        try:
            with self._packed.open(name) as stream:
                data = stream.read(MOST_BYTES + 1)
        except KeyError as error:
            raise FileNotFoundError(2, "No such file or directory") from error
        except _DAMAGED as error:
            raise OSError(5, "damaged") from error
        if len(data) > MOST_BYTES:
            raise OSError(27, "too large")
        return data


@contextmanager
def lying(folder: str) -> Iterator[Lying]:
    """The files of a batch in `folder`, to be read within the block."""
    if not is_zip(folder):
        yield Lying(Path(folder), None)
        return
    try:
        packed = zipfile.ZipFile(folder)
    except (OSError, *_DAMAGED):
        yield Lying(Path(folder), None)
        return
    with packed:
        yield Lying(Path(folder), packed)
