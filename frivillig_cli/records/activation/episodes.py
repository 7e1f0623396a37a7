"""Episodes that are over: what stood when a closed call-out was opened again is kept as it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

from frivillig_cli.records.activation import during_queries, queries, taken_queries
from frivillig_cli.records.activation.model import Activation, Row
from frivillig_cli.records.activation.needs import Led, Need
from frivillig_cli.store.register import Register


@dataclass(frozen=True)
class Episode:
    """An episode that is over; `states` are the columns of a row in it, by the row's id.

    They are of those who were on the list when it was over, and were touched in it: whoever has
    calls there and no state had been left out by then. `calls` are how many calls each row had, and
    whether they turned up with none; `leaders` how many come by each group's leader, `said` what
    `Row.late` and `Row.backed_out` were. `called_off`: it was set off by mistake.
    """

    number: int
    ended: str
    last_seq: int
    needs: Sequence[Need]
    states: dict[int, dict[str, object]]
    calls: dict[int, tuple[int, bool]]
    leaders: dict[int, Led]
    called_off: bool = False
    said: dict[int, tuple[bool, str | None]] = field(default_factory=dict)

    def rows(self, now: Sequence[Row]) -> list[Row]:
        """`now`, the rows as they stand, as they stood when this episode was over."""
        return [
            replace(
                row, episode=self.number, lease_by=None, lease_until=None,
                called=self._calls(row)[0], came=self._calls(row)[1], late=self._said(row)[0],
                backed_out=self._said(row)[1], **self._listed(row),
                **(self.states.get(row.id) or during_queries.UNTOUCHED),
            )
            for row in now
        ]  # fmt: skip

    def _calls(self, row: Row) -> tuple[int, bool]:
        return self.calls.get(row.id, (0, False))

    def _said(self, row: Row) -> tuple[bool, str | None]:
        return self.said.get(row.id, (False, None))

    def _listed(self, row: Row) -> dict[str, str | None]:
        """Whether a row was on the list, where the episode tells; who is left out since was."""
        if row.id in self.states:
            return {"selection": "eligible", "reason": None}
        if row.id in self.calls and row.selection == "eligible":
            return {"selection": "excluded", "reason": "manual"}
        return {}


def keep(
    register: Register, activation: Activation, rows: Sequence[Row], needs: Sequence[Need]
) -> None:
    """Keep how a closed episode stands, before the next one begins."""
    last = queries.last_entry(register, activation.id)
    register.insert(
        "episode",
        activation_id=activation.id,
        episode=activation.episode,
        ended=activation.ended,
        called_off=activation.called_off,
        stood_down=activation.stood_down,
        last_seq=last.seq if last else 0,
        needs=json.dumps([asdict(need) for need in needs], ensure_ascii=False),
    )
    for row in rows:
        state = {name: getattr(row, name) for name in during_queries.UNTOUCHED}
        touched = row.called or row.came or state != during_queries.UNTOUCHED
        if touched and row.selection == "eligible":
            register.insert("callout_past", callout_id=row.id, episode=activation.episode, **state)


def free_seats(register: Register, rows: Sequence[Row]) -> None:
    """Let what those who have left were needed for be open: people are called in again.

    Who came back in the stand-down can count for what is open now.
    """
    for row in rows:
        if row.left and not row.freed:
            register.update("callout", row.id, freed=True)
        elif row.freed and not row.left:
            register.update("callout", row.id, freed=False, need_id=None)


def over(register: Register, activation: Activation) -> list[Episode]:
    """The episodes that are over, oldest first."""
    if activation.episode == 1:
        return []
    leaders = during_queries.leaders_said(register, activation.id)
    return [
        Episode(
            number, ended, last_seq, [Need(**need) for need in json.loads(needs)],
            _states(register, activation.id, number),
            during_queries.calls_in(register, activation.id, number),
            leaders.get(number, {}), called_off == 1,
            during_queries.said_last(register, activation.id, number),
        )
        for number, ended, last_seq, needs, called_off in during_queries.episodes(
            register, activation.id
        )
    ]  # fmt: skip


def _states(register: Register, activation_id: int, number: int) -> dict[int, dict[str, object]]:
    """What had come of each row, with the answers of the episode that were taken in since."""
    states = during_queries.past_states(register, activation_id, number)
    for row_id, answer, late, eta in taken_queries.said_afterwards(register, activation_id, number):
        before = states.get(row_id) or during_queries.UNTOUCHED
        said = "reserve" if late and answer == "yes" else answer
        kept = before["need_id"] if said == before["answer"] else None
        states[row_id] = {
            **before, "contact": "reached", "answer": said, "eta": eta, "need_id": kept,
        }  # fmt: skip
    return states
