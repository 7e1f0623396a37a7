"""What the report of a call-out is made of, read from the register once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from frivillig_cli.records import municipality
from frivillig_cli.records.activation import during_queries, expenses, queries, shown
from frivillig_cli.records.activation.model import Activation, Expense, LogEntry, Row
from frivillig_cli.records.evaluation import queries as evaluations
from frivillig_cli.records.evaluation.model import ActionItem, Evaluation
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import script, view
from frivillig_cli.work.beredskap.figures import Figures, count
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
        """Those who were on the list, an episode at a time: of those before, the ones touched."""
        before = [
            (one, [row for row in one.eligible if row.called or row.contact != "pending"
                   or row.deployment])
            for one in self.view.past
        ]  # fmt: skip
        return [*before, (self.view, self.view.eligible)]

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
    def corrected(self) -> dict[int, int]:
        """The expense that stands in the place of each that was corrected."""
        return expenses.corrections(self.expenses)

    def costs_json(self) -> dict[str, Any]:
        """What each payer owes, as scripts read it."""
        return {
            "costs_kroner": {payer: expenses.in_kroner(ore) for payer, ore in self.costs.items()},
            "costs_ore": self.costs,
        }

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return {
            **view.to_json(self.view, []),
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


def gather(register: Register, activation_id: int, now: datetime) -> Report:
    """Everything that the report of an activation tells."""
    seen = view.load(register, activation_id, now)
    log = shown.log(register, activation_id)
    attempts = queries.attempts(register, activation_id)
    return Report(
        view=seen,
        figures=count(
            seen.activation, seen.rows, seen.needs, attempts, log, seen.episodes, seen.leaders
        ),
        log=log,
        attempts=attempts,
        expenses=during_queries.expenses(register, activation_id),
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
