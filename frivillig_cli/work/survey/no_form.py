"""Why a file holds no form: its keys are gone, nothing can be corrected in it, or it is foreign."""

from __future__ import annotations

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.formats import cells
from frivillig_cli.formats.cells import Workbook
from frivillig_cli.records.survey.key import parse_key
from frivillig_cli.work.survey import marks


def no_form(name: str, book: Workbook) -> FileFormatError:
    """The refusal of a workbook in which no row says whose it is, with the way out."""
    if any(parse_key(cells.text(cell)) for _sheet, cell in book.cells()):
        return FileFormatError(
            _("{file} has lost the hidden row that says what its cells are.", file=name),
            _("Ask for the file as it was before rows were deleted or copied."),
        )
    if any(cell.value == marks.CORRECTION for _sheet, cell in book.cells()):
        close = typed("frivillig survey problems SURVEY --resolve NUMBER")
        return FileFormatError(
            _("{file} has no yellow cell, so there is nothing to take in from it.", file=name),
            _("When you have looked at it, close it: {command}", command=close),
        )
    return FileFormatError(
        _("{file} is not a survey from this program.", file=name),
        _("Send the association its workbook again: frivillig survey export"),
    )
