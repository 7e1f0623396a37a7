"""`frivillig beredskap check|revised|plan|pack`: ready before it happens."""

from pathlib import Path
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.commands.beredskap_ready import OnOption, past_day
from frivillig_cli.core.i18n import _, ngettext, typed

ByOption = Annotated[str | None, typer.Option(metavar="NAME", help="Who did it; else you.")]
ResponsibleOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Who answers for the plan; else beredskap.responsible of frivillig config.",
    ),
]


def check() -> None:
    """Check whether you are ready: agreements, plan, exercises, groups, numbers, printed lists.

    Each finding names the command that mends it. Exit 3 when something is wrong.
    """
    from frivillig_cli.cli.findings import show_findings
    from frivillig_cli.work.beredskap import readiness

    run = session.current()
    found = readiness.check(run.register, now=run.now)
    show_findings(found.findings, _("All is as it should be."), found.facts)


def revised(
    on: OnOption = None,
    by: ByOption = None,
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What became different.")
    ] = None,
) -> None:  # fmt: skip
    """Record that the preparedness plan has been gone through and brought up to date (§ 6)."""
    from frivillig_cli.cli.sensitive import ask_first, remind
    from frivillig_cli.cli.views import day
    from frivillig_cli.records.readiness import actions, queries

    run = session.current()
    when = past_day(on)
    ask_first(note)
    with run.change() as register:
        new = actions.add_revision(register, when, by or run.user, note)
    data = {"id": new, "revised": when.isoformat(), "by": by or run.user, "note": note}
    last = queries.last_revision(run.register)
    run.out.result(data, _("The plan is revised: {date}, by {by}.", date=day(data["revised"]),
                           by=data["by"]))  # fmt: skip
    remind(note, mend="frivillig undo")
    if last and last.id != new:
        run.out.hint(_("It was revised later than that, too: {date}.", date=day(last.revised)))
    run.out.hint(
        _(
            "Next: its annex, with the lists   {command}",
            command=typed("frivillig beredskap plan -o FILE"),
        )
    )


def plan(
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="FILE", help="A .pdf, .html, .xlsx or .txt."),
    ] = ...,  # type: ignore[assignment]
    responsible: ResponsibleOption = None,
) -> None:  # fmt: skip
    """Write the plan's annex (§ 4): alert list and resources, with how old it is and whose.

    Protected people stand there with their name only.
    """
    from frivillig_cli.work.beredskap import drawer_files

    run = session.current()
    drawer = _drawer(responsible)
    with drawer_files.plan(drawer, output) as made, run.change() as register:
        drawer_files.keep(register, drawer, made, "plan", now=run.now)
    data = {**_made_json(drawer, made), "file": str(output)}
    run.out.result(data, _("Written: {file}", file=output))
    run.out.hint(*made.notes)
    if not drawer.responsible:
        command = typed("frivillig config set beredskap.responsible NAME")
        run.out.hint(_("Nobody is named as responsible: {command}", command=command))


def pack(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder, or the stick, to write into.")
    ],
    responsible: ResponsibleOption = None,
) -> None:
    """Write the lists for the drawer and the stick, ahead of a crisis: all of them, or none.

    For each group a call list as PDF, HTML, workbook and contacts; the resources, the plan's
    annex, a log sheet and a page to read first. Each says how old it is.
    """
    from frivillig_cli.cli.errors import trace
    from frivillig_cli.cli.views import day
    from frivillig_cli.work.beredskap import drawer_files

    run = session.current()
    drawer = _drawer(responsible)
    with drawer_files.pack(drawer, folder) as made, run.change() as register:
        left = drawer_files.keep(register, drawer, made, "pack", now=run.now)
    failed = {name for name, _why in made.failed}
    data = {
        **_made_json(drawer, made),
        "folder": str(folder),
        "failed": [{"file": name, "why": why} for name, why in made.failed],
        "left_from_before": [str(path) for path in left if path.name not in failed],
        "not_replaced": [str(path) for path in left if path.name in failed],
    }
    people = ngettext("{n} person", "{n} people", drawer.people)
    text = ngettext("{n} file in {folder}, of {people}.", "{n} files in {folder}, of {people}.",
                    len(made.files), folder=folder, people=people)  # fmt: skip
    run.out.result(data, text, *(f"  {name}" for name in made.files))
    run.out.hint(_("Too old after {date}. They hold names and numbers: keep them locked away.",
                   date=day(drawer.too_old.isoformat())), *made.notes)  # fmt: skip
    if names := ", ".join(path.name for path in left if path.name not in failed):
        run.out.warn(_("From an earlier pack, and older; remove them: {files}", files=names))
    if run.debug:
        trace(*made.errors)
    for name, why in made.failed:
        run.incomplete()
        run.out.warn(_("{file} could not be made: {why}", file=name, why=why))
    if made.in_text:
        run.out.warn(_("Text stands in its place; HTML works on phones and prints from a browser."))
    if names := ", ".join(path.name for path in left if path.name in failed):
        run.out.warn(
            _("From an earlier pack, older than the rest and not replaced: {files}", files=names)
        )


def _drawer(responsible: str | None) -> Any:
    from frivillig_cli.core.checks import name
    from frivillig_cli.work.beredskap.drawer import gather

    run = session.current()
    named = name(responsible, "responsible", "--responsible") if responsible else None
    return gather(run.register, responsible=named, now=run.now)


def _made_json(drawer: Any, made: Any) -> dict[str, Any]:
    return {
        "as_of": drawer.now,
        "too_old_after": drawer.too_old,
        "responsible": drawer.responsible or None,
        "people": drawer.people,
        "files": [{"file": str(made.folder / name), "rows": n} for name, n in made.files.items()],
    }
