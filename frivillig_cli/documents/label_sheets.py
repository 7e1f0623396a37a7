"""Addresses on sheets of labels, as they are sold: A4, in rows, each label of one size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from frivillig_cli.core.i18n import _
from frivillig_cli.documents.together import UNBROKEN
from frivillig_cli.documents.typeset import Replaced, fitting, stated, typesetter
from frivillig_cli.documents.values import one_line

_ACROSS, _HIGH = 210.0, 297.0
_LONGEST_WORD = 22  # characters; a longer word gets places where it breaks


@dataclass(frozen=True)
class LabelSheet:
    """A sheet in mm: the labels, and how far it is from one to the next. They stand centred."""

    name: str
    width: float
    height: float
    columns: int
    rows: int
    across: float
    down: float

    @property
    def count(self) -> int:
        """How many labels there are on a sheet."""
        return self.columns * self.rows

    @property
    def left(self) -> float:
        """From the sheet's left edge to the first label."""
        return (_ACROSS - (self.columns - 1) * self.across - self.width) / 2

    @property
    def top(self) -> float:
        """From the sheet's top edge to the first label."""
        return (_HIGH - (self.rows - 1) * self.down - self.height) / 2


# Avery Zweckform's measures; other makers sell the same sheets under numbers of their own.
SHEETS: Mapping[str, LabelSheet] = {
    "L7160": LabelSheet("L7160", 63.5, 38.1, 3, 7, 66.04, 38.1),
    "L7163": LabelSheet("L7163", 99.1, 38.1, 2, 7, 101.6, 38.1),
    "L7159": LabelSheet("L7159", 63.5, 33.9, 3, 8, 66.04, 33.9),
}


@dataclass(frozen=True)
class Labels:
    """What is printed: addresses (lines), on which sheet, after `skip` labels that are used."""

    sheet: LabelSheet
    addresses: Sequence[Sequence[str]]
    title: str
    author: str = ""
    skip: int = 0
    day: date | None = None

    @property
    def pages(self) -> int:
        """How many sheets it takes."""
        return -(-(self.skip + len(self.addresses)) // self.sheet.count)


def too_large(labels: Labels, language: str) -> list[int]:
    """The numbers (0 the first) of the addresses that no readable size makes fit."""
    data = _data(labels, language, Replaced(), ask=True)
    found: list[int] = typesetter().asked("labels", data, "<unfit>")
    return found


def labels_pdf(labels: Labels, language: str, replaced: Replaced | None = None) -> bytes:
    """The sheets: long addresses wrap, and are set smaller. The same input, the same bytes.

    Only for addresses that fit: see `too_large`. Raises DocumentError.
    """
    return typesetter().pdf("labels", _data(labels, language, replaced or Replaced(), ask=False))


def _data(labels: Labels, language: str, replaced: Replaced, *, ask: bool) -> dict[str, Any]:
    sheet = labels.sheet

    def text(line: str, longest: int = _LONGEST_WORD) -> str:
        return fitting(one_line(line), replaced, longest)

    return {
        "title": text(labels.title, UNBROKEN) or _("Address labels"),
        "author": text(labels.author, UNBROKEN),
        "language": language,
        "date": stated(labels.day),
        "skip": labels.skip,
        "ask": ask,
        "sheet": {
            "width": sheet.width, "height": sheet.height, "columns": sheet.columns,
            "rows": sheet.rows, "across": sheet.across, "down": sheet.down,
            "left": sheet.left, "top": sheet.top, "side": 4.0, "edge": 2.5,
        },
        "labels": [[text(line) for line in lines] for lines in labels.addresses],
    }  # fmt: skip
