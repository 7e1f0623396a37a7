"""The words around a letter's text, in the language spoken now.

They are those of a public letter service and of Language Council usage; nynorsk says "dykkar"
to an organisation, and "din" to one person.
"""

from __future__ import annotations

from frivillig_cli.core.dates import show_date
from frivillig_cli.core.i18n import _
from frivillig_cli.core.orgnr import show_orgnr
from frivillig_cli.documents.letter import Letter, Letterhead


def reference_rows(letter: Letter) -> list[tuple[str, str]]:
    """Label and value of date, references, caseworker and exemption; the empty ones left out."""
    ref = letter.reference
    your_date, your_reference = _("Your date"), _("Your reference")
    if letter.to_one:
        your_date, your_reference = _("Your letter’s date"), _("Your ref.")
    rows = [
        (_("Our date"), show_date(ref.date) if ref.date else ""),
        (_("Our reference"), ref.ours),
        (your_date, show_date(ref.your_date) if ref.your_date else ""),
        (your_reference, ref.yours),
        (_("Our caseworker"), ref.caseworker),
        (_("Exempt from public access"), ref.exempt),
    ]
    return [(label, value) for label, value in rows if value]


def address_columns(head: Letterhead) -> list[tuple[str, list[str]]]:
    """The columns of a letter's foot: label and lines; the empty ones left out."""
    orgnr = show_orgnr(head.orgnr) if head.orgnr else ""
    columns = [
        (_("Postal address"), list(head.postal_address)),
        (_("Visiting address"), list(head.visiting_address)),
        (_reached_by(head), [head.phone, head.email]),
        (_known_as(head), [head.website, orgnr]),
    ]
    filled = [(label, [row for row in rows if row]) for label, rows in columns]
    return [(label, rows) for label, rows in filled if rows]


def _reached_by(head: Letterhead) -> str:
    if head.phone and head.email:
        return _("Telephone and e-mail")
    return _("Telephone") if head.phone else _("E-mail")


def _known_as(head: Letterhead) -> str:
    if head.website and head.orgnr:
        return _("Website and org. no.")
    return _("Website") if head.website else _("Org. no.")


def greeting() -> str:
    """The words above the name."""
    return _("Kind regards")


def approval(letter: Letter) -> str:
    """The line that stands for a signature, or ""."""
    if not letter.approved:
        return ""
    return _("This document is approved electronically and is sent without a signature.")


def lists_below(letter: Letter) -> list[tuple[str, tuple[str, ...]]]:
    """Attachments and copies, each with its label; the empty ones left out."""
    lists = [(_("Attachments"), letter.attachments), (_("Copy to"), letter.copies)]
    return [(label, items) for label, items in lists if items]


def watermark(letter: Letter) -> str:
    """The word across a draft, or ""."""
    return _("Preview") if letter.draft else ""
