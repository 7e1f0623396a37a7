"""The sheets that are written on: who came, what happened, who is told and home, who got a copy."""

from __future__ import annotations

from datetime import date

from frivillig_cli.core.dates import show_date
from frivillig_cli.core.i18n import _
from frivillig_cli.documents.sheets import Column, Items, Section, Table, Text, Value
from frivillig_cli.records.activation.model import Row
from frivillig_cli.work.beredskap import group_answers
from frivillig_cli.work.beredskap.view import View

# So many that the sheet's header and its lines fill a page.
_CHECK_IN, _LOG, _STAND_DOWN, _RECEIPT = 20, 20, 20, 12


def working_sheets(view: View, destroy_by: date) -> tuple[Section, ...]:
    """Check-in, log, stand-down and receipt. A contact test calls nobody in: it has the log only.

    Who has said yes already is filled in; the rest is room to write.
    """
    if view.activation.kind == "contact_test":
        return (log_sheet(), _receipt(view, destroy_by))
    return (_check_in(view), log_sheet(), _stand_down(view), _receipt(view, destroy_by))


def _coming(view: View) -> list[Row]:
    return [row for row in view.eligible if row.called_in]


def _rows(view: View) -> tuple[tuple[Value, ...], ...]:
    return tuple((row.row_code, row.name) for row in _coming(view))


def _blank(filled: int, page: int) -> int:
    """Empty lines: enough to fill the page that is begun, and at least a third of one."""
    return max(page - filled % page, page // 3)


def _check_in(view: View) -> Section:
    rows = _rows(view)
    columns = (
        Column(_("Row"), 16, kind="code"), Column(_("Name"), share=3),
        Column(_("Association or phone, if not on the list"), share=3, kind="write"),
        Column(_("Came"), 17, kind="write"), Column(_("Left"), 17, kind="write"),
        Column(_("By"), 12, kind="write"),
    )  # fmt: skip
    text = _("Everybody who comes is written down, also those who were not called: with name and"
             " phone number. Only volunteers: evacuees belong in the lists of the police and the"
             " municipality.")  # fmt: skip
    table = Table(columns, rows, blank_rows=_blank(len(rows), _CHECK_IN))
    return Section(_("Check-in"), (Text(text), table), on_paper=True)


def log_sheet() -> Section:
    """Lines for what happens, to be written by hand."""
    columns = (
        Column(_("No."), 11, kind="write"), Column(_("Time"), 17, kind="write"),
        Column(_("From"), share=2, kind="write"), Column(_("To"), share=2, kind="write"),
        Column(_("What happened, was said or decided"), share=7, kind="write"),
        Column(_("By"), 13, kind="write"),
    )  # fmt: skip
    text = _("Write the time that it happened. Strike out what is wrong so that it can still be"
             " read, and write it anew on the next line.")  # fmt: skip
    return Section(_("Log"), (Text(text), Table(columns, blank_rows=_LOG)), on_paper=True)


def _stand_down(view: View) -> Section:
    rows = (*_rows(view), *(("", who) for who in group_answers.unnamed_lines(view).values()))
    columns = (
        Column(_("Row"), 16, kind="code"), Column(_("Name"), share=3),
        Column(_("Told that they may go"), 32, kind="write"),
        Column(_("Home safe"), 26, kind="write"), Column(_("How they got home"), kind="write"),
        Column(_("By"), 12, kind="write"),
    )  # fmt: skip
    text = _("Nobody is forgotten: it is over when everybody is told and home.")
    table = Table(columns, rows, blank_rows=_blank(len(rows), _STAND_DOWN))
    return Section(_("Stand-down"), (Text(text), table), on_paper=True)


def _receipt(view: View, destroy_by: date) -> Section:
    columns = (
        Column(_("Copy"), 14, kind="write"), Column(_("Given to"), share=3, kind="write"),
        Column(_("Date and time"), share=2, kind="write"),
        Column(_("Signature"), share=3, kind="write"),
        Column(_("Destroyed on"), share=2, kind="write"),
    )  # fmt: skip
    day = show_date(destroy_by)
    return Section(
        _("Receipt of copies"),
        (
            Text(_("These papers hold names and phone numbers. Each copy is signed for.")),
            Table(columns, blank_rows=_RECEIPT),
            Items(
                (
                    _(
                        "All answers are entered: frivillig beredskap paper {number}",
                        number=view.activation.number,
                    ),
                    _("All copies are collected."),
                    _("All copies are destroyed by {date}.", date=day),
                ),
                boxes=True,
            ),
        ),
        on_paper=True,
    )
