"""An evaluation, and something that is to be done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Evaluation:
    """What was learnt of an activation (forskrift om kommunal beredskapsplikt § 8).

    `written` is a date; at least one of the three texts is there. `supersedes` is the one that this
    one corrects: all that it said.
    """

    id: int
    activation_id: int
    written: str
    by: str
    went_well: str | None
    to_improve: str | None
    text: str | None
    supersedes: int | None = None


@dataclass(frozen=True)
class ActionItem:
    """What is to be done after an activation, by whom and when; `due` and `done` are dates."""

    id: int
    activation_id: int
    what: str
    owner: str | None
    due: str | None
    done: str | None

    def late(self, today: str) -> bool:
        """Whether it should have been done by now."""
        return self.done is None and self.due is not None and self.due < today
