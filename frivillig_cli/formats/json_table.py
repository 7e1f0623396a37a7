"""A JSON array of objects as rows: nested objects become `outer.inner` columns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.core.i18n import _
from frivillig_cli.formats.archive import too_big
from frivillig_cli.formats.budget import LONG, MAX_DATA_COLUMNS, Budget
from frivillig_cli.formats.cells import CellKind, Row, RowMaker
from frivillig_cli.formats.json_io import load
from frivillig_cli.formats.values import clean_text

# An empty object takes two bytes in the file and sixty-four in memory.
_MAX_NESTED = 1_000_000
_MAX_DEPTH = 8


def read_json_rows(path: Path, budget: Budget) -> tuple[tuple[str, ...], list[Row]]:
    """The columns, in the order they are met, and the rows; row 1 is the first object.

    FileFormatError when `path` is not an array of objects.
    """
    data = path.read_bytes()
    if data.count(b"{") + data.count(b"[") > _MAX_NESTED or data.count(b",") > 4 * _MAX_NESTED:
        raise too_big(path.name, _("it has too many rows"))
    items = load(data, path.name)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise FileFormatError(
            _("{name} is JSON, but not a list of objects.", name=path.name),
            _("Ask for the list as .xlsx, .ods or .csv."),
        )
    columns: dict[str, int] = {}
    rows: list[Row] = []
    maker = RowMaker()
    for number, item in enumerate(items, 1):
        found: dict[str, tuple[CellKind, str]] = {}
        _flatten(item, "", found, 0)
        for name, (kind, value) in found.items():
            column = columns.setdefault(name, len(columns) + 1)
            if column > MAX_DATA_COLUMNS:
                raise too_big(path.name, _("a row has over {n} columns", n=MAX_DATA_COLUMNS))
            if len(value) > LONG:
                budget.long_text(value)
            maker.add(column, kind, value)
        if maker.columns:
            budget.row(len(maker.columns))
            rows.append(maker.row(number))
    if not rows:
        raise FileFormatError(
            _("{name} is an empty list.", name=path.name), _("Check that it is the right file.")
        )
    return tuple(columns), rows


def _flatten(
    item: dict[str, Any], prefix: str, found: dict[str, tuple[CellKind, str]], depth: int
) -> None:
    for key, value in item.items():
        name = f"{prefix}{clean_text(key) or '-'}"
        if isinstance(value, dict) and depth < _MAX_DEPTH:
            _flatten(value, f"{name}.", found, depth + 1)
            continue
        kind, text = _scalar(value)
        if text is not None:
            found[name] = (kind, text)


def _scalar(value: Any) -> tuple[CellKind, str | None]:
    if value is None:
        return CellKind.BLANK, None
    if isinstance(value, bool):
        return CellKind.BOOL, "true" if value else "false"
    if isinstance(value, int | float):
        return CellKind.TEXT, json.dumps(value)
    if isinstance(value, str):
        return CellKind.TEXT, clean_text(value)
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        parts = [text for one in value for _kind, text in [_scalar(one)] if text is not None]
        return CellKind.TEXT, "; ".join(parts) or None
    return CellKind.TEXT, json.dumps(value, ensure_ascii=False)
