"""More cells or texts than can be held: refused before the first of them is read."""

import openpyxl
import pytest

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.formats import archive, counting
from frivillig_cli.formats.tables import read_table


@pytest.fixture
def book(tmp_path):
    made = openpyxl.Workbook()
    for name in ("En", "To"):
        sheet = made.create_sheet(name)
        sheet.append(["Navn", "Tall"])
        for n in range(20):
            sheet.append([f"{name} {n}", n])
    path = tmp_path / "liste.xlsx"
    made.save(path)
    return path


# 2 sheets of 21 rows of 2: 84 values
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@pytest.mark.parametrize("chunk", [32, 1 << 18])
def test_cells_are_counted_over_all_sheets_and_over_every_seam(
    book, monkeypatch, request, kind, chunk
):
    path = book if kind == "xlsx" else request.getfixturevalue("convert")(book, "ods")
    monkeypatch.setattr(counting, "_LEAST", 0)
    monkeypatch.setattr(archive, "CHUNK", chunk)
    monkeypatch.setattr(counting, "MAX_HELD", 84)
    assert len(read_table(path).rows) == 20
    monkeypatch.setattr(counting, "MAX_HELD", 83)
    with pytest.raises(FileFormatError, match="over 83 cells"):
        read_table(path)


def test_shared_texts_are_counted(tmp_path, kit, monkeypatch):
    texts = "<si><t>Lier hagelag</t></si>" + "<si><t>x</t></si>" * 40 + "<si/>"
    strings = f'<sst xmlns="{kit.MAIN}">{texts}</sst>'
    path = kit.write_zip(tmp_path / "liste.xlsx", kit.parts(strings=strings))
    monkeypatch.setattr(counting, "_LEAST", 0)
    monkeypatch.setattr(counting, "MAX_HELD", 42)
    assert len(read_table(path).rows) == 1
    monkeypatch.setattr(counting, "MAX_HELD", 41)
    with pytest.raises(FileFormatError, match="over 41 different texts"):
        read_table(path)
