"""Options that the commands of a call-out share."""

from datetime import datetime
from typing import Annotated

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.complete import complete_person

ActivationOption = Annotated[
    str | None,
    typer.Option(
        "--activation", metavar="REF", help="Which activation, where more than one is under way."
    ),
]
AsOption = Annotated[
    str | None, typer.Option("--as", metavar="NAME", help="Who you are; else the user's name.")
]
AtOption = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help="When it happened, as 03:41; else now."),
]
ReasonOption = Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")]
PersonOnList = Annotated[
    str,
    typer.Argument(
        metavar="PERSON",
        help="The number, row code, or enough of the name.",
        autocompletion=complete_person,
    ),
]


def caller(name: str | None) -> str:
    """Who is at the keyboard: `--as`, else the user of this run."""
    from frivillig_cli.core.birthnumber import refuse_birth_numbers
    from frivillig_cli.core.names import clean_name

    if not name:
        return session.current().user
    refuse_birth_numbers(name, "--as")
    return clean_name(name)


def moment(text: str | None, now: datetime) -> datetime | None:
    """`--at` as a moment in UTC. Raises InvalidValueError."""
    from frivillig_cli.core.dates import parse_time

    return parse_time(text, now) if text else None
