"""`org merge`, `person merge`, `org duplicates`: what is one thing and stands there twice."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from frivillig_cli.cli import ask, session
from frivillig_cli.cli.complete import complete_org, complete_person
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import DryRunOption
from frivillig_cli.core.i18n import _, ngettext

KeepOrg = Annotated[
    str, typer.Argument(metavar="KEEP", help="The one that stays.", autocompletion=complete_org)
]
DropOrg = Annotated[
    str,
    typer.Argument(
        metavar="DROP", help="The one that goes into the other.", autocompletion=complete_org
    ),
]
KeepPerson = Annotated[
    str, typer.Argument(metavar="KEEP", help="The one that stays.", autocompletion=complete_person)
]
DropPerson = Annotated[
    str,
    typer.Argument(
        metavar="DROP", help="The one that goes into the other.", autocompletion=complete_person
    ),
]
Take = Annotated[
    list[str] | None,
    typer.Option("--take", metavar="FIELD", help="Take DROP's value for this field."),
]
KeepField = Annotated[
    list[str] | None,
    typer.Option("--keep", metavar="FIELD", help="Let KEEP's value stay for it, and do not ask."),
]
ConfirmAccount = Annotated[
    bool,
    typer.Option(
        "--confirm-account", help="The other account number is right; the association has said so."
    ),
]


def merge_orgs(
    keep: KeepOrg,
    drop: DropOrg,
    take: Take = None,
    keep_field: KeepField = None,
    confirm_account: ConfirmAccount = False,
    dry_run: DryRunOption = False,
) -> None:
    """Make one association of two: all that hangs on DROP moves to KEEP, and DROP goes."""
    from frivillig_cli.records.org.queries import org_id
    from frivillig_cli.work.merging.kinds import ORG
    from frivillig_cli.work.merging.merge import choices

    chosen = choices(ORG, take or [], keep_field or [], account_confirmed=confirm_account)
    register = session.current().register
    _merge(ORG, (org_id(register, keep), org_id(register, drop)), chosen, dry_run)


def merge_people(
    keep: KeepPerson,
    drop: DropPerson,
    take: Take = None,
    keep_field: KeepField = None,
    dry_run: DryRunOption = False,
) -> None:
    """Make one person of two: all that hangs on DROP moves to KEEP, and DROP goes."""
    from frivillig_cli.cli import seen_address
    from frivillig_cli.records.person.queries import person_id
    from frivillig_cli.store import as_its_own
    from frivillig_cli.work.merging.kinds import PERSON
    from frivillig_cli.work.merging.merge import choices

    chosen = choices(PERSON, take or [], keep_field or [])
    register = session.current().register
    pair = (person_id(register, keep), person_id(register, drop))
    before = as_its_own.shown(register, person=pair[0])
    seen = [one for person in pair for one in seen_address.seen(register, person)]
    _merge(PERSON, pair, chosen, dry_run)
    for one in as_its_own.shown(register, person=pair[0]):
        if one not in before:
            session.current().out.warn(one.sentence, as_its_own.way_out(one))
    if not dry_run:
        seen_address.tell(pair[:1], but=seen)


def _merge(kind: Any, pair: tuple[int, int], chosen: Any, dry_run: bool) -> None:
    from frivillig_cli.cli import merge_views
    from frivillig_cli.work.merging.merge import merge

    run = session.current()
    now = run.now
    if ask.in_terminal() and not run.yes and not dry_run:
        chosen = _asked(kind, pair, chosen)
    with run.change(dry_run=True) as register:
        preview = merge(register, kind, pair, chosen, now=now)
    lines = merge_views.report(preview)
    if dry_run:
        run.out.result(preview.to_json(applied=False), *lines)
        return
    if not run.yes:
        run.out.hint(*lines, "")
        ask.confirm(_("Merge them?"))
        lines = []
    with run.change() as register:
        result = merge(register, kind, pair, chosen, now=now)
        ask.refuse_if_other(preview.to_json(applied=True), result.to_json(applied=True))
    run.out.result(result.to_json(applied=True), *lines, merge_views.saved(result))
    if result.doubled:
        command = f"frivillig contact list org_id:{pair[0]}"
        run.out.hint(_("End the office that is no longer held: {command}", command=command))
    run.out.hint(_("Undo: {command}", command="frivillig undo"))


def _asked(kind: Any, pair: tuple[int, int], chosen: Any) -> Any:
    """The choices with those that were made field by field in a terminal."""
    from dataclasses import replace

    from frivillig_cli.cli.merge_views import question
    from frivillig_cli.work.merging.merge import conflicts, is_hidden

    register = session.current().register
    for conflict in conflicts(register, kind, *pair, chosen):
        field = conflict.field
        if field in chosen.take | chosen.keep:
            continue
        text, answers = question(conflict, *pair, hidden=is_hidden(register, kind, pair, field))
        if ask.choose(text, answers) == "2":
            chosen = replace(chosen, take=chosen.take | {field})
        else:
            chosen = replace(chosen, keep=chosen.keep | {field})
    return chosen


def followed(ref: str, find: Callable[[Any, str], int]) -> tuple[int, dict[str, int]]:
    """The id that `ref` names, followed to what it was merged into; then also what to tell.

    `find` is the kind's own way from a REF to an id. Says on stderr that it was followed.
    """
    from frivillig_cli.store.resolve import MergedError

    run = session.current()
    try:
        return find(run.register, ref), {}
    except MergedError as merged:
        run.out.hint(merged.message)
        return merged.into, {"merged_into": merged.into}


def duplicates(
    apart: Annotated[
        tuple[str, str] | None,
        typer.Option("--not", metavar="ONE OTHER", help="Remember that these two are two."),
    ] = None,
    least: Annotated[
        int,
        typer.Option(
            "--least",
            min=0,
            max=100,
            metavar="SCORE",
            help="Only pairs that score this or more; 1 is all.",
        ),
    ] = 50,
) -> None:
    """List pairs of associations that may be one and the same, likeliest first."""
    if apart is not None:
        _tell_apart(apart)
        return
    from frivillig_cli.work.duplicates.find import find
    from frivillig_cli.work.duplicates.rules import Pair, order

    run = session.current()
    with run.out.progress(_("Comparing")) as advance:
        found = find(run.register, least=0, advance=advance)
    pairs = order([pair for pair in found if pair.score >= least], run.sort)
    limit = run.page()
    columns = [
        Column(_("Score"), right=True), Column(_("No."), right=True), Column(_("Name")),
        Column(_("No."), right=True), Column(_("Name")), Column(_("Why")),
    ]  # fmt: skip
    run.out.listing(
        pairs[:limit],
        Pair.to_json,
        columns,
        lambda pair: (
            str(pair.score), str(pair.keep.id), pair.keep.name.text, str(pair.drop.id),
            pair.drop.name.text, pair.words(),
        ),
        total=len(pairs),
    )  # fmt: skip
    if pairs and run.out.mode == "text":
        ids = f"{pairs[0].keep.id} {pairs[0].drop.id}"
        run.out.hint(
            _("They are one: {command}", command=f"frivillig org merge {ids}"),
            _("They are two: {command}", command=f"frivillig org duplicates --not {ids}"),
        )
    shown = {(pair.keep.id, pair.drop.id) for pair in pairs}
    left = [pair for pair in found if (pair.keep.id, pair.drop.id) not in shown]
    if more := sum(pair.shares_a_way for pair in left):
        run.out.hint(
            ngettext(
                "{n} more pair has an e-mail, a phone or the like in common, and little else: "
                "{command}",
                "{n} more pairs have an e-mail, a phone or the like in common, and little else: "
                "{command}",
                more,
                command="frivillig org duplicates --least 1",
            )
        )


def _tell_apart(refs: tuple[str, str]) -> None:
    from frivillig_cli.records.org import queries
    from frivillig_cli.work.duplicates.find import tell_apart

    run = session.current()
    one, other = (queries.org_id(run.register, ref) for ref in refs)
    with run.change() as register:
        new = tell_apart(register, one, other)
    said = (
        _("Remembered: {one} and {other} are two.", one=one, other=other)
        if new
        else _("Nothing to change.")
    )
    run.out.result({"not_duplicate": [one, other], "new": new}, said)
    if new:
        run.out.hint(_("Undo: {command}", command="frivillig undo"))
