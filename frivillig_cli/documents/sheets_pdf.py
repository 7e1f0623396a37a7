"""Sheets as PDF: the same accessible and archivable kind as the letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from frivillig_cli.core.i18n import _, in_language
from frivillig_cli.core.phone import dial_phone, show_phone
from frivillig_cli.documents.sheets import (
    Boxes,
    Cell,
    Column,
    Entry,
    Facts,
    Items,
    Phone,
    Section,
    SheetBlock,
    Sheets,
    Table,
    Value,
)
from frivillig_cli.documents.together import UNBROKEN
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
    return typesetter().pdf_apart("list", data)


def footing(sheets: Sheets) -> str:
    """Who owns the sheets, how old their data are, and when they were printed."""
    parts = [
        sheets.owner,
        _("Data as of {time}", time=sheets.data_as_of) if sheets.data_as_of else "",
        _("Printed {time}", time=sheets.printed) if sheets.printed else "",
        _("Too old after {date}", date=sheets.too_old) if sheets.too_old else "",
    ]
    return " · ".join(part for part in parts if part)


def legends_of(section: Section) -> list[str]:
    """What a section's tables explain at the foot of the page: legends, then keys, once each."""
    tables = [block for block in section.blocks if isinstance(block, Table)]
    lines = [*(table.legend for table in tables), *(table.key for table in tables)]
    return list(dict.fromkeys(line for line in lines if line))


def _runs(sections: Sequence[Section]) -> list[list[Section]]:
    """The sections, those together that stand on the same pages."""
    runs: list[list[Section]] = []
    for one in sections:
        if one.follows and runs and runs[-1][0].wide == one.wide:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


class _Writer:
    """Turns sheets into what the layout takes."""

    def __init__(self, replaced: Replaced) -> None:
        self._replaced = replaced

    def text(self, text: str, longest: int = 60) -> str:
        return fitting(one_line(text), self._replaced, longest)

    def sheets(self, sheets: Sheets, language: str) -> dict[str, Any]:
        return {
            "title": self.text(sheets.title, UNBROKEN) or "–",
            "heading": self.text(sheets.title) or "–",
            "date": stated(sheets.day),
            "running": self.text(_cut(sheets.title, 70)),
            "author": self.text(sheets.owner, UNBROKEN),
            "subtitle": self.text(sheets.subtitle),
            "frame": self.text(sheets.frame),
            "foot": self.text(footing(sheets)),
            # The layout fills these two in: it alone knows the pages.
            "page": _("Page {n} of {total}", n="{n}", total="{total}"),
            "language": language,
            "sections": [self._section(parts) for parts in _runs(sheets.sections)],
        }

    def _section(self, parts: Sequence[Section]) -> dict[str, Any]:
        legends = dict.fromkeys(line for part in parts for line in legends_of(part))
        return {
            "running": self.text(_cut(parts[0].title, 50)),
            "wide": parts[0].wide,
            "legends": [self.text(line) for line in legends],
            "parts": [
                {
                    "title": self.text(part.title),
                    "blocks": [self._block(block) for block in part.blocks],
                }
                for part in parts
            ],
        }

    def _block(self, block: SheetBlock) -> dict[str, Any]:
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Facts):
            rows = [
                {"label": self.text(label), "values": self._values(value)}
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
                "cells": [self._values(value, c) for value, c in padded(row, table.columns)],
                "struck": n in table.struck,
                "long": any(_length(value) > _UNBREAKABLE for value in row),
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

    def _values(self, value: Value, column: Column | None = None) -> list[Any]:
        return [self._cell(cell, column) for cell in values_of(value)]

    def _cell(self, cell: Cell, column: Column | None = None) -> Any:
        if isinstance(cell, Phone):
            return {
                "target": f"tel:{dial_phone(cell.number)}",
                "shown": self.text(show_phone(cell.number)),
                "note": self.text(cell.note),
            }
        if isinstance(cell, Entry):
            return {
                "name": self.text(cell.name, 26),
                "word": self.text(cell.word, 26),
                "below": self.text(cell.below, 26),
            }
        longest = 20 if column else 40
        if column and column.mm:
            # Some 2 mm a letter at 11 points, less the cell's margins.
            longest = max(3, int((column.mm - 3) / 2))
        # the layout parts words by syllables in tables, but no codes
        hyphenated = bool(column and column.kind != "code")
        return fitting(one_line(cell), self._replaced, longest, hyphenated=hyphenated)


def values_of(value: Value) -> tuple[Cell, ...]:
    """The cells of a value, one below the other."""
    return value if isinstance(value, tuple) else (value,)


def _length(value: Value) -> int:
    """The characters of a value's longest text."""
    texts = ("" if isinstance(cell, Phone) else cell for cell in values_of(value))
    return max(
        (len(t) if isinstance(t, str) else len(t.name + t.word + t.below) for t in texts),
        default=0,
    )


def padded(row: tuple[Value, ...], columns: tuple[Column, ...]) -> list[tuple[Value, Column]]:
    """A row's values with their columns; empty ones for those that it lacks."""
    return [(row[n] if n < len(row) else "", column) for n, column in enumerate(columns)]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
