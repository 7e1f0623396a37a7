"""`frivillig beredskap print|collect|paper`: lists out anew, and what was noted on them in."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.callout import hint, pointed
from frivillig_cli.cli.commands.beredskap_options import (
    ActivationOption,
    AsOption,
    SplitOption,
    caller,
    choose,
    show_failed,
)
from frivillig_cli.cli.complete import complete_activation
from frivillig_cli.cli.options import DryRunOption
from frivillig_cli.core.i18n import _, ngettext, typed


def print_(
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Where to put the call list."),
    ] = None,
    split: SplitOption = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Print everybody, however long the list is.")
    ] = False,
    activation: ActivationOption = None,
) -> None:
    """Write the call list anew, as things stand now; with --split, one for each caller."""
    from frivillig_cli.work.beredskap import files, list_folder, sheets, view

    run = session.current()
    wanted = choose(activation, latest=True)
    seen = view.load(run.register, wanted, run.now)
    folder = output or Path(seen.activation.folder or list_folder.default_folder(seen.activation))
    paper = sheets.paper(run.register, seen, run.now)
    done = files.write(seen, paper, folder.absolute(), everybody=all_, split=split)
    run.out.json({
        "number": seen.activation.number,
        "files": [str(path) for path in done.written],
        "failed": [{"file": str(path), "why": why} for path, why in done.failed],
    })  # fmt: skip
    run.out.lines(*(str(path) for path in done.written))
    run.out.hint(*done.notes)
    show_failed(wanted, done)
    _remember(seen.activation, folder.absolute(), done.written)


def _remember(activation: Any, folder: Path, written: list[Path]) -> None:
    """Let the lists be looked for where they lie, if none lie where they were put at first."""
    from frivillig_cli.core.errors import RegisterError
    from frivillig_cli.work.beredskap import list_folder

    if not written or str(folder) == activation.folder or list_folder.existing(activation):
        return
    # They are there and have been named: a register that takes no more must not say otherwise.
    with suppress(RegisterError), session.current().change() as register:
        list_folder.keep_folder(register, activation.id, folder)


def collect(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="What the phones gave back; - for pasted text."),
    ],
    dry_run: DryRunOption = False,
) -> None:
    """Take in the answers that were tapped on the phones: in any order, and twice without harm."""
    from frivillig_cli.cli.pasted import read_text
    from frivillig_cli.cli.sensitive import ask_first
    from frivillig_cli.records.activation import queries
    from frivillig_cli.work.beredskap import take_in, taps

    run = session.current()
    given = [
        (name, one)
        for name in files
        for one in taps.read_given_back(read_text(name, taps.MOST_BYTES))
    ]
    ids = [queries.by_uid(run.register, one.activation, one.number) for _name, one in given]
    if not dry_run:
        ask_first(*sorted({tap.by for _name, one in given for tap in one.taps}))
    shown = []
    with run.change(dry_run=dry_run) as register:
        for (name, one), activation_id in zip(given, ids, strict=True):
            taken = take_in.take_in(register, activation_id, one.taps, "phone", now=run.now)
            taken.refused += one.bad
            shown.append((name, one.number, activation_id, taken))
    run.out.json({
        "files": [{"file": name, "activation": number, **taken.to_json()}
                  for name, number, _id, taken in shown],
        "dry_run": dry_run,
    })  # fmt: skip
    for name, number, wanted, taken in shown:
        _show(_("{file}, {number}", file=name, number=number), taken, wanted)
    if dry_run:
        run.out.hint(_("This is what would be done. Nothing was stored."))
    else:
        hint(ids[-1], _("See how it stands: {command}", command="frivillig beredskap status"))


def paper(
    number: Annotated[
        str,
        typer.Argument(
            metavar="NUMBER", help="The call-out on the sheets.",
            autocompletion=complete_activation,
        ),
    ],
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="Lines typed beforehand; - for a pipe."),
    ] = None,
    date_: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="The day of the times.")
    ] = None,
    as_: AsOption = None,
    dry_run: DryRunOption = False,
) -> None:  # fmt: skip
    """Take in what was written on the printed list, row code by row code: 017-4 j 0341 0410."""
    from frivillig_cli.cli import ask
    from frivillig_cli.cli.pasted import read_text
    from frivillig_cli.core.dates import parse_date
    from frivillig_cli.core.errors import UsageError
    from frivillig_cli.records.activation import queries
    from frivillig_cli.records.activation.began import began
    from frivillig_cli.work.beredskap.paper_lines import Sheet
    from frivillig_cli.work.beredskap.taps import MOST_BYTES

    run = session.current()
    wanted = queries.activation_id(run.register, number)
    day = parse_date(date_) if date_ else None
    head = queries.get(run.register, wanted)
    sheet = Sheet(head, caller(as_), run.now, day, began(run.register, head, run.now))
    if from_ is None and not ask.in_terminal():
        raise UsageError(
            _("There is no terminal to type the sheets in."),
            _("Write the lines in a file, and give it: {option}", option=typed("--from FILE")),
        )
    if from_ is None:
        _typed(wanted, sheet, dry_run=dry_run)
    else:
        _lines(wanted, read_text(from_, MOST_BYTES).splitlines(), sheet, dry_run=dry_run)
    hint(wanted, _("See how it stands: {command}", command="frivillig beredskap status"))


def _lines(wanted: int, lines: Iterable[str], sheet: Any, *, dry_run: bool) -> None:
    """All lines in one transaction; those that cannot be read keep none of the others back."""
    from frivillig_cli.cli.sensitive import ask_first
    from frivillig_cli.work.beredskap import paper_lines, take_in

    run = session.current()
    read = list(paper_lines.read_lines("\n".join(lines), sheet))
    taps = [one for one in read if not isinstance(one, tuple)]
    if not dry_run:
        ask_first(*sorted({tap.by for tap in taps}))
    with run.change(dry_run=dry_run) as register:
        taken = take_in.take_in(register, wanted, taps, "paper", now=run.now)
    taken.refused += [
        (one[0], f"{one[1].message} {one[1].hint}") for one in read if isinstance(one, tuple)
    ]
    run.out.json({**taken.to_json(), "dry_run": dry_run})
    _show(sheet.activation.number, taken, wanted)
    if dry_run:
        run.out.hint(_("This is what would be done. Nothing was stored."))


def _typed(wanted: int, sheet: Any, *, dry_run: bool) -> None:
    """Line by line as they are typed, each stored before the next is asked for."""
    from frivillig_cli.cli import ask
    from frivillig_cli.cli.errors import report
    from frivillig_cli.cli.sensitive import ask_first
    from frivillig_cli.core.errors import FrivilligError
    from frivillig_cli.work.beredskap import paper_lines, take_in

    run = session.current()
    run.out.hint(
        _("Row, letter and time, as on the sheet: 017-4 j 0341, and when they come: 0410."),
        _("Also pp on site, di told that they may go, th home. An empty line ends."),
    )
    shown = []
    while line := ask.line(">"):
        try:
            tap = paper_lines.read_line(line, replace(sheet, now=run.now))
            ask_first(None if dry_run else tap.by)
            with run.change(dry_run=dry_run) as register:
                taken = take_in.take_in(register, wanted, [tap], "paper", now=run.now)
        except FrivilligError as error:
            report(error)
            continue
        shown.append(taken.to_json())
        for code, name, stands in taken.new:
            run.out.hint(f"  {code}  {name}: {stands}")
        if taken.known:
            run.out.hint("  " + _("That line is taken in already."))
        run.out.warn(*taken.passed, *_crossed(taken, wanted))
        _say_who_is_untold(taken, wanted)
        for what, why in taken.aside:
            run.out.hint(_("Set aside: {what}: {why}", what=what, why=why))
        for what, why in taken.refused:
            run.out.warn(f"{what}: {why}")
    run.out.json({"lines": shown, "dry_run": dry_run})


def _show(what: str, taken: Any, wanted: int) -> None:
    run = session.current()
    n = len(taken.new)
    parts = [ngettext("{n} answer taken in", "{n} answers taken in", n)]
    if taken.known:
        parts.append(_("{n} known already", n=taken.known))
    if taken.undone:
        parts.append(_("{n} taken back on the phone", n=taken.undone))
    run.out.lines(f"{what}: {', '.join(parts)}")
    width = max((len(name) for _code, name, _stands in taken.new), default=0)
    run.out.lines(*(f"  {code}  {name:<{width}}  {stands}" for code, name, stands in taken.new))
    if taken.overtaken:
        run.out.hint(
            ngettext("{n} answer came before one that stands already, and changes nothing.",
                     "{n} answers came before ones that stand already, and change nothing.",
                     taken.overtaken)
        )  # fmt: skip
    if taken.clock:
        run.out.warn(
            ngettext("The phone's clock is {wrong}: {n} time was moved to one that can be.",
                     "The phone's clock is {wrong}: {n} times were moved to ones that can be.",
                     taken.clock, wrong=taken.how_wrong)
        )  # fmt: skip
    for name, before, now in taken.unsure:
        run.out.warn(
            _("{name}: «{before}» stood, «{now}» is taken in. Which came last is not certain, for"
              " the phone's clock is wrong: ask them.", name=name, before=before, now=now)
        )  # fmt: skip
    run.out.warn(*taken.passed, *taken.twins, *_crossed(taken, wanted))
    _say_who_is_untold(taken, wanted)
    for row, why in taken.aside:
        run.out.hint(_("Set aside: {what}: {why}", what=row, why=why))
    for row, why in taken.refused:
        run.out.warn(_("Not taken in: {what}: {why}", what=row, why=why))
        run.incomplete()


def _crossed(taken: Any, wanted: int) -> list[str]:
    """What others had recorded and this replaces; the commands name the activation."""
    return [one if "--activation" in one else pointed(one, wanted) for one in taken.crossed]


def _say_who_is_untold(taken: Any, wanted: int) -> None:
    """Name those who said that they come, and do not know that it is over."""
    for ref, name in taken.untold:
        told = _("{name} said yes and has not been told that it is over. When they are told:"
                 " {command}", name=name, command=f"frivillig beredskap leave {ref}")  # fmt: skip
        session.current().out.warn(pointed(told, wanted))
    from frivillig_cli.records.activation.calling import as_typed

    answers = as_typed("yes", "no")
    for ref, name, episode in taken.untold_before:
        told = _("{name} said yes in episode {n}, and has not been told that it was over. Ring"
                 " them: {command}", name=name, n=episode,
                 command=f"frivillig beredskap call {ref} {answers}|…")  # fmt: skip
        session.current().out.warn(pointed(told, wanted))
