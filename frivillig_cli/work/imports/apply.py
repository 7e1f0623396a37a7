"""A plan into the register, row by row, inside a transaction that the caller has opened.

The preview is this very work in a transaction that is rolled back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from frivillig_cli.core.account import show_account
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.core.names import fold
from frivillig_cli.store.register import Register
from frivillig_cli.work.imports.anomalies import (
    find_anomalies,
    kept_of_merged,
    nothing_but_names,
    shared_accounts,
    shared_emails,
    unknown_numbers,
)
from frivillig_cli.work.imports.compare import differing, fills, shown_value
from frivillig_cli.work.imports.current import AHEAD, Current
from frivillig_cli.work.imports.decisions import Decisions
from frivillig_cli.work.imports.hidden import shielded, without_hidden, without_number
from frivillig_cli.work.imports.homes import Homes
from frivillig_cli.work.imports.kind import Kind
from frivillig_cli.work.imports.known import Known
from frivillig_cli.work.imports.match import Index, Match
from frivillig_cli.work.imports.newcomers import Newcomers
from frivillig_cli.work.imports.queries import protected_contacts
from frivillig_cli.work.imports.record import Plan, Record, Value
from frivillig_cli.work.imports.result import (
    Difference,
    ImportResult,
    Mode,
    Options,
    Rejection,
    Skip,
)

_NEW = Match()
_LONG = 2000  # rows; a shorter list is in the search index before that would help


def apply(
    register: Register,
    plan: Plan,
    kind: Kind,
    options: Options,
    *,
    now: datetime,
    decisions: Decisions | None = None,
) -> ImportResult:
    """Take a plan in; returns what became of each row. Nothing is ever deleted or emptied."""
    if plan.units:
        from frivillig_cli.work.imports.orgs import noting

        kind = noting(kind)
    newcomers = Newcomers(register, kind, now)
    known = kind.index(register)
    known.hear(plan.records)
    answers = decisions or Decisions()
    run = _Run(register, kind, options, now, answers, known, newcomers, plan)
    run.result.rows = plan.rows
    run.result.filtered, run.result.missing = plan.filtered, plan.missing
    run.result.skipped = list(plan.skipped)
    run.result.rejected = list(plan.rejected)
    with register.loading() if len(plan.records) > _LONG else nullcontext():
        for number, record in enumerate(plan.records, start=1):
            if options.progress and number % 1000 == 0:
                options.progress(1000)
            if number % AHEAD == 1:
                run.current.look_ahead(plan.records[number - 1 : number - 1 + AHEAD])
            try:
                run.take_in(record)
            except RefusedError as error:
                run.reject(record, getattr(error, "field", "") or "name", error.message)
        newcomers.write()
    result = run.result
    result.skipped.sort(key=lambda skip: skip.row)
    result.rejected.sort(key=lambda rejection: rejection.row)
    refused = {entry.row for entry in (*result.rejected, *result.skipped)}
    result.left_out += [entry for entry in plan.left_out if entry.row not in refused]
    if run.hidden:
        result.left_out = shielded(result.left_out, run.hidden)
        result.rejected = shielded(result.rejected, run.hidden)
    result.left_out.sort(key=lambda entry: entry.row)
    unread = plan.left_out if plan.columns else []
    result.anomalies = find_anomalies(
        kind, result, run.met, run.differing, unread, columns=plan.columns is not None
    )
    result.anomalies += [*nothing_but_names(result, run.alone), *plan.doubts]
    result.anomalies += [*unknown_numbers(plan, known), *kept_of_merged(plan, result, known)]
    result.anomalies += shared_accounts(register, plan, result)
    result.anomalies += shared_emails(register, result) if kind.offices else []
    return result


@dataclass
class _Run:
    register: Register
    kind: Kind
    options: Options
    now: datetime
    decisions: Decisions
    index: Index
    newcomers: Newcomers
    plan: Plan
    result: ImportResult = field(default_factory=ImportResult)
    # id → the first row of this file that was about it
    seen: dict[int, int] = field(default_factory=dict)
    met: int = 0
    differing: Counter[str] = field(default_factory=Counter)
    # those that were made of nothing but a name
    alone: list[str] = field(default_factory=list)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The numbers and addresses of protected people: nothing of theirs is taken from a list."""
        return protected_contacts(self.register)

    @cached_property
    def homes(self) -> Homes:
        """The homes of protected people: none is taken in as an association's own address."""
        return Homes(self.register)

    @cached_property
    def current(self) -> Current:
        """What those have now whom rows are about."""
        return Current(self.register, self.kind, self.index)

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The names, folded, that stand in more than one row."""
        names = Counter(fold(record.text("name")) for record in self.plan.records)
        return frozenset(name for name, n in names.items() if n > 1)

    def reject(self, record: Record, name: str, why: str, *, uncertain: bool = False) -> None:
        value = record.shown.get(name) or record.text(name)
        self.result.rejected.append(Rejection(record.row, name, echo(value), why, uncertain))

    def skip(self, record: Record, why: str) -> None:
        self.result.skipped.append(Skip(record.row, why))

    def _without_hidden(self, record: Record, have: Collection[str] = ()) -> Record:
        """A row without what is a protected person's; `have` may stay."""
        record, refused = without_hidden(record, self.hidden, have)
        if not self.index.people:
            record, more = without_number(record, self.hidden, "website")
            refused += more
        self.result.left_out += refused
        return record

    def _named_by_number(self, record: Record) -> tuple[Record, list[Rejection]]:
        """A row about an association without a name that a protected person's phone stands in."""
        if self.index.people or not self.hidden:
            return record, []
        return without_number(record, self.hidden, "name")

    def take_in(self, record: Record) -> None:
        if self.hidden and not self.index.people:
            record = self._without_hidden(record)
        match = self.index.find(record)
        wanted = match.id
        if record.row in self.plan.headings and match == _NEW and not self.options.never_create:
            match = Match(why=_("nothing but a name: is it a heading?"))
        if match.why:
            if self._by_name_alone(record, match):
                return
            if self.options.mode is not Mode.ASK:
                if match.only and fold(record.text("name")) in self.repeated:
                    match = replace(match, why=_("the name stands in several rows of the list"))
                    self.reject(record, "name", self._uncertain(record, match), uncertain=True)
                    return
                if not match.only:
                    self.reject(record, "name", self._uncertain(record, match), uncertain=True)
                    return
                wanted = match.candidates[0].id
            else:
                answer = self.decisions.record(record, match)
                if answer is None:
                    self.skip(record, _("left out by your choice"))
                    return
                wanted = answer or None
        if self.hidden and self.index.people:
            known = self.index.by_id[wanted] if wanted else None
            if known is None or known.closed is None:
                have = (*known.phones, *known.emails) if known else ()
                record = self._without_hidden(record, have)
        if wanted is None:
            self._create(record, asked=bool(match.why))
        else:
            self._meet(record, self.index.by_id[wanted])

    def _uncertain(self, record: Record, match: Match) -> str:
        if not match.candidates:
            add = typed(f"frivillig {self.kind.name} add NAME")
            return _("{why} Answer with --ask, or add it with: {add}", why=match.why, add=add)
        shown = ", ".join(f"{known.id} {echo(known.name)}" for known in match.candidates[:3])
        told = {"candidates": shown, "why": match.why}
        if "id" in record.values or not any(
            self.index.takes_number(known, record) for known in match.candidates
        ):
            return _("may be {candidates} ({why}); answer with --ask", **told)
        return _(
            "may be {candidates} ({why}); answer with --ask, or write its number in a column “id”",
            **told,
        )

    def _by_name_alone(self, record: Record, match: Match) -> bool:
        """Whether a row has nothing to say of the only person of its name: no question then.

        Whoever it is about, nothing can get to the wrong one; and a name alone makes no twin.
        """
        if not self.index.people or len(match.candidates) != 1 or record.text("id"):
            return False
        known = match.candidates[0]
        if known.fresh or known.closed or fold(known.name) != fold(record.text("name")):
            return False
        current = self.current.of(known.id)
        if differing(self.kind, record, current).keys() - {"name"}:
            return False
        if known.id in self.seen:
            self.skip(record, _("says the same as row {row}", row=self.seen[known.id]))
            return True
        self.seen[known.id] = record.row
        self.result.by_name += 1
        self.result.unchanged += 1
        return True

    def _create(self, record: Record, *, asked: bool) -> None:
        if self.options.never_create:
            self.skip(record, _("not in the register, and nothing new is made"))
        elif not record.text("name"):
            if record.text("orgnr") and not record.text("email"):
                self.skip(record, _("not in the register, and the file has no name for it"))
            else:
                self.reject(record, "name", _("There is no name."))
        elif refused := self._named_by_number(record)[1]:
            self.result.rejected += refused
        else:
            if not self.index.people:
                record, refused = self.homes.without(record)
                self.result.left_out += refused
            add = self.newcomers.add_alone if asked else self.newcomers.add
            new = add(record.values)
            self.index.learn_row(new, record)
            self.seen[new] = record.row
            self.result.created += 1
            self.result.created_names.append(record.text("name"))
            if record.row in self.plan.alone:
                self.alone.append(f"{echo(record.text('name'))} ({_('row {row}', row=record.row)})")
            for said in self._offices(record, self.index.by_id[new]):
                if said.outcome == "kept":
                    why = _("there is another here already, which stays")
                    other = Rejection(record.row, said.field, echo(said.new), why, uncertain=True)
                    self.result.left_out.append(other)

    def _meet(self, record: Record, known: Known) -> None:
        if known.closed == "archived":
            self.skip(record, _("{name} is archived: restore it first", name=known.name))
            return
        if known.closed == "protected":
            self.skip(record, _("a protected person is changed by hand only"))
            return
        if known.fresh:
            self.newcomers.write()
        current = self.current.of(known.id)
        if not self.index.people:
            record, of_name = self._named_by_number(record)
            record, refused = self.homes.without(record, known.id, current)
            self.result.left_out += [*of_name, *refused]
        found = differing(self.kind, record, current)
        # two of the state's units were made one here: each has a row, and they may differ
        former = self.index.by_former(known, record)
        first = None if former else self.seen.get(known.id)
        if first is not None and self._repeated(record, first, found, known):
            return
        if not former:
            self.seen.setdefault(known.id, record.row)
        self.met += 1
        self._change(record, known, found)

    def _repeated(
        self,
        record: Record,
        first: int,
        found: dict[str, tuple[Value | None, Value]],
        known: Known,
    ) -> bool:
        """Whether a second row about the same one has been dealt with."""
        if not found and not record.offices:
            self.skip(record, _("says the same as row {row}", row=first))
            return True
        other = [name for name, (old, new) in found.items() if not fills(self.kind, name, old, new)]
        if other:
            by_number = record.text("orgnr") and record.text("orgnr") == known.orgnr
            key = "orgnr" if by_number else "name"
            fields = ", ".join(self.kind.label(name) for name in other)
            if by_number:
                why = _("row {row}, {name}, has that number too, and says otherwise: {fields}",
                        row=first, name=known.name, fields=fields)  # fmt: skip
            else:
                why = _("row {row} is about {name} too, and says otherwise: {fields}",
                        row=first, name=known.name, fields=fields)  # fmt: skip
            self.reject(record, key, why, uncertain=True)
        return bool(other)

    def _change(
        self, record: Record, known: Known, found: dict[str, tuple[Value | None, Value]]
    ) -> None:
        taken: dict[str, Value] = {}
        kept = False
        former = self.index.by_former(known, record)
        for name, (old, new) in found.items():
            filled = fills(self.kind, name, old, new) and not (former and name == "orgnr")
            difference = Difference(
                record.row,
                known.id,
                known.name,
                name,
                shown_value(old),
                record.shown.get(name) or shown_value(new) or "",
                "filled" if filled else "changed",
            )
            if not filled:
                self.differing[name] += 1
                if former or not self._replaces(difference):
                    kept = True
                    self.result.differences.append(replace(difference, outcome="kept"))
                    continue
            elif name in self.kind.guarded and not self._is_confirmed(difference):
                kept = True
                self._hold_back(difference)
                continue
            taken[name] = new
            self.result.differences.append(difference)
        if taken:
            self.newcomers.write()
            self.current.changed(known.id)
            self.kind.change(self.register, known.id, taken, self.now)
            self.index.learn_row(known.id, record)
        said = self._offices(record, known)
        self.result.differences += said
        self.differing.update(one.field for one in said if one.outcome != "filled")
        if taken or any(one.outcome != "kept" for one in said):
            self.result.changed += 1
        elif kept or said:
            self.result.kept += 1
        else:
            self.result.unchanged += 1

    def _offices(self, record: Record, known: Known) -> list[Difference]:
        """Enter the offices of a row; what differs there, for one that was there before."""
        if not record.offices:
            return []
        from frivillig_cli.work.imports.offices import OfficeTaker

        self.newcomers.write()
        create = not self.options.never_create
        former = self.index.by_former(known, record)
        replaces = (lambda _difference: False) if former else self._replaces
        asks = self.decisions.holder if self.options.mode is Mode.ASK else None
        taker = OfficeTaker(self.register, replaces, create, self.now, self.hidden, asks)
        done = taker.take(record, known)
        self.result.offices += done.entered
        self.result.left_out += done.left_out
        return done.differences

    def _hold_back(self, difference: Difference) -> None:
        why = _(
            "a new account number: ring them on a number that you had before this file; if it is"
            " theirs, add --confirm-account"
        )
        shown = show_account(difference.new)
        refused = Rejection(difference.row, difference.field, shown, why, uncertain=True)
        self.result.left_out.append(refused)

    def _is_confirmed(self, difference: Difference) -> bool:
        """Whether an account number is theirs: said for the file, or when asked about that one."""
        asks = self.options.mode is Mode.ASK
        return self.options.confirm_account or (asks and self.decisions.value(difference))

    def _replaces(self, difference: Difference) -> bool:
        mode = self.options.mode
        if mode is Mode.FILL:
            return False
        if mode is Mode.OVERWRITE and difference.field in self.kind.guarded:
            return self.options.confirm_account
        return mode is Mode.OVERWRITE or self.decisions.value(difference)
