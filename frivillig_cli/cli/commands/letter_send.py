"""`frivillig letter send`: a batch by e-mail."""

from typing import Annotated

import typer

from frivillig_cli.cli.commands.letter_log import BatchArgument
from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _


def send(
    batch: BatchArgument,
    test_to: Annotated[
        str | None,
        typer.Option(
            "--test-to", metavar="ADDRESS", help="Send all to this address, and record nothing."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show who would get it, and send nothing.")
    ] = False,
    in_doubt: Annotated[
        list[str] | None,
        typer.Option(
            "--in-doubt",
            metavar="sent|again|REF=sent|REF=again",
            help="What to do with those that may be sent, or with one of them.",
        ),
    ] = None,
    retry: Annotated[
        bool, typer.Option("--retry", help="Also to those whom the server has refused.")
    ] = False,
    anyway: Annotated[
        bool,
        typer.Option(
            "--anyway",
            help="Also where examples or the starter's [texts] are left, or a slip is told.",
        ),
    ] = False,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take out of the outbox what is not sent.")
    ] = False,
) -> None:
    """Send a batch by e-mail: text, HTML and the PDF, one letter to each.

    Run it again after a crash or a failure: it sends the rest, and nobody gets it twice.
    """
    from frivillig_cli.cli import doubt, sending

    said = doubt.said(in_doubt or [])
    if sum((bool(test_to), dry_run, withdraw)) > 1:
        raise UsageError(
            _("These options do not go together."),
            _("See {command}", command="frivillig letter send --help"),
        )
    if withdraw:
        sending.withdraw(batch, said)
    elif dry_run:
        sending.preview(batch, said, retry, anyway)
    elif test_to:
        sending.test(batch, test_to)
    else:
        sending.send(batch, said, retry, anyway)
