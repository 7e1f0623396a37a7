"""From what stands in a file to text that people recognise: 974760673.0 is 974760673."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import datetime, timedelta
from decimal import Decimal

from frivillig_cli.core.names import without_escapes

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\ufeff": None})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BUILT_IN = {
    **dict.fromkeys([*range(14, 18), *range(27, 37), *range(50, 59)], "date"),
    **dict.fromkeys([18, 19, 20, 21, 45, 46, 47], "time"),
    22: "datetime",
}
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)


def clean_text(value: str) -> str | None:
    """Text without padding, hard spaces, control characters; None when nothing is left.

    Lines end in newline; composed characters (NFC), so that å is one letter.
    """
    if not value.isascii():
        value = unicodedata.normalize("NFC", value.translate(_SPACES))
    value = value.strip()
    if not value.isprintable():
        value = without_escapes(value).replace("\r\n", "\n").replace("\r", "\n")
        value = _CONTROL.sub("", value).strip()
    return value or None


def unescape(value: str) -> str:
    """Office's own escapes in text: `_x000D_` is a carriage return."""
    if "_x" not in value:
        return value
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)


def number_text(raw: str) -> str | None:
    """The stored number as people type it, fifteen digits as Excel shows; None if it is none."""
    if raw.isascii() and raw.isdigit() and len(raw) < 16 and (raw[0] != "0" or len(raw) == 1):
        return raw
    try:
        number = float(raw)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    shown = repr(number)
    if len(shown) < 16 and "e" not in shown:
        return shown
    shown = f"{Decimal(format(number, '.15g')):f}"
    return shown if len(shown) < 40 else format(number, ".15g")


def format_kind(number: int, code: str | None) -> str:
    """What a number format makes of a number: `date`, `time`, `datetime`, `0000`, or ''.

    A format of noughts only is given back, since it shows leading zeros.
    """
    if code is None:
        return _BUILT_IN.get(number, "")
    shown = _NOT_SHOWN.sub("", code.partition(";")[0]).lower()
    if shown and not shown.strip("0"):
        return shown if len(shown) > 1 else ""
    if "general" in shown or "#" in shown or "0" in shown.replace(".0", "").replace(".00", ""):
        return ""
    day = "y" in shown or "d" in shown
    clock = "h" in shown or "s" in shown
    day = day or ("m" in shown and not clock)
    return "datetime" if day and clock else "date" if day else "time" if clock else ""


def date_text(raw: str, kind: str, epoch_1904: bool) -> str | None:
    """A stored serial number as ISO 8601 (`2027-03-15`, with a time where there is one).

    None when it is no date: below zero, after 9999, or 29 February 1900, which never was.
    """
    try:
        serial = float(raw)
    except ValueError:
        return None
    if not 0 <= serial < 2_958_466:
        return None
    days = int(serial)
    seconds = round((serial - days) * 86_400)
    if kind == "time":
        if days:
            return None
        return (datetime(2000, 1, 1) + timedelta(seconds=min(seconds, 86_399))).time().isoformat()  # noqa: DTZ001
    if not epoch_1904 and days == 60:
        return None
    start = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
    if not epoch_1904 and days < 60:
        days += 1  # Excel counts a leap day in 1900
    moment = start + timedelta(days=days, seconds=seconds)
    if kind == "date" or not seconds:
        return moment.date().isoformat()
    return moment.isoformat()
