"""The files of a batch as they lie: in a folder, or packed in one zip."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import zipfile

MOST_BYTES = 200_000_000  # one file


def is_zip(folder: Path | str) -> bool:
    """Whether a batch is written as one zip."""
    return Path(folder).suffix.lower() == ".zip"


class Lying:
    """Reads the files of a batch by name. OSError: it is not there, or cannot be read."""

    def __init__(self, folder: Path, packed: zipfile.ZipFile | None) -> None:
        self._folder, self._packed = folder, packed

    def names(self) -> list[str]:
        """The files that are packed; none where nothing is, or what is there cannot be read."""
        return self._packed.namelist() if self._packed else []

    def read(self, name: str) -> bytes:
        """What a file holds."""
        if not is_zip(self._folder):
            return (self._folder / name).read_bytes()
        if self._packed is None:
            raise FileNotFoundError(2, "No such file or directory")
        from frivillig_cli.formats.archive import ZIP_ERRORS

        try:
            with self._packed.open(name) as stream:
                data = stream.read(MOST_BYTES + 1)
        except KeyError as error:
            raise FileNotFoundError(2, "No such file or directory") from error
        except ZIP_ERRORS as error:
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
    import zipfile

    from frivillig_cli.formats.archive import ZIP_ERRORS

    try:
        packed = zipfile.ZipFile(folder)
    except ZIP_ERRORS:
        yield Lying(Path(folder), None)
        return
    with packed:
        yield Lying(Path(folder), packed)
