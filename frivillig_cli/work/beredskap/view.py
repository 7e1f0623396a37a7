"""An activation as it stands now: what `status` shows, as data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from frivillig_cli.core.errors import AmbiguousError, NotFoundError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold, nearest
from frivillig_cli.core.query import Query
from frivillig_cli.records.activation import (
    during_queries,
    episodes,
    next_queries,
    queries,
    selection,
)
from frivillig_cli.records.activation import needs as need_rules
from frivillig_cli.records.activation.episodes import Episode
from frivillig_cli.records.activation.model import Activation, Row
from frivillig_cli.records.activation.needs import GroupAnswer, Led, Need
from frivillig_cli.records.activation.numbering import is_row_code
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap.leaders import of_leaders
from frivillig_cli.work.beredskap.left import Kind, by_skills, to_call, with_nobody_more

_ROW_CODE = re.compile("[0-9]{3,5}-[0-9]")


@dataclass(frozen=True)
class View:
    """One activation with its rows by rank, and what is needed.

    `unread_kinds` is how many more may be called whom nothing has happened to, by their groups and
    skills, where they were left unread (`load_begun`). `elsewhere` is which rows are called in to
    another call-out of this kind, and its number: nobody calls them for this one meanwhile. `now`
    is when it stood so; None: when it was over.
    """

    activation: Activation
    rows: list[Row]
    needs: list[Need]
    told: list[GroupAnswer] = field(default_factory=list)
    unread_kinds: Mapping[Kind, int] = field(default_factory=dict)
    episodes: list[Episode] = field(default_factory=list)
    leaders: Mapping[int, Led] = field(default_factory=dict)  # how many come, by group
    elsewhere: Mapping[int, str] = field(default_factory=dict)
    kept_off: Mapping[int, str] = field(default_factory=dict)  # why the register says so by now
    now: datetime | None = None

    @cached_property
    def unread(self) -> int:
        """How many more may be called, and were left unread."""
        return sum(self.unread_kinds.values())

    @cached_property
    def past(self) -> list[View]:
        """The episodes that are over, each as it stood when it was; the oldest first."""
        return [
            View(
                replace(
                    self.activation,
                    episode=one.number,
                    state="closed",
                    ended=one.ended,
                    called_off=one.called_off,
                ),
                one.rows(self.rows),
                list(one.needs),
                leaders=one.leaders,
            )
            for one in self.episodes
        ]

    @property
    def listed(self) -> int:
        """How many may be called, those unread among them, and no walk-in."""
        return sum(not row.walk_in for row in self.eligible) + self.unread

    @cached_property
    def eligible(self) -> list[Row]:
        """Those who may be called."""
        return [row for row in self.rows if row.selection == "eligible"]

    @cached_property
    def excluded(self) -> list[Row]:
        """Those who are left out, each with a reason."""
        return [row for row in self.rows if row.selection == "excluded"]

    @cached_property
    def free_again(self) -> list[Row]:
        """Those left out for another call-out, to which they are called in no longer."""
        if self.activation.state != "active":
            return []
        left_out = [row for row in self.excluded if row.reason == "busy_other_activation"]
        return [row for row in left_out if row.id not in self.elsewhere]

    @cached_property
    def by_id(self) -> dict[int, Row]:
        """Each row by its id."""
        return {row.id: row for row in self.rows}

    @cached_property
    def sharers(self) -> dict[int, list[Row]]:
        """Those who have a number in common with a row."""
        pairs = selection.shared_numbers((row.id, row.usable) for row in self.eligible)
        return {row: [self.by_id[other] for other in others] for row, others in pairs.items()}

    @cached_property
    def shared(self) -> dict[int, list[str]]:
        """The names of those who have a number in common with a row."""
        return {row: [other.name for other in others] for row, others in self.sharers.items()}

    @cached_property
    def _names(self) -> Counter[str]:
        return Counter(fold(row.name) for row in self.rows)

    def told_apart(self, row: Row) -> str:
        """The name of a row; with its code, where another on the list has the same name."""
        return f"{row.name} ({row.row_code})" if self._names[fold(row.name)] > 1 else row.name

    @property
    def answered_groups(self) -> set[int]:
        """The groups whose leader has answered for all."""
        return {one.group_id for one in self.told if one.coming}

    @cached_property
    def taken(self) -> dict[int, frozenset[int]]:
        """Of each group whose leader has answered, who takes a place that another one promised."""
        return need_rules.taken(need_rules.promised(self.told, self.needs), self.rows)

    @property
    def told_out(self) -> set[int]:
        """Those of them of whom no more than their leader promised can come."""
        return with_nobody_more(self._left, self.told)

    @property
    def covered(self) -> bool:
        """Whether needs were stated and all are met."""
        return need_rules.covered(self.needs)

    @property
    def out(self) -> list[Row]:
        """Those who must be told and brought home before it can be closed."""
        if self.activation.kind == "contact_test":
            return []
        return [row for row in self.rows if row.called_in]

    @cached_property
    def tally(self) -> Counter[str]:
        """How many were called, and of them how many gave each answer, have left, or were not
        reached, or were left out afterwards; how many came without having been called, and how
        many were called in before.
        """
        called = sum(row.called > 0 for row in self.rows)
        counts: Counter[str] = Counter(pending=self.unread, called=called)
        if left_out := sum(row.called > 0 for row in self.excluded):
            counts["left_out"] = left_out
        for row in self.eligible:
            if row.came or row.carried:
                counts["came" if row.came else "carried"] += 1
                continue
            gone = row.deployment if row.left and row.answer in ("yes", "later") else None
            counts[gone or row.answer or row.got] += 1
        return counts

    @cached_property
    def counted(self) -> int:
        """How many have said yes and count: not those who left while people were called in."""
        return sum(row.answer == "yes" and not row.freed for row in self.eligible)

    @cached_property
    def said_yes(self) -> int:
        """How many said yes when called, those in reserve and those who have left among them."""
        return sum(row.answer in ("yes", "reserve") and row.called > 0 for row in self.eligible)

    @cached_property
    def by_leaders(self) -> tuple[int, int]:
        """How many come by what their groups' leaders say, and how many of these have no name."""
        return of_leaders(self.leaders, self.rows)

    @property
    def in_reserve(self) -> list[Row]:
        """Those who can be asked again for what is missing now; not those who are on site."""
        if self.activation.state != "active" or self.covered:
            return []
        return [
            row for row in self.eligible
            if row.answer == "reserve" and row.deployment != "on_site"
            and row.id not in self.not_called
            and need_rules.useful(row.skills, self.needs)
        ]  # fmt: skip

    @cached_property
    def not_called(self) -> set[int]:
        """The rows that nobody calls: another call-out has, or the register says so by now."""
        never = [row for row, why in self.kept_off.items() if why in next_queries.NEVER_CALLED]
        return {*self.elsewhere, *never}

    @cached_property
    def _left(self) -> Counter[Kind]:
        return to_call(
            self.eligible, self.unread_kinds, self.told, self.needs, but=self.not_called,
            now=self.now,
        )  # fmt: skip

    @cached_property
    def left(self) -> Counter[tuple[str, ...]]:
        """How many can still be called, by their skills; those in reserve, and those who could come
        from a time that has passed, are asked first.
        """
        return by_skills(self._left)

    @cached_property
    def to_call(self) -> int:
        """How many more to call for what is open, by the yes-rate so far."""
        return need_rules.how_many_to_call(self.needs, self.tally["called"], self.said_yes)

    @cached_property
    def lacking(self) -> int:
        """How many will be missing though all who are left say yes."""
        missing = sum(need.open for need in self.needs)
        return missing - need_rules.most_filled(self.needs, self.left) if missing else 0

    def must_be_listed(self, row: Row) -> None:
        """Raise RefusedError, with the way out, where `row` is left out."""
        if row.selection == "excluded":
            raise self.left_out(row)

    def left_out(self, row: Row) -> RefusedError:
        """That a row is left out, and the way out; nobody takes in one who is under 18."""
        other = self.by_id.get(row.twin_of or 0)
        return RefusedError(
            _("{name} is left out: {why}.", name=row.name,
              why=_(selection.REASON_WORDS[str(row.reason)])),
            _("Use the other row: {code}", code=other.row_code)
            if other
            else _("Correct it in the register first: frivillig person show {id}", id=row.ref)
            if row.reason == "minor"
            else _("Take them in with: frivillig beredskap include {id} --reason …", id=row.ref),
        )  # fmt: skip

    @property
    def unskilled(self) -> list[str]:
        """The skills that are needed and that nobody on the list has."""
        return [
            need.skill
            for need in self.needs
            if need.skill and not any(need_rules.fits(r.skills, need.skill) for r in self.eligible)
        ]


