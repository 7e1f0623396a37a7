"""Street, postcode and town: an address is taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping

from frivillig_cli.core.echo import echo, kept
from frivillig_cli.core.i18n import _, language
from frivillig_cli.core.names import fold
from frivillig_cli.core.postcode import ADDRESS, take_apart
from frivillig_cli.core.sentence import masked
from frivillig_cli.records.survey.compare import compare
from frivillig_cli.records.survey.model import Outcome
from frivillig_cli.work.survey.verdict import Context, Fault, Verdict, decided

HALF = "address"  # a part that waits for another, and has nothing wrong with it
_OPEN = (Outcome.APPLIED, Outcome.CONFLICT)
_HELD = (Outcome.REJECTED, Outcome.CONFLICT)


def address(verdicts: Mapping[str, Verdict], context: Context) -> dict[str, Verdict]:
    """The verdicts on an address that stands in one cell, taken apart; and on the rest of one of
    which a part is not taken: it waits too."""
    apart = _in_one_cell(verdicts, context)
    return apart | _half({**verdicts, **apart})


def _half(verdicts: Mapping[str, Verdict]) -> dict[str, Verdict]:
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


def _in_one_cell(verdicts: Mapping[str, Verdict], context: Context) -> dict[str, Verdict]:
    """The verdicts on an address of which all stands in the cell of the street: taken apart, where
    the cells of the postcode and the town say the same, or nothing new."""
    street, *others = (verdicts.get(name) for name in ADDRESS)
    if street is None or street.outcome not in _OPEN or street.fault or None in others:
        return {}
    parts = take_apart(str(street.wanted or ""))
    if parts is None or not (parts.street and parts.postcode):
        return {}
    found = {"street": _with(street, parts.street, street.outcome)}
    for each, value in zip(others, parts[1:], strict=True):
        if each is None or not value:
            continue
        if each.touched and fold(str(each.wanted or "")) != fold(value):
            words = _("“{value}” has the postcode in it, and it is another than stands in its own "
                      "cell.", value=echo(str(street.wanted)))  # fmt: skip
            return {"street": street.rejected("invalid", words, kept(str(street.wanted)))}
        if not each.touched and fold(str(each.current or "")) != fold(value):
            outcome = compare(each.base, value, each.current)
            found[each.question.id] = decided(_with(each, value, outcome), context)
    return found


def _with(verdict: Verdict, value: str, outcome: Outcome) -> Verdict:
    outcome = Outcome.UNCHANGED if value == verdict.current else outcome
    return verdict._replace(answer=value, outcome=outcome)


def _waiting(verdict: Verdict, outcome: Outcome, words: str) -> Verdict:
    fault = Fault(HALF, masked(words), kept(verdict.cell.text if verdict.cell else ""))
    return verdict._replace(outcome=outcome, fault=fault)
