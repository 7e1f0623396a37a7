"""`frivillig beredskap report|costs|export|evaluate|action`: what is told and learnt afterwards."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.commands.beredskap_options import ActivationOption, AsOption, caller
from frivillig_cli.cli.complete import complete_activation
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import Change, List, noun
from frivillig_cli.core.i18n import N_, _, ngettext, typed
from frivillig_cli.formats.target import refuse_target

action = noun(N_("What is to be done after a call-out, by whom and when."))

RefArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="REF", help="Which call-out; else the latest.", autocompletion=complete_activation
    ),
]
OverwriteOption = Annotated[
    bool, typer.Option("--overwrite", help="Write over a file that is there.")
]


def _report(ref: str | None) -> Any:
    from frivillig_cli.work.beredskap import report, view

    run = session.current()
    return report.gather(run.register, view.choose(run.register, ref, latest=True), run.now)


def report(
    ref: RefArgument = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="pdf, xlsx, html or json."),
    ] = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Show what a call-out came to, or write it as a report."""
    from frivillig_cli.work.beredskap import report_files
    from frivillig_cli.work.beredskap.figure_lines import figure_rows, measured_against

    run = session.current()
    if output is not None:
        refuse_target(output, report_files.REPORT_ENDINGS, overwrite=overwrite)
    told = _report(ref)
    note = report_files.write_report_file(output, told) if output is not None else ""
    head = told.activation
    run.out.json({**told.to_json(), "file": str(output) if output else None})
    if output is None and run.out.mode == "text":
        run.out.record(None, figure_rows(told.figures), f"{head.number}  {head.title}")
        run.out.lines("", *measured_against(told.figures, told.target))
        command = f"frivillig beredskap report {head.number} -o rapport.pdf"
        run.out.hint(_("As a report: {command}", command=command))
        if told.target is None:
            command = "frivillig config set beredskap.target_percent …"
            run.out.hint(_("To measure against an own target: {command}", command=command))
    elif output is not None:
        run.out.lines(str(output))
        run.out.hint(*filter(None, (note, _("It names people: keep it where only those who need it"
                                            " can read it."))))  # fmt: skip
    if head.kind != "contact_test" and not told.evaluations and head.state != "cancelled":
        run.out.hint(_("No evaluation is written yet (§ 8): {command}",
                       command=f"frivillig beredskap evaluate {head.number}"))  # fmt: skip


def costs(
    ref: RefArgument = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="A workbook, a sheet for each payer."),
    ] = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Show what each payer owes, or write it as a workbook to be claimed with the receipts."""
    from frivillig_cli.core.errors import RefusedError
    from frivillig_cli.records.activation import expenses
    from frivillig_cli.records.activation.model import PAYER_WORDS
    from frivillig_cli.work.beredskap import report_book
    from frivillig_cli.work.beredskap.report_sheets import amount

    run = session.current()
    if output is not None:
        refuse_target(output, (".xlsx",), overwrite=overwrite)
    told = _report(ref)
    if not told.costs:
        raise RefusedError(
            _("{number} has no expenses.", number=told.activation.number),
            _(
                "Write one down: {command}",
                command=typed("frivillig beredskap expense AMOUNT WHAT"),
            ),
        )
    if output is not None:
        report_book.write_costs(output, told)
    run.out.json({
        "number": told.activation.number, **told.costs_json(),
        "expenses": [expenses.to_json(one) for one in expenses.standing(told.expenses)],
        "file": str(output) if output else None,
    })  # fmt: skip
    rows = [(_(PAYER_WORDS[payer]), amount(ore)) for payer, ore in told.costs.items()]
    run.out.lines(told.activation.number)
    if run.out.mode == "text":
        run.out.record(None, rows)
    if output is not None:
        run.out.hint(_("In {file}.", file=output))


def export(
    output: Annotated[Path, typer.Argument(metavar="FILE", help="csv, or txt to paste.")],
    overwrite: OverwriteOption = False,
    activation: ActivationOption = None,
) -> None:
    """Write the log for the municipality’s own crisis log, such as DSB-CIM."""
    from frivillig_cli.work.beredskap import report_files

    run = session.current()
    refuse_target(output, report_files.LOG_ENDINGS, overwrite=overwrite)
    told = _report(activation)
    report_files.write_log_file(output, told)
    run.out.result(
        {"number": told.activation.number, "entries": len(told.log), "file": str(output)},
        ngettext("{n} log entry of {number} in {file}", "{n} log entries of {number} in {file}",
                 len(told.log), number=told.activation.number, file=output),
    )  # fmt: skip


def evaluate(
    ref: RefArgument = None,
    well: Annotated[str | None, typer.Option(metavar="TEXT", help="What went well.")] = None,
    improve: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What is to be better.")
    ] = None,
    text: Annotated[str | None, typer.Option(metavar="TEXT", help="Other things.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="When it was written; else today.")
    ] = None,
    corrects: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", help="The evaluation that this one stands in the place of."),
    ] = None,
    as_: AsOption = None,
) -> None:
    """Write down what was learnt of a call-out. Never about anybody's health."""
    from frivillig_cli.cli import ask
    from frivillig_cli.cli.sensitive import ask_first, line, remind
    from frivillig_cli.records.activation import queries
    from frivillig_cli.work.beredskap import evaluations, view

    run = session.current()
    who = caller(as_)
    wanted = view.choose(run.register, ref, latest=True)
    if not (well or improve or text) and ask.in_terminal() and not run.yes:
        well = line(_("What went well?"), _("what went well"))
        improve = line(_("What is to be better?"), _("what is to be better"))
    else:
        ask_first(well, improve, text)
    texts = {"went_well": well, "to_improve": improve, "text": text}
    with run.change() as register:
        made = evaluations.evaluate(
            register, wanted, texts, by=who, written=_day(on) or run.today, corrects=corrects,
            now=run.now,
        )  # fmt: skip
    number = queries.get(run.register, wanted).number
    run.out.result(
        vars(made), _("Evaluation {id}, of {number}, is saved.", id=made.id, number=number)
    )
    mend = f"frivillig beredskap evaluate {number} --corrects {made.id}"
    remind(well, improve, text, mend=mend)
    command = f"frivillig beredskap action add {number} …"
    run.out.hint(_("What is to be done about it: {command}", command=command))


