"""The zip that a workbook is: its directory judged before a byte is unpacked.

Sizes in a zip are claims. Every part is read through `Archive.chunks`, which counts, and the
directory is refused when its claims cannot be true (overlaps, doubles) or are a bomb's.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.core.i18n import _

MB = 1024 * 1024
MAX_ENTRIES = 2_000
MAX_DIRECTORY = 1 * MB
MAX_TOTAL = 768 * MB
MAX_SHEET = 640 * MB
MAX_STRINGS = 256 * MB
MAX_PART = 8 * MB
MAX_RATIO = 150
SMALL = 4 * MB
CHUNK = 256 * 1024

# What the standard library raises on a damaged zip; everything else is a bug of ours.
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    UnicodeDecodeError,
    ValueError,
    RuntimeError,
    OSError,
)


def damaged(name: str, why: str) -> FileFormatError:
    """The refusal for a file that is broken: one sentence, and how to mend it."""
    return FileFormatError(
        _("{name} is damaged: {why}.", name=name, why=why),
        _("Ask for the file again, or open it in Excel or LibreOffice and save it as .xlsx."),
    )


def too_big(name: str, why: str) -> FileFormatError:
    """The refusal for a file that would not fit in memory, or was made to harm."""
    return FileFormatError(
        _("{name} is too big to read: {why}.", name=name, why=why),
        _("Save only the rows that matter in a new workbook."),
    )


class Archive:
    """An open zip whose directory has passed every check. A context manager.

    Part names are found without regard to case or to the direction of slashes.
    """

    def __init__(self, path: Path) -> None:
        """Open and judge `path`; FileFormatError when it cannot be trusted."""
        self.name = path.name
        try:
            _check_directory_size(path)
            self._zip = zipfile.ZipFile(path)
        except ZIP_ERRORS as error:
            raise damaged(self.name, _("it is not a whole zip file")) from error
        try:
            self._parts = self._check_entries()
            self._check_overlap(path)
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._zip.close()

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._parts

    def names(self) -> list[str]:
        """Every part, lower case, with forward slashes."""
        return list(self._parts)

    def spelled(self, part: str) -> str:
        """The name of a part as the zip spells it, with forward slashes."""
        return self._parts[_key(part)].filename.replace("\\", "/").lstrip("/")

    def size(self, part: str) -> int:
        """How many bytes a part says that it unpacks to."""
        return self._parts[_key(part)].file_size

    def packed(self, part: str) -> datetime | None:
        """When a part was put into the zip, read as UTC; None where no such time stands there."""
        try:
            return datetime(*self._parts[_key(part)].date_time, tzinfo=UTC)
        except ValueError:
            return None

    def chunks(self, part: str, limit: int = MAX_PART) -> Iterator[bytes]:
        """The content of a part, piece by piece; refuses more than `limit` bytes."""
        info = self._parts.get(_key(part))
        if info is None:
            raise damaged(self.name, _("the part {part} is missing", part=part))
        if info.file_size > limit:
            raise self._part_too_big(part, limit)
        done = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(CHUNK):
                    done += len(chunk)
                    if done > limit:
                        raise self._part_too_big(part, limit)
                    yield chunk
        except ZIP_ERRORS as error:
            raise damaged(self.name, _("the part {part} cannot be unpacked", part=part)) from error
        if done != info.file_size:
            raise damaged(self.name, _("the part {part} cannot be unpacked", part=part))

    def read(self, part: str, limit: int = MAX_PART) -> bytes:
        """The whole of a part."""
        return b"".join(self.chunks(part, limit))

    def _part_too_big(self, part: str, limit: int) -> FileFormatError:
        return too_big(
            self.name, _("the part {part} is over {limit} MB", part=part, limit=limit // MB)
        )

    def _check_entries(self) -> dict[str, zipfile.ZipInfo]:
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise too_big(self.name, _("it has more than {n} parts", n=MAX_ENTRIES))
        parts: dict[str, zipfile.ZipInfo] = {}
        total = 0
        for info in entries:
            if info.flag_bits & 0x41:
                raise FileFormatError(
                    _("{name} is protected with a password.", name=self.name),
                    _("Open it, remove the password and save it again."),
                )
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise damaged(self.name, _("it is packed in a way that workbooks never are"))
            if info.file_size > SMALL and info.file_size > MAX_RATIO * info.compress_size:
                raise too_big(self.name, _("it unpacks to far more than it holds (a zip bomb)"))
            total += info.file_size
            key = _key(info.filename)
            if key in parts:
                raise damaged(self.name, _("the part {part} is there twice", part=key))
            parts[key] = info
        if total > MAX_TOTAL:
            raise too_big(self.name, _("it unpacks to over {limit} MB", limit=MAX_TOTAL // MB))
        return parts

    def _check_overlap(self, path: Path) -> None:
        # zipfile looks for this from Python 3.12 on only.
        end = 0
        try:
            with path.open("rb") as stream:
                for info in sorted(self._parts.values(), key=lambda one: one.header_offset):
                    if info.header_offset < end:
                        raise damaged(self.name, _("its parts overlap"))
                    stream.seek(info.header_offset)
                    header = stream.read(30)
                    if header[:4] != b"PK\x03\x04":
                        raise damaged(self.name, _("its table of contents is wrong"))
                    name, extra = struct.unpack("<HH", header[26:30])
                    end = info.header_offset + 30 + name + extra + info.compress_size
        except ZIP_ERRORS as error:
            raise damaged(self.name, _("its table of contents is wrong")) from error
        if end > self._zip.start_dir:
            raise damaged(self.name, _("its parts overlap"))


def _key(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()


def _check_directory_size(path: Path) -> None:
    """Refuse a huge table of contents before zipfile makes an object of each entry."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 66_000))
        tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise damaged(path.name, _("its end is missing"))
    count, length = struct.unpack("<HI", tail[at + 10 : at + 16])
    big = tail.rfind(b"PK\x06\x06", 0, at)
    if tail[at - 20 : at - 16] == b"PK\x06\x07" and big >= 0 and len(tail) >= big + 56:
        count, length = struct.unpack("<QQ", tail[big + 32 : big + 48])
    if count > MAX_ENTRIES or length > MAX_DIRECTORY:
        raise too_big(path.name, _("it has more than {n} parts", n=MAX_ENTRIES))
