"""What waits beside a name in the workbook of rejected answers: it comes along with the name.

Somebody puts the name right and leaves the yellow cells below it blank: the phone and e-mail that
they wrote were in no doubt of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from frivillig_cli.records.survey import queries
from frivillig_cli.records.survey.model import Answer
from frivillig_cli.records.survey.questions import OFFICES
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.offices import NAME_FIRST
from frivillig_cli.work.survey.reading import RawCell, RawForm
from frivillig_cli.work.survey.shared import SHARED, STILL_THEIRS
from frivillig_cli.work.survey.two_offices import TWO_VALUES

# What it waited for, and what it may have come to when the same workbook came before.
_WAITS = (NAME_FIRST, STILL_THEIRS, SHARED, TWO_VALUES)


def written(form: RawForm) -> dict[str, str]:
    """field -> what somebody has written in a cell of a form, the blank ones left out."""
    return {
        name: next(cell.text.strip() for cell in cells if cell.text.strip())
        for name, cells in form.cells.items()
        if any(cell.text.strip() for cell in cells)
    }


def come_along(register: Register, form: RawForm, answers: Sequence[Answer]) -> RawForm:
    """A form of corrections, with the phone and e-mail that wait for a name that is put right in
    it, where their cells are blank. `answers` are theirs so far; where those say two things of
    it, neither comes along."""
    if not form.correction:
        return form
    said = written(form)
    blank = [
        f"{office}_{way}"
        for office in OFFICES
        for way in ("phone", "email")
        if office in said and f"{office}_{way}" in form.cells and f"{office}_{way}" not in said
    ]
    if not blank:
        return form
    waits = [
        problem
        for answer in answers
        for problem in queries.problems_of_answer(register, answer.id)
        if problem.status == "open" and problem.code in _WAITS
    ]
    filled = {}
    for name in blank:
        values = {problem.value for problem in waits if problem.field == name}
        if len(values) == 1 and (value := values.pop()):
            filled[name] = [*_with(value, form.cells[name])]
    return replace(form, cells={**form.cells, **filled})


def _with(value: str, cells: Iterable[RawCell]) -> Iterable[RawCell]:
    """The same cells with a value, and no word of what stood here: nobody has looked at it."""
    return (cell._replace(text=value, now=None) for cell in cells)
