"""Street, postcode and town: an address is taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping

from frivillig_cli.core.echo import kept
from frivillig_cli.core.i18n import _, language
from frivillig_cli.records.survey.model import Outcome
from frivillig_cli.work.survey.verdict import Verdict

_PARTS = ("street", "postcode", "city")


def address(verdicts: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """The verdicts on the rest of an address of which a part cannot be taken: it waits too."""
    parts = [verdicts[name] for name in _PARTS if name in verdicts]
    wrong = next((each for each in parts if each.outcome is Outcome.REJECTED), None)
    if wrong is None:
        return {}
    words = _(
        "«{question}» was not taken, and half an address is of no use: it waits for that.",
        question=wrong.question.in_language(language()),
    )
    return {
        each.question.id: each.rejected("address", words, kept(each.cell.text if each.cell else ""))
        for each in parts
        if each.outcome is Outcome.APPLIED
    }
