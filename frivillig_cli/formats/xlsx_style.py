"""How our workbooks look: one named look per purpose, each made once per workbook.

A new style object a cell costs four times the time; the looks here are built once and shared.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl import Workbook

FONT = "Calibri"
INK, QUIET, ACCENT = "1A1A1A", "595959", "1F3864"
HEAD_FILL, ANSWER_FILL, LINE = "DCE6F1", "FFF8DC", "A6A6A6"


class Look(StrEnum):
    """What a cell is for. Only the `ANSWER` looks are unlocked when the sheet is protected."""

    TEXT = "text"
    """Words or codes, kept as text: 0301 stays 0301."""
    TITLE = "title"
    HEADING = "heading"
    HEADER = "header"
    """A column's name."""
    NOTE = "note"
    """Help in a quieter ink, wrapped."""
    LABEL = "label"
    """The question beside an answer cell."""
    PRESENT = "present"
    """What the register holds now, wrapped, framed, locked."""
    ANSWER = "answer"
    """To be filled in: text, so that leading zeros, `+47` and `1/2` stay as typed."""
    ANSWER_NUMBER = "answer_number"
    """To be filled in with a number that is counted, never with a code."""
    NUMBER = "number"
    AMOUNT = "amount"
    """Kroner, always with øre."""
    LINE = "line"
    """Words that run on over the empty cells beside them."""
    DATE = "date"
    MARKED = "marked"
    """Something is wrong with this one."""
    STRUCK = "struck"
    """What another line has replaced: words, struck through."""
    KEY = "key"
    """For the program: small and pale."""


def looks(workbook: Workbook) -> dict[Look, Any]:
    """Each look as the style array that cells of this workbook share."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    sheet = workbook._sheets[0] if workbook._sheets else workbook.create_sheet()
    side = Side(style="thin", color=LINE)
    box = Border(left=side, right=side, top=side, bottom=side)
    top = Alignment(vertical="top")
    wrap = Alignment(vertical="top", wrap_text=True)
    # In a form, words stand in the middle of the row and off the line of their frame.
    middle = Alignment(vertical="center", wrap_text=True)
    framed = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    unlocked = Protection(locked=False)

    def fill(colour: str) -> PatternFill:
        return PatternFill("solid", fgColor=colour)

    def font(colour: str = INK, size: int = 11, bold: bool = False) -> Font:
        return Font(name=FONT, size=size, bold=bold, color=colour)

    made: dict[Look, dict[str, Any]] = {
        Look.TEXT: {"alignment": wrap},
        Look.TITLE: {"font": font(ACCENT, 16, True), "alignment": top},
        Look.HEADING: {"font": font(ACCENT, 12, True), "alignment": middle},
        Look.HEADER: {
            "font": font(ACCENT, bold=True),
            "alignment": framed,
            "fill": fill(HEAD_FILL),
            "border": box,
        },
        Look.NOTE: {"font": font(QUIET, 10), "alignment": framed},
        Look.LABEL: {"alignment": framed},
        Look.PRESENT: {"alignment": framed, "border": box},
        Look.ANSWER: {
            "alignment": framed,
            "border": box,
            "fill": fill(ANSWER_FILL),
            "protection": unlocked,
        },
        Look.ANSWER_NUMBER: {
            "alignment": Alignment(vertical="center", horizontal="left", indent=1),
            "border": box,
            "fill": fill(ANSWER_FILL),
            "protection": unlocked,
            "number_format": "0",
        },
        Look.NUMBER: {"alignment": top, "number_format": "General"},
        Look.AMOUNT: {"alignment": top, "number_format": "#,##0.00"},
        Look.LINE: {"alignment": top},
        Look.DATE: {"alignment": top, "number_format": "dd.mm.yyyy"},
        Look.MARKED: {"alignment": framed, "fill": fill("F8CBAD"), "border": box},
        Look.STRUCK: {
            "font": Font(name=FONT, size=11, color=QUIET, strike=True),
            "alignment": wrap,
        },
        Look.KEY: {"font": font(QUIET, 8), "alignment": top},
    }
    arrays: dict[Look, Any] = {}
    for look, parts in made.items():
        cell = WriteOnlyCell(sheet, "")
        cell.font = parts.get("font", font())
        cell.number_format = parts.get("number_format", "@")
        for name in ("alignment", "border", "fill", "protection"):
            if name in parts:
                setattr(cell, name, parts[name])
        arrays[look] = cell._style
    return arrays
