"""`frivillig backup`: copies of the register."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.arrange import arranged
from frivillig_cli.cli.findings import show_findings
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import Change, List, Show, noun
from frivillig_cli.cli.trace import moment
from frivillig_cli.core.i18n import N_, _

app = noun(N_("Copies of the register: make, list, verify."))


def _folder() -> Path:
    from frivillig_cli.settings.paths import backup_folder

    return backup_folder(session.current().path)


def _json(path: Path, at: datetime, reason: str, size: int) -> dict[str, Any]:
    return {"path": str(path), "at": at.isoformat(), "reason": reason, "size": size}


@app.command("create", cls=Change)
def create(
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Another folder, e.g. a memory stick."),
    ] = None,
) -> None:
    """Make a checked copy of the register; the oldest copies give way to it."""
    from frivillig_cli.store.backup import create_backup

    run = session.current()
    path = create_backup(run.register, output or _folder())
    size = path.stat().st_size
    run.out.result(
        _json(path, run.now, "manual", size),
        _("Backup: {path} ({size} kB)", path=path, size=f"{size // 1000:,}".replace(",", " ")),
    )


@app.command("list", cls=List)
def list_() -> None:
    """List the backups, the newest first."""
    from frivillig_cli.store.backup import list_backups

    run = session.current()
    folder = _folder()
    found = list_backups(folder, run.path.stem)

    def to_json(backup: Any) -> dict[str, Any]:
        return _json(backup.path, backup.at, backup.reason, backup.size)

    run.out.listing(
        arranged(found, to_json),
        to_json,
        [Column(_("Made")), Column(_("kB"), right=True), Column(_("Why")), Column(_("File"))],
        lambda backup: (
            moment(backup.at.isoformat()),
            str(backup.size // 1000),
            backup.reason,
            backup.path.name,
        ),
        total=len(found),
    )
    run.out.hint(_("In {folder}", folder=folder))


@app.command("verify", cls=Show)
def verify(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The backup; without it the newest.")
    ] = None,
) -> None:
    """Check that a backup is whole and can be restored."""
    from frivillig_cli.core.errors import NotFoundError
    from frivillig_cli.store.backup import list_backups, verify_backup

    run = session.current()
    if file is None:
        found = list_backups(_folder(), run.path.stem)
        if not found:
            raise NotFoundError(
                _("There is no backup in {folder}.", folder=_folder()),
                _("Make one with: frivillig backup create"),
            )
        file = found[0].path
    show_findings(verify_backup(file), _("{file} is whole.", file=file))
