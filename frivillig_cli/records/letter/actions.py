"""One function a change to the batches of letters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.letter import queries
from frivillig_cli.records.letter.model import Batch, LetterRow
from frivillig_cli.store.register import Register


@dataclass(frozen=True)
class NewBatch:
    """What is recorded of a batch when it is made. `folder` is absolute."""

    template: str
    versions: Mapping[str, str]
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
    values = {**asdict(new), "versions": json.dumps(dict(new.versions), sort_keys=True)}
    number = register.insert("letter_batch", **values, created=_stamp(now))
    register.insert_many("letter", [{"batch_id": number, **asdict(row)} for row in letters])
    return number


def mark_sent(register: Register, batch_id: int, *, now: datetime) -> Batch:
    """Record that a batch was posted; returns it. Refuses one sent, empty or written over."""
    found = queries.batch(register, batch_id)
    if found.status == "sent":
        raise RefusedError(
            _("Batch {id} is recorded as sent already.", id=batch_id),
            _("Make a new batch if it goes out again: {command}",
              command=f"frivillig letter render {found.template} --again"),
        )  # fmt: skip
    if not found.written:
        raise RefusedError(
            _("Batch {id} holds no letter.", id=batch_id),
            _("See who was left out: {command}", command=f"frivillig letter log {batch_id}"),
        )
    later = queries.written_over_by(register, batch_id)
    if later is not None:
        raise RefusedError(
            _("The letters of batch {id} were written over by batch {later}.",
              id=batch_id, later=later),
            _("If those are the ones that were posted: {command}",
              command=f"frivillig letter sent {later}"),
        )  # fmt: skip
    register.update("letter_batch", batch_id, status="sent", sent=_stamp(now))
    return queries.batch(register, batch_id)


def _stamp(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
