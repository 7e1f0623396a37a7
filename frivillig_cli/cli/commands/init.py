"""`frivillig init`: makes the register."""

from typing import Annotated

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.options import Change, noun
from frivillig_cli.core.i18n import N_, _

app = noun(N_("Make the register, and say where it is."))


@app.command(cls=Change)
def init(
    kommune: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="The municipality's 4-digit number.")
    ] = None,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="The municipality's name, e.g. Lier kommune.")
    ] = None,
) -> None:
    """Make the register, and say where it is."""
    from frivillig_cli.core.durable import discard
    from frivillig_cli.records import municipality
    from frivillig_cli.store import interrupt
    from frivillig_cli.store.doctor import synced_by
    from frivillig_cli.store.opening import create_register

    run = session.current()
    path = run.path
    checked = municipality.check(number=kommune, name=name)
    with interrupt.held():
        create_register(path).close()
    try:
        interrupt.stop_if_asked()
        with run.change() as made:
            municipality.put(made, checked)
    except BaseException:
        if not run.saved:  # made a moment ago, and half: it would stand in the way of the next try
            run.close()
            discard(path, path.with_name(f"{path.name}-journal"))
        raise
    if piece := synced_by(path):
        run.out.hint(
            _(
                "The register lies in a synced folder ({piece}), which can tear it apart.",
                piece=piece,
            ),
            _("Move it to a folder on this machine, and put the backups in the synced one."),
        )
    run.out.result(
        {"path": str(path), "municipality": checked, "synced": piece},
        _("The register is made: {path}", path=path),
        _(
            "Only you can read the file. Keep backups in another place:"
            " frivillig config set backup.folder …"
        ),
        "",
        _("Next: fetch associations   frivillig org import enheter.json"),
        _('      or add one           frivillig org add "Lier historielag"'),
    )
