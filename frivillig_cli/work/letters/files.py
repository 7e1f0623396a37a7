"""A plan to files, and the record of the batch.

Files are written in a hidden folder first; they are moved to their place as the last thing in
the transaction that records them. A batch that is interrupted leaves nothing anywhere, unless it
is large: then the letters that are finished wait, hidden, for the same command.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from frivillig_cli.core.birthnumber import refuse_in_path
from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import file_name
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.typeset import Replaced
from frivillig_cli.formats.files import safe_join, sync_staged, write_staged
from frivillig_cli.formats.staging import (
    Stage,
    left_behind,
    move_all,
    resumable,
    staging,
    take_back,
)
from frivillig_cli.records.letter import actions, queries
from frivillig_cli.records.letter.model import LetterRow
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters import made, writers
from frivillig_cli.work.letters.batch import Plan, letter_for
from frivillig_cli.work.letters.in_place import (
    WriteResult,
    checked,
    keep_what_was_sent,
    others_of,
    sha256_of,
)
from frivillig_cli.work.letters.lying import is_zip, lying
from frivillig_cli.work.letters.recipients import Recipient

if TYPE_CHECKING:
    from frivillig_cli.work.letters.ready import Ready

RESUMED_FROM = 100  # letters: a smaller batch is begun anew in a moment


def folder_of(output: str) -> Path:
    """The folder, or the zip, to write a batch into. UsageError for what looks like one letter.

    InvalidValueError for a birth number in it: as text it passes by where paths are checked.
    """
    folder = Path(output)
    refuse_in_path(folder)
    ending = folder.suffix.lower().removeprefix(".")
    if output.strip() and (ending not in writers.FORMATS or folder.is_dir()):
        return folder
    raise UsageError(
        _("{file} is one file, and letters are written into a folder.", file=folder.name)
        if output.strip()
        else _("The folder to write the letters into has no name."),
        _("Name a folder, or a zip: {example}", example=f"-o {folder.stem.strip() or 'brev'}"),
    )


def planned(this: Plan, folder: Path) -> list[LetterRow]:
    """The rows of a batch as they would be: with file names, and nothing written."""
    files = {one.id: name for name, part in _parts(this, folder) for one in part}
    return [
        one.row() if one.skipped else one.row(file=files[one.id], language=this.language(one))
        for one in this.recipients
    ]


def steps(this: Plan, folder: Path) -> int:
    """How many steps `write` takes: a letter is one, and packing a file is one."""
    return len(this.written) + (len(_parts(this, folder)) if is_zip(folder) else 0)


@contextmanager
def write(
    register: Register,
    this: Plan,
    folder: Path,
    advance: Callable[[int], None],
    *,
    overwrite: bool = False,
) -> Iterator[WriteResult]:
    """Write the files of a batch, only this user's to read, and move them out when it is recorded.

    Within the block `record` puts them into `folder`, which is made if it is not there, or is one
    zip; without it nothing stays. A large batch that is stopped goes on from where it was, when
    it is written again. Refuses to write over a file that was sent, over one that no batch has
    left there as it is (unless `overwrite`), and a folder that cannot be written to.
    """
    parts = _parts(this, folder)
    keep_what_was_sent(register, folder, [name for name, _part in parts])
    work, name = _Work(this, parts, folder, advance), this.request.template
    if len(this.written) < RESUMED_FROM:
        with staging(place(folder)) as staged:
            written = checked(register, name, work.write(staged), overwrite=overwrite)
            with _in_place_when_saved(register, written):
                yield written
        return
    from frivillig_cli.work.letters import ready

    with resumable(place(folder), ready.batch_mark(this, folder)) as stage:
        written = _on_from_before(register, work, stage)
        written = checked(register, name, written, overwrite=overwrite)
        with _in_place_when_saved(register, written):
            yield written


@contextmanager
def _in_place_when_saved(register: Register, written: WriteResult) -> Iterator[None]:
    """Take the files back where the batch that they are of was not recorded after all."""
    try:
        yield
    except BaseException:
        if written.staged and not register.saved:
            take_back(written.staged, _places(written))
        raise


def _places(written: WriteResult) -> list[Path]:
    """Where the files come to lie."""
    folder = written.folder
    if folder is None or is_zip(folder):
        return [folder] if folder else []
    names = dict.fromkeys(row.file for row in written.rows if row.file)  # merged ones share one
    return [folder / name for name in names]


def place(folder: Path) -> Path:
    """The folder in which the files of a batch are made: its own, or that of its zip."""
    return folder.parent if is_zip(folder) else folder


def stopped(this: Plan, folder: Path) -> int:
    """How many files of the batch are finished, in a run that was stopped."""
    from frivillig_cli.work.letters import ready

    left = left_behind(place(folder), ready.batch_mark(this, folder))
    return ready.finished(left) if left else 0


def _on_from_before(register: Register, work: "_Work", stage: Stage) -> WriteResult:
    from frivillig_cli.work.letters.ready import Ready

    found = Ready(stage.path, work.folder)

    def finished(letters: int) -> None:
        stage.keep = letters >= RESUMED_FROM

    try:
        written = work.write(stage.path, found, finished)
    finally:
        found.close()
    if stage.taken_up and written.reused == len(work.parts):
        recorded = _recorded(register, work.folder, written)
        return written._replace(recorded=recorded)
    return written


def _recorded(register: Register, folder: Path, written: WriteResult) -> int | None:
    """The batch of these very files that lie in their place, or None."""
    files = {row.file: row.sha256 for row in written.rows if row.file and row.sha256}
    number = queries.same_files(register, str(folder.resolve()), files)
    if number is None or queries.batch(register, number).status != "draft":
        return None
    with lying(str(folder)) as there:
        try:
            same = all(sha256_of(there.read(name)) == digest for name, digest in files.items())
        except OSError:
            return None
    return number if same else None


class _Work(NamedTuple):
    """The writing of a batch: which files, whose letters they hold, and where they will lie."""

    this: Plan
    parts: Sequence[tuple[str, list[Recipient]]]
    folder: Path
    advance: Callable[[int], None]

    def write(
        self,
        staged: Path,
        found: "Ready | None" = None,
        finished: Callable[[int], None] = lambda _letters: None,
    ) -> WriteResult:
        """Write the files that are not finished; `finished` is told how many letters are."""
        this, replaced, letters_done = self.this, Replaced(), 0
        done: dict[int, dict[str, str | None]] = {}
        for name, part in self.parts:
            letters = [letter_for(this, recipient) for recipient in part]
            mark = found.mark(this, part, letters) if found else ""
            lacking = Replaced()
            digest = found.reuse(name, mark, lacking) if found else None
            if digest is None:
                data = made.make(this, part, letters, lacking).data
                write_staged(staged / name, data)
                digest = sha256_of(data)
                if found:
                    said = "".join(sorted(lacking.characters))
                    found.note(name, mark, digest, said)
            replaced.add(lacking, part[0].name if len(part) == 1 else "")
            for recipient, letter in zip(part, letters, strict=True):
                done[recipient.id] = self._logged(name, digest, recipient, letter)
            letters_done += len(part)
            finished(letters_done)
            self.advance(len(part))
        paths = [staged / name for name, _part in self.parts]
        if is_zip(self.folder):
            from frivillig_cli.formats.zip_write import write_zip

            write_zip(staged / self.folder.name, paths, this.request.today, self.advance)
        else:
            sync_staged(paths)
        rows = [one.row() if one.skipped else one.row(**done[one.id]) for one in this.recipients]
        others = others_of(this.request, self.folder, set(dict(self.parts)))
        reused = found.reused if found else 0
        return WriteResult(rows, others, replaced.sentence(), staged, self.folder, reused)

    def _logged(
        self, name: str, digest: str, recipient: Recipient, letter: Letter
    ) -> dict[str, str | None]:
        values = {
            "file": name, "sha256": digest, "language": self.this.language(recipient),
            "title": letter.document.title, "case_number": letter.reference.ours or None,
            "exempt": letter.reference.exempt or None,
        }  # fmt: skip
        if self.this.request.format == "eml":  # the address that is used
            values["address"] = recipient.email
        return values


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
    sizes = writers.in_files(ending, [this.weights.get(one.id, 0) for one in everybody])
    ends = list(accumulate(sizes))
    volumes = [everybody[end - size : end] for end, size in zip(ends, sizes, strict=True)]
    if len(volumes) == 1:
        return [(f"{template}.{ending}", everybody)]
    return [(f"{template}-{n:03}.{ending}", part) for n, part in enumerate(volumes, 1)]


def record(register: Register, this: Plan, written: WriteResult, *, now: datetime) -> int:
    """Record the batch, inside a transaction, and put its files in place; returns its number."""
    if written.recorded is not None:
        return written.recorded
    staged, folder = written.staged, written.folder
    if staged is None or folder is None:
        raise ValueError("nothing was written")
    new = actions.NewBatch(
        template=this.request.template,
        versions={language: one.sha256 for language, one in this.templates.items()},
        title=next(iter(this.templates.values())).about,
        format=this.request.format,
        recipients=this.kind,
        folder=str(folder.resolve()),
        case_number=this.request.case_number,
        survey_id=this.request.survey_id,
        addressed=this.request.addressed,
        again=int(this.request.again),
        also_opted_out=int(this.request.also_opted_out),
        one_per_address=int(this.request.one_per_address),
    )
    number = actions.add_batch(register, new, written.rows, now=now)
    move_all(staged, _places(written))
    return number
