"""A copy of the register before a command that changes many rows."""

from frivillig_cli.cli import session
from frivillig_cli.core.errors import RegisterError
from frivillig_cli.core.i18n import _

MANY = 20


def back_up(rows: int, reason: str) -> None:
    """Make a backup when more than 20 rows may change, and say where it is.

    `reason` is a word for its name. A folder that cannot be written is told of and stops nothing:
    what follows is one transaction, which `undo` takes back.
    """
    if rows <= MANY:
        return
    from frivillig_cli.settings.paths import backup_folder
    from frivillig_cli.store.backup import create_backup

    run = session.current()
    try:
        with run.out.progress(_("Making a backup")):
            path = create_backup(run.register, backup_folder(run.path), reason)
    except RegisterError as error:
        run.out.warn(error.message, error.hint)
    else:
        run.out.hint(_("Backup first: {path}", path=path))
