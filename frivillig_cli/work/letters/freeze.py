"""What went out is kept: the files of a batch, as they lie when it is recorded as sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.os_errors import why
from frivillig_cli.records.letter import actions, kept_queries, numbering, queries
from frivillig_cli.records.letter.double_queries import had
from frivillig_cli.records.letter.logged import Batch, Going, LoggedLetter
from frivillig_cli.records.letter.model import SKIP_REASONS
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters import otherwise, role_told, sharing, standing
from frivillig_cli.work.letters.lying import lying

SHOWN = 10


@dataclass(frozen=True)
class Posting:
    """How a batch was posted: `sent` is the day (ISO 8601), `first_documents` as in Going.

    `as_they_are`: files that were changed since they were written are what went out.
    `no_copy`: files that are gone are done without. `also_left_out`: it went to those too who are
    left out otherwise.
    """

    sent: str
    first_documents: Mapping[str, int] = field(default_factory=dict)
    as_they_are: bool = False
    no_copy: bool = False
    also_left_out: bool = False


@dataclass(frozen=True)
class Frozen:
    """The letters of a batch that were posted: the SHA-256 of each one's file, and its name.

    `left_out` are those that are not recorded, and why: their recipients are archived, protected,
    or want no mailings, since the letters were written; they have got this letter in another
    batch, or get it as somebody else of this one; the mail server has refused their address; the
    agreement was ended; or they share the letter of one of these. So do the `missed`, of letters
    that are recorded: they are not at the address that it went to. Where it is said that those
    have got it too who are left out otherwise, they are `elsewhere`. `changed` are the letters that
    say otherwise than the register does now, each with ADDRESS or ROLE.
    """

    batch: Batch
    letters: Sequence[LoggedLetter]
    kept: dict[int, str]
    files: dict[str, str]
    left_out: Sequence[tuple[LoggedLetter, str]] = ()
    missed: Sequence[LoggedLetter] = ()
    elsewhere: Sequence[LoggedLetter] = ()
    changed: Sequence[tuple[LoggedLetter, str]] = ()

    @property
    def without_copy(self) -> int:
        """How many letters have no copy."""
        return len(self.letters) - len(self.kept)


def read_files(register: Register, batch_id: int, posting: Posting) -> Frozen:
    """Read the files of the letters that have not gone out by e-mail. Refuses gone or changed ones.

    Raises RefusedError, naming them.
    """
    letters = actions.unsent(register, batch_id)
    batch = queries.batch(register, batch_id)
    now = {} if posting.also_left_out else not_posted(register, batch, letters)
    left_out = [(row, now[row.id]) for row in letters if row.id in now]
    letters = [row for row in letters if row.id not in now]
    everybody = queries.letters(register, batch_id)
    elsewhere = sharing.missed(register, batch, everybody, _goes_to(batch, letters))
    missed = [] if posting.also_left_out else elsewhere
    shared = sharing.sharing(everybody, {row.id for row, _why in left_out})
    left_out += [(row, "not_reached") for row in (*shared, *missed)]
    if not letters:
        raise RefusedError(
            _("There is no letter left in batch {id} to record as sent.", id=batch_id),
            _("If the letters were posted to them all the same: {option}",
              option="--also-left-out"),
            [f"{row.recipient}  {_(SKIP_REASONS[why])}" for row, why in left_out[:SHOWN]]
            + ["…"] * (len(left_out) > SHOWN),
        )  # fmt: skip
    digests: dict[str, str] = {}
    gone, changed = [], []
    with lying(batch.folder) as there:
        for file in dict.fromkeys(str(row.file) for row in letters):
            try:
                digests[file] = hashlib.sha256(there.read(file)).hexdigest()
            except OSError as error:
                gone.append(f"{Path(batch.folder) / file}: {why(error)}")
    as_written = {str(row.file): row.sha256 for row in letters}
    changed = [file for file, digest in digests.items() if digest != as_written[file]]
    if changed and not posting.as_they_are and queries.written_over_by(register, batch_id) is None:
        raise RefusedError(
            _("Letters of batch {id} were changed after they were written.", id=batch_id),
            _("If they went out as they are now: --as-they-are. Else write them again."),
            [*changed[:SHOWN], *(["…"] if len(changed) > SHOWN else [])],
        )
    if gone and not posting.no_copy:
        raise RefusedError(
            _("Letters of batch {id} cannot be read, and what is sent is kept.", id=batch_id),
            _("Put them back, or record it without a copy: --no-copy"),
            [*gone[:SHOWN], *(["…"] if len(gone) > SHOWN else [])],
        )
    kept = {row.id: digests[str(row.file)] for row in letters if row.file in digests}
    files = {digest: file for file, digest in digests.items()}
    if missed:
        elsewhere = []
    changed = otherwise.changed_since(register, batch, letters)
    return Frozen(batch, letters, kept, files, left_out, missed, elsewhere, changed)


def _goes_to(batch: Batch, letters: Iterable[LoggedLetter]) -> dict[int, str | None]:
    """The e-mail address that each letter goes to, from a mail program; None by post."""
    return {row.id: row.address if batch.format == "eml" else None for row in letters}


def not_posted(register: Register, batch: Batch, letters: Sequence[LoggedLetter]) -> dict[int, str]:
    """The letters that are not taken as posted unless it is said, and why."""
    refused = {row.id: "refused" for row in letters if row.state == "refused"}
    return {**refused, **had(register, batch), **standing.left_out_now(register, batch)}


def record(
    register: Register,
    frozen: Frozen,
    posting: Posting,
    advance: Callable[[int], None],
    *,
    now: datetime,
) -> Batch:
    """Record, inside a transaction, that the letters were posted, and keep them.

    Those of the batch that went out by e-mail without a number get theirs before them.
    """
    before = numbering.give_numbers(register, frozen.batch.id, posting.first_documents, now=now)
    first = {case: n for case, n in posting.first_documents.items() if case not in before}
    by_email = frozen.batch.format == "eml"  # from a mail program, where the drafts were opened
    going = Going(
        "email" if by_email else "post", posting.sent, frozen.kept,
        sent_to={row: to for row, to in _goes_to(frozen.batch, frozen.letters).items() if to},
        first_documents=first, by_hand=True,
    )  # fmt: skip
    done = actions.mark_sent(register, frozen.batch.id, frozen.letters, going, now=now)
    actions.not_reached(register, frozen.missed)
    for part in _contents(frozen):
        kept_queries.keep(register, part, advance)
    role_told.note(register, frozen.batch, ((row, posting.sent) for row in frozen.letters))
    return done


def _contents(frozen: Frozen) -> Iterator[dict[str, bytes]]:
    """What the files hold, by SHA-256, so many at a time as are packed together."""
    with lying(frozen.batch.folder) as there:
        part: dict[str, bytes] = {}
        for digest, file in frozen.files.items():
            try:
                data = there.read(file)
            except OSError:
                data = b""
            if hashlib.sha256(data).hexdigest() != digest:
                raise RefusedError(
                    _("{file} was changed while it was read.", file=file),
                    _("Close it in other programs, and do this again."),
                )
            part[digest] = data
            if len(part) == kept_queries.PIECE:
                yield part
                part = {}
        yield part
