"""`frivillig beredskap activate`: a call-out begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.callout import fits, hint, pointed
from frivillig_cli.cli.commands.beredskap_options import (
    AsOption,
    ReasonOption,
    SplitOption,
    caller,
    needs_of,
    show_failed,
)
from frivillig_cli.cli.complete import complete_agreement, complete_group
from frivillig_cli.cli.options import DryRunOption
from frivillig_cli.core.errors import FrivilligError, RefusedError, RegisterError, UsageError
from frivillig_cli.core.i18n import _, typed


def activate(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What it is about.")],
    exercise: Annotated[bool, typer.Option("--exercise", help="It is an exercise.")] = False,
    contact_test: Annotated[
        bool, typer.Option("--contact-test", help="Only a test of whether people are reached.")
    ] = False,
    search: Annotated[
        bool, typer.Option("--search", help="A search led by the police: another may pay.")
    ] = False,
    need: Annotated[
        list[str] | None,
        typer.Option(metavar="N|SKILL=N", help="How many are needed, of all or of one skill."),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REF", help="Only this group; else all.", autocompletion=complete_group
        ),
    ] = None,
    skill: Annotated[
        list[str] | None, typer.Option(metavar="SKILL", help="Only those who can do this.")
    ] = None,
    agreement: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REF",
            help="Only groups under this agreement.",
            autocompletion=complete_agreement,
        ),
    ] = None,
    area: Annotated[
        list[str] | None,
        typer.Option(
            metavar="AREA", help="Only those who live here: a postcode, its beginning, a place."
        ),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(metavar="LANGUAGE", help="Only those who speak this."),
    ] = None,
    licence: Annotated[
        bool, typer.Option("--driving-licence", help="Only those with a driving licence.")
    ] = False,
    include_expired: Annotated[
        bool,
        typer.Option(
            "--include-expired", help="Also those whose agreement is not in force: with --reason."
        ),
    ] = False,
    reason: ReasonOption = None,
    place: Annotated[
        str | None, typer.Option(metavar="PLACE", help="Where to meet: premises, or a text.")
    ] = None,
    asked_by: Annotated[str | None, typer.Option(metavar="WHO", help="Who asked for it.")] = None,
    decided_by: Annotated[str | None, typer.Option(metavar="WHO", help="Who decided it.")] = None,
    external_ref: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The number at 110, 112 or in DSB-CIM.")
    ] = None,
    callback: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="The number to call back.")
    ] = None,
    continues: Annotated[
        str | None, typer.Option(metavar="REF", help="The call-out that this one continues.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Where to put the call list."),
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Print everybody, however long the list is.")
    ] = False,
    split: SplitOption = None,
    as_: AsOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Start a call-out: make the list of whom to call, and print it."""
    from frivillig_cli.cli.sensitive import remind_of_log, remind_of_title
    from frivillig_cli.work.beredskap import list_folder, view
    from frivillig_cli.work.beredskap.activate import Request, none_meanwhile, unknown
    from frivillig_cli.work.beredskap.activate import activate as start
    from frivillig_cli.work.beredskap.deal import deal

    run = session.current()
    if exercise and contact_test:
        raise UsageError(
            _("--exercise and --contact-test do not go together."), _("Give one of them.")
        )
    if search and (exercise or contact_test):
        raise UsageError(
            _("--search is for a real event: an exercise is paid as an exercise."),
            _("Leave one of them out."),
        )
    if contact_test and need:
        raise UsageError(
            _("--need and --contact-test do not go together."),
            _("A contact test calls nobody in: leave --need out."),
        )
    kind = "exercise" if exercise else "contact_test" if contact_test else "real"
    needs = needs_of(need or [])
    groups, before = _refs(group or [], continues)
    agreements = _agreements(agreement or [])
    because = _because(include_expired, reason)
    asked_by, decided_by = _who(asked_by, decided_by, dry_run)
    request = Request(
        title, kind, needs, groups, agreements, tuple(skill or ()), tuple(area or ()),
        tuple(language or ()), licence, search, because, asked_by, decided_by, external_ref, place,
        _number(callback), before,
    )  # fmt: skip
    request = _without_protected(request)
    who = caller(as_)
    known = None if dry_run else _new_all_the_same(request)
    with _tried(dry_run), run.change(dry_run=dry_run) as register:
        now = run.now
        if not dry_run:
            none_meanwhile(register, request, known)
        new = start(register, request, by=who, now=now)
        seen = view.load(register, new, now)
        deal(seen, split)  # a number that makes no sense is refused before anything is stored
        folder = (output or list_folder.default_folder(seen.activation)).absolute()
        list_folder.keep_folder(register, new, folder)
    remind_of_title(None if dry_run else seen.activation, request.title)
    remind_of_log(new, because, request.place, request.asked_by, request.decided_by)
    run.out.warn(*unknown(run.register, request, now))
    _show_start(seen, None if dry_run else folder, everybody=all_, split=split)


@contextmanager
def _tried(dry_run: bool) -> Iterator[None]:
    """Say of a trial run that could not be made why it has to write at all."""
    session.current().register  # noqa: B018  one that is not there is another matter
    try:
        yield
    except RegisterError as error:
        if dry_run:
            error.hint += " " + _(
                "--dry-run does the work and takes it back, so it must be able to write too."
            )
        raise


def _refs(groups: list[str], continues: str | None) -> tuple[tuple[int, ...], int | None]:
    from frivillig_cli.records.activation.queries import activation_id
    from frivillig_cli.records.response.queries import group_id

    register = session.current().register
    found = tuple(group_id(register, ref) for ref in groups)
    return found, activation_id(register, continues) if continues else None


