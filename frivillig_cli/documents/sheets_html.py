"""Sheets as one self-contained page that works on a phone without a network.

Numbers dial when touched, and a message can be begun. Nothing is fetched; the only script there
may be is the one that keeps the answers (documents/taps.py), and the page is of use without it.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from urllib.parse import quote

from frivillig_cli.core.i18n import in_language
from frivillig_cli.core.phone import dial_phone, show_phone
from frivillig_cli.documents import taps
from frivillig_cli.documents.html import page
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
    Text,
    Value,
)
from frivillig_cli.documents.sheets_pdf import MOST_BOXES, footing, padded, values_of
from frivillig_cli.documents.values import one_line

# Above this many rows the text of the message is left out of the links: 5,000 people, 2 MB.
MOST_ROWS_WITH_SMS_TEXT = 600
_STYLE = """
:root{color-scheme:light dark}*{box-sizing:border-box}
body{margin:0 auto;max-width:75rem;padding:0 .75rem 2rem;overflow-wrap:anywhere;
font:1.0625rem/1.4 "Source Sans 3","Segoe UI",system-ui,sans-serif}
.frame{position:sticky;top:0;background:Canvas;border:3px solid currentColor;text-align:center;
font-weight:700;letter-spacing:.12em;padding:.25rem;margin:.5rem 0}
h1{font-size:clamp(1.25rem,5.5vw,1.5rem);margin:.75rem 0 0}
h2{font-size:1.25rem;margin:1.75rem 0 .5rem}h3{margin:1rem 0 0}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0}
dl{display:grid;grid-template-columns:fit-content(40%) 1fr;gap:.375rem 1rem}dt{font-weight:600}
dd{margin:0}.big dd{font-size:1.375rem;line-height:1.25}
.say{border:2px solid currentColor;padding:.75rem;font-size:1.25rem}
a.tel{font-size:1.25rem;font-weight:600;white-space:nowrap;display:inline-block;
padding:.375rem .5rem .375rem 0}
a.sms{display:inline-block;padding:.375rem .25rem}
table{border-collapse:collapse;width:100%}
caption{text-align:left;font-weight:600}
th,td{text-align:left;padding:.25rem .5rem .25rem 0;border-bottom:1px solid #8888}
th{border-bottom:2px solid currentColor}
.struck td{text-decoration:line-through}
.n{text-align:right}.c{font-weight:700;white-space:nowrap}
input{width:1.5rem;height:1.5rem}
.boxes input{width:2rem;height:2rem;margin:.25rem}
.ticks{list-style:none;padding:0}.ticks li{margin:.375rem 0}.ticks input{vertical-align:-.3rem}
.note,footer,.legend{font-size:.9375rem}
@media(max-width:45rem){.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;
clip-path:inset(50%)}.cards,.cards tbody,.cards tr,.cards td{display:block}
.cards tr{border-bottom:2px solid currentColor;padding:.5rem 0}.cards td{border:0;padding:0}
.cards td.n,.cards td.c{display:inline-block;margin-right:.75rem;text-align:left}
.cards td.b{display:inline-block;margin:.25rem .375rem .25rem 0;white-space:nowrap}
.cards td.b input{margin:0 0 0 .125rem;vertical-align:middle}
.cards td[data-t]::before{content:attr(data-t) " ";font-weight:600}}
@media print{.frame{position:static}nav,a.sms{display:none}tr{break-inside:avoid}
section:not(.follows){break-before:page}a{color:inherit;text-decoration:none}}
"""


def sheets_html(sheets: Sheets, language: str) -> str:
    """The sheets as one page in `language` (nb, nn, en).

    Columns and rows that are only there to write in by hand are left out; boxes can be ticked,
    and forget it when the page is closed. Answers that are tapped (`taps`) are kept.
    """
    with in_language(language):
        parts = "\n".join(_Writer(sheets).parts())
        if sheets.taps is None:
            return page(sheets.title, language, _STYLE, parts)
        body = f"{parts}\n{taps.embedded(sheets.taps)}"
        return page(sheets.title, language, _STYLE + taps.STYLE, body, taps.policy())


def escape(text: str) -> str:
    """One line of text, as HTML."""
    return html.escape(one_line(text))


class _Writer:
    """Writes the page, part by part."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        rows = sum(
            len(block.rows)
            for section in sheets.sections
            for block in section.blocks
            if isinstance(block, Table)
        )
        text = sheets.sms_text if rows <= MOST_ROWS_WITH_SMS_TEXT else ""
        self._sms = escape(f"?&body={quote(one_line(text))}") if text else ""

    def parts(self) -> Iterator[str]:
        sheets = self._sheets
        if sheets.frame:
            yield f'<p class="frame">{escape(sheets.frame)}</p>'
        yield f"<header><h1>{escape(sheets.title)}</h1>"
        yield f"<p>{escape(sheets.subtitle)}</p></header>" if sheets.subtitle else "</header>"
        named = [(n, s) for n, s in enumerate(sheets.sections) if s.title and self._shown(s)]
        if len(named) > 1:
            links = "".join(f'<li><a href="#s{n}">{escape(s.title)}</a></li>' for n, s in named)
            yield f"<nav><ul>{links}</ul></nav>"
        yield "<main>"
        for n, section in enumerate(sheets.sections):
            if self._shown(section):
                yield from self._section(n, section)
        yield f"</main>\n<footer><p>{escape(footing(sheets))}</p></footer>"

    def _shown(self, section: Section) -> bool:
        """Whether there is more in the section than room to write by hand."""
        return not section.on_paper and any(
            not isinstance(block, Table) or block.rows for block in section.blocks
        )

    def _section(self, n: int, section: Section) -> Iterator[str]:
        follows = ' class="follows"' if section.follows else ""
        yield f'<section id="s{n}"{follows}>'
        if section.title:
            yield f"<h2>{escape(section.title)}</h2>"
        for block in section.blocks:
            yield from self._block(block)
        yield "</section>"

    def _block(self, block: SheetBlock) -> Iterator[str]:
        if isinstance(block, Table):
            yield from self._table(block)
        elif isinstance(block, Facts):
            rows = "".join(
                f"<dt>{escape(label)}</dt><dd>" + self._values(value) + "</dd>"
                for label, value in block.rows
            )
            yield f'<dl class="big">{rows}</dl>' if block.big else f"<dl>{rows}</dl>"
        elif isinstance(block, Boxes):
            yield self._boxes(block)
        elif isinstance(block, Items):
            yield self._items(block)
        else:
            yield self._text(block)

    def _boxes(self, block: Boxes) -> str:
        label = escape(block.label)
        ticks = "".join(
            f'<input type="checkbox" aria-label="{label} {n + 1}">'
            for n in range(min(block.count, MOST_BOXES))
        )
        return f'<p class="boxes"><strong>{label}</strong> {escape(block.note)}<br>{ticks}</p>'

    def _items(self, block: Items) -> str:
        if not block.boxes:
            return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in block.items) + "</ul>"
        ticks = "".join(
            f'<li><label><input type="checkbox"> {escape(item)}</label></li>'
            for item in block.items
        )
        return f'<ul class="ticks">{ticks}</ul>'

    def _text(self, block: Text) -> str:
        if block.kind == "heading":
            return f"<h3>{escape(block.text)}</h3>"
        marks = {"say": ' class="say"', "note": ' class="note"'}
        return f"<p{marks.get(block.kind, '')}>{escape(block.text)}</p>"

    def _table(self, table: Table) -> Iterator[str]:
        if not table.rows:
            return
        kept = [n for n, column in enumerate(table.columns) if self._kept(table, n, column)]
        for line in filter(None, (table.legend, table.key)):
            yield f'<p class="legend">{escape(line)}</p>'
        yield '<table class="cards">'
        if table.caption:
            yield f"<caption>{escape(table.caption)}</caption>"
        head = "".join(self._head(table.columns[n]) for n in kept)
        yield f"<thead><tr>{head}</tr></thead>\n<tbody>"
        for number, row in enumerate(table.rows):
            cells = padded(row, table.columns)
            struck = ' class="struck"' if number in table.struck else ""
            row = self._tapped(cells) if table.taps else ""
            yield f"<tr{row}{struck}>{''.join(self._table_cell(*cells[n]) for n in kept)}</tr>"
        yield "</tbody>\n</table>"

    def _head(self, column: Column) -> str:
        mark = ' class="b"' if column.kind == "box" else ""
        return f'<th scope="col"{mark}>{escape(column.title)}</th>'

    def _tapped(self, cells: list[tuple[Value, Column]]) -> str:
        """Which row the answers belong to, for the script."""
        code = next((value for value, column in cells if column.kind == "code"), "")
        return f' data-row="{escape(code)}"' if self._sheets.taps and isinstance(code, str) else ""

    def _kept(self, table: Table, n: int, column: Column) -> bool:
        if column.kind == "box":
            return len(table.rows) <= MOST_ROWS_WITH_SMS_TEXT
        return column.kind != "write" or any(len(row) > n and row[n] for row in table.rows)

    def _table_cell(self, value: Value, column: Column) -> str:
        if column.kind == "box":
            title = escape(column.title)
            tick = " checked" if value else ""
            return (
                f'<td class="b" data-t="{title}">'
                f'<input type="checkbox" aria-label="{title}"{tick}></td>'
            )
        mark = {"number": ' class="n"', "code": ' class="c"'}.get(column.kind, "")
        if column.kind == "number" and value:  # where the columns have no heads, on a phone
            mark += f' data-t="{escape(column.title)}"'
        return f"<td{mark}>{self._values(value)}</td>"

    def _values(self, value: Value) -> str:
        return "<br>".join(self._cell(cell) for cell in values_of(value))

    def _cell(self, cell: Cell) -> str:
        if isinstance(cell, Entry):
            word = f", {escape(cell.word)}" if cell.word else ""
            below = f"<br>{escape(cell.below)}" if cell.below else ""
            return f"<b>{escape(cell.name)}</b>{word}{below}"
        if not isinstance(cell, Phone):
            return escape(cell)
        dial = escape(dial_phone(cell.number))
        note = f" {escape(cell.note)}" if cell.note else ""
        return (
            f'<a class="tel" href="tel:{dial}">{escape(show_phone(cell.number))}</a>'
            f'<a class="sms" href="sms:{dial}{self._sms}">SMS</a>{note}'
        )
