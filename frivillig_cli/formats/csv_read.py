"""Reading delimited text whoever wrote it: encoding and delimiter are found out, not asked.

A guess that could change letters or columns in silence is a refusal instead: damaged UTF-8,
quotation marks that never close.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TextIO

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.core.i18n import _
from frivillig_cli.formats.archive import damaged
from frivillig_cli.formats.budget import LONG, MAX_DATA_COLUMNS, Budget
from frivillig_cli.formats.cells import CellKind, Row, RowMaker
from frivillig_cli.formats.values import clean_text

_DELIMITERS = ";\t,|"
# No à, ô, á: they have the bytes of “…”, “™” and the space that does not break of Windows.
_NORWEGIAN, _FOREIGN = "æøåÆØÅ", "éèêëäöüóòÉÈÄÖÜÓÁŠŽšž"
_SIGNS = "‘’“”–—…•€£§°½¼¾«»´·®©™"  # what stands beside words
# Before UTF-8: Windows, the Mac, and DOS, in which Excel still saves "CSV (MS-DOS)".
_OLD = ("cp1252", "mac_roman", "cp850")
# Begun only where a word begins: a long word of a to z would else take its square in time.
_ODD_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_LOOKED_AT = 1 << 22  # bytes; the letters of a long list are those of its beginning
_AS_TEXT = re.compile(r'="([^"]*)"\Z')  # how some systems keep Excel from eating a nought

# æ, ø, å and the like in UTF-8; in other encodings it would be "Ã¥", which nobody writes.
_UTF8_LETTER = re.compile(rb"\xc3[\x80-\xbf]")
_MARKED = re.compile(r"'+[=+\-@]")  # Excel's mark for "this is text": see `csv_write.harmless`


def read_csv(path: Path, budget: Budget) -> list[Row]:
    """The rows of `path` that are not blank; numbers count records, blank ones included.

    Row numbers are those that Excel shows when it opens the file. FileFormatError when the
    letters or the columns cannot be trusted.
    """
    encoding = find_encoding(path)
    with path.open(encoding=encoding, newline="") as stream:
        sample = stream.read(64 * 1024)
        delimiter, skip = find_delimiter(sample)
        stream.seek(0)
        reader = csv.reader(stream, delimiter=delimiter, skipinitialspace=True, strict=True)
        try:
            return list(_rows(reader, budget, skip))
        except csv.Error as error:
            if _too_long(stream, reader.line_num):
                raise FileFormatError(
                    _(
                        "{name}: a cell in line {line} is longer than {n} characters.",
                        name=path.name,
                        line=reader.line_num,
                        n=csv.field_size_limit(),
                    ),
                    _("Look at that line: is it a list, and is the right delimiter in it?"),
                ) from error
            raise FileFormatError(
                _(
                    "{name} cannot be split into columns: the quotation marks in line {line} "
                    "do not match.",
                    name=path.name,
                    line=_begun_in(stream, delimiter),
                ),
                _("Open it in Excel or LibreOffice and save it as .xlsx."),
            ) from error
        except UnicodeError as error:
            raise damaged(path.name, _("its letters cannot be read")) from error


def _begun_in(stream: TextIO, delimiter: str) -> int:
    """The line in which the first record begins that is none: there a quotation mark opens."""
    stream.seek(0)
    reader = csv.reader(stream, delimiter=delimiter, skipinitialspace=True, strict=True)
    line = 1
    with suppress(csv.Error):
        for _record in reader:
            line = reader.line_num + 1
    return line


def _too_long(stream: TextIO, number: int) -> bool:
    """Whether that line alone is longer than a cell may be; an open quotation mark takes many."""
    stream.seek(0)
    line = next(islice(stream, number - 1, None), "")
    return len(line) > csv.field_size_limit()


def _rows(reader: Iterator[list[str]], budget: Budget, skip: int) -> Iterator[Row]:
    maker = RowMaker()
    texts: dict[str, str] = {}
    for number, record in enumerate(reader, 1):
        if number <= skip:
            continue
        if len(record) > 16 * MAX_DATA_COLUMNS:
            budget.row(len(record))
        budget.looked_at(len(record))
        for column, raw in enumerate(record, 1):
            value = clean_text(raw)
            if value is None:
                continue
            if value[0] == "=" and (kept := _AS_TEXT.match(value)):
                value = kept[1]
            elif value[0] == "'" and _MARKED.match(value):
                value = value[1:]
            if len(value) > LONG:
                budget.long_text(value)
            else:
                value = texts.setdefault(value, value) if len(texts) < 100_000 else value
            maker.add(column, CellKind.TEXT, value)
        if maker.columns:
            budget.row(len(maker.columns))
            yield maker.row(number)


def find_delimiter(sample: str) -> tuple[str, int]:
    """The delimiter of a text, and how many lines to pass over (Excel's own `sep=;` line)."""
    first = sample.partition("\n")[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4], 1
    whole = sample.rpartition("\n")[0] or sample
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        try:
            records = [r for r in csv.reader(whole.splitlines(), delimiter=delimiter) if any(r)]
        except csv.Error:
            continue
        counts = Counter(len(record) for record in records if len(record) > 1)
        if not counts:
            continue
        columns, times = counts.most_common(1)[0]
        if delimiter in ";\t" and times == len(records) > 1:
            return delimiter, 0  # it parts every line alike, whatever commas stand in the cells
        score = times / len(records) * (columns - 1) ** 0.5
        if score > best_score:
            best, best_score = delimiter, score
    return best, 0


def find_encoding(path: Path) -> str:
    """The encoding of a text file: by its mark, else UTF-8, else by its Norwegian letters."""
    data = path.read_bytes()
    if data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif data[:400].count(0) > len(data[:400]) // 4:
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    else:
        encoding = "utf-8"
    line = _undecodable_line(data, encoding)
    if line is None:
        return encoding
    if encoding != "utf-8" or _mostly_utf8(data):
        raise damaged(path.name, _("a letter in line {line} is broken", line=line))
    other = _UTF8_LETTER.search(data)
    if other:
        line = data.count(b"\n", 0, other.start()) + 1
        raise damaged(path.name, _("line {line} is in another encoding than the rest", line=line))
    words = Counter(_ODD_WORD.findall(data, 0, _LOOKED_AT))
    encoding = max(_OLD, key=lambda one: _norwegian(words, one))
    line = _undecodable_line(data, encoding)
    if line is not None:
        raise damaged(path.name, _("a letter in line {line} is broken", line=line))
    return encoding


def _norwegian(words: Counter[bytes], encoding: str) -> int:
    """How Norwegian words with other letters than a to z are, read in that encoding."""
    points = 0
    for word, n in words.items():
        # split: a space that does not break, as in 1 200, is no letter of a word
        points += n * sum(map(_points, word.decode(encoding, "replace").split()))
    return points


def _points(word: str) -> int:
    """4 for each æ, ø, å that stands as people write it, 1 for an é; below 0 what is no word."""
    inside = word.strip(_SIGNS)
    strange = sum(not (letter.isalpha() or letter in "‘’") for letter in inside)
    if strange or inside.isascii():
        return -strange
    # ’Solvang’ read in another encoding is ÆSolvangÆ, and Kari’s is KariÆs
    written = inside.islower() or inside.isupper() or inside[1:].islower()
    short = len(inside) < 3 and not any(letter in "ØøÅå" for letter in inside)
    if not written or short:
        return -1 if len(inside) > 1 else 0
    return sum(4 * (letter in _NORWEGIAN) + (letter in _FOREIGN) for letter in inside)


def _undecodable_line(data: bytes, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    size = 1 << 20
    line = 1
    for start in range(0, len(data), size):
        piece = data[start : start + size]
        try:
            decoder.decode(piece, start + size >= len(data))
        except UnicodeDecodeError as error:
            return line + piece.count(b"\n", 0, error.start)
        line += piece.count(b"\n")
    return None


def _mostly_utf8(data: bytes) -> bool:
    text = data[: 1 << 22].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(1 for letter in text if letter > "\x7f") - broken > broken
