"""What of a file is nobody's answer to the survey: told with the file, and kept for nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from frivillig_cli.core.echo import echo, kept
from frivillig_cli.core.i18n import _
from frivillig_cli.core.sentence import masked
from frivillig_cli.formats.cells import parse_ref
from frivillig_cli.records.survey.model import Problem, Survey
from frivillig_cli.work.survey.guard import Ways
from frivillig_cli.work.survey.judge import missing
from frivillig_cli.work.survey.outside import OUTSIDE, elsewhere
from frivillig_cli.work.survey.own_words import Ours
from frivillig_cli.work.survey.reading import RawCell, ReadFile
from frivillig_cli.work.survey.results import FormResult

_SHOWN = 3  # cells of a row


def refused(file: ReadFile, code: str, message: str, hint: str = "") -> FormResult:
    """A file, or a part of one, that is not taken in, with why and the way out."""
    problem = Problem(file.name, code, masked(message))
    return FormResult(file.name, result="refused", problems=(problem,), hint=hint)


def of_other_surveys(
    file: ReadFile, survey: Survey, known: Mapping[str, tuple[int, str]]
) -> Iterator[FormResult]:
    """The forms that belong to other surveys; `known`: code -> number and title of this
    register's."""
    for code in _others(file, survey):
        number, title = known.get(code, (0, ""))
        if title:
            words = _("{file} belongs to another survey, «{title}».", file=file.name, title=title)
            hint = _("Import it there: frivillig survey import {survey} …", survey=number)
        else:
            words = _(
                "{file} belongs to a survey of another register, «{title}».",
                file=file.name,
                title=file.title or _("unknown"),
            )
            hint = _("Open that register with --db.")
        yield refused(file, "other_survey", words, hint)


def _others(file: ReadFile, survey: Survey) -> list[str]:
    return sorted({form.key.survey for form in file.forms} - {survey.code})


def nobodys(file: ReadFile, survey: Survey, ours: Ours) -> Iterator[FormResult]:
    """Rows whose key is damaged, other sheets, and columns that the file has lost."""
    if file.damaged:
        hint = _("Send the association its workbook again: frivillig survey export")
        yield refused(file, "damaged_key", _damaged(file), hint)
    table = next((form for form in file.forms if form.in_table), None)
    if table is None:
        return
    for words in elsewhere(file.outside, ours):
        yield refused(file, OUTSIDE, f"{file.name}: {words}")
    gone = "" if _others(file, survey) else missing(table, survey.questions)
    if gone:
        words = _(
            "{file} has no column for {questions}: look in it for what they wrote there.",
            file=file.name,
            questions=gone,
        )
        yield refused(file, "lost_column", words)


def _damaged(file: ReadFile) -> str:
    """One line for a file, however many of its keys are cut or retyped."""
    first, *others = [cell.ref for cell in file.damaged]
    if not others:
        return _("The hidden key in {cell} is damaged, so it is nobody's answer.", cell=first)
    return _(
        "{file}: {n} hidden keys are damaged, {cell} the first; what stands there is nobody's "
        "answer.",
        file=file.name,
        n=len(others) + 1,
        cell=first,
    )


def without_key(file: ReadFile, survey: Survey, ways: Ways) -> Iterator[Problem]:
    """What stands in rows that do not say whose they are, in a file of this survey: for each sheet
    one problem, that keeps it all."""
    if file.forms and survey.code not in {form.key.survey for form in file.forms}:
        return
    sheets: dict[str, list[RawCell]] = {}
    for cell in file.keyless:
        open_ = cell._replace(text=_("[protected]")) if ways.whose(cell.text) else cell
        sheets.setdefault(cell.sheet, []).append(open_)
    for sheet, cells in sheets.items():
        value = " / ".join(f"{cell.ref} {kept(cell.text)}" for cell in cells)
        words = masked(_keyless(file, cells))
        yield Problem(file.name, "no_key", words, None, sheet, None, None, value)


def _keyless(file: ReadFile, cells: Sequence[RawCell]) -> str:
    """One line for what stands in rows that do not say whose they are."""
    rows: dict[int, list[RawCell]] = {}
    for cell in cells:
        rows.setdefault(parse_ref(cell.ref)[0], []).append(cell)
    first = next(iter(rows.values()))
    said = {"file": file.name, "cell": first[0].ref}
    said["text"] = echo(", ".join(cell.text for cell in first[:_SHOWN]))
    if len(rows) > 1:
        return _(
            "{file}: {n} rows have no hidden key, {cell} the first («{text}»): what stands there "
            "is nobody's answer.",
            n=len(rows),
            **said,
        )
    return _(
        "{file}: the row of {cell} («{text}») has no hidden key: what stands there is nobody's "
        "answer.",
        **said,
    )
