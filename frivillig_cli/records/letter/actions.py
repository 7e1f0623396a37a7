"""One function a change to the batches of letters."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.letter import queries
from frivillig_cli.records.letter.model import LetterRow, in_doubt, in_outbox
from frivillig_cli.store.register import Register

if TYPE_CHECKING:
    from frivillig_cli.records.letter.logged import Batch, Going, LoggedLetter


class NewBatch(NamedTuple):
    """What is recorded of a batch when it is made. `folder` is absolute."""

    template: str
    versions: Mapping[str, str]
    title: str
    format: str
    recipients: str
    folder: str
    case_number: str | None = None
    survey_id: int | None = None
    addressed: str = "org"
    again: int = 0
    also_opted_out: int = 0
    one_per_address: int = 0


def add_batch(
    register: Register, new: NewBatch, letters: Iterable[LetterRow], *, now: datetime
) -> int:
    """Record a batch of drafts and everybody in it; returns its number."""
    values = {**new._asdict(), "versions": json.dumps(dict(new.versions), sort_keys=True)}
    number = register.insert("letter_batch", **values, created=_stamp(now))
    rows = _numbered_rows(letters, number, queries.next_letter_id(register))
    register.insert_many("letter", rows)
    return number


def _numbered_rows(
    letters: Iterable[LetterRow], batch_id: int, first: int
) -> Iterator[dict[str, object]]:
    """The rows as they are stored, numbered from `first`; made as they are asked for."""
    ids: dict[int | None, int] = {}  # of the letters, by whose they are
    for letter_id, row in enumerate(letters, first):
        if row.skipped == "no_address":
            row = row._replace(shared_with=None)  # a contact person's name: none is kept here
        values = row._asdict()
        same_as = ids.get(values.pop("host"))
        yield {"id": letter_id, "batch_id": batch_id, "same_as": same_as, **values}
        if not row.skipped:
            ids[row.org_id or row.person_id] = letter_id


def unsent(register: Register, batch_id: int) -> "list[LoggedLetter]":
    """The letters of a batch that have not gone out. Refuses a batch that holds none."""
    found = queries.batch(register, batch_id)
    if not found.written:
        raise RefusedError(
            _("Batch {id} holds no letter.", id=batch_id),
            _("See who was left out: {command}", command=f"frivillig letter log {batch_id}"),
        )
    if found.out == found.written:
        raise RefusedError(
            _("Batch {id} is recorded as sent already.", id=batch_id),
            _("Make a new batch if it goes out again: {command}",
              command=f"frivillig letter render {found.template} --again"),
        )  # fmt: skip
    rows = queries.letters(register, batch_id)
    return [row for row in rows if not row.skipped and row.state != "sent"]


def mark_sent(
    register: Register, batch_id: int, letters: "Sequence[LoggedLetter]", going: "Going", *,
    now: datetime,
) -> "Batch":  # fmt: skip
    """Record that letters of a batch have gone out, each with its number; returns the batch.

    In a case that was begun elsewhere they have one only where it is given. Refuses letters that
    were written over by a later batch, or that lie in the outbox.
    """
    from frivillig_cli.records.letter.numbering import numbered

    if going.by_hand:
        _refuse_what_is_not_theirs(register, batch_id, letters)
    cases = [(row.id, row.case_number) for row in letters]
    numbers = dict(numbered(register, cases, going.first_documents, now=now))
    for row in letters:
        register.update(
            "letter", row.id, sent=going.times.get(row.id, going.sent), sent_how=going.how,
            sent_to=going.sent_to.get(row.id), registered=_stamp(now), document=numbers[row.id],
            kept=going.kept.get(row.id),
        )  # fmt: skip
    found = queries.batch(register, batch_id)
    if found.out == found.written:
        register.update("letter_batch", batch_id, status="sent", sent=_last(going, letters))
    return queries.batch(register, batch_id)


def settle_shared(
    register: Register, letter_id: int, sharing: "Iterable[LoggedLetter]", reached: Collection[int]
) -> "list[LoggedLetter]":
    """Record for good whom of those who share a letter that has gone out it has reached.

    `reached` are the numbers of their rows. Returns those who have got nothing.
    """
    rows = list(sharing)
    for row in rows:
        if row.id in reached and row.same_as != letter_id:
            register.update("letter", row.id, same_as=letter_id)
    missed = [row for row in rows if row.skipped and row.id not in reached]
    not_reached(register, missed)
    return missed


def not_reached(register: Register, rows: "Iterable[LoggedLetter]") -> None:
    """Record for good of those who share a letter that has gone out that it has not reached them.

    They are free to get one of their own.
    """
    for row in rows:
        register.update("letter", row.id, skipped="not_reached")


def _last(going: "Going", letters: "Sequence[LoggedLetter]") -> str:
    return max((going.times.get(row.id, going.sent) for row in letters), default=going.sent)


def _refuse_what_is_not_theirs(
    register: Register, batch_id: int, letters: "Sequence[LoggedLetter]"
) -> None:
    later = queries.written_over_by(register, batch_id)
    if later is not None:
        raise RefusedError(
            _("The letters of batch {id} were written over by batch {later}.",
              id=batch_id, later=later),
            _("If those are the ones that were posted: {command}",
              command=f"frivillig letter sent {later}"),
        )  # fmt: skip
    waiting = [row for row in letters if row.state == "queued"]
    if waiting:
        raise RefusedError(*in_outbox(batch_id, len(waiting)))
    doubtful = [row for row in letters if row.state == "sending"]
    if doubtful:
        raise RefusedError(*in_doubt(batch_id, len(doubtful)))


def _stamp(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
