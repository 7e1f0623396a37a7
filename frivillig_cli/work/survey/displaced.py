"""Answers that stand in another association's row: a part of the columns was sorted or pasted.

What was sent to one association and comes back in the row of the next is no answer of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

from frivillig_cli.core.echo import echo, kept
from frivillig_cli.core.i18n import _
from frivillig_cli.core.sentence import masked
from frivillig_cli.records.survey.model import Outcome
from frivillig_cli.records.survey.questions import office_of
from frivillig_cli.work.survey.reading import RawForm
from frivillig_cli.work.survey.verdict import Context, Fault, Verdict, decided

OTHER_ROW = "other_row"
_OPEN = (Outcome.APPLIED, Outcome.CONFLICT)


def displaced(
    form: RawForm, verdicts: Mapping[str, Verdict], context: Context
) -> dict[str, Verdict]:
    """The verdicts on what was sent to another association, and on what was changed among it:
    nothing of it is taken before somebody says so."""
    if not form.in_table or context.sent is None:
        return {}
    changed = [name for name, verdict in verdicts.items() if verdict.touched and verdict.cell]
    org_id, sent = context.sent
    other, same = sent.to_another(org_id, {name: verdicts[name].answer for name in changed})
    if not same:
        return {}
    places = [number for number, name in enumerate(changed) if name in same]
    found = {}
    for name in changed[places[0] : places[-1] + 1]:
        if office_of(name) != name and context.decisions.get(office_of(name) or ""):
            continue  # a phone or e-mail goes with the name that somebody has chosen
        verdict = verdicts[name]
        text = verdict.cell.text if verdict.cell else ""
        if verdict.outcome in _OPEN and verdict.fault is None and not sent.tells(text):
            fault = Fault(OTHER_ROW, masked(_words(other, sent=name in same)), kept(text))
            held = verdict._replace(outcome=Outcome.CONFLICT, fault=fault)
            found[name] = decided(held, context)
    return found


def _words(other: str, *, sent: bool) -> str:
    if sent:
        return _(
            "It is what was sent for {other}, and stands in this row, so it is not taken. If they "
            "have answered so, choose it with --accept ask.",
            other=echo(other),
        )
    return _(
        "The answers around it are what was sent for {other}, so it is not taken. If they have "
        "answered so, choose it with --accept ask.",
        other=echo(other),
    )
