"""One function a change to the batches of letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.letter import queries
from frivillig_cli.records.letter.model import LetterRow
from frivillig_cli.store.register import Register


@dataclass(frozen=True)
class NewBatch:
    """What is recorded of a batch when it is made."""

    template: str
    template_sha256: str
    title: str
    format: str
    recipients: str
    folder: str
    case_number: str | None = None
    survey_id: int | None = None


def add_batch(
    register: Register, new: NewBatch, letters: Iterable[LetterRow], *, now: datetime
) -> int:
    """Record a batch of drafts and everybody in it; returns its number."""
    stamp = now.isoformat(timespec="seconds")
    number = register.insert("letter_batch", **asdict(new), created=stamp)
    register.insert_many("letter", [{"batch_id": number, **asdict(row)} for row in letters])
    return number


def mark_sent(register: Register, batch_id: int, *, now: datetime) -> None:
    """Record that a batch was posted. Refuses one that was sent before, or that holds nothing."""
    found = queries.batch(register, batch_id)
    if found.status == "sent":
        raise RefusedError(
            _("Batch {id} is recorded as sent already.", id=batch_id),
            _("Make a new batch if it goes out again: frivillig letter render"),
        )
    if not found.written:
        raise RefusedError(
            _("Batch {id} holds no letter.", id=batch_id),
            _("See who was left out: frivillig letter log {id}", id=batch_id),
        )
    register.update("letter_batch", batch_id, status="sent", sent=now.isoformat(timespec="seconds"))
