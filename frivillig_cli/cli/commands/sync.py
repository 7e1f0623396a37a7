"""`org sync`: what the state's registers say, compared, shown, asked for, taken in."""

from pathlib import Path
from typing import Annotated

import typer

from frivillig_cli.cli import ask, session
from frivillig_cli.cli.options import DryRunOption
from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.i18n import _

From = Annotated[
    list[Path] | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help="A saved answer of the registers instead of the network.",
    ),
]
New = Annotated[
    bool,
    typer.Option("--new/--no-new", help="Take in the associations that are proposed as new."),
]
Updates = Annotated[
    bool,
    typer.Option("--updates", help="Ask only what has happened to yours since the last time."),
]
Roles = Annotated[
    bool, typer.Option("--roles", help="Ask who holds office too, to compare with your own.")
]
Categories = Annotated[
    bool,
    typer.Option(
        "--categories", help="Ask Frivillighetsregisteret for categories too; takes minutes."
    ),
]


def sync_orgs(
    from_: From = None,
    new: New = False,
    updates: Updates = False,
    roles: Roles = False,
    categories: Categories = False,
    dry_run: DryRunOption = False,
) -> None:
    """Compare with Brønnøysundregistrene: shown first, then asked for.

    What you or the association have set is kept, and listed beside what they say.
    """
    from frivillig_cli.cli import sync_views
    from frivillig_cli.store.undo import MARK
    from frivillig_cli.work.sync.take_in import feed_position, note_feed, sync

    run = session.current()
    if from_ and (updates or roles or categories):
        raise UsageError(
            _("--updates, --roles and --categories ask over the network, and --from does not."),
            _("Save those answers too, and give each with --from."),
        )
    municipality = _municipality(run)
    heard = (
        _read(run, from_, municipality)
        if from_
        else _ask_registers(run, municipality, updates, roles, categories)
    )
    with run.change(dry_run=True) as register:
        preview = sync(register, heard, municipality, take_new=new, now=run.now)
    lines = sync_views.report(heard, preview, new)
    if updates and feed_position(run.register) is None:
        lines.insert(0, _("Where the updates were left is not known: everything was asked for."))
    if preview.left_out or preview.missing:
        run.incomplete()
    if dry_run or not preview.changes_anything:
        preview.applied = False
        if not dry_run and heard.feed and heard.feed != feed_position(run.register):
            with run.change(command=MARK) as register:
                note_feed(register, heard)
        end = [] if dry_run else [_("Nothing to change.")]
        run.out.result(preview.to_json(), *lines, *end)
        return
    if not run.yes:
        run.out.hint(*lines)
        ask.confirm(_("Save this?"))
        lines = []
    with run.change() as register:
        result = sync(register, heard, municipality, take_new=new, now=run.now)
        ask.refuse_if_other(preview.to_json(), result.to_json())
    run.out.result(result.to_json(), *lines, sync_views.saved(result))
    run.out.hint(_("Undo: {command}", command="frivillig undo"))


def _municipality(run):
    from frivillig_cli.records import municipality

    return municipality.get(run.register).get("municipality.number")


def _read(run, paths, municipality):
    from frivillig_cli.work.sync import queries
    from frivillig_cli.work.sync.gather import from_files

    names = ", ".join(path.name for path in paths)
    with run.out.progress(_("Reading {file}", file=names)) as advance:
        return from_files(paths, municipality, queries.held(run.register), advance)


def _ask_registers(run, municipality, updates, roles, categories):
    from frivillig_cli.sources.registers import Registers
    from frivillig_cli.work.sync import queries
    from frivillig_cli.work.sync.gather import Wanted, from_network
    from frivillig_cli.work.sync.take_in import feed_position

    if municipality is None:
        raise RefusedError(
            _("The register does not know which municipality it is for."),
            _("Say it with: frivillig config set municipality.number 3312"),
        )
    since = feed_position(run.register) if updates else None
    wanted = Wanted(run.today, roles, categories, since)
    held = queries.held(run.register)
    registers = Registers()
    try:
        with run.out.progress(_("Asking Brønnøysundregistrene")) as advance:
            return from_network(registers, municipality, held, wanted, advance)
    finally:
        registers.close()
