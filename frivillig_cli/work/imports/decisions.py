"""What a person answers with --ask: put once, outside any transaction, and kept for the real run.

A run that meets a question leaves it open; `settle` then asks, and the run is made again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from frivillig_cli.work.imports.known import Known
from frivillig_cli.work.imports.match import Match
from frivillig_cli.work.imports.record import Record
from frivillig_cli.work.imports.result import Difference

NEW = 0


@dataclass(frozen=True)
class InOffice:
    """Somebody whom a row gives an office, and those here (id, name) of whom it may be one."""

    row: int
    org: str
    office: str
    name: str
    candidates: tuple[tuple[int, str], ...]


def _nobody(*_question: object) -> None:
    return None


def _never(_difference: Difference) -> bool:
    return False


@dataclass
class Decisions:
    """`which(record, candidates, why)` gives the id of one, NEW, or None for "leave it out".

    `take(difference)` says whether the file's value replaces the register's; `who(office)` gives
    the id of one of the candidates, NEW, or None for "leave it out".
    """

    which: Callable[[Record, tuple[Known, ...], str], int | None] = _nobody
    take: Callable[[Difference], bool] = _never
    who: Callable[[InOffice], int | None] = _nobody
    _which: dict[int, int | None] = field(default_factory=dict)
    _take: dict[tuple[int, str], bool] = field(default_factory=dict)
    _who: dict[tuple[int, str], int | None] = field(default_factory=dict)
    _open_matches: dict[int, tuple[Record, Match]] = field(default_factory=dict)
    _open_values: dict[tuple[int, str], Difference] = field(default_factory=dict)
    _open_offices: list[InOffice] = field(default_factory=list)

    def record(self, record: Record, match: Match) -> int | None:
        """Which record a row is about; None while that is not answered."""
        if record.row not in self._which:
            self._open_matches[record.row] = (record, match)
        return self._which.get(record.row)

    def value(self, difference: Difference) -> bool:
        """Whether the file's value is taken; not while that is not answered."""
        asked = (difference.row, difference.field)
        if asked not in self._take:
            self._open_values[asked] = difference
        return self._take.get(asked, False)

    def holder(self, office: InOffice) -> int | None:
        """Who holds an office that a row tells of; None while that is not answered."""
        asked = (office.row, office.office)
        if asked not in self._who:
            self._open_offices.append(office)
        return self._who.get(asked)

    def settle(self) -> bool:
        """Ask what is open, in the order of the rows; whether there was anything."""
        found = bool(self._open_matches or self._open_values or self._open_offices)
        for row, (record, match) in sorted(self._open_matches.items(), key=lambda item: item[0]):
            self._which[row] = self.which(record, match.candidates, match.why)
        for office in self._open_offices:
            self._who[office.row, office.office] = self.who(office)
        for asked, difference in self._open_values.items():
            self._take[asked] = self.take(difference)
        self._open_matches.clear()
        self._open_values.clear()
        self._open_offices.clear()
        return found
