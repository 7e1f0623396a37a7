"""The same workbook at the same time is the same file, dated by the one clock."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from frivillig_cli.formats.xlsx_write import write_table


def test_a_list_written_twice_is_the_same_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2027-03-15T10:00:01+01:00")
    one, two = (
        write_table(tmp_path / name, "Lag", ["Navn"], [["Lia songlag"]])
        for name in ("a.xlsx", "b.xlsx")
    )
    assert one.read_bytes() == two.read_bytes()
    assert {e.date_time for e in zipfile.ZipFile(one).infolist()} == {(2027, 3, 15, 9, 0, 0)}
    assert openpyxl.load_workbook(one).properties.modified.isoformat() == "2027-03-15T09:00:01"


def test_a_clock_before_the_first_time_of_zip_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", "1970-01-02T00:00:00+00:00")
    assert write_table(tmp_path / "a.xlsx", "Lag", ["Navn"], [["x"]]).exists()
