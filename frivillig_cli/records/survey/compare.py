"""The three-way comparison: what was sent, what was answered, what stands here now.

Pure. A blank never erases, what was touched on both sides is a conflict, and what both sides
agree on is nobody's change.
"""

from __future__ import annotations

from frivillig_cli.records.survey.model import Outcome, Value


class Erased:
    """The answer that asks for the value to be taken away: the marked word, never a blank."""

    def __repr__(self) -> str:
        return "ERASE"


ERASE = Erased()


def compare(base: Value, answer: Value | Erased, current: Value) -> Outcome:
    """What to do with one answer: UNCHANGED, APPLIED (take it) or CONFLICT.

    `answer` is None for a blank cell. With an earlier answer of the same organisation that was
    taken in, and not touched since, `base` is that answer: the later one is proposed. The word
    that removes is an answer also where the field was sent blank, and filled in here since.
    """
    if answer is None:
        return Outcome.UNCHANGED
    wanted = None if isinstance(answer, Erased) else answer
    if wanted == current or (wanted == base and wanted is not None):
        return Outcome.UNCHANGED
    return Outcome.APPLIED if current == base else Outcome.CONFLICT


def confirms(answer: Value | Erased, current: Value) -> bool:
    """Whether an answer says that what stands here now is right."""
    return answer is not None and answer == current
