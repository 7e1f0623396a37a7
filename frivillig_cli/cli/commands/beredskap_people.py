"""`frivillig beredskap arrive|leave|exclude|include`."""

from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.callout import hint, pointed
from frivillig_cli.cli.commands.beredskap_options import (
    ActivationOption,
    AsOption,
    AtOption,
    PersonOnList,
    ReasonOption,
    caller,
    change,
    choose,
    moment,
)
from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _, ngettext


def arrive(
    person: PersonOnList,
    walk_in: Annotated[
        bool,
        typer.Option("--walk-in", help="Somebody who is not on the list: PERSON is their name."),
    ] = False,
    phone: Annotated[str | None, typer.Option(metavar="NUMBER", help="A walk-in's number.")] = None,
    skill: Annotated[
        list[str] | None, typer.Option(metavar="SKILL", help="What a walk-in can do.")
    ] = None,
    keep: Annotated[
        bool, typer.Option("--register", help="Put the walk-in in the register too, here or later.")
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", "--angre", help="They have not come: it was a mistake.")
    ] = False,
    at: AtOption = None,
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Note that somebody is on site; with --walk-in, somebody who was not on the list.

    A walk-in stands in this call-out only, unless --register puts them in the register too.
    """
    from frivillig_cli.cli.sensitive import ask_first
    from frivillig_cli.work.beredskap import crossed, in_order, steps, twins, view, walk_ins

    run = session.current()
    if (phone or skill) and not walk_in:
        raise UsageError(
            _("--phone and --skill go with --walk-in."), _("Leave them out, or add it.")
        )
    if undo:
        _take_back(person, as_, activation, alone=not (walk_in or keep or at))
        return
    who = caller(as_)
    wanted = choose(activation)
    ask_first(person if walk_in else None)
    with change(wanted) as register:
        now, told = run.now, list[str]()
        if walk_in:
            new = walk_ins.WalkIn(person, phone, tuple(skill or ()))
            row, after = walk_ins.arrive(register, wanted, new, by=who, at=moment(at, now), now=now)
        elif not keep:
            listed = view.find_row(view.load(register, wanted, now), person)
            told = in_order.before_the_last(register, listed, moment(at, now))
            row, after = steps.arrive(register, wanted, person, by=who, at=moment(at, now), now=now)
        if keep:
            ref = row.row_code if walk_in else person
            row, after = walk_ins.keep(register, wanted, ref, by=who, now=now)
        both = crossed.called_in_twice(register, after, row, now)
    found = twins.coming_too(row, after)
    _show_row(row, after, may_be=[one.row.row_code for one in found])
    run.out.warn(*(pointed(line, wanted) for line in twins.here_twice(row, found)), *both, *told)
    if walk_in and not keep:
        command = f"frivillig beredskap arrive {row.row_code} --register"
        hint(wanted, _("To keep them in the register: {command}", command=command))


def _take_back(person: str, as_: str | None, activation: str | None, *, alone: bool) -> None:
    from frivillig_cli.work.beredskap import changes, need_lines, view_json

    if not alone:
        raise UsageError(
            _("--undo takes back that they came, and goes with nothing else."),
            _("Leave the other options out."),
        )
    run = session.current()
    who, wanted = caller(as_), choose(activation, latest=True)
    with change(wanted) as register:
        done = changes.take_back_arrival(register, wanted, person, by=who, now=run.now)
    listed = done.row.id in done.view.by_id
    data = view_json.row_json(done.view, done.row) if listed else {"name": done.row.name}
    text = _("{name}: «{what}» is taken back.", name=done.row.name, what=done.what)
    run.out.result(
        {
            **data,
            "listed": listed,
            "taken_back": done.what,
            "needs": view_json.needs_json(done.view),
        },
        text if listed else text + " " + _("They are off the list."),
        need_lines.needs_line(done.view),
    )


def leave(
    person: PersonOnList,
    home: Annotated[bool, typer.Option("--home", help="They are home, safe.")] = False,
    no_show: Annotated[bool, typer.Option("--no-show", help="They never came.")] = False,
    at: AtOption = None,
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Note that somebody is told they may go; with --home, that they are home."""
    from frivillig_cli.work.beredskap import in_order, steps, view

    run = session.current()
    if home and no_show:
        raise UsageError(_("--home and --no-show do not go together."), _("Give one of them."))
    to = "home_safe" if home else "no_show" if no_show else "released"
    who = caller(as_)
    wanted = choose(activation, latest=True)
    with change(wanted) as register:
        now = run.now
        before = view.load(register, wanted, now)
        first = view.find_row(before, person)
        told = in_order.before_the_last(register, first, moment(at, now))
        row, after = steps.leave(register, wanted, person, to, by=who, at=moment(at, now), now=now)
    _show_row(row, after)
    run.out.warn(*(pointed(line, wanted) for line in told))
    if to == "released":
        command = f"frivillig beredskap leave {row.ref} --home"
        hint(wanted, _("When they are home: {command}", command=command))
    if after.needs and not after.covered and after.activation.state == "active":
        hint(wanted, _missing(before, after, no_show=no_show))


def _missing(before: Any, after: Any, *, no_show: bool) -> str:
    """What it means for the need that somebody has left."""
    following, end = "frivillig beredskap next", "frivillig beredskap end"
    if before.covered and not no_show:
        return _("The need is no longer covered. Call more: {next}. When it is over: {end}",
                 next=following, end=end)  # fmt: skip
    left = sum(need.open for need in after.needs)
    if left > sum(need.open for need in before.needs):
        return _("One is missing again. Next: {command}", command=following)
    return ngettext(
        "{n} is missing still. Next: {command}", "{n} are missing still. Next: {command}",
        left, command=following,
    )  # fmt: skip


def exclude(
    person: PersonOnList,
    reason: ReasonOption = None,
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Leave somebody out of this call-out; the list still names them."""
    from frivillig_cli.work.beredskap import steps

    _choose_by_hand(steps.exclude, person, reason, as_, activation)


def include(
    person: Annotated[
        str, typer.Argument(metavar="PERSON", help="The number, or enough of the name.")
    ],
    reason: ReasonOption = None,
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Take in somebody who was left out, or put one of the register's people on the list."""
    from frivillig_cli.work.beredskap import steps

    _choose_by_hand(steps.include, person, reason, as_, activation)


def _choose_by_hand(
    step: Any, person: str, reason: str | None, as_: str | None, activation: str | None
) -> None:
    from frivillig_cli.cli.sensitive import ask_first, remind_of_log
    from frivillig_cli.records.activation import queries
    from frivillig_cli.work.beredskap import outsiders

    run = session.current()
    who = caller(as_)
    wanted = choose(activation)
    ask_first(reason)
    with change(wanted) as register:
        before = queries.get(register, wanted)
        row, after = step(register, wanted, person, by=who, reason=reason, now=run.now)
    now_row = next(one for one in after.rows if one.id == row.id)
    _show_row(now_row, after)
    pays = outsiders.told(before, after.activation, row.name, now_row.groups)
    if pays and now_row.selection == "eligible":
        run.out.warn(pays)
    elif now_row.selection == "excluded":
        run.out.hint(*filter(None, [outsiders.told_without(before, after.activation)]))
    remind_of_log(wanted, reason)
    if now_row.selection == "excluded" and row.contact == "calling" and row.lease_by != who:
        run.out.warn(
            _("{who} is calling {name} just now: say it to them.", who=row.lease_by, name=row.name)
        )


def _show_row(row: Any, after: Any, **more: Any) -> None:
    from frivillig_cli.records.activation.row_actions import DEPLOYMENT_WORDS
    from frivillig_cli.records.activation.selection import REASON_WORDS
    from frivillig_cli.work.beredskap import view_json

    if row.selection == "excluded":
        state = _("left out: {why}", why=_(REASON_WORDS[row.reason]))
    elif row.deployment:
        state = _(DEPLOYMENT_WORDS[row.deployment])
    else:
        state = _("on the list")
    data = {**view_json.row_json(after, row), "needs": view_json.needs_json(after), **more}
    code = f"  ({row.row_code})" if row.walk_in else ""
    session.current().out.result(data, f"{row.name}: {state}{code}")
