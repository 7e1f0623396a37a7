"""A letter as the bytes of a file: PDF, Word, HTML or text; alone, or several in one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.documents.letter import Letter

if TYPE_CHECKING:
    from frivillig_cli.documents.typeset import Replaced

FORMATS = ("pdf", "docx", "html", "txt", "eml")


def check_format(name: str) -> str:
    """`name` in small letters, if letters can be written so. Raises UsageError."""
    if name.lower() not in FORMATS:
        raise UsageError(
            _("A letter cannot be written as {format}.", format=name or "–"),
            _("Choose one of: {known}.", known=", ".join(FORMATS)),
        )
    return name.lower()


def written(letters: Sequence[Letter], format: str, replaced: Replaced) -> bytes:
    """Letters as one file. What the font of a PDF lacks is noted in `replaced`."""
    if format == "pdf":
        from frivillig_cli.documents.pdf import letter_pdf, write_letters_merged

        if len(letters) == 1:
            return letter_pdf(letters[0], replaced)
        return next(iter(write_letters_merged(letters, replaced)))
    if format == "docx":
        from frivillig_cli.documents.docx import letters_docx

        return letters_docx(letters)
    if format == "html":
        from frivillig_cli.documents.html import letters_html

        return letters_html(letters).encode("utf-8")
    from frivillig_cli.documents.text import letter_text

    # a form feed is how plain text says "new page"
    return "\f".join(map(letter_text, letters)).encode("utf-8")


def in_one_file(format: str) -> int | None:
    """How many letters a merged file may hold; None for all."""
    if format not in ("pdf", "docx"):
        return None
    from frivillig_cli.documents.pdf import LETTERS_IN_VOLUME

    return LETTERS_IN_VOLUME
