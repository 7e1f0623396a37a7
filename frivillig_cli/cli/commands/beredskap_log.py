"""`frivillig beredskap log`: the log, and a new line in it."""

from datetime import datetime
from typing import Annotated, Any

import typer
import typer.core

from frivillig_cli.cli import session
from frivillig_cli.cli.commands.beredskap_options import (
    ActivationOption,
    AsOption,
    AtOption,
    caller,
    change,
    choose,
    moment,
)
from frivillig_cli.cli.lines import Column
from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation.model import LOG_WORDS, LogEntry


def log(
    text: Annotated[
        str | None,
        typer.Argument(metavar="TEXT", help="What to write; without it, the log is shown."),
    ] = None,
    type_: Annotated[
        str,
        typer.Option(
            "--type", metavar="KIND", help="observation, decision, action, alert, correction, …"
        ),
    ] = "observation",
    from_: Annotated[
        str | None, typer.Option("--from", metavar="NAME", help="Who told it.")
    ] = None,
    to: Annotated[str | None, typer.Option(metavar="NAME", help="Who was told.")] = None,
    corrects: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="The entry that this one corrects.")
    ] = None,
    at: AtOption = None,
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Show the log, or write a line in it. Nothing in it is ever changed.

    A correction is a new line; the old one stays. Never about health, never about evacuees.
    """
    from frivillig_cli.cli.sensitive import ask_first, remind_of_log
    from frivillig_cli.records.activation.actions import NewEntry
    from frivillig_cli.work.beredskap import steps, view

    run = session.current()
    if text is None:
        _show(view.choose(run.register, activation, latest=True))
        return
    who = caller(as_)
    wanted = choose(activation)
    kind = "correction" if corrects is not None else type_.replace("-", "_")
    ask_first(text, from_, to)
    with change(wanted) as register:
        now = run.now
        entry = NewEntry(kind, text, who, moment(at, now), from_, to, corrects)
        saved = steps.write_log(register, wanted, entry, now=now)
    run.out.result(saved.to_json(), _line(saved, {}))
    remind_of_log(wanted, text, from_, to)


def _show(wanted: int) -> None:
    from frivillig_cli.cli.views import wide
    from frivillig_cli.core.errors import RefusedError
    from frivillig_cli.records.activation import shown

    run = session.current()
    entries = shown.log(run.register, wanted)
    replaced = {one.supersedes: one.seq for one in entries if one.supersedes}
    if run.sort not in (None, "seq", "-seq"):
        raise RefusedError(
            _("The log is ordered by its numbers only."), _("Turn it round with: --sort -seq")
        )
    total, limit = len(entries), run.page()
    if limit:  # what happened last is what the next one on duty needs
        entries = entries[-limit:]
    if run.sort == "-seq":
        entries.reverse()
    if wide():
        columns = [
            Column(_("No."), right=True), Column(_("Happened")), Column(_("Registered")),
            Column(_("Type")), Column(_("Text")), Column(_("By")),
        ]  # fmt: skip
        run.out.listing(
            entries, LogEntry.to_json, columns, lambda one: _cells(one, replaced), total=total
        )
        return
    columns = [Column(_("No."), right=True), Column(_("Happened")), Column(_("Text")),
               Column(_("By"))]  # fmt: skip
    run.out.listing(
        entries, LogEntry.to_json, columns, lambda one: _narrow(one, replaced), total=total
    )


def _narrow(one: LogEntry, replaced: dict[Any, int]) -> tuple[str | None, ...]:
    """The same where there is little room: the text has it, and when it was written if later."""
    number, happened, registered, _type, text, by = _cells(one, replaced)
    if registered != happened:
        text = _("{text} (registered {time})", text=text, time=registered)
    return number, happened, text, by


def _cells(one: LogEntry, replaced: dict[Any, int]) -> tuple[str | None, ...]:
    text = one.text if one.text is not None else _("[erased]")
    if one.supersedes:
        text = _("Corrects {seq}: {text}", seq=one.supersedes, text=text)
    if one.seq in replaced:
        text = _("[corrected in {seq}] {text}", seq=replaced[one.seq], text=text)
    return (
        str(one.seq), clock(one.happened), clock(one.registered), _(LOG_WORDS[one.type]), text,
        one.by,
    )  # fmt: skip


def _line(one: LogEntry, replaced: dict[Any, int]) -> str:
    return "  ".join(part or "" for part in _cells(one, replaced))


def clock(stored: str) -> str:
    """`24.10. 03:55`; with the year where it is another, and the offset in the double hour."""
    from frivillig_cli.core.clock import oslo
    from frivillig_cli.records.activation.times import clock_time

    moment = datetime.fromisoformat(stored)
    day = oslo(moment)
    year = "%d.%m." if day.year == session.current().today.year else "%d.%m.%Y"
    return f"{day.strftime(year)} {clock_time(moment)}"
