"""JSON out and in: UTF-8, ISO 8601, nothing escaped that people can read."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.core.i18n import _


def dump(data: Any) -> str:
    """`data` as one JSON document, without a newline at the end.

    A list has one element a line, so that it can be searched and compared; an object is
    indented. Dataclasses become objects, dates ISO 8601, sets sorted arrays, NaN null.
    """
    if isinstance(data, list | tuple) and not hasattr(data, "_fields"):
        if not data:
            return "[]"
        return "[\n" + ",\n".join(f"  {_encode(item, None)}" for item in data) + "\n]"
    return _encode(data, 2)


def load(text: str | bytes, name: str = "JSON") -> Any:
    """Read one JSON document that came from outside. FileFormatError when it is none.

    `name` is what the file is called in the refusal. NaN and Infinity are refused: they are
    no JSON, and no value that we could keep.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode(json.detect_encoding(text))
            text = text.removeprefix("\ufeff")
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise FileFormatError(
            _("{name} is not whole JSON (line {line}).", name=name, line=error.lineno),
            _("Ask for the file again."),
        ) from error
    except (ValueError, RecursionError) as error:
        raise FileFormatError(
            _("{name} cannot be read as JSON.", name=name), _("Ask for the file again.")
        ) from error


def _encode(data: Any, indent: int | None) -> str:
    try:
        text = json.dumps(
            data, default=_default, ensure_ascii=False, indent=indent, allow_nan=False
        )
    except ValueError:
        text = json.dumps(_without_nan(data), default=_default, ensure_ascii=False, indent=indent)
    # A lone surrogate (a file name, say) cannot be written as UTF-8.
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _default(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "keys"):  # sqlite3.Row
        return {key: value[key] for key in value.keys()}  # noqa: SIM118
    raise TypeError(f"no JSON for {type(value).__name__}")


def _without_nan(data: Any) -> Any:
    if isinstance(data, float):
        return data if math.isfinite(data) else None
    if isinstance(data, Mapping):
        return {key: _without_nan(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_without_nan(value) for value in data]
    if dataclasses.is_dataclass(data) and not isinstance(data, type):
        return _without_nan(_default(data))
    return data


def _no_constant(name: str) -> Any:
    raise ValueError(name)
