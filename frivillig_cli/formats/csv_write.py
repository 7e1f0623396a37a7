"""Writing delimited text that is safe to open for people."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from frivillig_cli.formats.files import write_atomic
from frivillig_cli.formats.xlsx_text import looks_like_formula

# An apostrophe of its own gets another one: whoever reads the file takes one away.
_MARKED = re.compile(r"'+[=+\-@]")
_NUMBER_LIKE = re.compile(r"[+-]?\d[\d .,]*\Z")


def write_csv(
    path: Path,
    headers: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    private: bool = False,
) -> Path:
    """Write a CSV file as a Norwegian Excel opens it, and return its path.

    UTF-8 with its mark, semicolons, and an apostrophe before a text that Excel would run as a
    formula (a phone number or an amount with a sign is none).
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    writer.writerow([harmless(header) for header in headers])
    writer.writerows([harmless(value) for value in row] for row in rows)
    return write_atomic(path, stream.getvalue().encode("utf-8-sig", "replace"), private=private)


def harmless(value: object) -> str:
    """`value` as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    if _MARKED.match(text) or (looks_like_formula(text) and not _NUMBER_LIKE.match(text)):
        return f"'{text}"
    return text
