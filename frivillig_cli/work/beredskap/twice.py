"""The same said twice of one call: typed twice, or in two terminals."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from frivillig_cli.records.activation import needs, queries
from frivillig_cli.records.activation.model import Row
from frivillig_cli.records.activation.row_actions import Attempt
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap.view import View

JUST_NOW = timedelta(minutes=1)


def just_recorded(
    register: Register, view: View, row: Row, attempt: Attempt, number: str | None, *, now: datetime
) -> dict[str, Any] | None:
    """The attempt that says the same of this row, within a minute, or None.

    `number` is the one that was typed. One whom somebody is calling now (`next`) is called anew,
    and a yes from the reserve is news where something is missing by now.
    """
    standing = queries.standing_attempts(register, row.id, view.activation.episode)
    if not standing or row.leased(now) or row.left:
        return None
    last, said = standing[-1], attempt.said
    from_reserve = said.answer == "yes" and row.answer == "reserve"
    same = (
        (last["outcome"], last["answer"], last["skill"])
        == (said.outcome, said.answer, attempt.skill)
        and (number is None or attempt.number == last["number"])
        and timedelta(0) <= now - datetime.fromisoformat(last["registered"]) < JUST_NOW
        and _close(last["happened"], attempt.happened)
        and _close(last["eta"], attempt.eta)
    )  # fmt: skip
    news = from_reserve and needs.useful(row.skills, view.needs)
    return last if same and not news else None


def _close(stored: str | None, told: datetime | None) -> bool:
    if stored is None or told is None:
        return stored is None and told is None
    return abs(datetime.fromisoformat(stored) - told) < JUST_NOW
