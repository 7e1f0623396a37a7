"""One row on its way in, and the rows of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from frivillig_cli.work.imports.columns import Columns
from frivillig_cli.work.imports.result import Anomaly, Rejection, Skip

Value = str | int | tuple[str, ...]


@dataclass(slots=True)
class Record:
    """A row with its checked values by field. Blanks are left out.

    `shown` is a value as the file has it, where it is stored in other letters; `equals` are
    further values that count as the same (a unit's mobile where its phone is stored). `offices`
    are who holds which, as the file has it: leader, leader_phone, leader_email and so on.
    `left_out` are values that were none, of a row that is taken in. `care_of` is who is named in
    the address: it is compared with, and not kept.
    """

    row: int
    values: dict[str, Value]
    shown: dict[str, str] = field(default_factory=dict)
    equals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)
    left_out: tuple[Rejection, ...] = ()
    care_of: str = ""

    def text(self, name: str) -> str:
        """A single value, '' when the row has none."""
        value = self.values.get(name, "")
        if isinstance(value, str):
            return value
        return "; ".join(value) if isinstance(value, tuple) else str(value)

    @property
    def phones(self) -> tuple[str, ...]:
        """The row's phone numbers."""
        value = self.values.get("phone", ())
        return value if isinstance(value, tuple) else (str(value),)


@dataclass
class Plan:
    """A file that has been read and checked whole, before anything is begun.

    `chosen` is title → field as given with --map, now or for an earlier file with these titles.
    `voluntary` of the `units` are entries of Frivillighetsregisteret; `missing` more were found by
    the search, on pages that were not saved. `alone` are the rows with nothing but a name, of a
    list in which most have more; `headings` are those of them that look like headings. `doubts`
    are what columns say that are not read.
    """

    kind: str
    name: str
    sha256: str
    records: list[Record] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    left_out: list[Rejection] = field(default_factory=list)
    columns: Columns | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    rows: int = 0
    pages: int = 0
    units: int = 0
    filtered: int = 0
    voluntary: int = 0
    missing: int = 0
    notes: list[str] = field(default_factory=list)
    alone: frozenset[int] = frozenset()
    headings: frozenset[int] = frozenset()
    doubts: list[Anomaly] = field(default_factory=list)
