"""`frivillig beredskap end|cancel|reopen`: a call-out is over, was none, or begins again."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.callout import fits, hint
from frivillig_cli.cli.commands.beredskap_options import (
    ActivationOption,
    AsOption,
    ReasonOption,
    caller,
    change,
    choose,
    naming,
)
from frivillig_cli.core.i18n import _, typed


def end(
    force: Annotated[
        bool, typer.Option("--force", help="Close it though not everybody is reported home.")
    ] = False,
    reason: ReasonOption = None,
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Stand down; closed when everybody is told and home."""
    from frivillig_cli.cli import ask
    from frivillig_cli.cli.sensitive import ask_first, remind_of_log
    from frivillig_cli.work.beredskap import steps

    run = session.current()
    who = caller(as_)
    wanted = choose(activation, latest=True)
    if force and not reason:
        reason = ask.text(_("Why?"), "--reason", fits(_("reason")))
    ask_first(reason)
    with change(wanted) as register:
        after = steps.end(register, wanted, by=who, force=force, reason=reason, now=run.now)
    _show_state(after)
    remind_of_log(wanted, reason)
    _say_who_is_out(after)


def cancel(
    reason: ReasonOption = None, as_: AsOption = None, activation: ActivationOption = None
) -> None:
    """Call it off: it was set off by mistake.

    While somebody is called in it is standing down: say it again when they are told and home.
    """
    from frivillig_cli.work.beredskap import steps

    after = _with_reason(steps.cancel, reason, as_, activation, confirm=_really_cancel)
    if _say_who_is_out(after):
        hint(
            after.activation.id,
            _("When all are home: {command}",
              command="frivillig beredskap cancel --reason …"),
        )  # fmt: skip


def _say_who_is_out(after: Any) -> bool:
    """Name those who must be told and brought home; returns whether it is standing down."""
    from frivillig_cli.work.beredskap import group_answers

    if after.activation.state != "standing_down":
        return False
    width = max((len(row.ref) for row in after.out), default=0)
    session.current().out.hint(*(f"  {row.ref:>{width}}  {row.name}" for row in after.out))
    hint(after.activation.id, *(f"  {line}" for line in group_answers.out_lines(after, width)))
    if after.out:
        hint(
            after.activation.id,
            _("Tell them, and report them: {command}",
              command=typed("frivillig beredskap leave PERSON --home"))
        )  # fmt: skip
    return True


def reopen(
    reason: ReasonOption = None, as_: AsOption = None, activation: ActivationOption = None
) -> None:
    """Call people in again: the same call-out, a new episode."""
    from frivillig_cli.work.beredskap import steps

    after = _with_reason(steps.reopen, reason, as_, activation)
    hint(after.activation.id, _("Next: {command}", command="frivillig beredskap next"))


def _really_cancel(wanted: int) -> None:
    """Ask before an activation is called off: that cannot be taken back."""
    from frivillig_cli.cli import ask
    from frivillig_cli.records.activation import queries, states

    found = queries.get(session.current().register, wanted)
    with naming(wanted):
        states.step(found.number, found.state, "cancelled")
    ask.confirm(
        _("Cancel {number} {title}?", number=found.number, title=found.title)
        if found.episode == 1
        else _("Call off episode {n} of {number} {title}? What took place before stands.",
               n=found.episode, number=found.number, title=found.title)
    )  # fmt: skip


def _with_reason(
    step: Any,
    reason: str | None,
    as_: str | None,
    activation: str | None,
    *,
    confirm: Callable[[int], None] | None = None,
) -> Any:
    from frivillig_cli.cli import ask
    from frivillig_cli.cli.sensitive import ask_first, remind_of_log

    run = session.current()
    who = caller(as_)
    wanted = choose(activation, latest=True)
    why = reason or ask.text(_("Why?"), "--reason", fits(_("reason")))
    ask_first(why)
    if confirm:
        confirm(wanted)
    with change(wanted) as register:
        after = step(register, wanted, by=who, reason=why, now=run.now)
    _show_state(after)
    remind_of_log(wanted, why)
    return after


def _show_state(after: Any) -> None:
    from frivillig_cli.records.activation.states import in_words
    from frivillig_cli.work.beredskap import list_folder, view_json

    activation = after.activation
    session.current().out.result(
        view_json.to_json(after, list_folder.existing(activation)),
        f"{activation.number}  {activation.title}: {in_words(activation)}",
    )
