"""`frivillig letter`: from templates to documents."""

from pathlib import Path
from typing import Annotated, Any

import typer

from frivillig_cli.cli import complete, session
from frivillig_cli.cli.arrange import arranged
from frivillig_cli.cli.commands import letter_check, letter_new
from frivillig_cli.cli.commands.letter_lists import labels, participants
from frivillig_cli.cli.commands.letter_log import journal, log, sent, show
from frivillig_cli.cli.commands.letter_options import (
    AddressedOption,
    FormatOption,
    OnePerAddressOption,
    OptedOutOption,
    OptionalTemplate,
    OverwriteOption,
    RefsOption,
    TemplateArgument,
    complete_recipient,
    own_folder,
    refuse_target,
)
from frivillig_cli.cli.commands.letter_send import send
from frivillig_cli.cli.options import Change, DryRunOption, List, QueryArgument, Show, noun
from frivillig_cli.cli.output import Column
from frivillig_cli.core.i18n import N_, _, typed

app = noun(N_("Letters from templates, as PDF, Word, HTML and text."))
app.command("new", cls=Change)(letter_new.new)
app.command("check", cls=Show)(letter_check.check)


SurveyOption = Annotated[
    str | None,
    typer.Option(
        "--survey",
        metavar="REF",
        help="The survey that the letter is about.",
        autocompletion=complete.complete_survey,
    ),
]
CaseOption = Annotated[
    str | None, typer.Option("--case-number", metavar="NUMBER", help="The case, e.g. 2027/123.")
]


GroupOption = Annotated[
    list[str] | None,
    typer.Option(
        "--group",
        metavar="REF",
        help="Only those in this group; for letters to those who can be called out.",
        autocompletion=complete.complete_group,
    ),
]
ExemptOption = Annotated[
    str | None,
    typer.Option(metavar="GROUND", help='Why the public has no access, e.g. "offl. § 13".'),
]


def _request(template: str, query: list[str] | None, survey: str | None, **rest: Any) -> Any:
    from frivillig_cli.core.query import parse_query
    from frivillig_cli.work.letters.batch import Request

    run = session.current()
    survey_id = None
    if survey:
        from frivillig_cli.records.survey import queries as surveys

        survey_id = surveys.survey_id(run.register, survey)
    wanted = parse_query(query or [])
    return Request(template, wanted, own_folder(), run.today, survey_id=survey_id, **rest)


def _groups(refs: list[str] | None) -> tuple[int, ...]:
    if not refs:
        return ()
    from frivillig_cli.records.response import queries

    register = session.current().register
    return tuple(queries.group_id(register, ref) for ref in refs)


def _case_number(text: str | None) -> str | None:
    return _clean(text, "case_number", _("case number"))


def _clean(text: str | None, field: str, label: str) -> str | None:
    """What stands on one line of a letter: cleaned, at most 200 characters; None for nothing."""
    from frivillig_cli.core import checks
    from frivillig_cli.core.errors import InvalidValueError

    kept = checks.text(text or "", field, label)
    if kept and len(kept) > 200:
        raise InvalidValueError(
            _("{field} is longer than {n} characters.", field=label.capitalize(), n=200),
            _("Shorten it."),
            field=field,
        )
    return kept


@app.command("templates", cls=List)
def templates() -> None:
    """List the templates: the shipped ones and your own."""
    from frivillig_cli.work.letters.library import ListedTemplate, listed_templates

    run = session.current()
    words = {
        "org": _("associations"),
        "volunteer": _("volunteers"),
        "agreement": _("agreements"),
        "member": _("those who can be called out"),
    }
    listed, broken = listed_templates(own_folder())
    run.out.listing(
        arranged(listed, ListedTemplate.to_json),
        ListedTemplate.to_json,
        [
            Column(_("Name")), Column(_("Languages")), Column(_("To")), Column(_("Whose")),
            Column(_("What it is for")),
        ],
        lambda template: (
            template.name,
            " ".join(template.languages),
            words[template.recipients],
            _("yours") if template.own else _("shipped"),
            template.title,
        ),
    )  # fmt: skip
    for error in broken:
        run.incomplete()
        run.out.warn(error.message, error.hint)
    if run.out.mode == "text":
        run.out.hint(
            _(
                "Your own lie in {folder}. Make one: {command}",
                folder=own_folder(),
                command=typed("frivillig letter new NAME"),
            )
        )


