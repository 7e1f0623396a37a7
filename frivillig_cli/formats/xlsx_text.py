"""Text that goes into a workbook: never a formula, never cut in silence, never a crash."""

from __future__ import annotations

import re

MAX_CELL = 32_767  # Excel's limit, in characters
_CUT = " […]"
# What XML 1.0 cannot hold; tab and newline may stay.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA = re.compile(r"[=+\-@\t\r]")


def cell_text(value: str) -> str:
    """`value` as a cell can hold it: controls dropped, `_x000D_` literal, the cut marked."""
    if value.isprintable() and len(value) <= MAX_CELL and "_x" not in value:
        return value  # nearly all: the rest takes four times as long
    value = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    value = _ESCAPE.sub("_x005F_", value)
    if len(value) > MAX_CELL:
        value = value[: MAX_CELL - len(_CUT)] + _CUT
    return value


def looks_like_formula(value: str) -> bool:
    """True when a spreadsheet that guesses would take the text for a formula."""
    return bool(_FORMULA.match(value))


def sheet_name(value: str) -> str:
    """`value` as a sheet may be called: 31 characters, none of `[]:*?/\\`, never empty."""
    value = re.sub(r"[\[\]:*?/\\]", "-", _CONTROL.sub("", value)).strip("' \t\n")
    return value[:31].rstrip("' ") or "-"
