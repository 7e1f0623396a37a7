"""Temporary files: private, removed, and swept after a crash."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from frivillig_cli.formats.private import private_temporaries
from frivillig_cli.formats.xlsx_read import read_workbook
from frivillig_cli.formats.xlsx_write import Book, Column, write_table


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_only_the_user_can_read_what_is_written_on_the_way(temporary: Path) -> None:
    with private_temporaries() as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert Path(tempfile.gettempdir()) == folder
    assert tempfile.gettempdir() == str(temporary)
    assert list(temporary.iterdir()) == []


def test_a_workbook_leaves_nothing_behind(temporary: Path, tmp_path: Path) -> None:
    write_table(tmp_path / "liste.xlsx", "Liste", [Column("Navn", 20)], [["Astrid"]])
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_the_rows_of_a_list_wait_where_only_the_user_looks(temporary: Path, tmp_path: Path) -> None:
    def rows() -> Iterator[list[str]]:
        for n in range(500):
            yield [f"Astrid {n}"]
        (waiting,) = temporary.iterdir()  # a process that is killed here leaves it so
        assert waiting.name.startswith("frivillig-private-")
        assert stat.S_IMODE(waiting.stat().st_mode) == 0o700

    write_table(tmp_path / "liste.xlsx", "Liste", [Column("Navn", 20)], rows())
    assert list(temporary.iterdir()) == []


def test_a_form_is_in_no_file_before_it_is_in_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openpyxl.worksheet import _writer

    monkeypatch.delattr(_writer, "create_temporary_file")
    book = Book("Skjema")
    book.sheet("Skjema").put(1, 1, "Astrid")
    book.save(tmp_path / "skjema.xlsx")
    (sheet,) = read_workbook(tmp_path / "skjema.xlsx").sheets
    assert sheet.cell("A1").value == "Astrid"


def test_what_a_killed_process_left_is_swept_when_it_is_old(temporary: Path) -> None:
    old, new = temporary / "frivillig-private-old", temporary / "frivillig-private-new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "openpyxl.x").write_text("Astrid")
    os.utime(old, (time.time() - 7200,) * 2)
    with private_temporaries():
        assert not old.exists() and new.exists()
