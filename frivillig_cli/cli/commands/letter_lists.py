"""What goes with letters on paper: `letter labels` and `letter participants`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.commands.letter_options import (
    AddressedOption,
    OnePerAddressOption,
    OptedOutOption,
    OverwriteOption,
    RefsOption,
)
from frivillig_cli.cli.options import QueryArgument
from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.i18n import _, in_documents_language, ngettext, typed
from frivillig_cli.formats.target import refuse_target


def labels(
    query: QueryArgument = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Write it to this .pdf.")
    ] = ...,  # type: ignore[assignment]
    kind: Annotated[
        str, typer.Option("--for", metavar="org|volunteer|member", help="Whose addresses.")
    ] = "org",
    batch: Annotated[
        int | None,
        typer.Option("--batch", metavar="N", help="For the letters of this batch, in their order."),
    ] = None,
    sheet: Annotated[
        str,
        typer.Option(
            "--sheet", metavar="l7160|l7163|l7159", help="Which sheet: 3×7, 2×7 or 3×8 labels."
        ),
    ] = "L7160",
    skip: Annotated[
        int, typer.Option("--skip", min=0, help="So many labels of the first sheet are used.")
    ] = 0,
    refs: RefsOption = None,
    to: AddressedOption = "org",
    one_per_address: OnePerAddressOption = False,
    also_opted_out: OptedOutOption = False,
    overwrite: OverwriteOption = False,
) -> None:
    """Print addresses on sheets of labels; say who has none, and why."""
    from frivillig_cli.cli import whom
    from frivillig_cli.core.query import parse_query
    from frivillig_cli.work.letters import address_labels
    from frivillig_cli.work.letters.picked import Wanted

    run = session.current()
    refuse_target(output, (".pdf",), overwrite=overwrite)
    chosen = address_labels.sheet_named(sheet, skip)
    if batch is None:
        picked = whom.chosen(query, refs, to)
        wanted = Wanted(
            parse_query(query or []), picked["refs"], to, one_per_address, also_opted_out
        )
        kind = address_labels.checked_kind(kind)
        run.tell_absent(wanted.query, kind)
        rows = address_labels.for_wanted(run.register, kind, wanted, run.today)
    elif query or refs:
        raise UsageError(
            _("A query and {option} do not go together.", option="--batch"), _("Give one of them.")
        )
    else:
        rows = address_labels.for_batch(run.register, batch)
    plan = address_labels.planned(rows, chosen, skip)
    odd = address_labels.write(run.register, plan, output, today=run.today)
    old = [] if batch is None else address_labels.moved(run.register, batch, plan)
    _tell_labels(plan, output, odd, old)


def _tell_labels(plan: Any, output: Path, odd: str, moved: list[Any]) -> None:
    """`moved` are the letters of a batch whose address is another in the register by now."""
    from frivillig_cli.cli.letter_views import addressed_otherwise

    run = session.current()
    left = plan.left_out
    run.out.result(
        {
            "file": str(output),
            "sheet": plan.sheet.name,
            "sheets": plan.pages,
            "printed": [row.row.key for row in plan.printed],
            "skipped": [{**row.row.left_out(), "why": row.why} for row in left],
            "changed_since": [row.key for row in moved],
        },
        ngettext(
            "{n} label on {sheets} of {name}: {file}",
            "{n} labels on {sheets} of {name}: {file}",
            len(plan.printed), sheets=_pages(plan.pages), name=plan.sheet.name, file=output,
        ),
    )  # fmt: skip
    _list_left_out([(row.row.recipient, row.reason) for row in left])
    if moved:
        run.out.warn(addressed_otherwise(moved), _("The labels have the same ones as the letters."))
    run.out.hint(*filter(None, [odd]))
    run.out.hint(_("Print it at 100 %, not fitted to the page."))


def _pages(n: int) -> str:
    return ngettext("{n} sheet", "{n} sheets", n)


def participants(
    query: QueryArgument = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Write it to this .pdf or .xlsx.")
    ] = ...,  # type: ignore[assignment]
    kind: Annotated[
        str, typer.Option("--for", metavar="org|volunteer|person", help="Whom the query picks.")
    ] = "org",
    title: Annotated[str, typer.Option(metavar="TEXT", help="What it is a list for.")] = "",
    subtitle: Annotated[
        str, typer.Option("--when", metavar="TEXT", help="Time and place, below the title.")
    ] = "",
    blank: Annotated[
        int, typer.Option("--blank", min=0, max=500, help="So many empty rows at the end.")
    ] = 5,
    refs: RefsOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Write a list of participants to sign, from associations, volunteers or people."""
    from frivillig_cli.cli import whom
    from frivillig_cli.core.birthnumber import refuse_birth_numbers
    from frivillig_cli.core.names import clean_name
    from frivillig_cli.core.query import parse_query
    from frivillig_cli.work.letters import participants as lists

    run = session.current()
    refuse_target(output, (".pdf", ".xlsx"), overwrite=overwrite)
    for name, text in (("title", title), ("when", subtitle)):
        refuse_birth_numbers(text, name)
    picked = whom.chosen(query, refs, "org")
    rows, left = lists.find(run.register, kind, parse_query(query or []), picked["refs"])
    run.tell_absent(parse_query(query or []), kind)
    if not rows:
        raise RefusedError(
            _("Nobody is picked by this query."),
            _("Try it first with: {command}", command=typed(f"frivillig {kind} list QUERY")),
            [f"{one.name}  {one.reason}" for one in left[:20]],
        )
    with in_documents_language():
        heading = clean_name(title) if title.strip() else _("List of participants")
    below = clean_name(subtitle) if subtitle.strip() else ""
    listing = lists.Listing(heading, below, blank)
    odd = lists.write(run.register, rows, listing, output, today=run.today)
    run.out.result(
        {
            "file": str(output),
            "participants": [
                {"id": row.id, "name": row.name or None, "association": row.association or None}
                for row in rows
            ],
            "skipped": [{"name": one.name, "why": one.why} for one in left],
        },
        ngettext("{n} row in {file}", "{n} rows in {file}", len(rows), file=output),
    )
    _list_left_out([(one.name, one.reason) for one in left])
    run.out.hint(*filter(None, [odd]))


def _list_left_out(rows: list[tuple[str, str]]) -> None:
    run = session.current()
    if not rows:
        return
    run.incomplete()
    most = run.page() or len(rows)
    widest = max(len(name) for name, _why in rows[:most])
    run.out.lines("", _("Left out: {n}", n=len(rows)))
    run.out.lines(*(f"  {name:<{widest}}  {why}" for name, why in rows[:most]))
    if len(rows) > most:
        run.out.lines("  …", _("See them all: {command}", command="--json"))