@action.command("add", cls=Change)
def action_add(
    ref: Annotated[
        str,
        typer.Argument(
            metavar="REF", help="After which call-out.", autocompletion=complete_activation
        ),
    ],
    what: Annotated[str, typer.Argument(metavar="WHAT", help="What is to be done.")],
    owner: Annotated[str | None, typer.Option(metavar="WHO", help="Who does it.")] = None,
    due: Annotated[str | None, typer.Option(metavar="DATE", help="By when.")] = None,
) -> None:
    """Add something that is to be done."""
    from frivillig_cli.cli.sensitive import ask_first, remind
    from frivillig_cli.records.activation.queries import activation_id
    from frivillig_cli.records.evaluation import actions

    run = session.current()
    wanted = activation_id(run.register, ref)
    ask_first(what, owner)
    with run.change() as register:
        made = actions.add_action(register, wanted, what, owner=owner, due=_day(due))
    run.out.result(vars(made), _("Saved: number {id}, {what}.", id=made.id, what=made.what))
    remind(what, owner, mend="frivillig undo")
    run.out.hint(_("When it is done: {command}",
                   command=f"frivillig beredskap action done {made.id}"))  # fmt: skip


@action.command("list", cls=List)
def action_list(
    open_: Annotated[bool, typer.Option("--open", help="Only what is not done.")] = False,
    activation: ActivationOption = None,
) -> None:
    """List what is to be done, the first due first, and what is done."""
    from frivillig_cli.cli.arrange import arranged
    from frivillig_cli.cli.views import day
    from frivillig_cli.records.activation import queries as activations
    from frivillig_cli.records.evaluation import queries

    run = session.current()
    wanted = activations.activation_id(run.register, activation) if activation else None
    items = queries.action_items(run.register, wanted)
    numbers = {one.id: one.number for one in activations.all_activations(run.register)}
    shown = [one for one in items if not (open_ and one.done)]
    today = run.today.isoformat()

    def to_json(one: Any) -> dict[str, Any]:
        return {**vars(one), "number": numbers[one.activation_id]}

    run.out.listing(
        arranged(shown, to_json), to_json,
        [Column(_("No."), right=True), Column(_("What")), Column(_("Who")), Column(_("Due")),
         Column(_("Done")), Column(_("Activation"))],
        lambda one: (
            str(one.id), one.what, one.owner,
            _("{date}, late", date=day(one.due)) if one.late(today) else day(one.due),
            day(one.done), numbers[one.activation_id],
        ),
        total=len(shown),
    )  # fmt: skip


@action.command("done", cls=Change)
def action_done(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Its number in the list.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="When; else today.")
    ] = None,
) -> None:
    """Note that something is done."""
    from frivillig_cli.records.evaluation import actions

    run = session.current()
    with run.change() as register:
        made = actions.finish(register, number, done=_day(on) or run.today)
    run.out.result(vars(made), _("Done: {what}.", what=made.what))


def _day(typed: str | None) -> date | None:
    from frivillig_cli.core.dates import parse_date

    return parse_date(typed) if typed else None
