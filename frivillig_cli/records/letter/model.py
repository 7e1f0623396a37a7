"""A batch of letters, and one letter in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from frivillig_cli.core.i18n import N_

# Why somebody got no letter, as scripts see it, and in words.
SKIP_REASONS: Mapping[str, str] = {
    "missing_field": N_("a value that the template needs is missing"),
    "no_address": N_("neither postal address nor e-mail"),
    "protected": N_("protected"),
    "already_sent": N_("has got this letter"),
    "recently_reminded": N_("was reminded a short while ago"),
    "archived": N_("archived"),
}
STATUS_WORDS: Mapping[str, str] = {"draft": N_("draft"), "sent": N_("sent")}


@dataclass(frozen=True)
class Batch:
    """A numbered batch. `written` letters were made, `skipped` recipients left out.

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
    written: int
    skipped: int

    def to_json(self) -> dict[str, Any]:
        """As scripts see it."""
        return asdict(self)


@dataclass(frozen=True)
class LetterRow:
    """One recipient of a batch: the file that was written, or why none was.

    `language` is the one that the letter is written in. `address` is what was printed, lines
    joined by newline. Of a `missing_field` its name, and in `missing_in` where the
    template prints it: `name.nb.md:12`.
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
    missing_field: str | None = None
    missing_in: str | None = None

    @property
    def key(self) -> dict[str, Any]:
        """Who the recipient is, as scripts see it."""
        return {
            "org_id": self.org_id,
            "person_id": self.person_id,
            "agreement_id": self.agreement_id,
            "name": self.recipient,
        }

    def left_out(self) -> dict[str, Any]:
        """Why there is no letter, as scripts see it."""
        return {**self.key, "why": self.skipped, "field": self.missing_field}

    def to_json(self) -> dict[str, Any]:
        """All that the log keeps, as scripts see it."""
        rest = ("language", "address", "file", "sha256")
        return {
            **self.key,
            **{name: getattr(self, name) for name in rest},
            "why": self.skipped,
            "field": self.missing_field,
        }
