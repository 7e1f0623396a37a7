"""The four files of a call list. Each is written whole or not at all, reopened and counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from frivillig_cli.core.i18n import _, in_documents_language, language
from frivillig_cli.core.phone import show_phone
from frivillig_cli.records.activation.calling import ANSWER_WORDS
from frivillig_cli.records.activation.selection import REASON_WORDS
from frivillig_cli.work.beredskap import script, sheets
from frivillig_cli.work.beredskap.deal import Part, deal
from frivillig_cli.work.beredskap.list_folder import paths
from frivillig_cli.work.beredskap.lists_written import counted, why
from frivillig_cli.work.beredskap.sheets import Paper
from frivillig_cli.work.beredskap.view import View

_ROW_CODE = re.compile(r"[0-9]{3,}-[0-9]")


@dataclass(frozen=True)
class FilesResult:
    """What was written; `failed` are (file, why), by `errors`; `notes` for the reader."""

    written: list[Path]
    failed: list[tuple[Path, str]]
    notes: list[str]
    errors: list[Exception] = field(default_factory=list)

    @property
    def in_text(self) -> bool:
        """Whether text stands in the place of the PDF that failed."""
        return any(file.suffix == ".txt" for file in self.written)


def write(
    view: View, paper: Paper, folder: Path, *, everybody: bool = False, split: int | None = None
) -> FilesResult:
    """Write the call list as PDF, HTML, xlsx and vCard; as text too where no PDF can be made.

    With `split`, PDF and HTML are dealt to so many callers, a file each. One file that fails keeps
    none of the others back. Raises RefusedError where the folder cannot be made.
    """
    from frivillig_cli.formats.files import make_folder

    parts = deal(view, split)
    make_folder(folder)
    made = FilesResult([], [], [])
    for part in parts:
        files = paths(view.activation, folder, part.name)
        most = sheets.printed_rows(view, everybody, len(part.rows))
        if most < len(part.rows) and not made.notes:
            made.notes.append(
                _("The PDF has the first {n} of {total}; the other files have all.",
                  n=most, total=len(part.rows))
            )  # fmt: skip
        _try(made, files["pdf"], partial(_pdf, view, paper, files["pdf"], most, part))
        _try(made, files["html"], partial(_html, view, paper, files["html"], part))
    files = paths(view.activation, folder)
    _try(made, files["xlsx"], partial(_xlsx, view, files["xlsx"]))
    _try(made, files["vcf"], partial(_vcf, view, files["vcf"]))
    if any(file.suffix == ".pdf" for file, _why in made.failed):
        _try(made, files["txt"], partial(_text, view, paper, files["txt"]))
    return made


def _try(result: FilesResult, path: Path, make: Callable[[], str | None]) -> None:
    """Make one file; what fails is kept in `result`, with why."""
    try:
        if (note := make()) and note not in result.notes:
            result.notes.append(note)
        result.written.append(path)
    except Exception as error:  # noqa: BLE001 - a broken typesetter must not stop a call-out
        result.failed.append((path, why(error)))
        result.errors.append(error)


@in_documents_language()
def _pdf(view: View, paper: Paper, path: Path, rows: int, part: Part) -> str:
    """Write it; returns a sentence on characters that could not be printed, or ""."""
    from frivillig_cli.documents.sheets_pdf import write_sheets_pdf
    from frivillig_cli.documents.typeset import Replaced
    from frivillig_cli.formats.files import write_atomic

    replaced = Replaced()
    data = write_sheets_pdf(sheets.call_list(view, paper, rows, part), language(), replaced)
    write_atomic(path, data, private=True)
    whole = path.read_bytes()
    counted(path, whole.startswith(b"%PDF") and b"%%EOF" in whole[-32:], True)
    return replaced.sentence()


@in_documents_language()
def _html(view: View, paper: Paper, path: Path, part: Part) -> None:
    from frivillig_cli.documents.sheets_html import sheets_html
    from frivillig_cli.formats.files import write_atomic

    page = sheets_html(sheets.call_list(view, paper, part=part), language())
    write_atomic(path, page.encode("utf-8"), private=True)
    found = set(_ROW_CODE.findall(path.read_text("utf-8")))
    rows = [*part.rows, *view.excluded]
    counted(path, sum(row.row_code in found for row in rows), len(rows))


@in_documents_language()
def _text(view: View, paper: Paper, path: Path) -> None:
    from frivillig_cli.formats.files import write_atomic

    write_atomic(path, sheets.as_text(view, paper).encode("utf-8"), private=True)


@in_documents_language()
def _xlsx(view: View, path: Path) -> None:
    from frivillig_cli.formats.xlsx_rows import count_rows
    from frivillig_cli.formats.xlsx_write import write_table

    activation = view.activation
    mark = script.mark(activation.kind)
    title = " ".join(part for part in (mark, activation.number, activation.title) if part)
    columns = [
        _("Row"), _("Name"), _("Number 1"), _("Number 2"), _("Group"), _("Skills"),
        _("Answer"), _("There"), _("Left out because"), _("Activation"),
    ]  # fmt: skip
    rows = []
    for row in (*view.eligible, *view.excluded):
        numbers = [show_phone(number) for number in row.usable[:2]]
        if row.selection == "excluded" or row.protected:
            numbers = [_("protected")] if row.protected else []
        rows.append([
            row.row_code, row.name, *[*numbers, "", ""][:2],
            ", ".join(seat.name for seat in row.groups), ", ".join(row.skills),
            _(ANSWER_WORDS[row.answer]) if row.answer else "", "",
            _(REASON_WORDS[row.reason]) if row.reason else "",
            f"{mark} {activation.number}".strip(),
        ])  # fmt: skip
    write_table(path, title, columns, rows, private=True)
    counted(path, count_rows(path), len(rows) + 1)


@in_documents_language()
def _vcf(view: View, path: Path) -> None:
    from frivillig_cli.formats.vcard import Card, write_vcards

    mark = script.mark(view.activation.kind)
    label = " ".join(part for part in (mark, view.activation.number) if part)
    reachable = [row for row in view.eligible if row.usable]
    cards = [
        Card(
            name=row.name,
            phones=row.usable,
            org=", ".join(seat.name for seat in row.groups),
            note=f"{label} {view.activation.title} · {row.row_code}",
            categories=[label],
        )
        for row in reachable
    ]
    write_vcards(path, cards)
    text = path.read_text("utf-8")
    counted(path, text.count("BEGIN:VCARD"), len(reachable))
