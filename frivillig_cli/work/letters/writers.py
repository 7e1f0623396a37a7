"""A letter as a file: PDF, HTML or text; one for each, or all in one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.documents.letter import Letter
from frivillig_cli.formats.files import safe_join, write_atomic
from frivillig_cli.records.letter.model import LetterRow
from frivillig_cli.work.letters.recipients import Recipient

if TYPE_CHECKING:
    from frivillig_cli.work.letters.batch import Plan

FORMATS = ("pdf", "html", "txt")


def check_format(name: str) -> str:
    """`name` if letters can be written so. Raises UsageError."""
    if name not in FORMATS:
        raise UsageError(
            _("A letter cannot be written as {format}.", format=name),
            _("Choose one of: {known}.", known=", ".join(FORMATS)),
        )
    return name


def written(letter: Letter, format: str) -> bytes:
    """One letter as the bytes of a file."""
    if format == "pdf":
        from frivillig_cli.documents.pdf import letter_pdf

        return letter_pdf(letter)
    if format == "html":
        from frivillig_cli.documents.html import letter_html

        return letter_html(letter).encode("utf-8")
    from frivillig_cli.documents.text import letter_text

    return letter_text(letter).encode("utf-8")


def merged(
    made: Iterable[tuple[Recipient, Letter | None]],
    folder: Path,
    this: Plan,
    advance: Callable[[int], None],
) -> list[LetterRow]:
    """All letters in one file (PDF in volumes of 200), and a row for each recipient."""
    rows, waiting, letters = [], [], []
    for recipient, letter in made:
        advance(1)
        if letter is None:
            rows.append(recipient.row())
        else:
            waiting.append(recipient)
            letters.append(letter)
    for number, (part, data) in enumerate(_volumes(letters, this.request.format), 1):
        last = part >= len(letters) and number == 1
        name = f"{this.request.template}{'' if last else f'-{number}'}.{this.request.format}"
        path = write_atomic(safe_join(folder, name), data)
        digest = hashlib.sha256(data).hexdigest()
        rows += [who.row(file=path.name, sha256=digest) for who in waiting[:part]]
        del waiting[:part]
    return rows


def _volumes(letters: list[Letter], format: str) -> Iterable[tuple[int, bytes]]:
    if not letters:
        return
    if format == "pdf":
        from frivillig_cli.documents.pdf import LETTERS_IN_VOLUME, write_letters_merged

        for number, data in enumerate(write_letters_merged(letters)):
            yield min(LETTERS_IN_VOLUME, len(letters) - number * LETTERS_IN_VOLUME), data
    elif format == "html":
        from frivillig_cli.documents.html import letters_html

        yield len(letters), letters_html(letters).encode("utf-8")
    else:
        # a form feed is how plain text says "new page"
        yield len(letters), b"\f".join(written(letter, "txt") for letter in letters)
