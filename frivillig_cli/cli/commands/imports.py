"""`org import`, `volunteer import`: read, shown as it would become, asked for, taken in."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from frivillig_cli.cli import ask, session
from frivillig_cli.cli.options import DryRunOption
from frivillig_cli.cli.safety import back_up
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.i18n import _

File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="A list (xlsx, ods, csv, JSON), or a saved answer of Enhetsregisteret.",
    ),
]
VolunteerFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="A list of people: xlsx, ods, csv or JSON.")
]
Fill = Annotated[
    bool, typer.Option("--fill", help="Fill blanks and keep what is there (the default).")
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Take the file's value where the two differ.")
]
Ask = Annotated[
    bool, typer.Option("--ask", help="Ask about each difference and each uncertain match.")
]
NeverCreate = Annotated[
    bool, typer.Option("--never-create", help="Change what is there, and make nothing new.")
]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="TITLE=FIELD", help="Which field a column is; - leaves it out."),
]
Sheet = Annotated[
    str | None,
    typer.Option("--sheet", metavar="NAME", help="Which sheet of the workbook holds the list."),
]
ConfirmAccount = Annotated[
    bool,
    typer.Option(
        "--confirm-account", help="The account numbers in the file are confirmed by a call to them."
    ),
]
Again = Annotated[bool, typer.Option("--again", help="Take a file in that was taken in before.")]


class Modes(NamedTuple):
    """Which of the modes were given: one of them at most, see `_mode`."""

    fill: bool
    overwrite: bool
    ask: bool


def import_orgs(
    file: File,
    fill: Fill = False,
    overwrite: Overwrite = False,
    ask_each: Ask = False,
    never_create: NeverCreate = False,
    map_: Map = None,
    sheet: Sheet = None,
    again: Again = False,
    confirm_account: ConfirmAccount = False,
    dry_run: DryRunOption = False,
) -> None:
    """Take in a list of associations: shown first, then asked for."""
    how = {"never_create": never_create, "again": again, "sheet": sheet}
    how["confirm_account"] = confirm_account
    _import("org", file, Modes(fill, overwrite, ask_each), how, map_ or [], dry_run)


def import_volunteers(
    file: VolunteerFile,
    fill: Fill = False,
    overwrite: Overwrite = False,
    ask_each: Ask = False,
    never_create: NeverCreate = False,
    map_: Map = None,
    sheet: Sheet = None,
    again: Again = False,
    dry_run: DryRunOption = False,
) -> None:
    """Take in a list of volunteers: shown first, then asked for."""
    how = {"never_create": never_create, "again": again, "sheet": sheet}
    _import("volunteer", file, Modes(fill, overwrite, ask_each), how, map_ or [], dry_run)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A long list is millions of objects, none in a circle: looking for one takes a tenth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_without_collecting()
def _import(
    what: str,
    file: Path,
    modes: Modes,
    how: dict[str, Any],
    columns: list[str],
    dry_run: bool,
) -> None:
    from frivillig_cli.cli import import_views
    from frivillig_cli.work.imports import job
    from frivillig_cli.work.imports.columns import parse_map
    from frivillig_cli.work.imports.result import Options

    run = session.current()
    now = run.now
    kind = job.kind_of(what, now)
    mode = _mode(modes)
    labels = {field: kind.label(field) for field in kind.titles}
    options = Options(mode, columns=parse_map(columns, kind.titles, labels), **how)
    with run.out.progress(_("Reading {file}", file=file.name)) as advance:
        plan = job.prepare(run.register, file, kind, options, advance)
    before = job.imported_before(run.register, plan, options)
    if before:
        run.out.result(before.to_json(), *import_views.imported_before(plan, before))
        return
    work = _Job(plan, kind, options, _decisions(kind))
    # with --yes nobody is asked, and the work can be done once
    at_once = run.yes and not dry_run and not modes.ask
    preview = None
    if not at_once:
        preview = work.preview()
        lines = import_views.report(
            plan, preview, kind, job.municipality(run.register), overwrite=modes.overwrite
        )
        if dry_run or not preview.changes_anything:
            _show(preview, lines, dry_run=dry_run)
            return
        if not run.yes:
            run.out.hint(*lines)
            ask.confirm(_("Save this?"))
    back_up(len(plan.records) if at_once else preview.created + preview.changed, "import")
    result = work.save(preview)
    shown = import_views.report(
        plan, result, kind, job.municipality(run.register), overwrite=modes.overwrite
    )
    _show(result, shown if run.yes else [], dry_run=False)


@dataclass(frozen=True)
class _Job:
    """One file's work: as it would become, and for real."""

    plan: Any
    kind: Any
    options: Any
    decisions: Any

    def preview(self) -> Any:
        """The real work rolled back, again after each round of questions."""
        from frivillig_cli.work.imports.apply import apply

        while True:
            result = self._run(apply, _("Comparing"), dry_run=True)
            if not self.decisions.settle():
                return result

    def save(self, shown: Any) -> Any:
        """The real work; where it is not what was `shown`, nothing is saved."""
        from frivillig_cli.work.imports.job import take_in

        return self._run(take_in, _("Saving"), dry_run=False, shown=shown)

    def _run(self, work: Any, label: str, *, dry_run: bool, shown: Any = None) -> Any:
        run = session.current()
        rows = len(self.plan.records)
        # what the state's registers hold is no answer to what an association was asked
        change = run.change(dry_run=dry_run, settles=not self.plan.units)
        with run.out.progress(label, rows) as advance, change as register:
            options = replace(self.options, progress=advance)
            result = work(
                register, self.plan, self.kind, options, now=run.now, decisions=self.decisions
            )
            if shown is not None:
                ask.refuse_if_other(shown.to_json(), result.to_json())
            return result


