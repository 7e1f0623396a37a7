"""What the registers say, heard from files or over the network, one word on each unit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.org.from_unit import ASSOCIATION_FORMS
from frivillig_cli.sources.brreg import Answer, is_unit_table, recognise, refusal
from frivillig_cli.sources.registers import Registers
from frivillig_cli.sources.roles import Role, parse_roles, unit_of_roles
from frivillig_cli.sources.searches import Searches
from frivillig_cli.sources.unit import Unit
from frivillig_cli.sources.updates import DELETED, REMOVED, Update, parse_updates

Progress = Callable[[int], None]
_DAYS_BACK = (0, 1, 4, 14)  # a night, a weekend, Easter


@dataclass
class Heard:
    """Units by number; who holds office in a unit; the latest entry of the feed on a unit.

    `unknown` are numbers that the register does not know, `feed` the number in the feed to go on
    from, `units_read` how many units were read, `elsewhere` how many of them lie in other
    municipalities and were left out.
    """

    source: str
    units: dict[str, Unit] = field(default_factory=dict)
    roles: dict[str, tuple[Role, ...]] = field(default_factory=dict)
    updates: dict[str, Update] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    units_read: int = 0
    elsewhere: int = 0
    entries_read: int = 0
    feed: int | None = None
    missing: int = 0

    def hear(self, unit: Unit) -> None:
        """One more word on a unit: removed goes before dissolved, and the later word counts.

        The voluntary register tells the categories only: leaving it is no end of the association.
        """
        before = self.units.get(unit.orgnr)
        if unit.voluntary and unit.name is None:
            unit = replace(unit, deleted=None, removed=False)
            unit = replace(before, icnpo=unit.icnpo, voluntary=True) if before else unit
        elif before and before.icnpo and not unit.icnpo:
            unit = replace(unit, icnpo=before.icnpo, voluntary=True)
        if before and before.removed:
            unit = before
        elif before and before.deleted and not unit.removed:
            unit = replace(unit, deleted=before.deleted)
        self.units[unit.orgnr] = unit

    def hear_update(self, update: Update) -> None:
        """One more entry of the feed; the highest number is the latest."""
        self.entries_read += 1
        before = self.updates.get(update.orgnr)
        if before is None or before.number <= update.number:
            self.updates[update.orgnr] = update

    def settle_updates(self) -> None:
        """The ends that the feed tells of, as units; what else changed must be looked up."""
        for update in self.updates.values():
            known = self.units.get(update.orgnr)
            if update.kind == REMOVED:
                self.hear(Unit(update.orgnr, removed=True))
            elif update.kind == DELETED and update.day and not (known and known.deleted):
                self.hear(replace(known or Unit(update.orgnr), deleted=update.day))


def from_files(
    paths: Iterable[Path],
    municipality: str | None,
    held: Collection[str],
    progress: Progress | None = None,
) -> Heard:
    """What saved answers say. Units elsewhere are left out, unless they are `held`.

    Raises FileFormatError for what is no answer of the registers, NotFoundError for no file.
    """
    chosen = list(paths)
    heard = Heard(", ".join(path.name for path in chosen))
    searches = Searches()
    for path in chosen:
        searches.add(_read(path, heard, municipality, held, progress))
    heard.missing = searches.missing
    heard.settle_updates()
    return heard


def _read(
    path: Path,
    heard: Heard,
    municipality: str | None,
    held: Collection[str],
    progress: Progress | None,
) -> Searches:
    def other(kind: str, value: Any) -> None:
        gone = _gone(value) if kind == "error" else None
        if kind == "feed":
            for update in parse_updates(value):
                heard.hear_update(update)
        elif kind == "roles":
            unit = unit_of_roles(value)
            if unit is None:
                raise FileFormatError(
                    _("{file} holds roles, but not whose they are.", file=path.name),
                    _("Save the answer as it is, with its _links."),
                )
            heard.roles[unit] = parse_roles(value)
        elif gone:
            heard.hear(Unit(gone, removed=True))
        else:
            raise refusal(kind, value, path)

    cells = None
    if not recognise(path, others=True):
        from frivillig_cli.formats.tables import read_table

        table = read_table(path)
        if not is_unit_table(table.headers):
            raise FileFormatError(
                _("{file} is no answer of Enhetsregisteret.", file=path.name),
                _("Import another list with: frivillig org import {file}", file=path.name),
            )
        cells = [(row.number, row.values) for row in table.rows]
    answer = Answer(path, municipality, progress, cells, held=held, other=other)
    for _row, unit in answer:
        heard.hear(unit)
    heard.units_read += answer.units
    heard.elsewhere += answer.elsewhere.filtered + len(answer.elsewhere.rows)
    return answer.searches


def _gone(raw: Any) -> str | None:
    """The unit of an error answer that says 410: its address ends in the number."""
    number = str(raw.get("path") or "").rpartition("/")[2]
    return number if str(raw.get("status")) == "410" and number.isdecimal() else None


@dataclass(frozen=True)
class Wanted:
    """What to ask the registers for, besides the units.

    `since` is where the feed goes on; without it everything is asked for, and the feed noted as
    it stands on `today`.
    """

    today: date
    roles: bool = False
    categories: bool = False
    since: int | None = None


def from_network(
    registers: Registers,
    municipality: str,
    held: Collection[str],
    wanted: Wanted,
    progress: Progress,
) -> Heard:
    """What the registers say of the municipality and of the `held` units, wherever they lie.

    With `wanted.since` only what the feed names of the held ones. Raises NoAnswerError.
    """
    heard = Heard("Brønnøysundregistrene")
    if wanted.since is None:
        # asked for first: what happens meanwhile is then heard twice, and not missed
        heard.feed = _mark(registers, wanted.today)
        for unit in registers.units_in(municipality, sorted(ASSOCIATION_FORMS), progress):
            heard.hear(unit)
        ask_for = set(held) - heard.units.keys()
    else:
        ask_for = _walk_feed(registers, heard, wanted.since, held, progress)
    for unit in registers.units(ask_for, municipality, progress):
        heard.hear(unit)
    heard.unknown = sorted(ask_for - heard.units.keys())
    heard.units_read = len(heard.units)
    if wanted.categories:
        alive = {u.orgnr for u in heard.units.values() if not u.removed and u.voluntary}
        for unit in registers.voluntary(alive, progress):
            heard.hear(unit)
    if wanted.roles:
        for number in sorted(held):
            heard.roles[number] = registers.roles(number)
            progress(1)
    return heard


def _mark(registers: Registers, today: date) -> int | None:
    """Where the feed goes on: today's first entry, or that of a day before when none has come."""
    days = (today - timedelta(days=back) for back in _DAYS_BACK)
    return next(filter(None, (registers.first_update(day.isoformat()) for day in days)), None)


def _walk_feed(
    registers: Registers, heard: Heard, since: int, held: Collection[str], progress: Progress
) -> set[str]:
    """The held units that the feed names; a removed one is heard at once."""
    named = set()
    heard.feed = since
    for update in registers.updates(since, progress):
        heard.entries_read += 1
        heard.feed = max(heard.feed or 0, update.number + 1)
        if update.orgnr in held and update.kind == REMOVED:
            heard.hear(Unit(update.orgnr, removed=True))
        elif update.orgnr in held:
            named.add(update.orgnr)
    return named - heard.units.keys()
