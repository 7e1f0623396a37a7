"""The report as a document: for the politicians' papers, and for whoever does better next time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from frivillig_cli.core.clock import norwegian_day, oslo
from frivillig_cli.core.dates import show_amount, show_date, show_date_short
from frivillig_cli.core.i18n import _
from frivillig_cli.documents.sheets import (
    Column,
    Facts,
    Phone,
    Section,
    SheetBlock,
    Sheets,
    Table,
    Text,
)
from frivillig_cli.records.activation.calling import CONTACT_WORDS
from frivillig_cli.records.activation.model import (
    KIND_WORDS,
    LOG_WORDS,
    PAYER_WORDS,
    Expense,
    LogEntry,
    Row,
)
from frivillig_cli.records.activation.row_actions import DEPLOYMENT_WORDS
from frivillig_cli.records.activation.selection import REASON_WORDS
from frivillig_cli.records.activation.states import in_words
from frivillig_cli.records.activation.times import clock_time, day_and_time
from frivillig_cli.work.beredskap import script
from frivillig_cli.work.beredskap.calls import answer_line
from frivillig_cli.work.beredskap.figure_lines import figure_rows, measured_against
from frivillig_cli.work.beredskap.report import Report


def report_sheets(report: Report) -> Sheets:
    """The report, part by part; what there is nothing of is left out.

    The parts follow each other, so that no page is left with a few lines; the timeline, which is
    wide, and grows with every hour, is the last.
    """
    activation = report.activation
    mark = script.mark(activation.kind)
    made = day_and_time(report.now)
    after = (_excluded(report), _costs(report), _to_mend(report), _evaluation(report))
    follow = [section for section in (_people(report), *after) if section]
    sections = [
        _summary(report),
        *(replace(section, follows=True) for section in follow),
        _timeline(report),
    ]
    return Sheets(
        title=" ".join(filter(None, (mark, activation.number, activation.title))),
        sections=tuple(sections),
        subtitle=" · ".join(
            (_("Report"), _(KIND_WORDS[activation.kind]), _("CONFIDENTIAL: it names people"))
        ),
        frame=mark,
        owner=report.owner,
        data_as_of=made,
        printed=made,
        day=norwegian_day(report.now),
    )


def _summary(report: Report) -> Section:
    activation = report.activation
    facts = [
        (_("Started"), day_and_time(datetime.fromisoformat(activation.started))),
        (_("Ended"), day_and_time(datetime.fromisoformat(activation.ended))
         if activation.ended else "–"),
        *((_("Episode {n}", n=n), f"{day_and_time(datetime.fromisoformat(one.happened))}: "
           f"{text_of(one)}") for n, one in enumerate(report.opened_again, 2)),
        (_("State"), in_words(activation)),
        (_("Asked by"), activation.asked_by or _("not stated")),
        (_("Decided by"), activation.decided_by or _("not stated")),
        (_("Reference"), activation.external_ref or "–"),
        (_("Meet at"), activation.place or "–"),
        (_("Pays"), _(PAYER_WORDS[activation.payer])),
    ]  # fmt: skip
    columns = (Column(_("Figure"), share=3), Column(_("Value"), share=2))
    blocks: list[SheetBlock] = [
        Facts(tuple(facts)),
        Table(columns, tuple(figure_rows(report.figures)), caption=_("Figures")),
        Text(_("Measured against"), "heading"),
        *(Text(line) for line in measured_against(report.figures, report.target)),
    ]
    if activation.kind != "real":
        blocks.append(
            Text(_("These are the figures of an exercise or a test. They are never added to those"
                   " of real events."), "note")
        )  # fmt: skip
    return Section(_("Summary"), tuple(blocks))


def _timeline(report: Report) -> Section:
    columns = (
        Column(_("No."), 11, kind="number"), Column(_("Happened"), 27),
        Column(_("Registered"), 27), Column(_("Type"), 27), Column(_("Text"), share=1),
        Column(_("By"), 24),
    )  # fmt: skip
    rows = tuple(
        (
            str(one.seq), short_time(one.happened), short_time(one.registered),
            _(LOG_WORDS[one.type]), text_of(one), one.by,
        )
        for one in report.log
    )  # fmt: skip
    struck = frozenset(n for n, one in enumerate(report.log) if one.seq in report.replaced)
    return Section(_("Timeline"), (Table(columns, rows, struck=struck),), wide=True)


def text_of(entry: LogEntry) -> str:
    """An entry's text; of one that corrects another, which."""
    text = entry.text if entry.text is not None else _("[erased]")
    return (
        _("Corrects {seq}: {text}", seq=entry.supersedes, text=text) if entry.supersedes else text
    )


def marked_text(entry: LogEntry, report: Report) -> str:
    """The same where nothing is struck through: of one that was corrected, in which line."""
    text = text_of(entry)
    later = report.replaced.get(entry.seq)
    return _("[corrected in {seq}] {text}", seq=later, text=text) if later else text


