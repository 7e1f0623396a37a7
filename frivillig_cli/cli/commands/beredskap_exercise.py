"""`frivillig beredskap exercise`: the calendar, and how exercises compare over the years."""

from pathlib import Path
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.complete import complete_activation
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import Change, List, Show, noun
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import N_, _, typed
from frivillig_cli.formats.target import refuse_target

exercise = noun(N_("Exercises: the calendar, and how they compare over the years."))

NumberArgument = Annotated[
    int, typer.Argument(metavar="NUMBER", help="Its number in the calendar.")
]


@exercise.command("plan", cls=Change)
def plan(
    day: Annotated[str, typer.Argument(metavar="DATE", help="When it is to be held.")],
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What is to be tried.")],
    contact_test: Annotated[
        bool, typer.Option("--contact-test", help="Only a test of whether people are reached.")
    ] = False,
    responsible: Annotated[
        str | None, typer.Option(metavar="WHO", help="Who is responsible.")
    ] = None,
) -> None:
    """Put an exercise in the calendar."""
    from frivillig_cli.cli.sensitive import remind
    from frivillig_cli.core.dates import parse_date
    from frivillig_cli.records.exercise import actions

    run = session.current()
    kind = "contact_test" if contact_test else "exercise"
    with run.change() as register:
        made = actions.plan(
            register, parse_date(day), title, kind=kind, responsible=responsible, today=run.today
        )
    option = "--contact-test" if contact_test else "--exercise"
    run.out.result(vars(made), _("Planned: number {id}, {title}.", id=made.id, title=made.title))
    run.out.hint(
        _("When it is held: {command}", command=f"frivillig beredskap activate … {option}"),
        _("Then: {command}", command=typed(f"frivillig beredskap exercise held {made.id} NUMBER")),
    )
    remind(title, responsible, mend="frivillig undo")


@exercise.command("list", cls=List)
def list_(
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="An .ics file for a calendar."),
    ] = None,
) -> None:
    """List the exercises that are planned, and those that were held; say when the next must be."""
    from frivillig_cli.cli.arrange import arranged
    from frivillig_cli.cli.views import day
    from frivillig_cli.records.activation.model import KIND_WORDS
    from frivillig_cli.records.exercise import queries
    from frivillig_cli.records.exercise.model import STATUS_WORDS

    run = session.current()
    found = queries.calendar(run.register)
    if output is not None:
        _write_calendar(output, found)
    run.out.listing(
        arranged(found, vars), vars,
        [Column(_("No."), right=True), Column(_("Date")), Column(_("Title")), Column(_("Kind")),
         Column(_("Responsible")), Column(_("Status")), Column(_("Activation"))],
        lambda one: (
            str(one.id), day(one.day), one.title, _(KIND_WORDS[one.kind]), one.responsible,
            _(STATUS_WORDS[one.status]), one.number,
        ),
        total=len(found),
    )  # fmt: skip
    if output is not None:
        run.out.hint(_("In {file}.", file=output))
    _say_when_due(queries.last_held(run.register))


def _say_when_due(last: str | None) -> None:
    from datetime import date

    from frivillig_cli.core.dates import show_date
    from frivillig_cli.work.beredskap.exercises import due_by

    run = session.current()
    if last is None:
        run.out.hint(_("No exercise has been held yet. There must be one every second year (§ 7)."))
        return
    due = due_by(date.fromisoformat(last))
    run.out.hint(
        _("The last exercise was {last}. The next must be held by {due} (§ 7).",
          last=show_date(last), due=show_date(due))
    )  # fmt: skip


def _write_calendar(path: Path, found: Any) -> None:
    from frivillig_cli.formats.calendar import write_calendar
    from frivillig_cli.work.beredskap.exercises import entries

    refuse_target(path, (".ics",), overwrite=True)
    write_calendar(path, entries(found), now=session.current().now)


