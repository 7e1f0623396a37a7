"""`frivillig beredskap verify|told|absence|opt-out|duty`: who can be called, on which number."""

from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.complete import complete_group, complete_person
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import Change, List, QueryArgument, noun
from frivillig_cli.core.i18n import N_, _, ngettext
from frivillig_cli.core.query import parse_query
from frivillig_cli.records.availability.model import Absence, Duty, OptOut

absence = noun(N_("Who is away, from when to when. Never why."))
opt_out = noun(N_("Who has asked not to be called, and until when."))
duty = noun(N_("Who has another duty in a crisis."))

PersonArgument = Annotated[
    str,
    typer.Argument(
        metavar="PERSON", help="The number, or enough of the name.", autocompletion=complete_person
    ),
]
NumberArgument = Annotated[
    int, typer.Argument(metavar="NUMBER", help="Its number in the list.", min=1)
]
OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="On which day; today if not given.")
]


def _person(ref: str) -> int:
    from frivillig_cli.records.person.queries import person_id

    return person_id(session.current().register, ref)


def past_day(text: str | None) -> Any:
    """`--on`: a day that has been; today where it is not given. Raises InvalidValueError."""
    from datetime import date

    from frivillig_cli.core.checks import past_day as checked

    today = session.current().today
    return date.fromisoformat(checked(text, today, "on", "--on")) if text else today


def verify(
    person: PersonArgument,
    number: Annotated[
        str | None,
        typer.Option(metavar="NUMBER", help="Which number; else the one that is rung first."),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who verified it; else you.")
    ] = None,
    on: OnOption = None,
) -> None:
    """Record that a person's number is right: when, and who found out."""
    from frivillig_cli.cli.views import day, phone
    from frivillig_cli.records.person import numbers, queries

    run = session.current()
    who, when = _person(person), past_day(on)
    with run.change() as register:
        done = numbers.verify_number(register, who, number, on=when, by=by or run.user)
    found = queries.get(run.register, who)
    shown = None if found.protected else done.number
    data = {
        "person_id": who, "name": found.name, "number": shown, "callout": done.callout,
        "verified": done.verified, "verified_by": done.verified_by,
    }  # fmt: skip
    words = {"name": found.name, "date": day(done.verified), "by": done.verified_by}
    run.out.result(
        data,
        _("{name}: {number} is verified, {date}, by {by}.", number=phone(shown), **words)
        if shown
        else _("{name}: the number is verified, {date}, by {by}.", **words),
    )


def told(
    person: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PERSON", help="The number, or enough of the name.",
            autocompletion=complete_person,
        ),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REF", help="Everybody in this group.", autocompletion=complete_group
        ),
    ] = None,
    on: OnOption = None,
) -> None:  # fmt: skip
    """Record that people on the call list have been told their role (§ 4)."""
    from frivillig_cli.cli.views import day
    from frivillig_cli.core.errors import RefusedError, UsageError
    from frivillig_cli.records.person.queries import get_many
    from frivillig_cli.records.response import actions, queries

    run = session.current()
    when = past_day(on)
    who = [_person(one) for one in person or ()]
    for ref in group or ():
        members = queries.get(run.register, queries.group_id(run.register, ref)).members
        who += [one.person_id for one in members]
    if not who:
        raise UsageError(_("Who was told?"), _("Name people, or a group with --group REF."))
    names = get_many(run.register, who)
    with run.change() as register:
        for one in dict.fromkeys(who):
            if not actions.mark_told(register, one, when):
                raise RefusedError(
                    _("{name} is in no group.", name=names[one].name),
                    _("Put them in one: frivillig beredskap member add GROUP {id}", id=one),
                )
    done = [{"person_id": one, "name": names[one].name} for one in dict.fromkeys(who)]
    run.out.result(
        {"told": when.isoformat(), "people": done},
        ngettext(
            "{n} person was told their role, {date}.",
            "{n} people were told their role, {date}.",
            len(done), date=day(when.isoformat()),
        ),
    )  # fmt: skip


@absence.command("add", cls=Change)
def absence_add(
    person: PersonArgument,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="The first day; today if not given."),
    ] = None,
    to: Annotated[str, typer.Option("--to", metavar="DATE", help="The last day.")] = ...,  # type: ignore[assignment]
) -> None:
    """Record that somebody is away: they are left out of call-outs on those days.

    There is no field for why: it may be about health, and that is never kept.
    """
    from frivillig_cli.records.availability import actions

    run = session.current()
    who = _person(person)
    with run.change() as register:
        made = actions.add_absence(register, who, from_ or run.today.isoformat(), to)
    run.out.result(made.to_json(), _absence_line(made))