def short_time(stored: str) -> str:
    """`23.11. 03:55`, on the Norwegian clock."""
    moment = datetime.fromisoformat(stored)
    return f"{oslo(moment):%d.%m.} {clock_time(moment)}"


def _people(report: Report) -> Section:
    columns = (
        Column(_("Row"), 18, kind="code"), Column(_("Name"), share=3),
        Column(_("Group"), share=4), Column(_("Calls"), 14, kind="number"),
        Column(_("Answer"), share=3), Column(_("Where"), share=2),
    )  # fmt: skip
    tables = []
    for view, people in report.people:
        rows = tuple(
            (
                row.row_code, row.name, ", ".join(seat.name for seat in row.groups),
                str(row.called), answer_line(view, row.id) or _(CONTACT_WORDS[row.got]),
                _where(row),
            )
            for row in people
        )  # fmt: skip
        episode = _("Episode {n}", n=view.activation.episode) if len(report.people) > 1 else ""
        tables.append(Table(columns, rows, caption=episode))
    return Section(_("Those who were on the list"), tuple(tables))


def _where(row: Row) -> str:
    """Where somebody is, or that they were left out after they had been called."""
    if row.selection == "excluded":
        return _("left out: {why}", why=_(REASON_WORDS[str(row.reason)]))
    return _(DEPLOYMENT_WORDS[row.deployment]) if row.deployment else "–"


def _excluded(report: Report) -> Section | None:
    rows = tuple((row.name, _(REASON_WORDS[str(row.reason)])) for row in report.view.excluded)
    columns = (Column(_("Name")), Column(_("Left out because")))
    return Section(_("Left out"), (Table(columns, rows),)) if rows else None


def _costs(report: Report) -> Section | None:
    if not report.expenses:
        return None
    columns = (
        Column(_("No."), 11, kind="number"), Column(_("Date"), 25), Column(_("What"), share=3),
        Column(_("Payer"), share=2), Column(_("Receipt"), share=1),
        Column(_("Amount"), 34, kind="number"),
    )  # fmt: skip
    rows = tuple(
        (
            str(one.id), show_date_short(norwegian_day(one.happened)),
            expense_text(one, report), _(PAYER_WORDS[one.payer]), one.receipt or "–",
            amount(one.amount),
        )
        for one in report.expenses
    )  # fmt: skip
    struck = frozenset(n for n, one in enumerate(report.expenses) if one.id in report.corrected)
    sums = tuple((_(PAYER_WORDS[payer]), amount(ore)) for payer, ore in report.costs.items())
    facts = [Facts(sums)] if sums else []
    return Section(_("Costs"), (*facts, Table(columns, rows, struck=struck)))


def expense_text(one: Expense, report: Report) -> str:
    """What an expense was for; which line it corrects, or which one has corrected it."""
    text = one.what
    if one.supersedes:
        text = _("Corrects {seq}: {text}", seq=one.supersedes, text=text)
    if one.id in report.corrected:
        text = _("[corrected in {seq}] {text}", seq=report.corrected[one.id], text=text)
    return text


def amount(ore: int) -> str:
    """An amount in øre as people write it: `1 250,50 kroner`."""
    from decimal import Decimal

    return show_amount(Decimal(ore) / 100)


def _to_mend(report: Report) -> Section | None:
    rows = tuple((row.name, Phone(number)) for row, number in report.to_mend)
    columns = (Column(_("Name")), Column(_("Wrong number"), 40, kind="phone"))
    text = _("Somebody else answered at these numbers. Correct them in the register.")
    return Section(_("Numbers to mend"), (Text(text), Table(columns, rows))) if rows else None


def _evaluation(report: Report) -> Section | None:
    blocks: list[SheetBlock] = []
    for one in report.evaluations:
        head = _("{id}: written {date} by {who}", id=one.id, date=show_date(one.written),
                 who=one.by)  # fmt: skip
        blocks.append(Text(head, "heading"))
        said = (
            (_("What went well"), one.went_well),
            (_("What is to be better"), one.to_improve),
            ("", one.text),
        )
        for label, text in said:
            if text:
                blocks.append(Text(f"{label}: {text}" if label else text))
    if report.actions:
        columns = (
            Column(_("What is to be done"), share=4), Column(_("Who"), share=2),
            Column(_("Due"), 25), Column(_("Done"), 25),
        )  # fmt: skip
        rows = tuple(
            (one.what, one.owner or "–", _day(one.due), _day(one.done)) for one in report.actions
        )
        blocks.append(Table(columns, rows, caption=_("Follow-up")))
    return Section(_("Evaluation"), tuple(blocks)) if blocks else None


def _day(stored: str | None) -> str:
    return show_date_short(norwegian_day(stored)) if stored else "–"
