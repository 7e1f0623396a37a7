"""What became of the letters: `letter sent`, `log`, `show` and `journal`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.commands.letter_options import OverwriteOption
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import QueryArgument
from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.formats.target import refuse_target

BatchArgument = Annotated[
    int, typer.Argument(metavar="BATCH", help="The number of the batch; see frivillig letter log.")
]
FirstDocumentOption = Annotated[
    list[str] | None,
    typer.Option(
        "--first-document",
        metavar="N",
        help="The number of the first one in its case, also later; of several: 2024/118=7.",
    ),
]


def sent(
    batch: BatchArgument,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day it was posted; today without it.")
    ] = None,
    first_document: FirstDocumentOption = None,
    as_they_are: Annotated[
        bool, typer.Option("--as-they-are", help="The files were changed, and went out so.")
    ] = False,
    no_copy: Annotated[
        bool, typer.Option("--no-copy", help="The files are gone; do without a copy of them.")
    ] = False,
    also_left_out: Annotated[
        bool,
        typer.Option(
            "--also-left-out",
            help="It was posted to those too whom it leaves out and lists.",
        ),
    ] = False,
) -> None:
    """Record that a batch was posted, and keep what went out.

    Only now has somebody got the letter.
    """
    from dataclasses import replace

    from frivillig_cli.cli import case_numbers, letter_views, letters
    from frivillig_cli.core.checks import past_day
    from frivillig_cli.core.clock import norwegian_day
    from frivillig_cli.core.dates import show_date
    from frivillig_cli.records.letter import double_queries, queries
    from frivillig_cli.work.letters import freeze

    run = session.current()
    words = first_document or []
    if case_numbers.given_later(batch, words):
        return
    day = past_day(date, run.today, "date", _("date")) if date else None
    posting = freeze.Posting(
        day or run.now.isoformat(timespec="seconds"),
        as_they_are=as_they_are,
        no_copy=no_copy,
        also_left_out=also_left_out,
    )
    frozen = freeze.read_files(run.register, batch, posting)
    in_cases = [row.case_number for row in frozen.letters]
    first = case_numbers.first_documents(words, batch, in_cases)
    posting = replace(posting, first_documents=first)
    before = double_queries.got_before(run.register, batch)
    with (
        run.out.progress(_("Keeping copies"), len(frozen.files)) as advance,
        run.change() as register,
    ):
        done = freeze.record(register, frozen, posting, advance, now=run.now)
    n = len(frozen.letters)
    run.out.result(
        {
            **done.to_json(),
            "left_out": [{**row.key, "why": why} for row, why in frozen.left_out],
            "changed_since": [{**row.key, "what": what} for row, what in frozen.changed],
            "elsewhere": [row.key for row in frozen.elsewhere],
            "numbers": [
                {**row.key, "document_number": row.document_number}
                for row in queries.letters(run.register, batch)
                if row.sent and row.document
            ],
        },
        ngettext("Batch {batch} is recorded as sent: {n} letter.",
                 "Batch {batch} is recorded as sent: {n} letters.", n, batch=batch),
    )  # fmt: skip
    if frozen.left_out:
        letter_views.not_recorded(batch, frozen.left_out)
    letter_views.posted_otherwise(frozen)
    letters.posted_without_address(frozen)
    codes = [before.get(row.id) for row in frozen.letters]
    if twice := codes.count("already_sent"):
        run.out.warn(_("{n} of them had got this letter before.", n=twice))
    if perhaps := codes.count("in_doubt"):
        run.out.warn(_("{n} of them may have got this letter before.", n=perhaps))
    written = norwegian_day(done.created)
    if day and day < written.isoformat():
        run.out.warn(_("They are dated {date}, after the day they were sent.",
                       date=show_date(written)))  # fmt: skip
    if frozen.without_copy:
        run.out.warn(_("{n} of them have no copy.", n=frozen.without_copy))
    case_numbers.tell_unnumbered(batch)
    case_numbers.tell_given(batch, first)
    run.out.hint(_("Undo: {command}", command="frivillig undo"))


def log(
    query: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUERY", help="The number of one, with everybody in it; or which ones."
        ),
    ] = None,
) -> None:
    """List the batches, or everybody in one of them."""
    from frivillig_cli.cli import letters
    from frivillig_cli.core.query import parse_query

    words = query or []
    if len(words) == 1 and words[0].isdecimal() and len(words[0]) < 19:
        letters.list_one(int(words[0]))
        return
    if len(words) > 1 and all(word.isdecimal() for word in words):
        raise UsageError(
            _("Name one batch at a time."),
            _("See one: {command}", command=f"frivillig letter log {words[0]}"),
        )
    letters.list_batches(parse_query(words))


def show(
    batch: BatchArgument,
    ref: Annotated[
        str | None,
        typer.Argument(metavar="REF", help="Whose letter; without it the whole batch."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write it to this file; a batch to this folder."
        ),
    ] = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Show what went out, byte for byte, whatever has been changed or deleted since."""
    from frivillig_cli.cli import letter_views
    from frivillig_cli.work.letters import shown

    run = session.current()
    if ref is not None:
        if output is not None:
            refuse_target(output, overwrite=overwrite)
        letter_views.show_letter(shown.find(run.register, batch, ref), output)
    elif output is None:
        letter_views.show_batch(batch)
    else:
        letter_views.save_batch(batch, shown.folder_of(output), overwrite=overwrite)


def journal(
    query: QueryArgument = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Sent on this day or later.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Sent on this day or before.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it to this .csv.")
    ] = None,
    overwrite: OverwriteOption = False,
) -> None:
    """List the letters that went out with what the journal asks for (arkivforskrifta § 15)."""
    from frivillig_cli.cli import letter_views
    from frivillig_cli.core.query import Query, Term, parse_query
    from frivillig_cli.records.letter import journal_queries as entries

    run = session.current()
    if output is not None:
        refuse_target(output, (".csv",), overwrite=overwrite)
    wanted = parse_query(query or [])
    if start or end:
        limits = Term(f"{start or ''}..{end or ''}", "sent", "range", start, end)
        wanted = Query((*wanted.terms, limits))
    limit = run.page()
    found = entries.entries(run.register, wanted, sort=run.sort, limit=limit)
    letter_views.tell_not_entered(entries.not_entered(run.register))
    if output is not None:
        letter_views.save_journal(found, output)
        return
    full = limit and len(found) == limit
    columns = [
        Column(_("Document")), Column(_("Title")), Column(_("To")), Column(_("Sent")),
        Column(_("Registered")),
    ]  # fmt: skip
    run.out.listing(
        found, _to_json, columns, letter_views.journal_cells,
        total=entries.count(run.register, wanted) if full else None,
    )  # fmt: skip


def _to_json(entry: Any) -> Any:
    return entry.to_json()
