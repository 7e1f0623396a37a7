"""An arrival that was written by mistake: the row becomes what it was before. Both lines stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import LANGUAGES, _, in_language
from frivillig_cli.records.activation import during_queries, queries, row_actions, undoing
from frivillig_cli.records.activation.model import Activation, Row
from frivillig_cli.store.register import Register


def take_back(
    register: Register, activation: Activation, rows: list[Row], row: Row, caller: str,
    *, now: datetime,
) -> int | None:  # fmt: skip
    """Take back that somebody came, and the yes that it was taken for.

    A walk-in who has nothing else is off the list. Returns the number of the log's line about it.
    Raises RefusedError for one who is not on site.
    """
    if row.deployment != "on_site":
        raise RefusedError(
            _("{name} is not on site.", name=row.name),
            _("See who is where: frivillig beredskap status --activation {number}",
              number=activation.number),
        )  # fmt: skip
    seq, registered = during_queries.arrival(register, row.id)
    standing = queries.standing_attempts(register, row.id, activation.episode)
    own = [
        one for one in standing
        if one["outcome"] == "in_person" and one["answer"] and one["registered"] == registered
    ]  # fmt: skip
    if own and own[-1] == standing[-1]:
        expected = replace(row, deployment="on_way")
        undoing.take_back(register, activation, rows, expected, caller, now=now, before=seq)
        if row.walk_in and len(standing) == 1:
            register.update("callout", row.id, selection="excluded", reason="manual")
        return seq
    if own:  # they have answered since: that stands
        undoing.void(register, own[-1], caller, now=now, round_=activation.round)
    changes: dict[str, object] = {"deployment": "on_way" if row.answer == "yes" else None}
    if row.answer == "yes" and _counted_since(register, activation, row, seq):
        changes = {"answer": "reserve", "need_id": None, "deployment": None}
    answers = [one for one in standing if one["answer"] and one not in own]
    if answers and not own:
        gone = undoing.left_between(register, activation, row, answers[-1], seq)
        if gone:
            changes = {"deployment": gone}
    register.update("callout", row.id, **{**row_actions.own_columns(row), **changes})
    return seq


def _counted_since(register: Register, activation: Activation, row: Row, seq: int | None) -> bool:
    """Whether one who stood in reserve came to count since they were there."""
    starts = []
    for spoken in LANGUAGES:  # a line is in the language of whoever wrote it
        with in_language(spoken):
            starts.append(_("{name} is on site, and counts now: {needs}", name=row.name, needs=""))
    texts = during_queries.decisions(register, activation.id, row.id, seq or 0)
    return any(text.startswith(tuple(starts)) for text in texts)
