"""`frivillig letter`: from templates to documents."""

from pathlib import Path
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.options import Change, List, QueryArgument, Show, noun
from frivillig_cli.cli.output import Column
from frivillig_cli.core.i18n import N_, _, ngettext

app = noun(N_("Letters from templates, as PDF, HTML and text."))


def _own() -> Path:
    from frivillig_cli.settings.paths import template_folder

    return template_folder(session.current().path)


def _complete_template(incomplete: str) -> list[str]:
    from frivillig_cli.documents.template import find_templates
    from frivillig_cli.work.letters.batch import folders

    names = {path.name.split(".")[0] for path in find_templates(folders(_own()))}
    return sorted(name for name in names if name.startswith(incomplete))


TemplateArgument = Annotated[
    str,
    typer.Argument(
        metavar="TEMPLATE",
        help="The name of the template; see frivillig letter templates.",
        autocompletion=_complete_template,
    ),
]
SurveyOption = Annotated[
    str | None, typer.Option("--survey", metavar="REF", help="The survey that the letter is about.")
]
CaseOption = Annotated[
    str | None, typer.Option("--case-number", metavar="NUMBER", help="The case, e.g. 2027/123.")
]
BatchArgument = Annotated[
    int, typer.Argument(metavar="BATCH", help="The number of the batch; see frivillig letter log.")
]


def _request(template: str, query: list[str] | None, survey: str | None, **rest: Any) -> Any:
    from frivillig_cli.core.query import parse_query
    from frivillig_cli.records.survey import queries as surveys
    from frivillig_cli.work.letters.batch import Request

    run = session.current()
    survey_id = surveys.survey_id(run.register, survey) if survey else None
    wanted = parse_query(query or [])
    return Request(template, wanted, _own(), run.today, survey_id=survey_id, **rest)


@app.command("templates", cls=List)
def templates() -> None:
    """List the templates: the shipped ones and your own."""
    from frivillig_cli.work.letters.listing import listed_templates

    words = {
        "org": _("associations"),
        "volunteer": _("volunteers"),
        "agreement": _("agreements"),
    }
    session.current().out.listing(
        listed_templates(_own()),
        lambda template: template.to_json(),
        [Column(_("Name")), Column(_("Languages")), Column(_("To")), Column(_("What it is for"))],
        lambda template: (
            template.name,
            " ".join(template.languages),
            words[template.recipients],
            template.title,
        ),
    )


@app.command("fields", cls=List)
def fields() -> None:
    """List everything that a template may say, with an example of each."""
    from frivillig_cli.documents.fields import FIELDS

    session.current().out.listing(
        FIELDS,
        lambda field: {
            "name": field.name,
            "explanation": _(field.explanation),
            "example": field.example,
            "recipients": list(field.recipients),
        },
        [Column(_("Field")), Column(_("What it is")), Column(_("Example"))],
        lambda field: (f"{{{{ {field.name} }}}}", _(field.explanation), field.example),
    )


@app.command("preview", cls=Show)
def preview(
    template: TemplateArgument,
    ref: Annotated[str, typer.Argument(metavar="REF", help="Whose letter to show.")],
    survey: SurveyOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write it to this .pdf, .html or .txt."
        ),
    ] = None,
) -> None:
    """Show the letter to one recipient, marked as a preview; nothing is recorded."""
    from frivillig_cli.work.letters import preview as letters

    run = session.current()
    shown = letters.preview(run.register, _request(template, None, survey), ref)
    if output is None:
        run.out.result({"template": template, "text": shown.text}, *shown.text.splitlines())
        return
    shown.save(output)
    run.out.result({"template": template, "file": str(output)}, _("Written: {file}", file=output))


