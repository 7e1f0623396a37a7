"""What an import would do, or has done: counts, field by field, and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Mode(StrEnum):
    """What happens to a field that holds one value and is given another."""

    FILL = "fill"
    OVERWRITE = "overwrite"
    ASK = "ask"


@dataclass(frozen=True)
class Options:
    """How to import: the mode, whether new ones may be made, the user's own columns.

    `columns` is column → field as given with --map; `-` as the field leaves a column out.
    `sheet` is the name of the sheet to read, where it is not to be found out.
    `confirm_account`: the file's account numbers are theirs, they have said so.
    `progress` is called with 1000 for every thousand rows that are dealt with.
    """

    mode: Mode = Mode.FILL
    never_create: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    again: bool = False
    sheet: str | None = None
    confirm_account: bool = False
    progress: Callable[[int], None] | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A cell that cannot be taken in, with its row or without. `value` is safe to show.

    `uncertain`: nothing is wrong with it, but whose row it is must be answered first, or there is
    no room for it.
    """

    row: int
    field: str
    value: str
    why: str
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Skip:
    """A row that is left alone, and why."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one record. `outcome` is filled, changed or kept (`old` stays)."""

    row: int
    id: int
    name: str
    field: str
    old: str | None
    new: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Anomaly:
    """What makes one wonder about the whole file: `rows` of `of` rows.

    `kind` is same_field (a shifted column?), nothing (no row would change anything),
    rejected_field (a column of another kind?), shared_account (one account, several owners),
    shared_email (a row gives one the e-mail of another), by_name (known by their names alone),
    only_name (new ones of nothing but a name, which may be headings) not_read (a column that is not
    read says that some have left, or are no associations), hidden_rows (read all the same),
    unknown_id (a number here that nobody has) or merged (about what was merged into another).
    """

    kind: str
    text: str
    field: str | None = None
    rows: int = 0
    of: int = 0


@dataclass
class ImportResult:
    """rows = created + changed + kept + unchanged + skipped + distinct rejected rows.

    A row with fields filled and fields kept counts as changed. `left_out` are values of an
    otherwise good row that are no values here, or wait for a person. `filtered` units of
    a file of the whole register lie in other municipalities; they are no rows. `missing` more
    units of a search are on pages that were not saved. `offices` is how many were entered,
    `by_name` how many unchanged ones were known by nothing but their name.
    """

    rows: int = 0
    created: int = 0
    changed: int = 0
    kept: int = 0
    unchanged: int = 0
    skipped: list[Skip] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    anomalies: list[Anomaly] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    left_out: list[Rejection] = field(default_factory=list)
    created_names: list[str] = field(default_factory=list)
    filtered: int = 0
    missing: int = 0
    offices: int = 0
    by_name: int = 0
    applied: bool = False
    imported_before: str | None = None

    @property
    def rejected_rows(self) -> int:
        """How many rows were rejected, whatever the number of cells."""
        return len({rejection.row for rejection in self.rejected})

    @property
    def changes_anything(self) -> bool:
        """Whether the register becomes different."""
        return bool(self.created or self.changed)

    @property
    def whole(self) -> bool:
        """Whether all that should be taken in was."""
        return not (self.rejected or self.left_out or self.missing)

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on, and more."""
        return {
            "created": self.created,
            "created_names": self.created_names,
            "changed": self.changed,
            "kept": self.kept,
            "unchanged": self.unchanged,
            "skipped": [{"row": skip.row, "why": skip.why} for skip in self.skipped],
            "rejected": [_rejection(entry) for entry in self.rejected],
            "anomalies": [
                {"kind": a.kind, "field": a.field, "rows": a.rows, "of": a.of, "text": a.text}
                for a in self.anomalies
            ],
            "applied": self.applied,
            "rows": self.rows,
            "changes": [
                {
                    "row": d.row,
                    "id": d.id,
                    "name": d.name,
                    "field": d.field,
                    "old": d.old,
                    "new": d.new,
                    "outcome": d.outcome,
                }
                for d in self.differences
            ],
            "left_out": [_rejection(entry) for entry in self.left_out],
            "filtered": self.filtered,
            "missing": self.missing,
            "offices": self.offices,
            "imported_before": self.imported_before,
        }


def _rejection(entry: Rejection) -> dict[str, Any]:
    return {"row": entry.row, "field": entry.field, "value": entry.value, "why": entry.why}
