"""The answers that were not taken, as a workbook: the cell marked, the reason beside it.

It carries the forms' keys, and a yellow column for what is right: once somebody has rung the
association and typed it, the same workbook is taken in by `survey import` like any answer.
A birth number is masked before a problem is made, so none can stand here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from textwrap import wrap

from frivillig_cli.core.dates import show_date
from frivillig_cli.core.echo import kept
from frivillig_cli.core.i18n import _, language, typed
from frivillig_cli.formats.xlsx_sheet import SheetBuilder
from frivillig_cli.formats.xlsx_style import Look
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.survey import display, queries
from frivillig_cli.records.survey.key import Key
from frivillig_cli.records.survey.model import Kind, Problem, Question, Survey, Value
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey import marks
from frivillig_cli.work.survey.confidential import confidential
from frivillig_cli.work.survey.form import LINE, meta_sheet, start_book
from frivillig_cli.work.survey.guard import PROTECTED, Ways, guards, shield_problems
from frivillig_cli.work.survey.lists import Lists
from frivillig_cli.work.survey.present import present

ENDING = ".xlsx"
(_KEY, _FIELD, _ORG, _QUESTION, _WROTE, _WHY, _SENT, _RIGHT, _FILE, _SHEET, _CELL,
 _NOW) = range(1, 13)  # fmt: skip
_WIDTHS = (4, 4, 26, 22, 24, 38, 22, 24, 24, 12, 8, 4)
_HEAD = 5
_SET = 0.85  # of a column's width: what wide letters leave
_HIGHEST = 400.0  # of a row: programs take no more than 409


def write_rejected(
    register: Register, survey: Survey, problems: Sequence[Problem], path: Path, *, today: date
) -> Path:
    """Write the problems to `path`, readable by its owner only; returns it."""
    book = start_book(survey)
    lists = Lists(book, language())
    sheet = book.sheet(_("Rejected"), widths=_WIDTHS)
    _head(sheet, survey, today, yellow=correctable(problems, survey) > 0)
    sent = {one.org_id: one for one in queries.recipients(register, survey.id)}
    known, ways = guards(register), Ways(register)
    problems = shield_problems(register, problems)
    names = queries.org_names(register, [one.org_id for one in problems if one.org_id])
    asked = {question.id: question for question in survey.questions}
    here = orgs.get_many(register, sorted(names))
    for row, problem in enumerate(problems, _HEAD + 1):
        question = asked.get(problem.field or "")
        recipient = sent.get(problem.org_id or 0)
        was_sent = ""
        if question and recipient:
            value = recipient.base.get(question.id)
            if known[recipient.org_id].sent(question.id) or ways.held_in(question, value):
                value = None
            was_sent = display.show(question, value, language()) or "–"
        _row(sheet, row, problem, {
            _ORG: names.get(problem.org_id or 0, ""),
            _QUESTION: question.in_language(language()) if question else "",
            _SENT: was_sent,
        })  # fmt: skip
        if question and recipient and _may_correct(problem, question):
            key = Key(survey.code, recipient.org_id, recipient.base_key)
            now = ways.open([question], present(here[recipient.org_id], [question]))
            _correction(sheet, row, question, (key, now.get(question.id)))
            lists.restrict(sheet, f"H{row}", question)
    _finish(sheet, len(problems))
    meta_sheet(book, survey)
    return book.save(path, private=True)


def correctable(problems: Sequence[Problem], survey: Survey) -> int:
    """How many of the problems have a cell for what is right in the workbook."""
    asked = {question.id: question for question in survey.questions}
    return sum(
        problem.field in asked and _may_correct(problem, asked[problem.field])
        for problem in problems
    )


def _may_correct(problem: Problem, question: Question) -> bool:
    return problem.code != PROTECTED and question.kind is not Kind.MANY_OF


def _head(sheet: SheetBuilder, survey: Survey, today: date, *, yellow: bool) -> None:
    ids = {
        _KEY: marks.KEY, _FIELD: marks.FIELD, _RIGHT: marks.CORRECTION, _NOW: marks.NOW,
    }  # fmt: skip
    for column, name in ids.items():
        sheet.put(1, column, name, Look.KEY)
    sheet.put(2, _ORG, _("Rejected answers to «{title}»", title=survey.title), Look.TITLE)
    sheet.put(3, _ORG, f"{show_date(today)}  ·  {confidential(today)}", Look.HEADING)
    sheet.merge("C2:K2")
    sheet.height(2, 24)
    sheet.height(3, 18)
    sheet.merge("C3:K3")
    words = _(
        "Ring the association, write what is right in the yellow cell, and take this file in: "
        "frivillig survey import {survey} FILE",
        survey=survey.id,
    )
    if not yellow:
        close = typed(f"frivillig survey problems {survey.id} --resolve NUMBER")
        words = _("When you have looked at it, close it: {command}", command=close)
    sheet.put(4, _ORG, words, Look.TEXT)
    sheet.merge("C4:K4")
    heads = (
        _("Association"), _("Question"), _("They wrote"), _("Why"), _("Was sent"),
        _("What is right"), _("File"), _("Sheet"), _("Cell"),
    )  # fmt: skip
    sheet.put_row(_HEAD, heads, Look.HEADER, start=_ORG)


def _row(sheet: SheetBuilder, row: int, problem: Problem, known: Mapping[int, str]) -> None:
    """One problem, with what is `known` of it: column -> text. The row is as high as it needs."""
    texts = {
        **known,
        _WROTE: kept(problem.value or ""),  # of all cells together: more than one may hold
        _WHY: problem.message,
        _RIGHT: _("(not here: see Why)"),
        _FILE: problem.file,
        _SHEET: problem.sheet or "",
        _CELL: problem.cell or "",
    }
    for column, text in texts.items():
        sheet.put(row, column, text, Look.MARKED if column == _WROTE else Look.PRESENT)
    # a long word that stands alone leaves the rest of its line blank, and letters differ in width
    rooms = {column: int((_WIDTHS[column - 1] - 3) * _SET) for column in texts}
    most = max(len(wrap(text, rooms[column])) for column, text in texts.items())
    sheet.height(row, min(LINE * max(most, 1) + 4, _HIGHEST))


def _correction(
    sheet: SheetBuilder, row: int, question: Question, known: tuple[Key, Value]
) -> None:
    """The yellow cell, the form's key, and what stands here now: what the correction is held to."""
    key, now = known
    sheet.put(row, _KEY, str(key), Look.KEY)
    sheet.put(row, _FIELD, question.id, Look.KEY)
    look = Look.ANSWER_NUMBER if question.kind is Kind.NUMBER else Look.ANSWER
    sheet.put(row, _RIGHT, None, look)
    sheet.put(row, _NOW, display.show(question, now, language()), Look.KEY)


def _finish(sheet: SheetBuilder, count: int) -> None:
    sheet.hide_row(1)
    for column in (_KEY, _FIELD, _NOW):
        sheet.hide_column(column)
    sheet.freeze(f"D{_HEAD + 1}")
    sheet.filter(f"C{_HEAD}:K{_HEAD + max(count, 1)}")
    sheet.protect(filtering=True)
    sheet.print_setup(landscape=True, repeat=f"{_HEAD}:{_HEAD}")
