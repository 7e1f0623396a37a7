"""`frivillig letter preview` and `render`: from templates to documents."""

from pathlib import Path
from typing import Annotated, Any

import typer

from frivillig_cli.cli import complete, session
from frivillig_cli.cli.commands.letter_options import (
    AddressedOption,
    FormatOption,
    OnePerAddressOption,
    OptedOutOption,
    OverwriteOption,
    RefsOption,
    TemplateArgument,
    complete_recipient,
    own_folder,
)
from frivillig_cli.cli.options import DryRunOption, QueryArgument
from frivillig_cli.core.i18n import _

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
        from frivillig_cli.formats.target import refuse_target

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


def render(
    template: TemplateArgument,
    query: QueryArgument = None,
    output: Annotated[
        str,
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

    folder = files.folder_of(output)
    from frivillig_cli.work.letters.writers import check_format

    request = _request(
        template, query, survey, format=check_format(format), merge=merge,
        case_number=_case_number(case_number), again=again,
        exempt=_clean(exempt, "exempt", _("legal ground")),
        **whom.chosen(query, refs, to), one_per_address=one_per_address,
        also_opted_out=also_opted_out, groups=_groups(group),
    )  # fmt: skip
    plan = letters.plan(request)
    run = session.current()
    if run.tell_absent(request.query, plan.kind):
        run.incomplete()
    if dry_run:
        planned = files.WriteResult(files.planned(plan, folder))
        letters.show(plan, planned, folder, None)
        letters.hints(plan, planned, None)
        return
    letters.write(plan, folder, overwrite=overwrite)
