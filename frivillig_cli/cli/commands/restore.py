"""`frivillig restore`: puts a backup in the register's place."""

from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import Annotated, Any

import typer

from frivillig_cli.cli import ask, session
from frivillig_cli.cli.options import Change, noun
from frivillig_cli.core.i18n import N_, _, ngettext

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
    from frivillig_cli.work.letters.forgotten import forgotten

    run = session.current()
    refuse_unrestorable(file, run.path)
    ask.confirm(_("Put {file} in the place of {path}?", file=file, path=run.path))
    aside = restore_backup(file, run.path)
    with run.change() as register:  # in the history, so that undo does not go past it unseen
        settings.write(register, "restored", f"{file.name} {run.now.isoformat()}")
    sent = forgotten(aside, run.register) if aside else []
    run.out.result(
        {
            "path": str(run.path),
            "restored": str(file),
            "aside": str(aside) if aside else None,
            "sent_since": None if sent is None else [one.to_json() for one in sent],
        },
        _("Restored: {path}", path=run.path),
    )
    for one in sent or ():
        run.out.warn(*_sent_since(one, aside))
    if sent is None:
        run.out.warn(
            _("It is not known whether letters have gone out since this backup was made: the"
              " register before it cannot be read."),
            _("Look in the mail program before you send any once more."),
        )  # fmt: skip
    if aside:
        run.out.hint(
            _("The register that stood there is now {aside}", aside=aside),
            _("To go back: {command}", command=f"frivillig restore {quote(str(aside))}"),
        )


def _sent_since(batch: Any, aside: Path | None) -> Iterator[str]:
    """That letters have gone out which the backup knows nothing of, and what to do about it."""
    yield ngettext(
        "{n} letter of batch {batch} ({template}) went out after this backup was made, and the"
        " register does not know it any more.",
        "{n} letters of batch {batch} ({template}) went out after this backup was made, and the"
        " register does not know it any more.",
        batch.letters, batch=batch.batch, template=batch.template,
    )  # fmt: skip
    if batch.known and batch.all_out:
        day = batch.days[0] if len(batch.days) == 1 else "…"
        yield _("Do not send them again. Record them: {command}",
                command=f"frivillig letter sent {batch.batch} --date {day}")  # fmt: skip
    else:
        old = f"frivillig --db {quote(str(aside))} letter log {batch.batch} --limit 0"
        yield _(
            "Do not send it again to those who have got it. See who they are: {command}",
            command=old,
        )
