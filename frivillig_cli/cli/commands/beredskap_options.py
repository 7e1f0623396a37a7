"""What the commands of a call-out share: options, and which activation they are about."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.callout import hint, pointed
from frivillig_cli.cli.complete import complete_activation, complete_person
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import FrivilligError, UsageError
from frivillig_cli.core.i18n import _

if TYPE_CHECKING:
    from frivillig_cli.store.register import Register
    from frivillig_cli.work.beredskap.files import FilesResult

MOST_DIGITS = 4
ActivationOption = Annotated[
    str | None,
    typer.Option(
        "--activation",
        metavar="REF",
        help="Which call-out, where more than one is under way.",
        autocompletion=complete_activation,
    ),
]
AsOption = Annotated[
    str | None, typer.Option("--as", metavar="NAME", help="Who you are; else the user's name.")
]
AtOption = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="TIME",
        help="When it happened, as 03:41, from 15 minutes before it began; else now.",
    ),
]
ReasonOption = Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")]
SplitOption = Annotated[
    int | None,
    typer.Option(metavar="N", help="Deal the list to N callers: a PDF and a page for each."),
]
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


def choose(ref: str | None, *, latest: bool = False) -> int:
    """The activation that is meant; says so where the clock has gone back since its last entry."""
    from frivillig_cli.records.activation import queries
    from frivillig_cli.records.activation.times import clock_gone_back
    from frivillig_cli.work.beredskap import view

    run = session.current()
    wanted = view.choose(run.register, ref, latest=latest)
    last = queries.last_entry(run.register, wanted)
    told = clock_gone_back(last.registered, run.now) if last else None
    if told:
        run.out.warn(told, _("Check the computer's clock."))
    return wanted


@contextmanager
def change(wanted: int) -> "Iterator[Register]":
    """One command's transaction; the ways out of a refusal name the activation (`pointed`)."""
    with naming(wanted), session.current().change() as register:
        yield register


@contextmanager
def naming(wanted: int) -> Iterator[None]:
    """Whatever is refused here names the activation in its ways out (`pointed`)."""
    try:
        yield
    except FrivilligError as error:
        error.hint = pointed(error.hint, wanted)
        error.rows = tuple(pointed(row, wanted) for row in error.rows)
        raise


def show_failed(wanted: int, done: "FilesResult") -> None:
    """Say which files of a call list could not be written, why, and what there is instead."""
    from frivillig_cli.cli.errors import trace
    from frivillig_cli.work.beredskap import list_folder

    run = session.current()
    if not done.failed:
        return
    if run.debug:
        trace(*done.errors)
    for path, why in done.failed:
        run.out.warn(_("{file} was not written: {why}", file=path, why=why))
    if done.in_text and any(path.suffix == ".html" for path in done.written):
        run.out.warn(_("Text stands in its place; HTML works on phones and prints from a browser."))
    elif done.in_text:
        run.out.warn(_("Text stands in its place."))
    run.incomplete()
    hint(wanted, list_folder.anew())


def needs_of(typed: list[str]) -> dict[str | None, int]:
    """{skill: how many} from `6` and `omsorg=6`; None is anyone. Raises UsageError."""
    from frivillig_cli.core.birthnumber import refuse_birth_numbers
    from frivillig_cli.core.names import clean_name, fold

    needs: dict[str | None, int] = {}
    for one in typed:
        name, equals, number = one.rpartition("=")
        number = number.strip()
        wrong = not (number.isascii() and number.isdigit()) or len(number) > MOST_DIGITS
        if wrong or (equals and not name.strip()):
            raise UsageError(
                _("“{value}” is not a need.", value=echo(one)),
                _("Write a number, or a skill and a number: 6, or omsorg=6."),
            )
        refuse_birth_numbers(name, "--need")
        skill = clean_name(name) if equals else None
        if (skill and fold(skill)) in {known and fold(known) for known in needs}:
            raise UsageError(
                _("The need of {skill} is stated twice.", skill=skill or _("anyone")),
                _("State it once."),
            )
        needs[skill] = int(number)
    return needs
