"""`frivillig survey`: questionnaires in Excel, out and back in."""

from pathlib import Path
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.arrange import arranged
from frivillig_cli.cli.commands.letter_options import FormatOption, OptedOutOption, OverwriteOption
from frivillig_cli.cli.complete import complete_accept, complete_survey
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import Change, DryRunOption, List, QueryArgument, Show, noun
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import N_, _, ngettext, typed
from frivillig_cli.formats.target import refuse_target

app = noun(N_("Questionnaires in Excel: out, and back in."))

SurveyArgument = Annotated[
    str,
    typer.Argument(
        metavar="SURVEY",
        help="Its number, or enough of its title.",
        autocompletion=complete_survey,
    ),
]


def _survey(ref: str) -> Any:
    from frivillig_cli.records.survey import queries

    register = session.current().register
    return queries.get(register, queries.survey_id(register, ref))


def _json(survey: Any) -> dict[str, Any]:
    from frivillig_cli.cli.survey_view import survey_json
    from frivillig_cli.records.survey import queries

    return survey_json(survey, queries.counts(session.current().register, survey.id))


@app.command("new", cls=Change)
def new(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What the survey is called.")],
    due: Annotated[
        str | None, typer.Option("--due", metavar="DATE", help="The last day to answer.")
    ] = None,
    questions: Annotated[
        Path | None,
        typer.Option("--questions", metavar="FILE", help="Further questions, in TOML."),
    ] = None,
) -> None:
    """Make a survey with the default questions, and your own."""
    from frivillig_cli.cli.survey_view import title_line
    from frivillig_cli.core.dates import parse_date
    from frivillig_cli.records.survey import actions
    from frivillig_cli.records.survey.questions import default_questions
    from frivillig_cli.work.survey.question_source import load_questions

    run = session.current()
    asked = load_questions(questions) if questions else default_questions()
    last_day = parse_date(due) if due else None
    with run.change() as register:
        made = actions.new(register, title, asked, due=last_day, now=run.now, today=run.today)
    survey = _survey(str(made))
    run.out.result(_json(survey), title_line(survey))
    run.out.hint(
        _("Next: {command}", command=f"frivillig survey export {made} -o skjema/ --per-org")
    )


@app.command("export", cls=Change)
def export(
    survey: SurveyArgument,
    query: QueryArgument = None,
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="PATH", help="The workbook to write, or the folder for many."
        ),
    ] = ...,  # type: ignore[assignment]
    per_org: Annotated[
        bool, typer.Option("--per-org", help="One workbook for each association.")
    ] = False,
    overwrite: OverwriteOption = False,
) -> None:
    """Write the workbooks, filled with what the register holds."""
    from frivillig_cli.cli.survey_view import show_export
    from frivillig_cli.core.query import ids_named, parse_query
    from frivillig_cli.records.org import queries as orgs
    from frivillig_cli.work.letters.picked import of_archived
    from frivillig_cli.work.survey import export as exports

    run = session.current()
    asked = _survey(survey)
    chosen = orgs.ids(run.register, wanted := parse_query(query or []))
    left = {"not_found": run.tell_absent(wanted, "org"), "archived": []}
    if (gone := of_archived(wanted)) and ids_named(wanted):
        left["archived"] = orgs.ids(run.register, gone)
    if not chosen and gone and orgs.ids(run.register, gone):
        raise RefusedError(
            _("All that you have chosen are archived, and an archived one gets no form."),
            _("Bring one back with: {command}", command=typed("frivillig org restore REF")),
        )
    target = exports.Target(output, overwrite)
    with (
        run.out.progress(_("Writing forms"), len(chosen) if per_org else None) as advance,
        run.change() as register,
    ):
        if per_org:
            done = exports.export_forms(
                register, asked, chosen, target, now=run.now, advance=advance
            )
        else:
            done = exports.export_table(register, asked, chosen, target, now=run.now)
    show_export(asked.id, done, output if per_org else done.files[0][1], left)


class _Import(Change):
    """One file that is named by a birth number does not stop the others."""

    one_by_one = ("files",)


