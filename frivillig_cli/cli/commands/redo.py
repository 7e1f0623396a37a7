"""`frivillig redo`: does again what was undone last."""

from frivillig_cli.cli import session
from frivillig_cli.cli.options import Change, noun
from frivillig_cli.cli.trace import counts, entry_json, moment
from frivillig_cli.cli.unprotected import protected, tell_of_protected, unprotected
from frivillig_cli.core.i18n import N_, _

app = noun(N_("Do again what was undone last."))


@app.command(cls=Change)
def redo() -> None:
    """Do again what was undone last."""
    from frivillig_cli.store import history
    from frivillig_cli.store.undo import redo as do_again

    run, hidden = session.current(), protected()
    with run.change() as register:
        entry = do_again(register)
    done = history.entry(run.register, entry.undoes).command if entry.undoes else entry.command
    what = f"{done}  {moment(entry.at)}  {counts(entry)}"
    run.out.result(entry_json(entry), _("Done again: {what}", what=what))
    if shown := unprotected(run.register, hidden):
        run.out.warn(*shown)
    tell_of_protected(hidden)
