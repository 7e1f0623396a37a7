"""Cells that reach over several rows of a list: what stands in one is said of each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from frivillig_cli.formats.cells import CellKind, Row, RowMaker

Merged = tuple[int, int, int]  # row, column, how many rows
_MOST_OVER = 200


def filled_down(rows: Sequence[Row], merged: Iterable[Merged]) -> list[Row]:
    """The rows with what stands in a cell over several of them in each."""
    place = {row.number: at for at, row in enumerate(rows)}
    found = list(rows)
    for number, column, over in merged:
        at = place.get(number)
        cell = rows[at].cell(column) if at is not None else None
        if at is None or cell is None or cell.kind is CellKind.BLANK:
            continue
        for n in range(at + 1, len(rows)):
            if rows[n].number >= number + min(over, _MOST_OVER):
                break
            cells = {one.column: one for one in found[n].cells}
            cells.setdefault(column, cell)
            maker = RowMaker()
            for _column, one in sorted(cells.items()):
                maker.add(one.column, one.kind, one.value, one.formula)
            found[n] = maker.row(rows[n].number)
    return found
