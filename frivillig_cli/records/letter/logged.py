"""A batch and its letters as the log has them; who only writes letters does not load it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from frivillig_cli.records.letter.model import LetterRow


class Batch(NamedTuple):
    """A numbered batch. `written` letters were made, `skipped` recipients left out.

    `out` of the written have gone out, and of `in_doubt` nobody knows; `addressed` is org or
    contact: whose address was used.

    `versions` are the SHA-256 of the template's files, by language; times are UTC, ISO 8601.
    """

    id: int
    template: str
    versions: Mapping[str, str]
    title: str
    format: str
    recipients: str
    folder: str
    case_number: str | None
    survey_id: int | None
    status: str
    created: str
    sent: str | None
    addressed: str
    again: int
    also_opted_out: int
    one_per_address: int
    written: int
    skipped: int
    out: int
    in_doubt: int

    def to_json(self) -> dict[str, Any]:
        """As scripts see it."""
        return self._asdict()


class LoggedLetter(NamedTuple):
    """One recipient of a batch as the log has it.

    `state` is one of STATES, `answer` what the mail server said. `sent_how` is post or email,
    `sent_to` the e-mail address; `sent` the day or the time, `registered` when it was recorded;
    `document` the number within the case; `kept` the SHA-256 of what went out. `same_as` is the
    letter that one who shares an address has a part in. `hidden`: it tells how somebody is reached
    who is protected by now, so no address stands here.
    """

    id: int
    batch_id: int
    recipient: str
    language: str
    org_id: int | None = None
    person_id: int | None = None
    agreement_id: int | None = None
    address: str | None = None
    file: str | None = None
    sha256: str | None = None
    title: str | None = None
    case_number: str | None = None
    exempt: str | None = None
    skipped: str | None = None
    shared_with: str | None = None
    same_as: int | None = None
    missing_field: str | None = None
    missing_in: str | None = None
    told_seats: str | None = None
    opted_out: str | None = None
    state: str = "draft"
    answer: str | None = None
    document: int | None = None
    sent: str | None = None
    sent_how: str | None = None
    sent_to: str | None = None
    registered: str | None = None
    kept: str | None = None
    hidden: int | None = 0

    key, left_out = LetterRow.key, LetterRow.left_out

    @property
    def document_number(self) -> str | None:
        """`2026/1234-5`: case and number within it; None outside a case, and of a draft."""
        return f"{self.case_number}-{self.document}" if self.document else None

    @property
    def for_post(self) -> bool:
        """Whether a postcode and a place stand below the name on the letter."""
        _above, below, last = (self.address or "").rpartition("\n")
        return bool(below and re.match(r"\d{4} .", last))

    @property
    def number(self) -> str:
        """What the letter is called for good: batch and letter, unique in the register."""
        return f"B{self.batch_id}-{self.id}"

    def to_json(self) -> dict[str, Any]:
        """All that the log keeps, as scripts see it; the hash is of what went out, or the draft."""
        own = ("language", "title", "address", "file")
        out = ("state", "answer", "sent", "sent_how", "sent_to", "registered", "kept")
        return {
            **self.key,
            "number": self.number,
            **{name: getattr(self, name) for name in own},
            "sha256": self.kept or self.sha256,
            "case_number": self.case_number,
            "document_number": self.document_number,
            "exempt": self.exempt,
            **{name: getattr(self, name) for name in out},
            "why": self.skipped,
            "field": self.missing_field,
            "with": self.shared_with,
        }


class Going(NamedTuple):
    """How letters have gone out: post or email, and when.

    `kept` are the SHA-256 of what went out, `sent_to` the e-mail addresses and `times` the moments,
    by letter; `first_documents` the number of the first of them in a case, else the next.
    `by_hand`: not from the outbox, but as the files that were written.
    """

    how: str
    sent: str
    kept: Mapping[int, str]
    sent_to: Mapping[int, str] = MappingProxyType({})
    times: Mapping[int, str] = MappingProxyType({})
    first_documents: Mapping[str, int] = MappingProxyType({})
    by_hand: bool = False
