"""What a survey is made of: questions, recipients, answers, and what was done with each cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# A value as the register keeps it: text, a number, the ids of chosen options, or unknown.
Value = str | int | tuple[str, ...] | None
Texts = Mapping[str, str]


class Kind(StrEnum):
    """How a question is answered, which decides its cell and its check."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    ONE_OF = "one_of"
    MANY_OF = "many_of"
    DATE = "date"
    # these are bound to the register, and are for the default questions only
    ORG_NAME = "org_name"
    PERSON = "person"
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    ORGNR = "orgnr"
    POSTCODE = "postcode"
    ACCOUNT = "account"
    MONTH = "month"


FREE_KINDS = (Kind.TEXT, Kind.NUMBER, Kind.YES_NO, Kind.ONE_OF, Kind.MANY_OF, Kind.DATE)


class Outcome(StrEnum):
    """What became of one answer. The values are part of the JSON contract."""

    UNCHANGED = "unchanged"
    APPLIED = "applied"
    CONFLICT = "conflict"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Choice:
    """One alternative of a one-of or many-of question."""

    id: str
    text: Texts


@dataclass(frozen=True)
class Question:
    """One question. `bound` says that its id is a field of the register."""

    id: str
    kind: Kind
    section: str
    text: Texts
    help: Texts = field(default_factory=dict)
    options: tuple[Choice, ...] = ()
    bound: bool = False

    def in_language(self, language: str) -> str:
        """The question as an association reads it."""
        return in_language(self.text, language)


def in_language(texts: Texts, language: str) -> str:
    """The text in `language`, else in bokmål, else whichever there is."""
    for wanted in (language, "nb", "nn", "en"):
        if texts.get(wanted):
            return texts[wanted]
    return ""


@dataclass(frozen=True)
class Survey:
    """One survey. `code` is what its workbooks carry; dates are ISO, times UTC with offset."""

    id: int
    uid: str
    title: str
    due: str | None
    status: str
    questions: tuple[Question, ...]
    created: str
    closed: str | None
    code: str


@dataclass(frozen=True)
class Recipient:
    """One organisation, and the values that its workbook was sent with."""

    id: int
    survey_id: int
    org_id: int
    base: Mapping[str, Value]
    base_key: str
    sent: str
    answered: str | None
    result: str | None


@dataclass(frozen=True)
class Answer:
    """One returned form, as it was read: field -> answer and what became of it.

    `written`: when its file was last saved; None of one that was taken in before that was kept.
    """

    id: int
    org_id: int
    recipient_id: int
    file: str
    sha256: str
    received: str
    answers: Mapping[str, AnsweredField]
    written: str | None = None


@dataclass(frozen=True)
class AnsweredField:
    """What one cell said (None: blank) and what became of it.

    `mark` tells two answers apart that are not kept: a protected person's phone or e-mail; it is
    salted, and slow to work out. `day`: when an office was taken over, where that was decided
    after the form came (ISO).
    """

    answer: Value
    outcome: Outcome
    mark: str | None = None
    day: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As the register keeps it."""
        more = {"mark": self.mark, "day": self.day}
        return {"answer": self.answer, "outcome": str(self.outcome)} | {
            name: value for name, value in more.items() if value
        }


@dataclass(frozen=True)
class Problem:
    """A cell that somebody must look at. `value` is safe to show; `id` comes with keeping it."""

    file: str
    code: str
    message: str
    org_id: int | None = None
    sheet: str | None = None
    cell: str | None = None
    field: str | None = None
    value: str | None = None
    id: int | None = None
    status: str = "open"


@dataclass(frozen=True)
class SurveyCounts:
    """How far a survey has come, in organisations. `missing` is sent and not answered.

    Whoever has answered is unchanged, changed or has problems; of the last, some have `both`.
    `archived` have not answered, and are asked no more: they are not missing.
    """

    sent: int
    answered: int
    unchanged: int
    changed: int
    problems: int
    both: int = 0
    archived: int = 0

    @property
    def asked(self) -> int:
        """Organisations that have answered, or may still."""
        return self.sent - self.archived

    @property
    def missing(self) -> int:
        """Organisations that have not answered."""
        return self.asked - self.answered

    @property
    def percent(self) -> int | None:
        """How many of a hundred have answered; None where nobody is asked."""
        return round(100 * self.answered / self.asked) if self.asked else None

    def __add__(self, other: SurveyCounts) -> SurveyCounts:
        """The two together."""
        return SurveyCounts(*(getattr(self, name) + getattr(other, name) for name in _COUNTS))


_COUNTS = ("sent", "answered", "unchanged", "changed", "problems", "both", "archived")
