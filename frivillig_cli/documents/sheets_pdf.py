"""Sheets as PDF: the same accessible and archivable kind as the letters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from frivillig_cli.core.i18n import _, in_language
from frivillig_cli.core.phone import dial_phone, show_phone
from frivillig_cli.documents.sheets import (
    Boxes,
    Cell,
    Column,
    Facts,
    Items,
    Phone,
    Section,
    SheetBlock,
    Sheets,
    Table,
)
from frivillig_cli.documents.typeset import Replaced, fitting, stated, typesetter
from frivillig_cli.documents.values import one_line

MOST_BOXES = 80
_UNBREAKABLE = 600


def write_sheets_pdf(sheets: Sheets, language: str, replaced: Replaced | None = None) -> bytes:
    """The sheets in one file, in `language` (nb, nn, en). The same sheets give the same bytes.

    Meant for at most some 2,000 rows: memory grows with the pages. Characters that the font
    lacks become □ and are noted in `replaced`. Raises DocumentError.
    """
    with in_language(language):
        data = _Writer(replaced or Replaced()).sheets(sheets, language)
    return typesetter().pdf("list", data)


def footing(sheets: Sheets) -> str:
    """Who owns the sheets, how old their data are, and when they were printed."""
    parts = [
        sheets.owner,
        _("Data as of {time}", time=sheets.data_as_of) if sheets.data_as_of else "",
        _("Printed {time}", time=sheets.printed) if sheets.printed else "",
    ]
    return " · ".join(part for part in parts if part)


def legend_of(section: Section) -> str:
    """The legends of a section's tables, once each."""
    legends = (block.legend for block in section.blocks if isinstance(block, Table))
    return "   ".join(dict.fromkeys(legend for legend in legends if legend))


class _Writer:
    """Turns sheets into what the layout takes."""

    def __init__(self, replaced: Replaced) -> None:
        self._replaced = replaced

    def text(self, text: str, longest: int = 60) -> str:
        return fitting(one_line(text), self._replaced, longest)

    def sheets(self, sheets: Sheets, language: str) -> dict[str, Any]:
        return {
            "title": self.text(sheets.title) or "–",
            "date": stated(sheets.day),
            "running": self.text(_cut(sheets.title, 70)),
            "author": self.text(sheets.owner),
            "subtitle": self.text(sheets.subtitle),
            "frame": self.text(sheets.frame),
            "foot": self.text(footing(sheets)),
            # The layout fills these two in: it alone knows the pages.
            "page": _("Page {n} of {total}", n="{n}", total="{total}"),
            "language": language,
            "sections": [self._section(section) for section in sheets.sections],
        }

    def _section(self, section: Section) -> dict[str, Any]:
        return {
            "title": self.text(section.title),
            "running": self.text(_cut(section.title, 50)),
            "wide": section.wide,
            "legend": self.text(legend_of(section)),
            "blocks": [self._block(block) for block in section.blocks],
        }

    def _block(self, block: SheetBlock) -> dict[str, Any]:
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Facts):
            rows = [
                {"label": self.text(label), "values": self._cells(values_of(value))}
                for label, value in block.rows
            ]
            return {"k": "facts", "big": block.big, "rows": rows}
        if isinstance(block, Boxes):
            label, note = self.text(block.label), self.text(block.note)
            return {
                "k": "boxes",
                "label": label,
                "note": note,
                "count": min(block.count, MOST_BOXES),
            }
        if isinstance(block, Items):
            items = [self.text(item) for item in block.items]
            return {"k": "items", "boxes": block.boxes, "items": items}
        return {"k": "text", "kind": block.kind, "t": self.text(block.text)}

    def _table(self, table: Table) -> dict[str, Any]:
        rows = [
            {
                "cells": [self._cell(cell, column) for cell, column in padded(row, table.columns)],
                "struck": n in table.struck,
                "long": any(len(cell) > _UNBREAKABLE for cell in row if isinstance(cell, str)),
            }
            for n, row in enumerate(table.rows)
        ]
        return {
            "k": "table",
            "caption": self.text(table.caption),
            "columns": [
                {"title": self.text(c.title, 14), "mm": c.mm, "share": c.share, "kind": c.kind}
                for c in table.columns
            ],
            "rows": rows,
            "blank_rows": table.blank_rows,
        }

    def _cells(self, cells: Iterable[Cell]) -> list[Any]:
        return [self._cell(cell) for cell in cells]

    def _cell(self, cell: Cell, column: Column | None = None) -> Any:
        if isinstance(cell, Phone):
            return {
                "target": f"tel:{dial_phone(cell.number)}",
                "shown": self.text(show_phone(cell.number)),
                "note": self.text(cell.note),
            }
        longest = 20 if column else 40
        if column and column.mm:
            # Some 2 mm a letter at 11 points, less the cell's margins.
            longest = max(3, int((column.mm - 3) / 2))
        return self.text(cell, longest)


def values_of(value: Cell | tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The cells of a fact's value."""
    return value if isinstance(value, tuple) else (value,)


def padded(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> list[tuple[Cell, Column]]:
    """A row's cells with their columns; empty ones for those that it lacks."""
    return [(row[n] if n < len(row) else "", column) for n, column in enumerate(columns)]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