@app.command("import", cls=_Import)
def import_(
    survey: SurveyArgument,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Answered workbooks, xlsx or ods, or their folder."),
    ],
    dry_run: DryRunOption = False,
    accept: Annotated[
        str | None,
        typer.Option(
            "--accept",
            metavar="all|none|ask",
            help="The answer to what it asks before it saves.",
            autocompletion=complete_accept,
        ),
    ] = None,
    confirm_account: Annotated[
        bool,
        typer.Option(
            "--confirm-account", help="Changed account numbers are confirmed by a call to them."
        ),
    ] = False,
    rejected: Annotated[
        Path | None,
        typer.Option(
            "--rejected", metavar="FILE", help="Write what was not taken to this workbook."
        ),
    ] = None,
) -> None:
    """Take the answers in: show what changes, ask, and save what is clear."""
    from frivillig_cli.cli.survey_import import Intake, badly_named
    from frivillig_cli.work.survey.files import find_files
    from frivillig_cli.work.survey.reading import read_files
    from frivillig_cli.work.survey.rejected import ENDING

    run = session.current()
    if rejected:
        refuse_target(rejected, (ENDING,), overwrite=None)
    refused = badly_named(files)
    good = [file for file in files if file not in {one.path for one in refused}]
    found = find_files(good) if good else []
    with run.out.progress(_("Reading answers"), len(found)) as advance:
        read = [*refused, *read_files(found, advance)]
    Intake(_survey(survey), read, confirm_account, rejected).run(accept, dry_run=dry_run)


@app.command("status", cls=Show)
def status(survey: SurveyArgument) -> None:
    """Show how far a survey has come, in all and by category."""
    from frivillig_cli.cli.survey_view import group_counts, group_json, status_lines
    from frivillig_cli.records.survey import queries

    run = session.current()
    asked = _survey(survey)
    counts = queries.counts(run.register, asked.id)
    groups = group_counts(queries.counts_by_category(run.register, asked.id))
    missing = queries.missing(run.register, asked.id)
    names = queries.org_names(run.register, missing)
    data = {
        **_json(asked),
        "categories": [group_json(group, part) for group, part in groups.items()],
        "missing_orgs": [{"id": org, "name": names[org]} for org in missing],
    }
    run.out.result(data, *status_lines(asked, counts, groups))
    if counts.problems:
        run.out.hint(
            _("What needs a look: {command}", command=f"frivillig survey problems {asked.id}")
        )
    if missing and asked.status == "open":
        who = f"frivillig org list unanswered:{asked.id}"
        run.out.hint(_("Who has not answered: {command}", command=who))
        remind = f"frivillig survey remind {asked.id} -o purring/"
        run.out.hint(_("Remind them: {command}", command=remind))


@app.command("list", cls=List)
def list_() -> None:
    """List the surveys, the latest first."""
    from frivillig_cli.cli.survey_view import STATUS_WORDS
    from frivillig_cli.cli.views import short_day
    from frivillig_cli.records.survey import queries

    run = session.current()
    every = [(survey, _json(survey)) for survey in queries.every(run.register)]
    run.out.listing(
        arranged(every, lambda row: row[1]),
        lambda row: row[1],
        [
            Column(_("No."), right=True), Column(_("Title")), Column(_("Due")),
            Column(_("Status")), Column(_("Sent"), right=True), Column(_("Answered"), right=True),
            Column(_("Missing"), right=True),
        ],
        lambda row: (
            str(row[0].id), row[0].title, short_day(row[0].due), _(STATUS_WORDS[row[0].status]),
            str(row[1]["sent"]), str(row[1]["answered"]), str(row[1]["missing"]),
        ),
        total=len(every),
    )  # fmt: skip


