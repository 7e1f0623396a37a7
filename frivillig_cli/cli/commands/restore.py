"""`frivillig restore`: puts a backup in the register's place."""

from pathlib import Path
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

    The backup is checked first. The register that stands there is moved aside, never deleted. What
    cannot be taken back comes along: letters that went out since, and that somebody is protected.
    """
    from frivillig_cli.cli.restoring import Restoring
    from frivillig_cli.store.restore import refuse_unrestorable, restore_backup

    run = session.current()
    refuse_unrestorable(file, run.path)
    ask.confirm(_("Put {file} in the place of {path}?", file=file, path=run.path))
    restoring = Restoring(f"{file.name} {run.now.isoformat()}")
    aside = restore_backup(file, run.path, restoring.prepare)
    run.out.result(
        {
            "path": str(run.path),
            "restored": str(file),
            "aside": str(aside) if aside else None,
            **restoring.to_json(),
        },
        _("Restored: {path}", path=run.path),
    )
    restoring.tell(aside)
