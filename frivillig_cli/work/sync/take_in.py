"""The comparison carried out, inside a transaction that the caller has opened.

The preview is this very work in a transaction that is rolled back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.likeness import Name, Shelf
from frivillig_cli.core.names import fold, sort_key
from frivillig_cli.records.org import actions
from frivillig_cli.records.org.from_unit import LeftOut, UnitValues, is_association, values_of
from frivillig_cli.records.org.source import note_taken
from frivillig_cli.sources.unit import Unit
from frivillig_cli.store import settings
from frivillig_cli.store.homes import ADDRESS, OF_HOME, Homes, of_home_unless_own
from frivillig_cli.store.protected import among, by_way, of_protected
from frivillig_cli.store.register import Register
from frivillig_cli.work.sync import queries
from frivillig_cli.work.sync.compare import Standing, judge
from frivillig_cli.work.sync.gather import Heard
from frivillig_cli.work.sync.offices import compare_offices
from frivillig_cli.work.sync.purge import purge
from frivillig_cli.work.sync.result import Differing, Dissolved, Field, Proposal, SyncResult


def feed_position(register: Register) -> int | None:
    """The number in the feed to go on from; None where it was never read."""
    found = settings.read(register).get(settings.FEED_KEY, "")
    return int(found) if found.isdecimal() else None


def sync(
    register: Register,
    heard: Heard,
    municipality: str | None,
    *,
    take_new: bool = False,
    now: datetime,
) -> SyncResult:
    """Compare what was heard with the register and take in what may be; returns what became.

    Organisations without a number, and what nothing was heard of, are not touched. `take_new`
    adds the proposed ones. The position in the feed is kept with it, and taken back with it.
    """
    run = _Run(register, now)
    for unit in sorted(
        heard.units.values(), key=lambda unit: (sort_key(unit.name or ""), unit.orgnr)
    ):
        standing = run.standings.get(unit.orgnr)
        if standing:
            run.meet(standing, unit)
        elif not _may_be_proposed(unit, municipality):
            continue
        elif unit.orgnr in run.formers:
            run.keep_merged(run.formers[unit.orgnr], unit)
        else:
            run.propose(unit, take_new)
    result = run.result
    result.roles = list(compare_offices(heard.roles, run.standings, queries.offices(register)))
    named = heard.updates.keys() - heard.units.keys()
    result.look_up = [(s.id, s.name, n) for n, s in run.standings.items() if n in named]
    result.unknown = [(s.id, s.name, n) for n, s in run.standings.items() if n in heard.unknown]
    result.missing = heard.missing
    result.applied = result.changes_anything
    note_feed(register, heard)
    return result


def note_feed(register: Register, heard: Heard) -> None:
    """Keep where the feed goes on the next time, also when nothing else became different."""
    if heard.feed:
        settings.write(register, settings.FEED_KEY, str(heard.feed))


def _may_be_proposed(unit: Unit, municipality: str | None) -> bool:
    ended = unit.removed or unit.deleted or unit.bankrupt or unit.liquidating
    return (
        bool(unit.name)
        and not ended
        and is_association(unit)
        and (municipality is None or unit.municipality == municipality)
    )


class _Run:
    def __init__(self, register: Register, now: datetime) -> None:
        self.register, self.now = register, now
        self.result = SyncResult()
        self.standings = queries.standings(register)
        self.formers = queries.merged_into(register)
        self._nameless = queries.unregistered(register)
        self._shelf = Shelf(self._nameless)
        self._secret = by_way(register)
        self._homes = Homes(register)

    def meet(self, standing: Standing, unit: Unit) -> None:
        """One organisation that is here."""
        if unit.removed:
            purged = purge(self.register, standing, now=self.now)
            if purged:
                self.result.purged.append(purged)
        elif standing.status == "archived":
            return
        elif unit.deleted:
            self._end(standing, unit.deleted)
        else:
            self._compare(standing, unit)

    def _end(self, standing: Standing, day: str) -> None:
        restored = standing.taken.get("status") == "archived"
        if not restored:
            actions.set_status(self.register, standing.id, "archived", now=self.now)
            note_taken(self.register, standing.id, {"status": "archived"}, now=self.now)
        self._ended(standing, "deleted", day, "kept" if restored else "archived")

    def _ended(self, standing: Standing, what: str, day: str | None, outcome: str) -> None:
        self.result.dissolved.append(
            Dissolved(standing.id, standing.name, standing.orgnr, what, day, outcome)
        )

    def _compare(self, standing: Standing, unit: Unit) -> None:
        if unit.bankrupt or unit.liquidating:
            what = "bankrupt" if unit.bankrupt else "liquidating"
            self._ended(standing, what, None, "warning")
        said = self._said(unit, standing)
        self.result.left_out += [(unit.orgnr, entry) for entry in said.left_out]
        verdicts = judge(standing, said)
        changed = {v.field: v.new for v in verdicts if v.taken}
        if unit.care_of and not changed.keys().isdisjoint(ADDRESS):
            self.result.care_of.append((unit.orgnr, standing.name))
        if changed:
            actions.edit(self.register, standing.id, changed, now=self.now)
            note_taken(self.register, standing.id, changed, now=self.now)
        for taken, into in ((True, self.result.changed), (False, self.result.kept)):
            fields = [Field(v.field, v.old, v.new) for v in verdicts if v.taken is taken]
            if fields:
                into.append(Differing(standing.id, standing.name, standing.orgnr, tuple(fields)))
        if not verdicts and not (unit.bankrupt or unit.liquidating):
            self.result.unchanged += 1

    def keep_merged(self, standing: Standing, unit: Unit) -> None:
        """One that was merged into another here: what it says is listed, and nothing is taken.

        The one that stayed is compared by its own number.
        """
        if standing.status == "archived":
            return
        said = self._said(unit, standing)
        fields = [Field("orgnr", standing.values["orgnr"], unit.orgnr)]
        fields += [Field(v.field, v.old, v.new) for v in judge(standing, said) if v.new is not None]
        self.result.kept.append(
            Differing(standing.id, standing.name, standing.orgnr, tuple(fields))
        )

    def propose(self, unit: Unit, take_new: bool) -> None:
        """One association of the municipality that is not here."""
        said = self._said(unit)
        if take_new or said.wrong:
            self.result.left_out += [(unit.orgnr, entry) for entry in said.left_out]
        if said.wrong:
            return
        values = said.values
        proposal = Proposal(
            unit.orgnr, values["name"], values.get("form"), values.get("city"),
            self._similar(values["name"], values.get("city")),
        )  # fmt: skip
        if take_new and not proposal.similar:
            proposal = replace(proposal, id=self._add(said))
            if unit.care_of:
                self.result.care_of.append((unit.orgnr, proposal.name))
        self.result.proposed.append(proposal)

    def _said(self, unit: Unit, standing: Standing | None = None) -> UnitValues:
        """What a unit says, without a protected person's phone, e-mail or home: associations give
        those of their leader, and an association's stand in lists that others read. What is its
        own here already is no home by what the unit says."""
        said = values_of(unit)
        theirs = among(self._secret, said.values)
        secret = {field: of_protected(name, field) for field, name in theirs.items()}
        orgs = [standing.id] if standing else []
        there = self._homes.lives(
            orgs, said.values.get("street"), said.values, said=unit.care_of or "",
            had=standing.values if standing else None,
        )  # fmt: skip
        if there:
            ref = standing.id if standing else unit.orgnr
            secret |= dict.fromkeys(OF_HOME, of_home_unless_own(there.name, ref))
        values = {field: value for field, value in said.values.items() if field not in secret}
        left_out = [LeftOut(f, "", why) for f, why in secret.items() if f in said.values]
        return replace(said, values=values, left_out=(*said.left_out, *left_out))

    def _add(self, said: UnitValues) -> int | None:
        try:
            new = actions.add_checked(self.register, said.values, now=self.now)
        except RefusedError as error:
            orgnr = said.values["orgnr"]
            self.result.left_out.append((orgnr, LeftOut("orgnr", orgnr, error.message)))
            return None
        note_taken(self.register, new, said.values, now=self.now)
        return new

    def _similar(self, name: str, city: str | None) -> tuple[tuple[int, str], ...]:
        """Those without a number whose name is nearly the same."""
        place = fold(city or "")
        found = self._shelf.like(Name(name), place)[:5]
        return tuple((number, self._nameless[number][0]) for number in found)