@app.command("problems", cls=List)
def problems(
    survey: SurveyArgument,
    resolved: Annotated[
        list[int] | None,
        typer.Option("--resolve", metavar="NUMBER", help="Mark this one as dealt with."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Those dealt with too.")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write them to this workbook, to be corrected."
        ),
    ] = None,
) -> None:
    """List the answers that need a look: file, cell, and why."""
    from frivillig_cli.cli.survey_import import write_problems
    from frivillig_cli.cli.survey_view import problem_status
    from frivillig_cli.records.survey import actions, queries
    from frivillig_cli.work.survey.guard import shield_problems
    from frivillig_cli.work.survey.rejected import ENDING
    from frivillig_cli.work.survey.results import problem_json
    from frivillig_cli.work.survey.settled import settled_by

    run = session.current()
    asked = _survey(survey)
    if output:
        refuse_target(output, (ENDING,), overwrite=None)
    if resolved:
        with run.change() as register:
            actions.resolve_ids(register, asked.id, resolved)
    kept = queries.problems(run.register, asked.id, status=None)
    told = [problem for problem in kept if every or problem.status == "open"]
    found = shield_problems(run.register, told)
    closed = settled_by(run.register, found)
    names = queries.org_names(run.register, [row.org_id for row in found if row.org_id])

    def to_json(row: Any) -> dict[str, Any]:
        by = closed.get(row.id)
        settled = {"id": by.id, "at": by.at, "command": by.command} if by else None
        return {**problem_json(row), "org": names.get(row.org_id), "settled": settled}

    run.out.listing(
        arranged(found, to_json),
        to_json,
        [
            Column(_("No."), right=True), Column(_("Association")), Column(_("File")),
            Column(_("Cell")), Column(_("Why")), *([Column(_("Status"))] if every else []),
        ],
        lambda row: (
            str(row.id), names.get(row.org_id), row.file, row.cell, row.message,
            *([problem_status(row, closed.get(row.id))] if every else []),
        ),
        total=len(found),
    )  # fmt: skip
    if len(kept) > len(found):
        run.out.hint(
            ngettext("{n} more has been dealt with: {command}",
                     "{n} more have been dealt with: {command}", len(kept) - len(found),
                     command=f"frivillig survey problems {asked.id} --all")
        )  # fmt: skip
    waiting = [problem for problem in found if problem.status == "open"]
    write_problems(asked, found if output else waiting, output)


@app.command("remind", cls=Change)
def remind(
    survey: SurveyArgument,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="The folder to write into, or one .zip."
        ),
    ] = None,
    format: FormatOption = None,
    days: Annotated[
        int, typer.Option("--days", min=0, help="Nobody is reminded twice within so many days.")
    ] = 14,
    also_opted_out: OptedOutOption = False,
    overwrite: OverwriteOption = False,
) -> None:
    """Write a reminder to those who have not answered: letters, or drafts of e-mail."""
    from frivillig_cli.cli.survey_remind import Reminder
    from frivillig_cli.cli.survey_remind import remind as write
    from frivillig_cli.records.survey import actions
    from frivillig_cli.settings.paths import template_folder
    from frivillig_cli.work.letters.writers import check_format

    asked = _survey(survey)
    actions.refuse_closed(asked)
    folder = output or Path(_("reminders-{id}", id=asked.id))
    wanted = Reminder(
        template_folder(session.current().path), folder, check_format(format), days,
        also_opted_out, overwrite,
    )  # fmt: skip
    write(asked, wanted)


@app.command("results", cls=Show)
def results(
    survey: SurveyArgument,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The workbook to write.")
    ] = ...,  # type: ignore[assignment]
    people: Annotated[
        bool, typer.Option("--people", help="With the names of those who hold offices.")
    ] = False,
    overwrite: OverwriteOption = False,
) -> None:
    """Write the answers and what they add up to, with charts, to a workbook."""
    from frivillig_cli.cli.survey_results import write

    write(_survey(survey), output, people=people, overwrite=overwrite)


@app.command("close", cls=Change)
def close(survey: SurveyArgument) -> None:
    """Close a survey: who has not answered is unconfirmed from today."""
    from frivillig_cli.records.survey import actions, queries

    run = session.current()
    asked = _survey(survey)
    with run.change() as register:
        actions.close(register, asked, now=run.now)
    missing = queries.counts(run.register, asked.id).missing
    run.out.result(
        _json(_survey(str(asked.id))),
        ngettext("«{title}» is closed. {n} association has not answered.",
                 "«{title}» is closed. {n} associations have not answered.",
                 missing, title=asked.title),
    )  # fmt: skip
    if missing:
        run.out.hint(
            _("They are unconfirmed from today: {command}",
              command=f"frivillig org list unanswered:{asked.id}"),
        )  # fmt: skip
    run.out.hint(_("Undo: {command}", command="frivillig undo"))
