"""`frivillig history`: what was changed, when, and by which command."""

from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.arrange import arranged
from frivillig_cli.cli.complete import complete_org, complete_person
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import List, noun
from frivillig_cli.cli.trace import counts, entry_json, moment
from frivillig_cli.core.i18n import N_, _

app = noun(N_("What was changed, when, and by which command."))


@app.command(cls=List)
def history(
    ref: Annotated[
        str | None,
        typer.Argument(
            metavar="REF", help="Only what touched this association.", autocompletion=complete_org
        ),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option(
            "--person",
            metavar="REF",
            help="Only what touched this person.",
            autocompletion=complete_person,
        ),
    ] = None,
) -> None:
    """What was changed, when, and by which command."""
    from frivillig_cli.cli.merge_views import picture_lines
    from frivillig_cli.store.history import count
    from frivillig_cli.work.merging.picture import pictures

    run = session.current()
    limit = run.page() if (ref, person, run.sort) == (None, None, None) else None
    found = _found(ref, person, limit)
    total = count(run.register) if limit else len(found)
    shown = arranged(found, entry_json)
    run.out.listing(
        shown,
        lambda entry: {
            **entry_json(entry),
            "merged": [one.to_json() for one in pictures(run.register, entry)],
        },
        [
            Column(_("No."), right=True), Column(_("When")), Column(_("Command")),
            Column(_("Who")), Column(_("What")),
        ],
        lambda entry: (
            str(entry.id or ""),
            moment(entry.at),
            _("{command} (undone)", command=entry.command) if entry.undone_by else entry.command,
            entry.who,
            counts(entry),
        ),
    )  # fmt: skip
    if (ref, person) != (None, None) and run.out.mode == "text":
        for entry in shown:
            for one in pictures(run.register, entry):
                undone = entry.undone_by is not None
                run.out.lines("", *picture_lines(one, moment(entry.at), undone=undone))
    if len(shown) < total and run.out.mode == "text":
        run.out.hint(_("{n} of {total}. All: --limit 0", n=len(shown), total=total))


def _found(ref: str | None, person: str | None, limit: int | None) -> list[Any]:
    """The entries: of an association, of a person, or all; those of who was merged into it too."""
    from frivillig_cli.cli.commands.merging import followed
    from frivillig_cli.core.errors import UsageError
    from frivillig_cli.records.org import queries as orgs
    from frivillig_cli.records.person import queries as people
    from frivillig_cli.store.history import history as entries

    register = session.current().register
    if ref is not None and person is not None:
        raise UsageError(
            _("An association or a person, not both."), _("Leave out REF, or --person.")
        )
    if ref is not None:
        wanted, _more = followed(ref, orgs.org_id)
        also = orgs.rows_of(register, wanted)
        return entries(register, table="org", row=wanted, also=also, limit=limit)
    if person is not None:
        wanted, _more = followed(person, people.person_id)
        also = people.rows_of(register, wanted)
        return entries(register, table="person", row=wanted, also=also, limit=limit)
    return entries(register, limit=limit)
