"""A letter that went out, shown again byte for byte: from the register, not from its folder."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from frivillig_cli.core.errors import AmbiguousError, NotFoundError, RefusedError, UsageError
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.core.names import fold
from frivillig_cli.formats.files import make_folder, safe_join, write_atomic
from frivillig_cli.records.letter import kept_queries, outbox_queries, queries
from frivillig_cli.records.letter.logged import LoggedLetter
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters.freeze import not_posted


@dataclass(frozen=True)
class Shown:
    """One letter that went out, and the file that did: an e-mail is the message itself.

    The file of a merged batch holds `together` letters, and this is number `place` (from 0).
    """

    letter: LoggedLetter
    data: bytes
    together: int = 1
    place: int = 0

    @property
    def ending(self) -> str:
        """The ending of the file: eml for a message."""
        if self.letter.sent_how == "email":
            return "eml"
        return Path(str(self.letter.file)).suffix.removeprefix(".")

    @property
    def name(self) -> str:
        """The name of the file."""
        return Path(str(self.letter.file)).with_suffix(f".{self.ending}").name

    def text(self) -> str:
        """What it says, where that can be read as text; else ""."""
        if self.ending == "txt":
            return self._own().decode("utf-8").replace("\f", "\n")
        if self.ending == "eml":
            body = self._message().get_body(("plain",))
            return str(body.get_content()) if body else ""
        return ""

    def as_file(self, ending: str) -> bytes:
        """The bytes for a file with this ending: those of the message, or of its attachment.

        Refuses a file that holds the letters to others too, and cannot be parted as it went out.
        """
        wanted = ending.lower().removeprefix(".")
        if wanted in (self.ending, ""):
            if (own := self._own()) == self.data and self.together > 1:
                raise RefusedError(
                    _("{file} holds {n} letters, and the one to {name} is no file of its own.",
                      file=self.letter.file, n=self.together, name=self.letter.recipient),
                    _("All of them, as they went out: {command}",
                      command=typed(f"frivillig letter show {self.letter.batch_id} -o DIR")),
                )  # fmt: skip
            return own
        if self.ending == "eml":
            for part in self._message().iter_attachments():
                if Path(part.get_filename() or "").suffix.lower() == f".{wanted}":
                    return bytes(part.get_payload(decode=True))
        raise UsageError(
            _("The letter went out as {format}.", format=self.ending),
            _("Name a file that ends so: {example}", example=f"-o {self.name}"),
        )

    def _own(self) -> bytes:
        """This letter's part of a text file; all of another file."""
        parts = self.data.split(b"\f")  # as writers.py puts letters together
        if self.ending != "txt" or len(parts) != self.together:
            return self.data
        return parts[self.place]

    def _message(self) -> EmailMessage:
        found = message_from_bytes(self.data, policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found


def find(
    register: Register, batch_id: int, ref: str, *, among: Collection[int] | None = None
) -> LoggedLetter:
    """The letter in a batch, or `among` these of it, to the one that `ref` names.

    NotFoundError, AmbiguousError.
    """
    rows = queries.letters(register, batch_id)
    if among is not None:
        rows = [row for row in rows if row.id in among]
    text = " ".join(ref.split())
    digits = text.replace(" ", "")
    found = [row for row in rows if text.casefold() == row.number.casefold()]
    if not found and digits.isdecimal():
        ids = {int(digits)}
        if len(digits) == 9 and (org := orgs.by_orgnr(register, digits)) is not None:
            ids = {org}
        found = [row for row in rows if {row.org_id, row.person_id, row.agreement_id} & ids]
    if not found:
        found = [row for row in rows if fold(row.recipient) == fold(text)]
    if not found and fold(text):
        found = [row for row in rows if fold(text) in fold(row.recipient)]
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousError(
            _("“{text}” fits {n} of them. Did you mean one of these?", text=text, n=len(found)),
            _("Write the number, or more of the name."),
            [f"{row.number:>8}  {row.recipient}" for row in found[:10]],
        )
    hint = _("See who is in it: {command}", command=f"frivillig letter log {batch_id}")
    written = (row for row in rows if not row.skipped)
    by_name = [row for row in written if not (row.org_id or row.person_id or row.agreement_id)]
    if digits.isdecimal() and by_name:
        example = f"frivillig letter show {batch_id} {by_name[0].number}"
        hint = _("It has letters by name only, to somebody who is not in the register any more. "
                 "Write the name, or the letter’s own number: {command}",
                 command=example)  # fmt: skip
    raise NotFoundError(_("Nobody in batch {id} is called “{text}”.", id=batch_id, text=text), hint)


def shown(register: Register, letter: LoggedLetter) -> Shown:
    """The letter as it went out, which lies in the outbox until the run of sending is done.

    Refuses a draft, one in doubt, and one without a copy.
    """
    if letter.skipped:
        raise RefusedError(
            _("{name} was left out, and got no letter.", name=letter.recipient),
            _("See why: {command}", command=f"frivillig letter log {letter.batch_id}"),
        )
    if letter.state == "sending":
        command = f"frivillig letter send {letter.batch_id} --in-doubt {letter.number}=sent"
        raise RefusedError(
            _("It is not known whether the letter to {name} was sent.", name=letter.recipient),
            _("Ask them. If they have got it: {command}", command=command),
        )
    sent = letter.state == "sent"
    data = (
        kept_queries.kept(register, letter.kept)
        if letter.kept
        else outbox_queries.message_to(register, letter.id) if sent else b""
    )  # fmt: skip
    if not data:
        raise RefusedError(
            _("There is no copy of what {name} was sent.", name=letter.recipient)
            if sent
            else _("The letter to {name} has not gone out.", name=letter.recipient),
            _("It was sent before copies were kept, or without one.")
            if sent
            else _("The draft lies where it was written: frivillig letter log {id}",
                   id=letter.batch_id),
        )  # fmt: skip
    # also those who were left out of what was sent: their letters are in the file all the same
    same = [row.id for row in queries.letters(register, letter.batch_id) if row.file == letter.file]
    return Shown(letter, data, len(same), same.index(letter.id))


@dataclass(frozen=True)
class Saved:
    """What `save_all` wrote: the letters in each file, those that were left out of what was sent
    among them, and why each of these was, "" where it is not known any more.

    `without_copy` letters went out without one being kept.
    """

    files: dict[Path, list[LoggedLetter]]
    left_out: dict[int, str]
    without_copy: int


def save_all(register: Register, batch_id: int, folder: Path, *, overwrite: bool = False) -> Saved:
    """Write all that went out of a batch into a folder, byte for byte.

    RefusedError where another file lies in the place of one, unless `overwrite`.
    """
    batch = queries.batch(register, batch_id)
    rows = queries.letters(register, batch_id)
    sent = [row for row in rows if row.state == "sent"]
    held = {one.letter_id for one in outbox_queries.unsettled(register, batch_id)}
    make_folder(folder)
    written: set[str] = set()
    files: dict[Path, list[LoggedLetter]] = {}
    for row in sent:
        copy = row.kept or (row.number if row.id in held else None)
        if copy is None or copy in written:
            continue
        one = shown(register, row)
        path = safe_join(folder, one.name)
        if path.exists() and not overwrite and path.read_bytes() != one.data:
            raise RefusedError(
                _("There is a file at {path} already.", path=path),
                _("Choose another folder with -o, or write over them with {option}.",
                  option="--overwrite"),
            )  # fmt: skip
        write_atomic(path, one.data, private=True)
        written.add(copy)
        files[path] = [row] if one.together == 1 else [r for r in rows if r.file == row.file]
    others = [row for held in files.values() for row in held if row.state != "sent"]
    why = not_posted(register, batch, others) if others else {}
    return Saved(
        files,
        {row.id: why.get(row.id, "") for row in others},
        sum(row.kept is None and row.id not in held for row in sent),
    )


def folder_of(output: Path) -> Path:
    """`output`, to put the letters of a batch into. UsageError for the name of a file."""
    from frivillig_cli.work.letters import files
    from frivillig_cli.work.letters.lying import is_zip

    folder = files.folder_of(str(output))
    if is_zip(folder) and not folder.is_dir():
        raise UsageError(
            _("{file} is one file, and letters are written into a folder.", file=folder.name),
            _("Name a folder: {example}", example=f"-o {folder.stem}"),
        )
    return folder
