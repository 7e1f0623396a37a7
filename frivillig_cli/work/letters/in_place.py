"""A batch that is written, and what lies in its place: what was sent, or is not ours, is kept."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.core.names import file_name
from frivillig_cli.records.letter import queries
from frivillig_cli.records.letter.model import LetterRow
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters.batch import Request
from frivillig_cli.work.letters.lying import is_zip, lying


class WriteResult(NamedTuple):
    """Everybody in the batch; the files of the same template that lay there before.

    `replaced` is a sentence on characters that could not be printed, or ""; `staged` the hidden
    folder that holds the files until the batch is recorded, and `folder` where they then lie.
    `reused` files were finished in a run that was stopped; `recorded` is the batch's number where
    that run had recorded it too. `replaces` are the batches whose drafts these take the place of.
    """

    rows: Sequence[LetterRow]
    others: Sequence[str] = ()
    replaced: str = ""
    staged: Path | None = None
    folder: Path | None = None
    reused: int = 0
    recorded: int | None = None
    replaces: Sequence[int] = ()


def sha256_of(data: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()


def keep_what_was_sent(register: Register, folder: Path, names: Sequence[str]) -> None:
    """Refuse to write these files over what was sent from there."""
    sent = queries.sent_files(register, str(folder.resolve()))
    if is_zip(folder):  # it is one file, whatever is in it
        names = list(sent)[:1]
    for name in names:
        there = folder if is_zip(folder) else folder / name
        if name in sent and there.exists():
            raise RefusedError(
                _("{file} was sent in batch {batch}, and is kept as it is.",
                  file=there, batch=sent[name]),
                _("Choose another folder with -o."),
            )  # fmt: skip


def checked(
    register: Register, template: str, written: WriteResult, *, overwrite: bool
) -> WriteResult:
    """A draft may be written again; what somebody has changed, or put there, may not be lost.

    Nor may the other drafts, to others or of another template, that lie in the same zip or merged
    file.
    """
    folder = written.folder
    if folder is None:
        return written
    ours = queries.files_of(register, str(folder.resolve()))
    new = {row.file: row.sha256 for row in written.rows if row.file}
    there_now: dict[str, str] = {}
    with lying(str(folder)) as there:
        lost = [str(folder)] if is_zip(folder) and folder.exists() and not there.names() else []
        for name in there.names() if is_zip(folder) else new:
            try:
                digest = sha256_of(there.read(str(name)))
                if digest != new.get(name):
                    there_now[str(name)] = digest
                    if digest not in ours.get(str(name), ()):
                        lost.append(str(name))
            except FileNotFoundError:
                continue
            except OSError:
                lost.append(str(name))
    if lost and not overwrite:
        raise RefusedError(
            ngettext(
                "{n} file there would be lost: it is another, or was changed after it was written.",
                "{n} files there would be lost: they are others, or were changed after they were"
                " written.",
                len(lost),
            ),
            _("Choose another folder with -o, or write over them with {option}.",
              option="--overwrite"),
            [f"  {name}" for name in lost[:10]] + ["  …"] * (len(lost) > 10),
        )  # fmt: skip
    if not there_now:
        return written
    return _in_place_of(register, template, written, there_now, overwrite=overwrite)


def _in_place_of(
    register: Register,
    template: str,
    written: WriteResult,
    there: dict[str, str],
    *,
    overwrite: bool,
) -> WriteResult:
    """`written`, with the batches whose letters lie in these files (by SHA-256) as drafts."""
    letters = queries.letters_in(register, str(written.folder and written.folder.resolve()))
    batches = {(row["file"], row["sha256"]): row["batch_id"] for row in letters}  # the latest
    drafts = [
        row
        for row in letters
        if there.get(row["file"]) == row["sha256"]
        and batches[row["file"], row["sha256"]] == row["batch_id"]
    ]
    new = {
        (template, row.org_id, row.person_id, row.agreement_id) for row in written.rows if row.file
    }
    others = [
        row
        for row in drafts
        if (row["template"], row["org_id"], row["person_id"], row["agreement_id"]) not in new
    ]
    if others and not overwrite:
        raise RefusedError(
            ngettext(
                "{n} other letter would be lost: it is in batch {batch}, and not sent.",
                "{n} other letters would be lost: they are in batch {batch}, and not sent.",
                len(others),
                batch=others[-1]["batch_id"],
            ),
            _("Write to another place with -o, or write over them with {option}.",
              option="--overwrite"),
        )  # fmt: skip
    return written._replace(replaces=sorted({row["batch_id"] for row in drafts}))


def others_of(request: Request, folder: Path, names: set[str]) -> list[str]:
    """Drafts of the same letter that lie in the folder and are no part of the batch: `names`."""
    if is_zip(folder):
        return []
    found = {path.name for path in folder.iterdir()} - names
    if not found:
        return []
    template = re.escape(file_name(request.template))
    ours = rf"(?:.*-[0-9]{{4,}}-)?{template}(?:-[0-9]{{3}})?\.{request.format}"
    return sorted(name for name in found if re.fullmatch(ours, name))
