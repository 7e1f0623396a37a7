"""A plan to files, and the record of the batch.

Files are written in a hidden folder first; they are moved to their place as the last thing in
the transaction that records them. A batch that is interrupted leaves nothing anywhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import file_name
from frivillig_cli.documents.typeset import Replaced
from frivillig_cli.formats.files import safe_join, write_atomic
from frivillig_cli.formats.staging import move_all, staging
from frivillig_cli.records.letter import actions, queries
from frivillig_cli.records.letter.model import LetterRow
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters import made, writers
from frivillig_cli.work.letters.batch import Plan, letter_for
from frivillig_cli.work.letters.recipients import Recipient


@dataclass(frozen=True)
class WriteResult:
    """Everybody in the batch; the files of the same template that lay there before.

    `replaced` is a sentence on characters that could not be printed, or ""; `staged` the hidden
    folder that holds the files until the batch is recorded, and `folder` where they then lie.
    """

    rows: Sequence[LetterRow]
    others: Sequence[str] = ()
    replaced: str = ""
    staged: Path | None = None
    folder: Path | None = None


def planned(this: Plan, folder: Path) -> list[LetterRow]:
    """The rows of a batch as they would be: with file names, and nothing written."""
    files = {one.id: name for name, part in _parts(this, folder) for one in part}
    return [
        one.row() if one.skipped else one.row(file=files[one.id], language=this.language(one))
        for one in this.recipients
    ]


@contextmanager
def write(
    register: Register, this: Plan, folder: Path, advance: Callable[[int], None]
) -> Iterator[WriteResult]:
    """Write the files of a batch, only this user's to read, and move them out when it is recorded.

    Within the block `record` puts them into `folder`, which is made if it is not there; without
    it nothing stays. Refuses to write over a file that was sent, and a folder that cannot be
    written to.
    """
    parts = _parts(this, folder)
    _keep_what_was_sent(register, folder, [name for name, _part in parts])
    with staging(folder) as staged:
        yield _written(this, parts, (staged, folder), advance)


def _written(
    this: Plan,
    parts: Sequence[tuple[str, list[Recipient]]],
    places: tuple[Path, Path],
    advance: Callable[[int], None],
) -> WriteResult:
    staged, folder = places
    replaced = Replaced()
    done: dict[int, dict[str, str | None]] = {}
    for name, part in parts:
        letters = [letter_for(this, recipient) for recipient in part]
        data = made.make(this, part, letters, replaced).data
        write_atomic(staged / name, data, private=True)
        digest = hashlib.sha256(data).hexdigest()
        for recipient, letter in zip(part, letters, strict=True):
            done[recipient.id] = {
                "file": name, "sha256": digest, "language": this.language(recipient),
                "title": letter.document.title, "case_number": letter.reference.ours or None,
                "exempt": letter.reference.exempt or None,
            }  # fmt: skip
            if this.request.format == "eml":  # the address that is used
                done[recipient.id]["address"] = recipient.email
        advance(len(part))
    rows = [one.row() if one.skipped else one.row(**done[one.id]) for one in this.recipients]
    others = _others(this, folder, set(dict(parts)))
    return WriteResult(rows, others, replaced.sentence(), staged, folder)


def _parts(this: Plan, folder: Path) -> list[tuple[str, list[Recipient]]]:
    """The files: the name of each, and whose letters it holds."""
    template, ending = file_name(this.request.template), this.request.format
    everybody = this.written
    if not this.request.merge:
        names = (f"{file_name(one.name)}-{one.id:04}-{template}.{ending}" for one in everybody)
        return [
            (safe_join(folder, name).name, [one])
            for name, one in zip(names, everybody, strict=True)
        ]
    size = writers.in_one_file(ending) or len(everybody)
    volumes = [everybody[start : start + size] for start in range(0, len(everybody), size)]
    if len(volumes) == 1:
        return [(f"{template}.{ending}", everybody)]
    return [(f"{template}-{n:03}.{ending}", part) for n, part in enumerate(volumes, 1)]


def _keep_what_was_sent(register: Register, folder: Path, names: Sequence[str]) -> None:
    sent = queries.sent_files(register, str(folder.resolve()))
    for name in names:
        if name in sent and (folder / name).exists():
            raise RefusedError(
                _("{file} was sent in batch {batch}, and is kept as it is.",
                  file=folder / name, batch=sent[name]),
                _("Choose another folder with -o."),
            )  # fmt: skip


def _others(this: Plan, folder: Path, names: set[str]) -> list[str]:
    """Drafts of the same letter that lie in the folder and are no part of this batch."""
    template = re.escape(file_name(this.request.template))
    ours = re.compile(rf"(?:.*-[0-9]{{4,}}-)?{template}(?:-[0-9]{{3}})?\.{this.request.format}")
    found = {path.name for path in folder.iterdir() if ours.fullmatch(path.name)}
    return sorted(found - names)


def record(register: Register, this: Plan, written: WriteResult, *, now: datetime) -> int:
    """Record the batch, inside a transaction, and put its files in place; returns its number."""
    staged, folder = written.staged, written.folder
    if staged is None or folder is None:
        raise ValueError("nothing was written")
    template = next(iter(this.templates.values()))
    new = actions.NewBatch(
        template=this.request.template,
        versions={language: one.sha256 for language, one in this.templates.items()},
        title=template.about,
        format=this.request.format,
        recipients=this.kind,
        folder=str(folder.resolve()),
        case_number=this.request.case_number,
        survey_id=this.request.survey_id,
        addressed=this.request.addressed,
        again=int(this.request.again),
        also_opted_out=int(this.request.also_opted_out),
    )
    number = actions.add_batch(register, new, written.rows, now=now)
    names = dict.fromkeys(row.file for row in written.rows if row.file)  # merged letters share one
    move_all(staged, [folder / name for name in names])
    return number