def _absence_line(one: Absence) -> str:
    from frivillig_cli.cli.views import period

    return _("{name} is away {period}.", name=one.name, period=period(one.from_date, one.to_date))


@absence.command("list", cls=List)
def absence_list(query: QueryArgument = None) -> None:
    """List who is away, and when."""
    from frivillig_cli.cli.views import short_day
    from frivillig_cli.records.availability import queries

    run = session.current()
    found = queries.absences(run.register, parse_query(query or []), sort=run.sort)
    run.out.listing(
        found[: run.page()],
        Absence.to_json,
        [Column(_("No."), right=True), Column(_("Name")), Column(_("From")), Column(_("To"))],
        lambda one: (str(one.id), one.name, short_day(one.from_date), short_day(one.to_date)),
        total=len(found),
    )


@absence.command("remove", cls=Change)
def absence_remove(number: NumberArgument) -> None:
    """Take an absence away: they can be called again."""
    from frivillig_cli.records.availability import actions

    run = session.current()
    with run.change() as register:
        gone = actions.remove_absence(register, number)
    run.out.result(gone.to_json(), _("Taken away: {what}", what=_absence_line(gone)))


@opt_out.command("set", cls=Change)
def opt_out_set(
    person: PersonArgument,
    until: Annotated[
        str, typer.Option(metavar="DATE", help="From this day they can be called again.")
    ] = ...,  # type: ignore[assignment]
) -> None:
    """Record that somebody has asked not to be called before a day."""
    from frivillig_cli.cli.views import day

    found = _set_opt_out(person, until)
    session.current().out.result(
        OptOut(found.id, found.name, found.opted_out_until).to_json(),
        _("{name} is not called before {date}.", name=found.name, date=day(found.opted_out_until)),
    )


@opt_out.command("clear", cls=Change)
def opt_out_clear(person: PersonArgument) -> None:
    """Record that somebody can be called again."""
    found = _set_opt_out(person, "")
    session.current().out.result(
        {"person_id": found.id, "name": found.name, "until": None},
        _("{name} can be called.", name=found.name),
    )


def _set_opt_out(ref: str, until: str) -> Any:
    from frivillig_cli.records.availability.actions import check_opt_out
    from frivillig_cli.records.person import actions, queries

    run = session.current()
    who = _person(ref)
    if until:
        check_opt_out(until, who, run.today)
    with run.change() as register:
        actions.edit(register, who, {"opted_out_until": until}, now=run.now)
    return queries.get(run.register, who)


@opt_out.command("list", cls=List)
def opt_out_list(query: QueryArgument = None) -> None:
    """List those who have asked not to be called."""
    from frivillig_cli.cli.views import short_day
    from frivillig_cli.records.availability import queries

    run = session.current()
    found = queries.opt_outs(run.register, parse_query(query or []), sort=run.sort)
    run.out.listing(
        found[: run.page()],
        OptOut.to_json,
        [Column(_("No."), right=True), Column(_("Name")), Column(_("Until"))],
        lambda one: (str(one.person_id), one.name, short_day(one.until)),
        total=len(found),
    )


@duty.command("add", cls=Change)
def duty_add(
    person: PersonArgument,
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="Which duty, e.g. Sivilforsvaret.")
    ],
) -> None:  # fmt: skip
    """Record that somebody has another duty in a crisis: they are left out of call-outs."""
    from frivillig_cli.cli.sensitive import ask_first, remind
    from frivillig_cli.records.availability import actions

    run = session.current()
    who = _person(person)
    ask_first(what)
    with run.change() as register:
        made = actions.add_duty(register, who, what)
    run.out.result(
        made.to_json(), _("{name} has another duty: {what}.", name=made.name, what=made.what)
    )
    remind(what, mend="frivillig undo")


@duty.command("list", cls=List)
def duty_list(query: QueryArgument = None) -> None:
    """List those who have another duty in a crisis."""
    from frivillig_cli.records.availability import queries

    run = session.current()
    found = queries.duties(run.register, parse_query(query or []), sort=run.sort)
    run.out.listing(
        found[: run.page()],
        Duty.to_json,
        [Column(_("No."), right=True), Column(_("Name")), Column(_("Duty"))],
        lambda one: (str(one.id), one.name, one.what),
        total=len(found),
    )


@duty.command("remove", cls=Change)
def duty_remove(number: NumberArgument) -> None:
    """Take a duty away: they can be called again."""
    from frivillig_cli.records.availability import actions

    run = session.current()
    with run.change() as register:
        gone = actions.remove_duty(register, number)
    run.out.result(gone.to_json(), _("Taken away: {what}", what=f"{gone.name}, {gone.what}"))