def load(register: Register, activation_id: int, now: datetime) -> View:
    """The activation as it stands in the register now (in a transaction: as it will be saved)."""
    activation = queries.get(register, activation_id)
    return _view(register, activation, _bound(register, activation), now)


def _view(
    register: Register, activation: Activation, bound: Mapping[int, str], now: datetime, *,
    which: str = "1", unread: Mapping[Kind, int] | None = None,
) -> View:  # fmt: skip
    rows = _as_seen(register, queries.rows(register, activation, now, which=which))
    told = during_queries.group_answers(register, activation)
    needs, over = queries.needs(register, activation, rows), episodes.over(register, activation)
    said = during_queries.leaders_said(register, activation.id).get(activation.episode, {})
    off = next_queries.kept_off(register, activation, now)
    return View(activation, rows, needs, told, unread or {}, over, said, bound, off, now)


def _as_seen(register: Register, rows: list[Row]) -> list[Row]:
    """The rows; the name of one who came by is as it was written, and may hold a number."""
    walked_in = protected.of(register, (row for row in rows if row.walk_in), "name")
    came = {row.id: row for row in walked_in}
    return [came.get(row.id, row) for row in rows] if came else rows


def _bound(register: Register, activation: Activation) -> dict[int, str]:
    """Who is called in to another call-out, where it matters: while people are called."""
    return next_queries.elsewhere(register, activation) if activation.state == "active" else {}


