"""`frivillig undo`: takes the last change back."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.options import Change, DryRunOption, noun
from frivillig_cli.cli.trace import counts, entry_json, moment
from frivillig_cli.cli.unprotected import protected, tell_of_protected, unprotected
from frivillig_cli.core.i18n import N_, _, ngettext

app = noun(N_("Take the last change back."))


@app.command(cls=Change)
def undo(
    number: Annotated[
        int | None,
        typer.Argument(metavar="NUMBER", help="This command instead; see frivillig history."),
    ] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Take the last change back.

    What an undo took back can be done again with redo. It is refused where later work builds
    on the change.
    """
    from frivillig_cli.store.undo import undo as take_back

    run = session.current()
    lying, hidden = _batches(), protected()
    with run.change(dry_run=dry_run) as register:
        entry = take_back(register, number)
        shown = unprotected(register, hidden, dry_run=dry_run)
    said = _("Would be taken back") if dry_run else _("Taken back")
    run.out.result(
        entry_json(entry), f"{said}: {entry.command}  {moment(entry.at)}  {counts(entry)}"
    )
    if shown:
        run.out.warn(*shown)
    if not dry_run:
        tell_of_protected(hidden)
        run.out.hint(_("Do it again: {command}", command="frivillig redo"))
        for folder in sorted({lying[one] for one in lying.keys() - _batches().keys()}):
            run.out.hint(_("The letters still lie in {folder}: delete them yourself.",
                           folder=folder))  # fmt: skip
        if entry.command == "survey export":
            run.out.hint(*_workbooks(entry))


def _batches() -> dict[int, str]:
    """The batches of letters there are, and where each lies."""
    from frivillig_cli.records.letter.queries import folders

    return folders(session.current().register)


def _workbooks(export: Any) -> Iterator[str]:
    """What stays of an export that is undone: the files, which nobody is a recipient of now."""
    yield _("The workbooks still lie where they were written: delete them yourself.")
    places = [(change.table, change.op) for change in export.changes]
    if n := places.count(("survey_recipient", "insert")):
        yield ngettext(
            "Answers in the workbook of {n} association are refused, as not sent from this"
            " register, unless you do it again.",
            "Answers in the workbooks of {n} associations are refused, as not sent from this"
            " register, unless you do it again.",
            n,
        )
