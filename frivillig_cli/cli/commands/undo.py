"""`frivillig undo`: takes the last change back."""

from typing import Annotated

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.options import Change, DryRunOption, noun
from frivillig_cli.cli.trace import counts, entry_json, moment
from frivillig_cli.core.i18n import N_, _

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
    lying = _batches()
    with run.change(dry_run=dry_run) as register:
        entry = take_back(register, number)
    said = _("Would be taken back") if dry_run else _("Taken back")
    run.out.result(
        entry_json(entry), f"{said}: {entry.command}  {moment(entry.at)}  {counts(entry)}"
    )
    if not dry_run:
        run.out.hint(_("Do it again: {command}", command="frivillig redo"))
        for folder in sorted({lying[one] for one in lying.keys() - _batches().keys()}):
            run.out.hint(_("The letters still lie in {folder}: delete them yourself.",
                           folder=folder))  # fmt: skip


def _batches() -> dict[int, str]:
    """The batches of letters there are, and where each lies."""
    from frivillig_cli.records.letter.queries import folders

    return folders(session.current().register)
