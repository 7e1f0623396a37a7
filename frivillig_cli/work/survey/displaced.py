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
from frivillig_cli.work.survey.sent import Sent
from frivillig_cli.work.survey.verdict import KEEP, OTHER_ROW, Context, Fault, Verdict, decided

_OPEN = (Outcome.APPLIED, Outcome.CONFLICT)


def displaced(
    form: RawForm, verdicts: Mapping[str, Verdict], context: Context
) -> dict[str, Verdict]:
    """The verdicts on what was sent to another association, and on what was changed among it:
    nothing of it is taken before somebody says so."""
    if not form.in_table or context.sent is None:
        return {}
    org_id, sent = context.sent
    said = {name: each.answer for name, each in verdicts.items() if each.touched and each.cell}
    found = {}
    for name, words in (_among(said, org_id, sent) | _alone(said, org_id, sent)).items():
        if office_of(name) != name and context.decisions.get(office_of(name) or ""):
            continue  # a phone or e-mail goes with the name that somebody has chosen
        verdict = verdicts[name]
        if context.decisions.get(name) == KEEP:
            found[name] = verdict._replace(answer=None)  # somebody has said that it is not theirs
        text = verdict.cell.text if verdict.cell else ""
        if verdict.outcome in _OPEN and verdict.fault is None and not sent.tells(text):
            fault = Fault(OTHER_ROW, masked(words), kept(text))
            held = verdict._replace(outcome=Outcome.CONFLICT, fault=fault)
            found[name] = decided(held, context)
    return found


def _alone(said: Mapping[str, object], org_id: int, sent: Sent) -> dict[str, str]:
    """field -> words, of each answer that was sent there to one other association."""
    owners = {name: sent.owner(org_id, name, value) for name, value in said.items()}
    return {name: _words(owner, sent=True) for name, owner in owners.items() if owner}


def _among(said: Mapping[str, object], org_id: int, sent: Sent) -> dict[str, str]:
    """field -> words, from the first to the last of so many that one other was sent them."""
    other, same = sent.to_another(org_id, said)
    names = list(said)
    places = [number for number, name in enumerate(names) if name in same]
    among = names[places[0] : places[-1] + 1] if places else []
    return {name: _words(other, sent=name in same) for name in among}


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
