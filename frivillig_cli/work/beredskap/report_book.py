"""Workbooks about call-outs: the report, the costs to be claimed, exercises over the years."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.dates import show_date, show_date_short
from frivillig_cli.core.i18n import _
from frivillig_cli.core.phone import show_phone
from frivillig_cli.formats.xlsx_chart import Bars, bar_chart
from frivillig_cli.formats.xlsx_sheet import SheetBuilder, Value
from frivillig_cli.formats.xlsx_style import Look
from frivillig_cli.formats.xlsx_write import Book
from frivillig_cli.records.activation import expenses
from frivillig_cli.records.activation.calling import CONTACT_WORDS
from frivillig_cli.records.activation.model import (
    KIND_WORDS,
    LOG_WORDS,
    PAYER_WORDS,
    Activation,
)
from frivillig_cli.records.activation.row_actions import DEPLOYMENT_WORDS
from frivillig_cli.records.activation.selection import REASON_WORDS
from frivillig_cli.work.beredskap import script
from frivillig_cli.work.beredskap.calls import answer_line
from frivillig_cli.work.beredskap.figure_lines import figure_cells
from frivillig_cli.work.beredskap.figure_types import Figures
from frivillig_cli.work.beredskap.report import Report
from frivillig_cli.work.beredskap.report_sheets import amount, expense_text, marked_text, short_time

_HEAD = 3
_TITLE_HEIGHT = 24


def write_report(path: Path, report: Report) -> Path:
    """The report as a workbook: figures, log, people, those left out, costs, follow-up."""
    book = Book(_title(report.activation))
    figures = book.sheet(_("Figures"), widths=(58, 44, 12))
    _put(figures, report, (_("Figure"), _("Value"), _("Unit")), list(figure_cells(report.figures)))
    log = book.sheet(_("Log"), widths=(6, 14, 14, 16, 80, 18))
    _put(
        log, report,
        (_("No."), _("Happened"), _("Registered"), _("Type"), _("Text"), _("By")),
        [(one.seq, short_time(one.happened), short_time(one.registered), _(LOG_WORDS[one.type]),
          marked_text(one, report), one.by) for one in report.log],
        {n for n, one in enumerate(report.log) if one.seq in report.replaced},
    )  # fmt: skip
    people = book.sheet(_("People"), widths=(10, 32, 40, 8, 32, 18, 30, 10))
    heads = (_("Row"), _("Name"), _("Group"), _("Calls"), _("Answer"), _("Where"),
             _("Left out because"), _("Episode"))  # fmt: skip
    _put(people, report, heads, [
        (row.row_code, row.name, ", ".join(seat.name for seat in row.groups), row.called,
         answer_line(view, row.id) or (_(CONTACT_WORDS[row.got])
                                       if row.called or not row.reason else None),
         _(DEPLOYMENT_WORDS[row.deployment]) if row.deployment else None,
         _(REASON_WORDS[row.reason]) if row.reason else None, view.activation.episode)
        for view, rows in (*report.people, (report.view, report.left_out)) for row in rows
    ])  # fmt: skip
    if report.to_mend:
        mend = book.sheet(_("Numbers to mend"), widths=(32, 20))
        _put(mend, report, (_("Name"), _("Wrong number")),
             [(row.name, show_phone(number)) for row, number in report.to_mend])  # fmt: skip
    if report.expenses:
        _costs(book.sheet(_("Costs"), widths=(6, 12, 50, 24, 20, 14)), report)
    if report.actions:
        sheet = book.sheet(_("Follow-up"), widths=(60, 26, 12, 12))
        _put(sheet, report, (_("What is to be done"), _("Who"), _("Due"), _("Done")), [
            (one.what, one.owner, _date(one.due), _date(one.done)) for one in report.actions
        ])  # fmt: skip
    return book.save(path, private=True)


def write_costs(path: Path, report: Report) -> Path:
    """What each payer is asked for: a sheet a payer, ready to be sent with the receipts."""
    book = Book(_title(report.activation))
    for payer in report.costs:
        sheet = book.sheet(_(PAYER_WORDS[payer]), widths=(6, 12, 50, 24, 20, 14))
        _costs(sheet, report, payer)
    return book.save(path, private=True)


def write_comparison(
    path: Path, kind: str, ones: Sequence[tuple[Activation, Figures]], today: date
) -> Path:
    """Activations of one kind over the years, with charts. Never of two kinds together."""
    title = _("{kind}, compared over the years", kind=_(KIND_WORDS[kind]).capitalize())
    book = Book(title)
    sheet = book.sheet(title, widths=(30, 12, 12, 12, 12, 14, 14, 16, 3))
    sheet.put(1, 1, title, Look.TITLE)
    sheet.height(1, _TITLE_HEIGHT)
    sheet.put(2, 1, _("Written {date}", date=show_date(today)), Look.LINE)
    heads = (
        _("Number and title"), _("Date"), _("On the list"), _("Were called"), _("Were reached"),
        _("Reached in 60 min, %"), _("Yes or reserve, % of those reached"),
        _("Minutes to first yes"),
    )  # fmt: skip
    sheet.put_heads(_HEAD, heads)
    for row, (activation, figures) in enumerate(ones, _HEAD + 1):
        hour = next(one for one in figures.reach if one.minutes == 60)
        began = norwegian_day(activation.started)
        minutes = None if figures.to_first_yes is None else round(figures.to_first_yes / 60, 1)
        sheet.put_row(row, (
            f"{activation.number} {activation.title}", began, figures.eligible, figures.attempted,
            figures.reached, hour.of_eligible, figures.yes_rate, minutes,
        ))  # fmt: skip
    if ones:
        last, at = _HEAD + len(ones), 3
        for label, columns, most in (
            (_("On the list, called and reached"), (3, 4, 5), None),
            (_("Reached in 60 minutes, per cent of the list"), (6,), 100),
            (_("Minutes from first call to first yes"), (8,), None),
        ):
            bars = Bars(label, 1, columns, _HEAD + 1, last, most)
            at += bar_chart(sheet, f"J{at}", bars) + 1
    sheet.freeze(f"B{_HEAD + 1}")
    sheet.print_setup(landscape=True, repeat=f"{_HEAD}:{_HEAD}")
    return book.save(path)


def _title(activation: Activation) -> str:
    mark = script.mark(activation.kind)
    return " ".join(filter(None, (mark, activation.number, activation.title)))


def _put(
    sheet: SheetBuilder, report: Report, heads: Sequence[str], rows: Sequence[Sequence[Value]],
    struck: Collection[int] = (),
) -> None:  # fmt: skip
    sheet.put(1, 1, _title(report.activation), Look.TITLE)
    sheet.height(1, _TITLE_HEIGHT)
    sheet.put(2, 1, _("Written {date}", date=show_date(norwegian_day(report.now))),
              Look.LINE)  # fmt: skip
    sheet.put_heads(_HEAD, heads)
    for number, row in enumerate(rows):
        look = Look.STRUCK if number in struck else Look.TEXT
        sheet.put_row(_HEAD + 1 + number, row, look)
    sheet.freeze(f"A{_HEAD + 1}")
    sheet.print_setup(landscape=len(heads) > 4, repeat=f"{_HEAD}:{_HEAD}")


def _costs(sheet: SheetBuilder, report: Report, payer: str | None = None) -> None:
    """The expenses of one payer that stand, or all there were, and their sum; amounts in kroner.

    One that was corrected is struck through, and its amount is words, which no formula sums.
    """
    standing = [
        one for one in expenses.standing(report.expenses) if payer is None or one.payer == payer
    ]
    lines = report.expenses if payer is None else standing
    struck = {n for n, one in enumerate(lines) if one.id in report.corrected}
    heads = (_("No."), _("Date"), _("What"), _("Payer"), _("Receipt"), _("Kroner"))
    rows: list[Sequence[Value]] = [
        (str(one.id), show_date_short(norwegian_day(one.happened)), expense_text(one, report),
         _(PAYER_WORDS[one.payer]), one.receipt, amount(one.amount))
        if n in struck
        else (one.id, norwegian_day(one.happened),
              expense_text(one, report) if payer is None else one.what,
              _(PAYER_WORDS[one.payer]), one.receipt, one.amount / 100)
        for n, one in enumerate(lines)
    ]  # fmt: skip
    rows.append((None, None, _("Sum"), None, None, sum(one.amount for one in standing) / 100))
    _put(sheet, report, heads, rows, struck)
    for n, row in enumerate(rows):
        if n not in struck:
            sheet.put(_HEAD + 1 + n, len(heads), row[-1], Look.AMOUNT)
    if report.activation.agreements:
        last = _HEAD + len(rows) + 2
        sheet.put(last, 1, _("According to:"), Look.LINE)
        for place, one in enumerate(report.activation.agreements, last + 1):
            named = (one["title"], one.get("org"), one.get("case_number"))
            sheet.put(place, 1, " · ".join(filter(None, named)), Look.LINE)


def _date(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
