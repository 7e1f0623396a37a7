"""The bookmarks of a PDF, read back by poppler."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


def bookmarks(pdf: bytes) -> list[tuple[int, str, int]]:
    """How deep each is, what it says, and its page."""
    if shutil.which("pdftohtml") is None:
        pytest.skip("pdftohtml (poppler-utils) is not installed")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "read.pdf"
        file.write_bytes(pdf)
        words = ["pdftohtml", "-xml", "-stdout", "-i", str(file)]
        done = subprocess.run(words, check=True, capture_output=True, encoding="utf-8")
    found, depth = [], 0
    for opens, closes, page, name in re.findall(
        r"(<outline>)|(</outline>)|<item page=\"(\d+)\">(.*?)</item>", done.stdout
    ):
        depth += bool(opens) - bool(closes)
        if page:
            found.append((depth, html.unescape(name), int(page)))
    return found