def _agreements(refs: list[str]) -> tuple[int, ...]:
    from frivillig_cli.records.agreement.queries import agreement_id

    register = session.current().register
    return tuple(agreement_id(register, ref) for ref in refs)


def _because(include_expired: bool, reason: str | None) -> str | None:
    """Why agreements that are not in force are passed over; None where they are not."""
    from frivillig_cli.cli import ask

    if not include_expired:
        if reason:
            raise UsageError(_("--reason goes with --include-expired."), _("Leave it out."))
        return None
    return reason or ask.text(_("Why?"), "--reason", fits(_("reason")))


def _number(callback: str | None) -> str | None:
    from frivillig_cli.core.phone import parse_phone, show_phone

    return show_phone(parse_phone(callback, emergency=True)) if callback else None


def _who(asked: str | None, decided: str | None, dry_run: bool) -> tuple[str | None, str | None]:
    """Who asked and who decided: asked for in a terminal, else not stated."""
    from frivillig_cli.cli import ask

    run = session.current()
    if dry_run or run.yes or not ask.in_terminal():
        return asked, decided
    return (
        asked or ask.text(_("Who asked for it?"), "--asked-by", fits(_("asked by"))),
        decided or ask.text(_("Who decided?"), "--decided-by", fits(_("decided by"))),
    )


def _without_protected(request: Any) -> Any:
    """`request` without what is a protected person's: no call-out waits for that.

    In a terminal that text alone is asked for again; else what is left out is told.
    """
    from frivillig_cli.cli import ask
    from frivillig_cli.work.beredskap import head_texts

    run = session.current()
    asked = ask.in_terminal() and not run.yes
    for name, error in head_texts.refused(run.register, request).items():
        run.out.warn(error.message)
        label = _(head_texts.LABELS[name])
        new = _again(name, label) if asked else ""
        if new:
            request = replace(request, **{name: new})
            continue
        request = head_texts.without(run.register, request, name)
        run.out.warn(
            _("{field}: the call-out begins without it.", field=label.capitalize()), error.hint
        )
        if not asked:
            run.incomplete()
    return request


def _again(name: str, label: str) -> str:
    """What is typed in the place of a text; "": nothing."""
    from frivillig_cli.cli import ask
    from frivillig_cli.cli.errors import report

    while text := ask.line(_("{field} again, or Enter to go on without it:",
                             field=label.capitalize())):  # fmt: skip
        try:
            fits(label)(text)
            return str(_number(text)) if name == "callback" else text
        except RefusedError as error:
            report(error)
    return ""


def _new_all_the_same(request: Any) -> str | None:
    """The number of one with this title that is under way, where a new one is begun all the same;
    None where there is none.
    """
    from frivillig_cli.cli import ask
    from frivillig_cli.work.beredskap.activate import same_under_way

    run = session.current()
    same = same_under_way(run.register, request)
    if same is None or request.continues:
        return same
    run.out.hint(
        _("{number} is under way already with this title.", number=same),
        _("Go on with it: {command}", command=f"frivillig beredskap next --activation {same}"),
        _("Or link the new one to it with: --continues {number}", number=same),
    )
    ask.confirm(_("Start a new one all the same?"))
    return same


def _show_start(seen: Any, folder: Path | None, *, everybody: bool, split: int | None) -> None:
    from frivillig_cli.cli.commands.beredskap_status import excluded_lines, head_lines
    from frivillig_cli.work.beredskap import (
        enough,
        files,
        lists_written,
        sheets,
        twins,
        view_json,
    )
    from frivillig_cli.work.beredskap.activate import no_payer, without_agreement

    run = session.current()
    written: list[Path] = []
    if folder is not None:
        paper = sheets.paper(run.register, seen, run.now)
        try:
            done = files.write(seen, paper, folder, everybody=everybody, split=split)
        except (FrivilligError, OSError) as error:  # it is stored: the call-out goes on
            why = lists_written.why(error)
            done = files.FilesResult([], [(folder, why)], [], [error])
        written = done.written
    run.out.json({**view_json.to_json(seen, written), "dry_run": folder is None})
    run.out.lines(*head_lines(seen, written))
    run.out.lines(*excluded_lines(seen))
    for name in seen.unskilled:
        run.out.warn(_("Nobody on the list is registered with the skill “{skill}”.", skill=name))
    for line in twins.on_the_list(seen):
        run.out.warn(line if folder is None else pointed(line, seen.activation.id))
    if seen.activation.callback is None:
        command = typed("frivillig config set beredskap.callback NUMBER")
        run.out.warn(
            _("No number to call back is given: the lists have a line for it to be written on."
              " Another time: {option}, or once and for all: {command}",
              option=typed("--callback NUMBER"), command=command)
        )  # fmt: skip
    if unpaid := without_agreement(seen):
        run.out.warn(no_payer(unpaid))
    if seen.eligible and seen.lacking:
        run.out.warn(enough.missing(seen))
        if folder is not None:
            hint(seen.activation.id, *enough.ways(seen))
    if not seen.eligible:
        run.out.warn(_("Nobody on the list can be called."))
        run.incomplete()
    if folder is None:
        run.out.hint(_("This is what would be done. Nothing was stored."))
        return
    run.out.hint(*done.notes)
    show_failed(seen.activation.id, done)
    hint(seen.activation.id, _("Next: {command}", command="frivillig beredskap next"))
