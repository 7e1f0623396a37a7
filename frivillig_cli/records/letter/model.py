"""A batch of letters, and one letter in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

# Why somebody got no letter, as scripts see it.
SKIP_REASONS = ("archived", "no_address", "protected", "already_sent")


@dataclass(frozen=True)
class Batch:
    """A numbered batch. `written` letters were made, `skipped` recipients left out."""

    id: int
    template: str
    title: str
    format: str
    recipients: str
    folder: str
    status: str
    created: str
    sent: str | None
    written: int
    skipped: int

    def to_json(self) -> dict[str, Any]:
        """As scripts see it."""
        return asdict(self)


@dataclass(frozen=True)
class LetterRow:
    """One recipient of a batch: the file that was written, or why none was.

    Exactly one of the ids is set. `address` is what was printed, lines joined by newline.
    """

    recipient: str
    language: str
    org_id: int | None = None
    person_id: int | None = None
    agreement_id: int | None = None
    address: str | None = None
    file: str | None = None
    sha256: str | None = None
    skipped: str | None = None

    @property
    def key(self) -> dict[str, int]:
        """The id of the recipient under its name in JSON."""
        ids = {
            "org_id": self.org_id,
            "person_id": self.person_id,
            "agreement_id": self.agreement_id,
        }
        return {name: value for name, value in ids.items() if value is not None}
