"""What an import must know about what the rows are: organisations, or volunteers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from frivillig_cli.core.i18n import _
from frivillig_cli.store.register import Register
from frivillig_cli.work.imports.record import Value

if TYPE_CHECKING:
    from frivillig_cli.work.imports.match import Index


@dataclass(frozen=True)
class Many:
    """How many are read at once, and new ones written: from the next id on, by ids they get."""

    next_id: Callable[[Register], int]
    add: Callable[[Register, Mapping[int, Mapping[str, Value]], datetime], None]
    current: Callable[
        [Register, Sequence[int], Collection[str]], Mapping[int, Mapping[str, Value | None]]
    ]


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
