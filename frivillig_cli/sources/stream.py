"""A saved file as text, and JSON from it value by value: nothing is held that is not needed.

`json.JSONDecoder.raw_decode` over a growing buffer is C speed with no dependency: the national
register is an array of 1.4 million units, and one page of a search is a single object.
"""

from __future__ import annotations

import codecs
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from frivillig_cli.core.errors import FileFormatError, NotFoundError
from frivillig_cli.core.i18n import N_, _

CHUNK = 1 << 20
# One value: a page of a search is at most 10,000 units, some 35 MB when it is indented.
MAX_VALUE = 64 << 20
# The national register is 2.5 GB and packs 15:1; a bomb packs 1000:1.
MAX_TEXT = 16 << 30
MAX_RATIO = 200
_GZIP = b"\x1f\x8b"
_KINDS = {
    b"PK\x03\x04": N_("a zip file or a workbook"),
    b"%PDF": N_("a PDF"),
    b"\xd0\xcf\x11\xe0": N_("an old or encrypted Office file"),
}
_GAP = re.compile(r"[ \t\r\n]*")
_BETWEEN = re.compile(r"[ \t\r\n]*([,\]])?[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_SCAN = _DECODER.scan_once


class _Guarded(io.RawIOBase):
    """The unpacked bytes of a file, refused when they are far more than any register holds."""

    def __init__(self, source: IO[bytes], packed: IO[bytes], path: Path) -> None:
        self._source, self._packed, self._path, self._read = source, packed, path, 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._source.close()
        self._packed.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._source.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise _broken(self._path) from error
        self._read += len(data)
        if self._read > MAX_TEXT or (
            self._read > MAX_VALUE and self._read > MAX_RATIO * max(self._packed.tell(), 1)
        ):
            raise FileFormatError(
                _("{file} unpacks to far more than a register holds.", file=self._path.name),
                _("Nothing was read from it. Get the file anew from where it came."),
            )
        buffer[: len(data)] = data
        return len(data)


def _broken(path: Path) -> FileFormatError:
    return FileFormatError(
        _("{file} is cut off or damaged.", file=path.name),
        _("Save or download it anew, and wait until it is done."),
    )


def is_packed(path: Path) -> bool:
    """Whether a file is gzipped, by its first bytes."""
    with path.open("rb") as file:
        return file.read(2) == _GZIP


def open_text(path: Path) -> io.TextIOWrapper:
    """Open a plain or gzipped text file (told by its content, not its name) for reading.

    UTF-8, or UTF-16 with its mark, as PowerShell saves what it has fetched. Raises NotFoundError
    for a path that is no file, FileFormatError for an empty file and for what is not text.
    """
    if path.is_dir():
        raise FileFormatError(
            _("{path} is a folder, not a file.", path=path.resolve()), _("Name a file in it.")
        )
    if path.exists() and not path.is_file():
        raise FileFormatError(
            _("{path} is not an ordinary file.", path=path),
            _("Copy its content to a file first."),
        )
    if not path.is_file():
        raise NotFoundError(
            _("There is no file at {path}.", path=path), _("Check the name and the folder.")
        )
    packed = path.open("rb")
    head = packed.read(4)
    packed.seek(0)
    if not head:
        packed.close()
        raise FileFormatError(_("{file} is empty.", file=path.name), _("Save or download it anew."))
    kind = next((name for magic, name in _KINDS.items() if head.startswith(magic)), None)
    if kind:
        packed.close()
        raise FileFormatError(
            _("{file} is {kind}, not text.", file=path.name, kind=_(kind)),
            _("Give the file its right ending, or save it as text."),
        )
    source: Any = gzip.GzipFile(fileobj=packed) if head.startswith(_GZIP) else packed
    raw = io.BufferedReader(_Guarded(source, packed, path), CHUNK)
    mark = raw.peek(4)[:3]
    utf16 = mark.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return io.TextIOWrapper(raw, encoding="utf-16" if utf16 else "utf-8-sig", newline="")


def read_values(path: Path) -> Iterator[Any]:
    """The JSON values of a file: several one after the other, arrays by their elements.

    A value is decoded when it is asked for; an array is never held. Raises FileFormatError.
    """
    with open_text(path) as text:
        buffer = _Buffer(text, path)
        inside = False
        while buffer.more(_GAP):
            if inside and buffer.take("]"):
                inside = False
            elif not inside and buffer.take("["):
                inside = True
            else:
                yield buffer.value()
                inside = buffer.separator() if inside else False
                if inside:
                    yield from buffer.whole_elements()
        if inside:
            raise _broken(path)


class _Buffer:
    """The text between what has been decoded and what has been read."""

    def __init__(self, text: io.TextIOWrapper, path: Path) -> None:
        self._text, self._path = text, path
        self._held, self._at, self._ended = "", 0, False

    def _grow(self) -> bool:
        try:
            more = self._text.read(max(CHUNK, len(self._held) - self._at))
        except (UnicodeDecodeError, UnicodeError) as error:
            raise FileFormatError(
                _("{file} is not UTF-8 text.", file=self._path.name),
                _("Save or download it anew, without opening it in between."),
            ) from error
        self._held, self._at = self._held[self._at :] + more, 0
        self._ended = not more
        return bool(more)

    def more(self, gap: re.Pattern[str]) -> bool:
        """Skip what lies between values; whether anything follows."""
        if self._at < len(self._held) and self._held[self._at] > " ":
            return True
        while True:
            self._at = gap.match(self._held, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._held):
                return True
            if not self._grow():
                return False

    def take(self, mark: str) -> bool:
        """Step over `mark` if it comes next."""
        found = self._held.startswith(mark, self._at)
        self._at += found
        return found

    def separator(self) -> bool:
        """Step over the comma or the bracket after an element; whether the array goes on."""
        if not self.more(_GAP):
            raise _broken(self._path)
        found = _BETWEEN.match(self._held, self._at)
        if not found or not found[1]:
            raise self._no_json()
        self._at = found.end(1)
        return found[1] == ","

    def whole_elements(self) -> Iterator[Any]:
        """The elements of an array that are held with the comma behind them: nearly all."""
        self._at = _GAP.match(self._held, self._at).end()  # type: ignore[union-attr]
        while True:
            try:
                value, end = _SCAN(self._held, self._at)
            except (StopIteration, ValueError, RecursionError):
                return  # `value` reads on, or says what is wrong
            found = _BETWEEN.match(self._held, end)
            if not found or found[1] != ",":
                return
            self._at = found.end()
            yield value

    def value(self) -> Any:
        """Decode the value that comes next, reading on until it is whole."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self._at)
            except (ValueError, RecursionError) as error:
                deep = isinstance(error, RecursionError)
                if deep or len(self._held) - self._at > MAX_VALUE or not self._grow():
                    # what went wrong at the very end is missing, what went wrong before is wrong
                    cut = isinstance(error, json.JSONDecodeError) and self._ended
                    at_end = cut and not deep and _unfinished(error, self._held)
                    raise (_broken(self._path) if at_end else self._no_json()) from None
            else:
                self._at = end
                return value

    def _no_json(self) -> FileFormatError:
        start = self._held[self._at :].lstrip()[:1]
        if start == "<":
            return FileFormatError(
                _("{file} is a web page, not data.", file=self._path.name),
                _("Save the answer itself (JSON), not the page that shows it."),
            )
        return FileFormatError(
            _("{file} is not JSON that can be read.", file=self._path.name),
            _("Save or download it anew."),
        )


def _unfinished(error: Exception, held: str) -> bool:
    """Whether decoding stopped since the text did."""
    place = getattr(error, "pos", 0)
    return str(error).startswith("Unterminated") or place >= len(held.rstrip()) - 1
