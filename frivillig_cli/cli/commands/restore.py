"""`frivillig restore`: puts a backup in the register's place."""

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from frivillig_cli.cli import ask, session
from frivillig_cli.cli.options import Change, noun
from frivillig_cli.core.i18n import N_, _

app = noun(N_("Put a backup in the register's place."))


@app.command(cls=Change)
def restore(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The backup; see frivillig backup list.")
    ],
) -> None:
    """Put a backup in the register's place.

    The backup is checked first. The register that stands there is moved aside, never deleted.
    """
    from frivillig_cli.store import settings
    from frivillig_cli.store.restore import refuse_unrestorable, restore_backup

    run = session.current()
    refuse_unrestorable(file, run.path)
    ask.confirm(_("Put {file} in the place of {path}?", file=file, path=run.path))
    aside = restore_backup(file, run.path)
    with run.change() as register:  # in the history, so that undo does not go past it unseen
        settings.write(register, "restored", f"{file.name} {run.now.isoformat()}")
    run.out.result(
        {"path": str(run.path), "restored": str(file), "aside": str(aside) if aside else None},
        _("Restored: {path}", path=run.path),
    )
    if aside:
        run.out.hint(
            _("The register that stood there is now {aside}", aside=aside),
            _("To go back: {command}", command=f"frivillig restore {quote(str(aside))}"),
        )
