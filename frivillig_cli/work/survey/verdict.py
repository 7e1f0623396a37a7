"""What one answered field comes to, and what it is held against. Plain data, no SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import pbkdf2_hmac
from typing import NamedTuple

from frivillig_cli.core.names import printable
from frivillig_cli.core.sentence import masked
from frivillig_cli.records.survey.compare import Erased
from frivillig_cli.records.survey.model import Outcome, Question, Value
from frivillig_cli.work.survey.guard import PROTECTED, Guard
from frivillig_cli.work.survey.own_words import Ours
from frivillig_cli.work.survey.present import Holder
from frivillig_cli.work.survey.reading import RawCell
from frivillig_cli.work.survey.sent import Sent

KEEP, TAKE = "now", "answer"
TWICE = "copied_row"
OTHER_ROW = "other_row"
NOT_THEIRS = (TWICE, OTHER_ROW)  # it may be another association's: of itself no answer
_ROUNDS = 600_000


@dataclass(frozen=True)
class Fault:
    """Why a cell is not taken. `value` and `message` are safe to show and to keep."""

    code: str
    message: str
    value: str | None = None


class Verdict(NamedTuple):
    """One field: what was sent, answered and stands here, and what is to become of it.

    `fault` is why it is not taken; of a conflict, what makes it one beside a change here.
    `copies`: the cells with the answers that there are to choose from, `cell` among them.
    """

    question: Question
    base: Value
    answer: Value | Erased
    current: Value
    outcome: Outcome
    cell: RawCell | None = None
    fault: Fault | None = None
    copies: tuple[RawCell, ...] = ()

    @property
    def touched(self) -> bool:
        """Whether the organisation says something else than it was sent."""
        return self.answer is not None and self.answer != self.base

    @property
    def wanted(self) -> Value:
        """What the field is to hold: None when it is to be emptied."""
        return None if isinstance(self.answer, Erased) else self.answer

    def mark(self, salt: str) -> str | None:
        """Of an answer that is not kept, as it tells how a protected person is reached.

        It tells that the same comes again, and no two answers have the same. `salt`: the key of
        the form, so that nobody else's is like it.
        """
        if self.fault is None or self.fault.code != PROTECTED or self.cell is None:
            return None
        return _mark(printable(self.cell.text), f"{salt} {self.question.id}")

    def rejected(self, code: str, message: str, value: str | None = None) -> Verdict:
        """The same, not taken, with why."""
        fault = Fault(code, masked(message), value)
        return self._replace(outcome=Outcome.REJECTED, fault=fault)


@lru_cache(maxsize=256)
def _mark(text: str, salt: str) -> str:
    """Slow on purpose: the eight digits of a phone can be tried one after the other."""
    return pbkdf2_hmac("sha256", text.encode(), salt.encode(), _ROUNDS).hex()


@dataclass(frozen=True)
class Context:
    """What a form is held against: sent (`base`), the register's `current`, what came before.

    `accepted`: field -> an earlier answer of theirs that was taken in. `settled`: fields that
    this very file has settled before. `decisions`: field -> KEEP or TAKE, as a person chose.
    `picked`: field -> which of its copies, where there are several.
    `together`: office -> several who hold it, by their folded names; `come_since`: office -> those
    of them who have got it since the form was sent. `guard`: the organisation's
    protected people. `ours`: the program's own words in its form.
    `overtaken`: fields that a later form of theirs, taken in at the same time, answers otherwise.
    `sent`: the organisation, and what everybody was sent.
    """

    questions: Sequence[Question]
    base: Mapping[str, Value]
    current: Mapping[str, Value]
    today: date
    accepted: Mapping[str, Value] = field(default_factory=dict)
    settled: frozenset[str] | None = None
    decisions: Mapping[str, str] = field(default_factory=dict)
    picked: Mapping[str, int] = field(default_factory=dict)
    confirm_account: bool = False
    together: Mapping[str, Mapping[str, Holder]] = field(default_factory=dict)
    come_since: Mapping[str, str] = field(default_factory=dict)
    guard: Guard = field(default_factory=Guard)
    ours: Ours = field(default_factory=Ours)
    overtaken: frozenset[str] = frozenset()
    sent: tuple[int, Sent] | None = None


def settled(verdict: Verdict, context: Context) -> Verdict:
    """What this very file has settled before is not done anew."""
    if context.settled is not None and verdict.question.id in context.settled:
        answer = None if verdict.fault else verdict.answer
        return verdict._replace(answer=answer, outcome=Outcome.UNCHANGED, fault=None)
    return verdict


def decided(verdict: Verdict, context: Context) -> Verdict:
    """What a person has chosen, where there is a choice; and what the file has settled."""
    name = verdict.question.id
    decision = context.decisions.get(name)
    applied = verdict.outcome is Outcome.APPLIED
    if verdict.outcome is Outcome.CONFLICT and decision == TAKE:
        taken = Outcome.APPLIED if verdict.question.bound else Outcome.UNCHANGED
        verdict = verdict._replace(outcome=taken, fault=None)
    elif _left(verdict, decision) or (applied and name in context.overtaken):
        neither = verdict.fault is not None and verdict.fault.code in NOT_THEIRS
        answer = verdict.answer if verdict.question.bound and not neither else None
        verdict = verdict._replace(answer=answer, outcome=Outcome.UNCHANGED, fault=None)
    return settled(verdict, context)


def _left(verdict: Verdict, decision: str | None) -> bool:
    return decision == KEEP and verdict.outcome in (Outcome.CONFLICT, Outcome.APPLIED)
