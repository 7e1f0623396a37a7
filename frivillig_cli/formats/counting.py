"""Far too many cells or texts, found by counting their marks before any of them is read.

Reading millions of cells only to refuse the last of them takes many seconds. The marks are
counted in the unpacked bytes; what does not show there is counted again while it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from frivillig_cli.core.i18n import _
from frivillig_cli.formats.archive import MAX_SHEET, MAX_STRINGS, Archive, too_big
from frivillig_cli.formats.budget import MAX_HELD

_LEAST = 13  # bytes that a cell or a text takes: `<si><t/></si>`
_VALUES = (b"</v>", b"</is>")
_ODS_VALUES = (b" office:value-type=",)


def refuse_many_cells(archive: Archive, parts: Sequence[str], *, ods: bool = False) -> None:
    """Raise FileFormatError when the sheets together have more values than are held."""
    parts = [part for part in parts if part in archive]
    chunks = (chunk for part in parts for chunk in archive.chunks(part, MAX_SHEET))
    if _many(archive, parts, chunks, _ODS_VALUES if ods else _VALUES):
        raise too_big(archive.name, _("over {n} cells are filled in", n=MAX_HELD))


def refuse_many_texts(archive: Archive, part: str) -> None:
    """Raise FileFormatError when there are more shared texts than there may be cells."""
    if _many(archive, [part], archive.chunks(part, MAX_STRINGS), (b"</si>", b"<si/>")):
        raise too_big(archive.name, _("it has over {n} different texts", n=MAX_HELD))


def _many(
    archive: Archive, parts: Sequence[str], chunks: Iterator[bytes], marks: Sequence[bytes]
) -> bool:
    if sum(archive.size(part) for part in parts if part in archive) <= _LEAST * MAX_HELD:
        return False  # of nearly every file
    count, end = 0, b""
    longest = max(map(len, marks)) - 1
    for chunk in chunks:
        # a mark that is cut in two is found with the end of the chunk before
        seam = end + chunk[:longest]
        count += sum(chunk.count(mark) + _across(seam, len(end), mark) for mark in marks)
        if count > MAX_HELD:
            return True
        end = chunk[-longest:]
    return False


def _across(seam: bytes, at: int, mark: bytes) -> int:
    """Whether a mark begins before `at` and ends after it."""
    found = seam.find(mark, max(0, at - len(mark) + 1))
    return int(0 <= found < at < found + len(mark))
