"""`frivillig beredskap need|handover|retitle|expense|note`: what is changed while it goes on."""

from typing import Annotated

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.callout import hint, pointed
from frivillig_cli.cli.commands.beredskap_options import (
    ActivationOption,
    AsOption,
    AtOption,
    PersonOnList,
    caller,
    change,
    choose,
    moment,
    needs_of,
)
from frivillig_cli.cli.lines import Column
from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _, typed


def need(
    needs: Annotated[
        list[str],
        typer.Argument(metavar="N|SKILL=N", help="How many are needed now, of all or of a skill."),
    ],
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Say anew how many are needed. Those in reserve are asked first when it grows."""
    from frivillig_cli.cli.call_lines import covered_line
    from frivillig_cli.work.beredskap import changes, need_lines, view_json

    run = session.current()
    stated, who = needs_of(needs), caller(as_)
    wanted = choose(activation)
    with change(wanted) as register:
        after = changes.need(register, wanted, stated, by=who, now=run.now)
    data = view_json.to_json(after, [])
    keys = ("number", "needs", "covered")
    run.out.result({key: data[key] for key in keys}, need_lines.needs_line(after))
    for name in after.unskilled:
        run.out.warn(_("Nobody on the list is registered with the skill “{skill}”.", skill=name))
    reserves = [row.name for row in after.in_reserve]
    if reserves:
        run.out.hint(_("In reserve: {names}. Ask them again.", names=", ".join(reserves)))
    hint(
        wanted,
        covered_line(after)
        if after.covered
        else _("Next: {command}", command="frivillig beredskap next"),
    )


def handover(
    to: Annotated[str, typer.Argument(metavar="NAME", help="Who is in charge from now on.")],
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What they must know; it stands in the log.")
    ] = None,
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Put somebody else in charge. Whom the one before was calling may be called by others."""
    from frivillig_cli.cli.commands.beredskap_status import head_lines
    from frivillig_cli.cli.sensitive import ask_first, remind_of_log
    from frivillig_cli.work.beredskap import changes, list_folder, view_json

    run = session.current()
    who = caller(as_)
    wanted = choose(activation)
    ask_first(to, note)
    with change(wanted) as register:
        after = changes.hand_over(register, wanted, to, by=who, note=note, now=run.now)
    written = list_folder.existing(after.activation)
    run.out.result(view_json.to_json(after, written), *head_lines(after, written))
    hint(wanted, _("What has happened: {command}", command="frivillig beredskap log"))
    remind_of_log(wanted, to, note)


def retitle(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What it is called from now on.")],
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Correct the title of a call-out, also when it is over; the log keeps the one there was."""
    from frivillig_cli.cli.commands.beredskap_status import head_lines
    from frivillig_cli.cli.sensitive import remind_of_title
    from frivillig_cli.work.beredskap import changes, list_folder, view_json

    run = session.current()
    who, wanted = caller(as_), choose(activation, latest=True)
    with change(wanted) as register:
        after = changes.retitle(register, wanted, title, by=who, now=run.now)
    written = list_folder.existing(after.activation)
    run.out.result(view_json.to_json(after, written), *head_lines(after, written))
    if written:
        hint(
            wanted,
            _("The lists have the title that was. Write them anew: {command}",
              command="frivillig beredskap print"),
        )  # fmt: skip
    remind_of_title(after.activation, title)


def expense(
    amount: Annotated[
        str | None,
        typer.Argument(metavar="AMOUNT", help="Kroner; without it, the expenses are listed."),
    ] = None,
    what: Annotated[str | None, typer.Argument(metavar="WHAT", help="What it was for.")] = None,
    payer: Annotated[
        str | None,
        typer.Option(
            metavar="WHO",
            help="association, municipality, rescue-service, other; else as the call-out says.",
        ),
    ] = None,
    receipt: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The receipt's number, or where it is.")
    ] = None,
    corrects: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="The expense that this one replaces.")
    ] = None,
    at: AtOption = None,
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Write down money laid out, or list it. A correction is a new line; the old one stays."""
    from frivillig_cli.cli.sensitive import ask_first, remind
    from frivillig_cli.core.money import parse_amount
    from frivillig_cli.records.activation import expenses
    from frivillig_cli.work.beredskap import changes, view

    run = session.current()
    if amount is None:
        _list_expenses(view.choose(run.register, activation, latest=True))
        return
    if what is None:
        raise UsageError(
            _("What was it for?"), _("Write it as: frivillig beredskap expense 1250 mat")
        )
    ore, who = parse_amount(amount), caller(as_)
    wanted = choose(activation, latest=True)
    ask_first(what, receipt)
    with change(wanted) as register:
        now = run.now
        new = expenses.NewExpense(ore, what, who, payer, receipt, moment(at, now), corrects)
        made = changes.expense(register, wanted, new, now=now)
    line = _("Expense {id}: {line}", id=made.id, line=changes.expense_line(made))
    run.out.result(expenses.to_json(made), line)
    mend = typed(f"frivillig beredskap expense AMOUNT WHAT --corrects {made.id}")
    remind(what, receipt, mend=pointed(mend, wanted))


def _list_expenses(wanted: int) -> None:
    from frivillig_cli.cli.commands.beredskap_log import clock
    from frivillig_cli.records.activation import expenses, shown
    from frivillig_cli.records.activation.model import PAYER_WORDS
    from frivillig_cli.work.beredskap import changes

    run = session.current()
    lines = shown.expenses(run.register, wanted)
    replaced = expenses.corrections(lines)
    total, limit = len(lines), run.page()
    run.out.listing(
        lines[-limit:] if limit else lines,
        lambda one: expenses.to_json(one, replaced.get(one.id)),
        [
            Column(_("No."), right=True), Column(_("Happened")), Column(_("Amount"), right=True),
            Column(_("What")), Column(_("Pays")), Column(_("Receipt")), Column(_("By")),
        ],
        lambda one: (
            str(one.id), clock(one.happened), changes.kroner(one.amount),
            _("[corrected in {seq}] {text}", seq=replaced[one.id], text=one.what)
            if one.id in replaced
            else one.what,
            _(PAYER_WORDS[one.payer]), one.receipt, one.by,
        ),
        total=total,
    )  # fmt: skip
    for who, ore in expenses.by_payer(lines).items():
        run.out.hint(f"{_(PAYER_WORDS[who])}: {changes.kroner(ore)}")


def note(
    person: PersonOnList,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to remember of them.")],
    at: AtOption = None,
    as_: AsOption = None,
    activation: ActivationOption = None,
) -> None:
    """Write a line about somebody on the list, shown when they are called. Never about health."""
    from frivillig_cli.cli.sensitive import ask_first, remind_of_log
    from frivillig_cli.work.beredskap import changes

    run = session.current()
    who = caller(as_)
    wanted = choose(activation)
    ask_first(text)
    with change(wanted) as register:
        now = run.now
        row, entry = changes.note(
            register, wanted, person, text, by=who, at=moment(at, now), now=now
        )
    run.out.result({**entry.to_json(), "person_id": row.person_id}, str(entry.text))
    remind_of_log(wanted, text)
