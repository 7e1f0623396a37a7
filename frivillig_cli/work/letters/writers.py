"""A letter as the bytes of a file: PDF, Word, HTML or text; alone, or several in one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.documents.letter import Letter

if TYPE_CHECKING:
    from frivillig_cli.documents.template import Template
    from frivillig_cli.documents.typeset import Replaced

FORMATS = ("pdf", "docx", "html", "txt", "eml")


def check_format(name: str | None) -> str:
    """`name` in small letters, if letters can be written so; "" for none. Raises UsageError."""
    if name is None:
        return ""
    if name.lower() not in FORMATS:
        raise UsageError(
            _("A letter cannot be written as {format}.", format=name or "–"),
            _("Choose one of: {known}.", known=", ".join(FORMATS)),
        )
    return name.lower()


def format_for(template: Template, wanted: str, *, merge: bool) -> str:
    """The format of a template's letters: the one that is `wanted`, or what suits it.

    A template in Word makes Word documents, each in a file of its own. Raises UsageError.
    """
    if template.word is None:
        return wanted or "pdf"
    if wanted not in ("", "docx"):
        raise UsageError(
            _("The template {name} is a Word document, and so are its letters.",
              name=template.path.name),
            _("Leave out {option}, and save them as PDF in Word; or write the template in "
              "Markdown: {command}",
              option=f"--format {wanted}", command="frivillig letter new"),
        )  # fmt: skip
    if merge:
        raise UsageError(
            _("Letters from a template in Word are written one file each."),
            _("Leave out {option}.", option="--merge"),
        )
    return "docx"


def written(
    letters: Sequence[Letter], format: str, replaced: Replaced, *, merged: bool = False
) -> bytes:
    """Letters as one file. What the font of a PDF lacks is noted in `replaced`.

    `merged` is a file that may hold several, also where it holds one, as a last volume does.
    """
    if format == "pdf":
        from frivillig_cli.documents.pdf import letter_pdf, merged_pdf

        if len(letters) == 1 and not merged:
            return letter_pdf(letters[0], replaced)
        return merged_pdf(letters, replaced)
    if format == "docx":
        from frivillig_cli.documents.docx import letters_docx

        if (word := letters[0].word) is not None:
            letter = letters[0]
            return word.packed(
                letter.document.title, letter.letterhead.name, letter.language,
                letter.reference.date, draft=letter.draft,
            )  # fmt: skip

        return letters_docx(letters)
    if format == "html":
        from frivillig_cli.documents.html import letters_html

        return letters_html(letters).encode("utf-8")
    from frivillig_cli.documents.text import letter_text

    # a form feed is how plain text says "new page"
    return "\f".join(map(letter_text, letters)).encode("utf-8")


def in_files(format: str, weights: Sequence[int]) -> list[int]:
    """How many letters each merged file holds, given what the letters weigh in a PDF."""
    if format not in ("pdf", "docx"):
        return [len(weights)]
    from frivillig_cli.documents.volumes import parted

    return list(parted(weights if format == "pdf" else [0] * len(weights)))
