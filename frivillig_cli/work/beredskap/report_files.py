"""The report, the costs and the log as files, by the ending of the name."""

from __future__ import annotations

from pathlib import Path

from frivillig_cli.core.dates import show_date_short
from frivillig_cli.core.i18n import _, language
from frivillig_cli.records.activation.model import LOG_WORDS, LogEntry
from frivillig_cli.work.beredskap import script
from frivillig_cli.work.beredskap.report import Report

REPORT_ENDINGS = (".pdf", ".xlsx", ".html", ".json")
LOG_ENDINGS = (".csv", ".txt")


def write_report_file(path: Path, report: Report) -> str:
    """Write the report whole, for its owner to read alone; returns what to say of it, or ""."""
    from frivillig_cli.formats.files import write_atomic
    from frivillig_cli.formats.json_io import dump
    from frivillig_cli.work.beredskap.report_book import write_report
    from frivillig_cli.work.beredskap.report_sheets import report_sheets

    ending = path.suffix.lower()
    if ending == ".xlsx":
        write_report(path, report)
    elif ending == ".json":
        write_atomic(path, f"{dump(report.to_json())}\n".encode(), private=True)
    elif ending == ".html":
        from frivillig_cli.documents.sheets_html import sheets_html

        page = sheets_html(report_sheets(report), language())
        write_atomic(path, page.encode("utf-8"), private=True)
    else:
        from frivillig_cli.documents.sheets_pdf import write_sheets_pdf
        from frivillig_cli.documents.typeset import Replaced

        replaced = Replaced()
        data = write_sheets_pdf(report_sheets(report), language(), replaced)
        write_atomic(path, data, private=True)
        return replaced.sentence()
    return ""


def write_log_file(path: Path, report: Report) -> None:
    """Write the log to paste into the municipality's own crisis log: CSV, or text with tabs.

    The columns are those of the log book that Utdanningsdirektoratet shows as an example: date
    and time, measure, done by, information and decisions; then number and when it was registered.
    """
    from frivillig_cli.formats.csv_write import write_csv
    from frivillig_cli.formats.files import write_atomic

    heads = (
        _("Date and time"), _("Measure"), _("Done by"), _("Information, decisions"),
        _("From"), _("To"), _("No."), _("Registered"), _("Activation"),
    )  # fmt: skip
    mark = " ".join(filter(None, (script.mark(report.activation.kind), report.activation.number)))
    rows = [_log_row(one, mark, report) for one in report.log]
    if path.suffix.lower() == ".csv":
        write_csv(path, heads, rows, private=True)
        return
    lines = ["\t".join(" ".join(cell.split()) for cell in row) for row in (heads, *rows)]
    write_atomic(path, ("\n".join(lines) + "\n").encode("utf-8"), private=True)


def _log_row(entry: LogEntry, mark: str, report: Report) -> tuple[str, ...]:
    from frivillig_cli.work.beredskap.report_sheets import marked_text

    return (
        _whole_time(entry.happened), _(LOG_WORDS[entry.type]), entry.by, marked_text(entry, report),
        entry.sender or "", entry.receiver or "", str(entry.seq), _whole_time(entry.registered),
        mark,
    )  # fmt: skip


def _whole_time(stored: str) -> str:
    """`23.11.2026 03:55`, with the offset in the hour that comes twice."""
    from datetime import datetime

    from frivillig_cli.core.clock import norwegian_day
    from frivillig_cli.records.activation.times import clock_time

    moment = datetime.fromisoformat(stored)
    return f"{show_date_short(norwegian_day(moment))} {clock_time(moment)}"
