"""What was learnt of a call-out is written down, or written anew where it was wrong."""

from __future__ import annotations

from datetime import date, datetime

from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation import actions as activations
from frivillig_cli.records.activation import queries
from frivillig_cli.records.activation.actions import NewEntry
from frivillig_cli.records.evaluation import actions
from frivillig_cli.records.evaluation.model import Evaluation
from frivillig_cli.store.register import Register


def evaluate(
    register: Register, activation_id: int, texts: dict[str, str | None], *, by: str, written: date,
    corrects: int | None, now: datetime,
) -> Evaluation:  # fmt: skip
    """Add an evaluation; one that `corrects` another stands in its place, and the log says so."""
    made = actions.evaluate(
        register, activation_id, texts, by=by, written=written, supersedes=corrects
    )
    if corrects is not None:
        text = _("Evaluation {id} is corrected in evaluation {later}.", id=corrects, later=made.id)
        activation = queries.get(register, activation_id)
        activations.write_log(register, activation, NewEntry("correction", text, by), now=now)
    return made