@exercise.command("drop", cls=Change)
def drop(number: NumberArgument) -> None:
    """Take an exercise that will not be held out of the calendar; it stays on record."""
    from frivillig_cli.records.exercise import actions

    run = session.current()
    with run.change() as register:
        made = actions.drop(register, number)
    run.out.result(vars(made), _("Dropped: {title}.", title=made.title))


@exercise.command("held", cls=Change)
def held(
    number: NumberArgument,
    ref: Annotated[
        str,
        typer.Argument(
            metavar="REF", help="The call-out that it became.", autocompletion=complete_activation
        ),
    ],
) -> None:
    """Note with which call-out an exercise was held."""
    from frivillig_cli.core.errors import RefusedError
    from frivillig_cli.records.activation import queries
    from frivillig_cli.records.exercise import actions

    run = session.current()
    wanted = queries.get(run.register, queries.activation_id(run.register, ref))
    if wanted.kind == "real":
        raise RefusedError(
            _("{number} was no exercise.", number=wanted.number),
            _("See the exercises: {command}", command="frivillig beredskap list kind:exercise"),
        )
    _on_the_day(number, wanted)
    with run.change() as register:
        made = actions.held(register, number, wanted.id)
    run.out.result(vars(made), _("Held: {title}, {number}.", title=made.title, number=made.number))


def _on_the_day(number: int, activation: Any) -> None:
    """Ask before an exercise is said to be held with an activation of another day."""
    from frivillig_cli.cli import ask
    from frivillig_cli.core.clock import norwegian_day
    from frivillig_cli.core.dates import show_date
    from frivillig_cli.records.exercise import queries

    run = session.current()
    planned = queries.get(run.register, number)
    day = norwegian_day(activation.started)
    if planned.status != "planned" or planned.day == day.isoformat():
        return
    run.out.hint(
        _("Exercise {id} was planned for {planned}, and {number} was {day}.", id=number,
          planned=show_date(planned.day), number=activation.number, day=show_date(day)),
        _("See the others: {command}", command="frivillig beredskap list kind:exercise"),
    )  # fmt: skip
    ask.confirm(_("Was it held then?"))


@exercise.command("compare", cls=Show)
def compare(
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="exercise, contact_test or real: one at a time.")
    ] = "exercise",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="A workbook with charts."),
    ] = None,
) -> None:
    """Compare exercises over the years. Exercises and real events are never put together."""
    from frivillig_cli.cli.views import day
    from frivillig_cli.records.activation.model import KINDS
    from frivillig_cli.work.beredskap import exercises, report_book
    from frivillig_cli.work.beredskap.figure_lines import duration, percent

    run = session.current()
    wanted = kind.replace("-", "_")
    if wanted not in KINDS:
        raise UsageError(
            _("{field} cannot be “{value}”.", field="--kind", value=echo(kind)),
            _("Choose one of: {known}.", known=", ".join(KINDS)),
        )
    if output is not None:
        refuse_target(output, (".xlsx",), overwrite=True)
    found = exercises.compared(run.register, wanted, run.now)
    if output is not None:
        report_book.write_comparison(output, wanted, found, run.today)
    run.out.json({
        "kind": wanted, "file": str(output) if output else None,
        "activations": [{"number": one.number, "title": one.title, "started": one.started,
                         "figures": figures.to_json()} for one, figures in found],
    })  # fmt: skip
    run.out.table(
        [Column(_("Number")), Column(_("Title")), Column(_("Date")),
         Column(_("On the list"), right=True), Column(_("Reached"), right=True),
         Column(_("In 60 min"), right=True),
         Column(_("First yes after first call"), right=True)],
        [(one.number, one.title, day(one.started), str(figures.eligible), str(figures.reached),
          percent(exercises.within_an_hour(figures)),
          duration(figures.to_first_yes, at_least="to_first_yes" in figures.at_least))
         for one, figures in found],
    )  # fmt: skip
    if output is not None:
        run.out.hint(_("In {file}.", file=output))