def _show(result: Any, lines: list[str], *, dry_run: bool) -> None:
    from frivillig_cli.cli import import_views

    run = session.current()
    if not result.whole:
        run.incomplete()
    if dry_run:
        run.out.result(result.to_json(), *lines)
    elif not result.applied:
        run.out.result(result.to_json(), *lines, _("Nothing to change."))
    else:
        run.out.result(result.to_json(), *lines, import_views.saved(result))
        run.out.hint(_("Undo: {command}", command="frivillig undo"))


def _mode(modes: Modes):
    from frivillig_cli.work.imports.result import Mode

    chosen = [name for name, wanted in modes._asdict().items() if wanted]
    if len(chosen) > 1:
        raise UsageError(
            _("Only one of --fill, --overwrite and --ask can be given."),
            _("Without any of them blanks are filled and what is there is kept."),
        )
    if chosen == ["ask"] and not ask.in_terminal():
        raise RefusedError(
            _("--ask needs a terminal to ask in."),
            _("Use --fill or --overwrite, or look first with --dry-run."),
        )
    return Mode(chosen[0]) if chosen else Mode.FILL


def _decisions(kind):
    """The questions of --ask, as they are put in a terminal."""
    from frivillig_cli.cli import import_views
    from frivillig_cli.work.imports.decisions import NEW, Decisions

    def which(record, candidates, why):
        choices = {str(n): f"{known.id} {known.name}" for n, known in enumerate(candidates[:9], 1)}
        answer = ask.choose(
            _(
                "Row {row}: {name} ({why}). Which is it?",
                row=record.row,
                name=record.text("name") or record.text("email"),
                why=why,
            ),
            {**choices, "+": _("a new one"), "-": _("leave it out")},
        )
        if answer in choices:
            return candidates[int(answer) - 1].id
        return NEW if answer == "+" else None

    def take(difference):
        question = _(
            "{name}, {field}: {old} here, {new} in the file.",
            name=difference.name,
            field=kind.label(difference.field),
            old=import_views.shown_value(difference.field, difference.old),
            new=import_views.shown_value(difference.field, difference.new),
        )
        guarded = difference.field in kind.guarded
        if guarded:
            warning = _(
                "It may be fraud: ring them on a number that you had before this file,"
                " and take the new account only if they say that it is theirs."
            )
            question = f"{question}\n{warning}"
        choices = {"1": _("keep"), "2": _("take the file's")}
        return ask.choose(question, choices, "1" if guarded else None) == "2"

    def who(office):
        named = enumerate(office.candidates[:9], 1)
        choices = {str(n): f"{number} {name}" for n, (number, name) in named}
        answer = ask.choose(
            _(
                "Row {row}: {name}, {office} in {org}. Who is it?",
                row=office.row,
                name=echo(office.name),
                office=kind.label(office.office),
                org=echo(office.org),
            ),
            {**choices, "+": _("a new one"), "-": _("leave it out")},
        )
        if answer in choices:
            return office.candidates[int(answer) - 1][0]
        return NEW if answer == "+" else None

    return Decisions(which, take, who)