def load_begun(register: Register, activation_id: int, now: datetime) -> View:
    """The same without those who may be called and whom nothing has happened to: they are counted.

    What has come of a long list is there at once.
    """
    activation = queries.get(register, activation_id)
    bound = _bound(register, activation)
    ids = ",".join(map(str, {*bound, *next_queries.kept_off(register, activation, now)}))
    which = f"{next_queries.TOUCHED} OR c.selection = 'excluded' OR c.id IN ({ids})"
    unread = next_queries.untouched_kinds(register, activation_id, which)
    return _view(register, activation, bound, now, which=which, unread=unread)


def choose(register: Register, ref: str | None, *, latest: bool = False) -> int:
    """The activation that `ref` names, or the only one under way. Raises a RefusedError.

    With `latest`, the last one there was where none is under way.
    """
    if ref:
        return queries.activation_id(register, ref)
    found = queries.under_way(register)
    if not found and latest:
        found = queries.find(register, Query(), limit=1)
    if len(found) == 1:
        return found[0].id
    if not found:
        way_out = _("Start one with: frivillig beredskap activate TITLE."
                    " Earlier ones: frivillig beredskap list")  # fmt: skip
        for last in queries.find(register, Query(), limit=1):
            way_out = _("Is it about {number}, which is over? Say so: --activation {number}.",
                        number=last.number) + " " + way_out  # fmt: skip
        raise RefusedError(_("No call-out is under way."), way_out)
    raise AmbiguousError(
        _("{n} call-outs are under way.", n=len(found)),
        _("Say which with --activation NUMBER."),
        [f"{one.number}  {one.title}" for one in found],
    )


def must_be_named(register: Register, activation_id: int) -> bool:
    """Whether `choose` without a reference would find another activation, or none."""
    found = queries.under_way(register) or queries.find(register, Query(), limit=1)
    return [one.id for one in found] != [activation_id]


def find_row(view: View, ref: str) -> Row:
    """The row that `ref` names: a row code (017-4), a person's id, or enough of the name."""
    text, folded = ref.strip(), fold(ref)
    if _ROW_CODE.fullmatch(text) and not is_row_code(view.activation.number, text):
        raise NotFoundError(
            _("{code} is no row code of {number}: a digit is wrong.", code=text,
              number=view.activation.number),
            _("Read it again, or write the name."),
        )  # fmt: skip
    found = [row for row in view.rows if row.row_code == text]
    if not found and text.isdecimal():
        wanted = int(text)
        found = [row for row in view.rows if row.person_id == wanted and row.twin_of is None]
    if not found and folded:
        found = [row for row in view.rows if fold(row.name) == folded]
        found = found or [row for row in view.rows if folded in fold(row.name)]
    if len(found) == 1:
        return found[0]
    if found:
        width = max(len(row.ref) for row in found[:10])
        raise AmbiguousError(
            _("«{text}» fits {n} of them. Did you mean one of these?", text=text, n=len(found)),
            _("Write the number, or more of the name."),
            [f"{row.ref:>{width}}  {row.name}" for row in found[:10]],
        )
    close = nearest(text, [row.name for row in view.rows]) if folded else []
    raise NotFoundError(
        _("Nobody on the list of {number} is called «{text}».",
          number=view.activation.number, text=text),
        _("Did you mean {names}?", names=" / ".join(close))
        if close
        else _("Put somebody on the list with: frivillig beredskap include PERSON"),
    )  # fmt: skip
