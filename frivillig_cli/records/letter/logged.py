"""One recipient of a batch as the log has it; who only writes letters does not load it."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from frivillig_cli.records.letter.model import LetterRow


class LoggedLetter(NamedTuple):
    """One recipient of a batch as the log has it.

    `state` is one of STATES, `answer` what the mail server said. `sent_how` is post or email,
    `sent_to` the e-mail address; `sent` the day or the time, `registered` when it was recorded;
    `document` the number within the case; `kept` the SHA-256 of what went out. `hidden`: it tells
    how somebody is reached who is protected by now, so no address stands here.
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
    missing_field: str | None = None
    missing_in: str | None = None
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
        """Whether the address on the letter ends with a postcode and a place."""
        last = (self.address or "").rpartition("\n")[2]
        return bool(re.match(r"\d{4} .", last))

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