@app.command("render", cls=Change)
def render(
    template: TemplateArgument,
    query: QueryArgument = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write into.")
    ] = ...,  # type: ignore[assignment]
    format: Annotated[
        str, typer.Option("--format", metavar="pdf|html|txt", help="How the letters are written.")
    ] = "pdf",
    merge: Annotated[
        bool, typer.Option("--merge", help="All in one file, a new page for each.")
    ] = False,
    survey: SurveyOption = None,
    case_number: CaseOption = None,
    again: Annotated[
        bool, typer.Option("--again", help="Also to those who have got this letter before.")
    ] = False,
) -> None:
    """Write a numbered batch of letters; say who was left out, and why."""
    from frivillig_cli.work.letters import batch
    from frivillig_cli.work.letters.writers import check_format

    run = session.current()
    request = _request(
        template, query, survey, format=check_format(format), merge=merge,
        case_number=case_number, again=again,
    )  # fmt: skip
    plan = batch.plan(run.register, request)
    with run.out.progress(_("Writing letters"), len(plan.recipients)) as advance:
        rows = batch.write(plan, output, advance)
    with run.change() as register:
        number = batch.record(register, plan, rows, output, now=run.now)
    _show_batch(number, request, rows, output)


def _show_batch(number: int, request: Any, rows: list[Any], folder: Path) -> None:
    run = session.current()
    written = [row for row in rows if not row.skipped]
    left_out = [row for row in rows if row.skipped]
    run.out.json(
        {
            "batch": number,
            "template": request.template,
            "format": request.format,
            "rendered": [{**row.key, "file": str(folder / row.file)} for row in written],
            "skipped": [{**row.key, "name": row.recipient, "why": row.skipped} for row in left_out],
        }
    )
    run.out.lines(
        ngettext("Batch {batch}: {n} letter in {folder}", "Batch {batch}: {n} letters in {folder}",
                 len(written), batch=number, folder=folder)
    )  # fmt: skip
    if left_out:
        run.incomplete()
        run.out.lines("", _("Left out: {n}", n=len(left_out)))
        run.out.lines(*(f"  {row.recipient}   {_reason(row.skipped)}" for row in left_out))
    run.out.hint(_("When it is posted: {command}", command=f"frivillig letter sent {number}"))


def _reason(code: str) -> str:
    from frivillig_cli.work.letters.recipients import REASONS

    if code.startswith("missing "):
        return _("the template needs {field}", field=code.removeprefix("missing "))
    return _(REASONS[code])


@app.command("sent", cls=Change)
def sent(batch: BatchArgument) -> None:
    """Record that a batch was posted: only now has somebody got the letter."""
    from frivillig_cli.records.letter import actions, queries

    run = session.current()
    with run.change() as register:
        actions.mark_sent(register, batch, now=run.now)
    done = queries.batch(run.register, batch)
    run.out.result(
        done.to_json(),
        ngettext("Batch {batch} is recorded as sent: {n} letter.",
                 "Batch {batch} is recorded as sent: {n} letters.", done.written, batch=batch),
    )  # fmt: skip


@app.command("log", cls=List)
def log(
    batch: Annotated[
        int | None, typer.Argument(metavar="BATCH", help="One batch, with everybody in it.")
    ] = None,
) -> None:
    """List the batches, or everybody in one of them."""
    from frivillig_cli.cli.views import day
    from frivillig_cli.records.letter import queries

    run = session.current()
    if batch is None:
        run.out.listing(
            queries.batches(run.register, run.page()),
            lambda row: row.to_json(),
            [
                Column(_("No."), right=True), Column(_("Template")), Column(_("Made")),
                Column(_("Letters"), right=True), Column(_("Left out"), right=True),
                Column(_("Sent")),
            ],
            lambda row: (
                str(row.id), row.template, day(row.created), str(row.written), str(row.skipped),
                day(row.sent) or _("draft"),
            ),
        )  # fmt: skip
        return
    queries.batch(run.register, batch)
    run.out.listing(
        queries.letters(run.register, batch),
        lambda row: {**row.key, "name": row.recipient, "file": row.file, "skipped": row.skipped},
        [Column(_("To")), Column(_("Language")), Column(_("File")), Column(_("Left out"))],
        lambda row: (
            row.recipient, row.language, row.file, _reason(row.skipped) if row.skipped else None,
        ),
    )  # fmt: skip
