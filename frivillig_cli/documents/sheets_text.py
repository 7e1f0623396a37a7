"""Sheets as plain text: for when nothing else can be made or opened."""

from __future__ import annotations

from collections.abc import Iterator

from frivillig_cli.core.i18n import in_language
from frivillig_cli.core.phone import show_phone
from frivillig_cli.documents.sheets import (
    Boxes,
    Cell,
    Column,
    Entry,
    Facts,
    Items,
    Phone,
    SheetBlock,
    Sheets,
    Table,
    Value,
)
from frivillig_cli.documents.sheets_pdf import footing, padded, values_of
from frivillig_cli.documents.values import one_line


def sheets_text(sheets: Sheets, language: str) -> str:
    """The sheets as text in `language`: a line a row, what belongs to it indented below."""
    with in_language(language):
        return "\n".join(_lines(sheets)) + "\n"


def _lines(sheets: Sheets) -> Iterator[str]:
    if sheets.frame:
        yield f"*** {one_line(sheets.frame)} ***"
    yield one_line(sheets.title)
    for line in (sheets.subtitle, footing(sheets)):
        if line:
            yield one_line(line)
    for section in sheets.sections:
        title = one_line(section.title)
        yield from ("", title.upper(), "=" * len(title))
        for block in section.blocks:
            yield from _block(block)


def _block(block: SheetBlock) -> Iterator[str]:
    yield ""
    if isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Facts):
        width = max((len(label) for label, _value in block.rows), default=0)
        for label, value in block.rows:
            first, *more = [_cell(cell) for cell in values_of(value)] or [""]
            yield f"{one_line(label):<{width}}  {first}"
            yield from (f"{'':<{width}}  {line}" for line in more)
    elif isinstance(block, Boxes):
        yield f"{one_line(block.label)}  {'[ ] ' * block.count} {one_line(block.note)}".rstrip()
    elif isinstance(block, Items):
        mark = "[ ]" if block.boxes else "-"
        yield from (f"{mark} {one_line(item)}" for item in block.items)
    else:
        yield one_line(block.text)


def _table(table: Table) -> Iterator[str]:
    for line in filter(None, (table.caption, table.legend, table.key)):
        yield one_line(line)
    for row in table.rows:
        cells = [_value(value, column) for value, column in padded(row, table.columns)]
        head, *below = "  ".join(filter(None, cells)).split("\n")
        yield head
        yield from (f"     {line}" for line in below)
    if table.blank_rows:
        heads = "  ".join(column.title for column in table.columns)
        yield heads
        yield from ["_" * 72] * table.blank_rows


def _value(value: Value, column: Column) -> str:
    if column.kind == "box":
        return f"[{value or ' '}] {column.title}"
    return ", ".join(filter(None, (_cell(cell) for cell in values_of(value))))


def _cell(cell: Cell) -> str:
    if isinstance(cell, Phone):
        return f"{show_phone(cell.number)} {one_line(cell.note)}".rstrip()
    if isinstance(cell, Entry):
        about = ", ".join(filter(None, (cell.name, cell.word)))
        return one_line(f"{about} ({cell.below})" if cell.below else about)
    return one_line(cell)