@app.command("fields", cls=List)
def fields(
    template: OptionalTemplate = None,
    kind: Annotated[
        str | None,
        typer.Option("--for", metavar=letter_new.KINDS, help="Only what letters to these may say."),
    ] = None,
) -> None:
    """List everything that a template may say, with an example of each."""
    from frivillig_cli.documents.fields import FieldInfo
    from frivillig_cli.work.letters.library import known_fields

    def to_json(field: FieldInfo) -> dict[str, Any]:
        return {
            "name": field.name,
            "written": field.written,
            "explanation": field.explained,
            "example": field.example,
            "recipients": list(field.recipients),
        }

    session.current().out.listing(
        arranged(known_fields(own_folder(), template, kind), to_json),
        to_json,
        [Column(_("Field")), Column(_("What it is")), Column(_("Example"))],
        lambda field: (field.written, field.explained, field.example),
    )


@app.command("preview", cls=Show)
def preview(
    template: TemplateArgument,
    ref: Annotated[
        str,
        typer.Argument(
            metavar="REF", help="Whose letter to show.", autocompletion=complete_recipient
        ),
    ],
    survey: SurveyOption = None,
    case_number: CaseOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write it to this .pdf, .docx, .html, .txt or .eml.",
        ),
    ] = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Show the letter to one recipient, marked as a preview; nothing is recorded."""
    from frivillig_cli.work.letters import preview as letters
    from frivillig_cli.work.letters.recipients import reason
    from frivillig_cli.work.letters.writers import check_format

    run = session.current()
    ending = ""
    if output is not None:
        ending = check_format(output.suffix.removeprefix("."))
        refuse_target(output, overwrite=overwrite)
    request = _request(template, None, survey, case_number=_case_number(case_number), format=ending)
    shown = letters.preview(run.register, request, ref)
    who = shown.recipient.row(language=shown.letter.language)
    answer = {"template": template, **who.key, "language": who.language, "why": who.skipped}
    if output is None:
        run.out.result({**answer, "text": shown.text}, *shown.text.splitlines())
    else:
        run.out.hint(*filter(None, [shown.save(output)]))
        run.out.result({**answer, "file": str(output)}, _("Written: {file}", file=output))
    if who.skipped:
        run.out.hint(_("{name} would get no letter: {why}.", name=who.recipient, why=reason(who)))


@app.command("render", cls=Change)
def render(
    template: TemplateArgument,
    query: QueryArgument = None,
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="DIR", help="The folder to write into, or one .zip."
        ),
    ] = ...,  # type: ignore[assignment]
    format: FormatOption = None,
    merge: Annotated[
        bool, typer.Option("--merge", help="All in one file, a new page for each.")
    ] = False,
    refs: RefsOption = None,
    to: AddressedOption = "org",
    one_per_address: OnePerAddressOption = False,
    also_opted_out: OptedOutOption = False,
    survey: SurveyOption = None,
    case_number: CaseOption = None,
    exempt: ExemptOption = None,
    group: GroupOption = None,
    again: Annotated[
        bool, typer.Option("--again", help="Also to those who have got this letter before.")
    ] = False,
    overwrite: OverwriteOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Write a numbered batch of letters; say who was left out, and why."""
    from frivillig_cli.cli import letters, whom
    from frivillig_cli.work.letters import files
    from frivillig_cli.work.letters.writers import check_format

    request = _request(
        template, query, survey, format=check_format(format), merge=merge,
        case_number=_case_number(case_number), again=again,
        exempt=_clean(exempt, "exempt", _("legal ground")),
        **whom.chosen(query, refs, to), one_per_address=one_per_address,
        also_opted_out=also_opted_out, groups=_groups(group),
    )  # fmt: skip
    plan = letters.plan(request)
    if dry_run:
        letters.show(plan, files.WriteResult(files.planned(plan, output)), output, None)
        return
    letters.write(plan, output, overwrite=overwrite)


app.command("sent", cls=Change)(sent)
app.command("send", cls=Change)(send)
app.command("log", cls=List)(log)
app.command("show", cls=Show)(show)
app.command("journal", cls=List)(journal)
app.command("labels", cls=Show)(labels)
app.command("participants", cls=Show)(participants)
