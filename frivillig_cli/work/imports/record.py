"""One row on its way in, and the kind of thing it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from frivillig_cli.core.i18n import _
from frivillig_cli.store.register import Register
from frivillig_cli.work.imports.columns import Columns
from frivillig_cli.work.imports.result import Rejection, Skip

if TYPE_CHECKING:
    from frivillig_cli.work.imports.match import Index

Value = str | int | tuple[str, ...]


@dataclass(slots=True)
class Record:
    """A row with its checked values by field. Blanks are left out.

    `shown` is a value as the file has it, where it is stored in other letters; `equals` are
    further values that count as the same (a unit's mobile where its phone is stored). `offices`
    are who holds which, as the file has it: leader, leader_phone, leader_email and so on.
    `left_out` are values that were none, of a row that is taken in.
    """

    row: int
    values: dict[str, Value]
    shown: dict[str, str] = field(default_factory=dict)
    equals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)
    left_out: tuple[Rejection, ...] = ()

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
    list in which most have more; `headings` are those of them that look like headings.
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


@dataclass(frozen=True)
class Many:
    """How many are read at once, and new ones written: from the next id on, by ids they get."""

    next_id: Callable[[Register], int]
    add: Callable[[Register, Mapping[int, Mapping[str, Value]], datetime], None]
    current: Callable[[Register, Sequence[int]], Mapping[int, Mapping[str, Value | None]]]


@dataclass(frozen=True)
class Kind:
    """What an import must know about organisations, or volunteers.

    `lists` are fields that hold several values; to those in `additive` an import adds and never
    takes away. `guarded` fields are filled when blank, and replaced only where a person who was
    asked about that very one says so. `offices` are fields about who holds one.
    `check(field, text)` gives the value as it is stored, '' for none, or raises
    InvalidValueError; in a `strict` field that refuses the row, else it leaves the value out.
    Without `many` they are read and written one by one.
    """

    name: str
    titles: Mapping[str, str]
    labels: Mapping[str, str]
    lists: frozenset[str]
    additive: frozenset[str]
    guarded: frozenset[str]
    check: Callable[[str, str], Value]
    index: Callable[[Register], Index]
    current: Callable[[Register, int], Mapping[str, Value | None]]
    add: Callable[[Register, Mapping[str, Value], datetime], int]
    change: Callable[[Register, int, Mapping[str, Value], datetime], None]
    strict: frozenset[str]
    offices: frozenset[str] = frozenset()
    many: Many | None = None

    def label(self, name: str) -> str:
        """A field as a person reads it."""
        return _(self.labels.get(name, name))
