"""What the report of a call-out is made of, read from the register once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from frivillig_cli.records import municipality
from frivillig_cli.records.activation import during_queries, expenses, queries, shown
from frivillig_cli.records.activation.model import Activation, Expense, LogEntry, Row
from frivillig_cli.records.evaluation import queries as evaluations
from frivillig_cli.records.evaluation.model import ActionItem, Evaluation
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import script, view, view_json
from frivillig_cli.work.beredskap.figure_types import Figures
from frivillig_cli.work.beredskap.figures import count
from frivillig_cli.work.beredskap.view import View


@dataclass(frozen=True)
class Target:
    """The municipality's own aim: so many per cent of the list reached within so many minutes."""

    percent: int
    minutes: int


@dataclass(frozen=True)
class Report:
    """A call-out as it is told afterwards; `now` is when the report is made."""

    view: View
    figures: Figures
    log: Sequence[LogEntry]
    attempts: Sequence[Mapping[str, Any]]
    expenses: Sequence[Expense]
    evaluations: Sequence[Evaluation]
    actions: Sequence[ActionItem]
    target: Target | None
    owner: str
    now: datetime

    @property
    def activation(self) -> Activation:
        """What the report is about."""
        return self.view.activation

    @property
    def corrections(self) -> list[LogEntry]:
        """The lines that correct another, or say that a clock was wrong."""
        return [one for one in self.log if one.type == "correction" or one.supersedes]

    @property
    def people(self) -> list[tuple[View, list[Row]]]:
        """Those who were on the list, an episode at a time: of those before, the ones touched.

        Whoever was called and then left out is among them.
        """
        before = [
            (one, [row for row in one.rows if row.called or row.contact != "pending"
                   or (row.selection == "eligible" and row.deployment)])
            for one in map(self._as_heard, self.view.past)
        ]  # fmt: skip
        now = self._as_heard(self.view)
        listed = [row for row in now.rows if row.selection == "eligible" or row.called]
        return [*before, (now, listed)]

    def _as_heard(self, seen: View) -> View:
        """An episode, where those left out after they were called have what was heard of them."""
        heard = self._heard(seen.activation.episode)
        return replace(seen, rows=[_told(row, heard) if row.called else row for row in seen.rows])

    def _heard(self, episode: int | None = None) -> dict[int, str | None]:
        """The last answer of each row that was called, or that there was none: in an episode."""
        gone = {one["voids"] for one in self.attempts}
        heard: dict[int, str | None] = {}
        for one in self.attempts:
            if episode in (None, one["episode"]) and one["id"] not in gone and not one["voids"]:
                before = heard.get(one["callout_id"])
                said = None if one["overtaken"] else one["answer"]
                heard[one["callout_id"]] = said or before
        return heard

    def _calls(self) -> list[Row]:
        """The rows that scripts read: also whoever was called, and left out afterwards."""
        heard = self._heard()
        return [
            _told(row, heard)
            for row in self.view.rows
            if row.selection == "eligible" or row.attempts
        ]

    @property
    def left_out(self) -> list[Row]:
        """Those who are left out and stand nowhere among `people` as such."""
        told = {
            row.id for _view, rows in self.people for row in rows if row.selection == "excluded"
        }
        return [row for row in self.view.excluded if row.id not in told]

    @property
    def opened_again(self) -> list[LogEntry]:
        """The lines with which a new episode began."""
        ends = {one.last_seq for one in self.view.episodes}
        return [one for one in self.log if one.seq - 1 in ends]

    @property
    def to_mend(self) -> list[tuple[Row, str]]:
        """The numbers where somebody else answered; none of a protected person."""
        return [
            (row, phone.number) for row in self.view.rows for phone in row.phones if phone.wrong
        ]

    @property
    def costs(self) -> dict[str, int]:
        """What each payer owes, in øre."""
        return expenses.by_payer(self.expenses)

    @property
    def replaced(self) -> dict[int, int]:
        """The line of the log that corrects each that was corrected."""
        return {one.supersedes: one.seq for one in self.log if one.supersedes}

    @property
    def corrected(self) -> dict[int, int]:
        """The expense that stands in the place of each that was corrected."""
        return expenses.corrections(self.expenses)

    def costs_json(self) -> dict[str, Any]:
        """What each payer owes, as scripts read it."""
        return {
            "costs_kroner": {payer: expenses.in_kroner(ore) for payer, ore in self.costs.items()},
            "costs_ore": self.costs,
        }

    def _episodes(self, told: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The episodes that are over, each with the people that were touched in it."""
        return [
            {**one, "calls": [view_json.row_json(seen, row) for row in rows]}
            for one, (seen, rows) in zip(told, self.people, strict=False)
        ]

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        told = view_json.to_json(self.view, [])
        return {
            **told,
            "episodes": self._episodes(told["episodes"]),
            "calls": [view_json.row_json(self.view, row) for row in self._calls()],
            "figures": self.figures.to_json(),
            "log": [one.to_json() for one in self.log],
            "corrections": [one.seq for one in self.corrections],
            "numbers_to_mend": [
                {"person_id": row.person_id, "name": row.name, "number": number}
                for row, number in self.to_mend
            ],
            "expenses": [
                expenses.to_json(one, self.corrected.get(one.id)) for one in self.expenses
            ],
            **self.costs_json(),
            "evaluations": [asdict(one) for one in self.evaluations],
            "actions": [asdict(one) for one in self.actions],
            "target": asdict(self.target) if self.target else None,
        }


def _told(row: Row, heard: Mapping[int, str | None]) -> Row:
    """A row as it is; of one who is left out, with what was heard of them before."""
    if row.selection == "eligible" or row.id not in heard:
        return row
    answer = heard[row.id]
    return replace(row, answer=answer, contact="reached" if answer else "not_reached")


def gather(register: Register, activation_id: int, now: datetime) -> Report:
    """Everything that the report of an activation tells."""
    seen = view.load(register, activation_id, now)
    log = shown.log(register, activation_id)
    attempts = queries.attempts(register, activation_id)
    came = during_queries.arrivals(register, activation_id)
    return Report(
        view=seen,
        figures=count(
            seen.activation, seen.rows, seen.needs, attempts, log, came, seen.episodes, seen.leaders
        ),
        log=log,
        attempts=attempts,
        expenses=shown.expenses(register, activation_id),
        evaluations=evaluations.of_activation(register, activation_id),
        actions=evaluations.action_items(register, activation_id),
        target=_target(register),
        owner=script.municipality_name(register),
        now=now,
    )


def _target(register: Register) -> Target | None:
    found = municipality.get(register)
    percent, minutes = found.get("beredskap.target_percent"), found.get("beredskap.target_minutes")
    return Target(int(percent), int(minutes)) if percent and minutes else None
