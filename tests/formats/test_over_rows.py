"""Cells over several rows, and rows that are not shown, in a list."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from frivillig_cli.formats.tables import read_table


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_stands_over_several_rows_is_in_each_and_hidden_ones_are_told(
    tmp_path, convert, kind: str
) -> None:
    book = Workbook()
    sheet = book.active
    for row in [["Medlemslag i Elvdal", None], ["Lag", "Sted"], ["Fjellkoret", "Elvdal"],
                ["Dalkoret", None], ["Barnegospel", "Tun"], ["Strandkoret", "Strand"]]:  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("B3:B4")
    sheet.row_dimensions[6].hidden = True
    book.save(tmp_path / "a.xlsx")
    table = read_table(
        tmp_path / "a.xlsx" if kind == "xlsx" else convert(tmp_path / "a.xlsx", kind)
    )
    assert [row.values["Sted"] for row in table.rows] == ["Elvdal", "Elvdal", "Tun", "Strand"]
    assert (table.merged, table.hidden_rows) == (1, (6,))


def test_a_cell_over_a_whole_column_takes_no_time_and_hides_nothing(tmp_path, kit) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>Lag {n}</t></is></c></row>'
        for n in range(1, 2_000)
    )
    xml = kit.sheet_xml(
        rows,
        after='<mergeCells><mergeCell ref="B2:B1048576"/><mergeCell ref="x:y"/>'
        '<mergeCell ref="A2:A1048576"/></mergeCells>',
    )
    table = read_table(kit.write_zip(tmp_path / "a.xlsx", kit.parts(sheet=xml)))
    assert [row.values["Lag 1"] for row in table.rows] == [f"Lag {n}" for n in range(2, 2_000)]
