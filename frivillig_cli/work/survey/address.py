"""Street, postcode and town: an address is taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping

from frivillig_cli.core.echo import kept
from frivillig_cli.core.i18n import _, language
from frivillig_cli.core.postcode import ADDRESS
from frivillig_cli.core.sentence import masked
from frivillig_cli.records.survey.model import Outcome
from frivillig_cli.work.survey.verdict import Fault, Verdict

HALF = "address"  # a part that waits for another, and has nothing wrong with it
_HELD = (Outcome.REJECTED, Outcome.CONFLICT)


def address(verdicts: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """The verdicts on the rest of an address of which a part is not taken: it waits too."""
    parts = [verdicts[name] for name in ADDRESS if name in verdicts]
    held = next((each for wait in _HELD for each in parts if each.outcome is wait), None)
    if held is None:
        return {}
    words = _(
        "«{question}» was not taken, and half an address is of no use: it waits for that.",
        question=held.question.in_language(language()),
    )
    return {
        each.question.id: _waiting(each, held.outcome, words)
        for each in parts
        if each.outcome is Outcome.APPLIED
    }


def _waiting(verdict: Verdict, outcome: Outcome, words: str) -> Verdict:
    fault = Fault(HALF, masked(words), kept(verdict.cell.text if verdict.cell else ""))
    return verdict._replace(outcome=outcome, fault=fault)
