"""`frivillig letter templates` and `fields`: what there is to write with."""

from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.arrange import arranged
from frivillig_cli.cli.commands.letter_new import KINDS
from frivillig_cli.cli.commands.letter_options import OptionalTemplate, own_folder
from frivillig_cli.cli.lines import Column
from frivillig_cli.core.i18n import _, typed


def templates() -> None:
    """List the templates: the shipped ones and your own."""
    from frivillig_cli.work.letters.listed import ListedTemplate, listed_templates

    run = session.current()
    words = {
        "org": _("associations"),
        "volunteer": _("volunteers"),
        "agreement": _("agreements"),
        "member": _("those who can be called out"),
    }
    listed, broken, perhaps = listed_templates(own_folder())
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
        total=len(listed),
    )  # fmt: skip
    for error in broken:
        run.incomplete()
        run.out.warn(error.message, error.hint)
    for error in perhaps:
        run.out.hint(error.message, _("If it is to be one: {way_out}", way_out=error.hint))
    if run.out.mode == "text":
        run.out.hint(
            _(
                "Your own lie in {folder}. Make one: {command}",
                folder=own_folder(),
                command=typed("frivillig letter new NAME"),
            )
        )


def fields(
    template: OptionalTemplate = None,
    kind: Annotated[
        str | None,
        typer.Option("--for", metavar=KINDS, help="Only what letters to these may say."),
    ] = None,
) -> None:
    """List everything that a template may say, with an example of each: fields, then filters."""
    from frivillig_cli.work.letters.listed import known_fields

    def to_json(field: Any) -> dict[str, Any]:
        return {
            "name": field.name,
            "kind": "filter" if hasattr(field, "use") else "field",
            "written": field.written,
            "explanation": field.explained,
            "example": field.example,
            "recipients": list(field.recipients),
        }

    known = known_fields(own_folder(), template, kind)
    session.current().out.listing(
        arranged(known, to_json, whole=True),
        to_json,
        [Column(_("Field or filter")), Column(_("What it is")), Column(_("Example"))],
        lambda field: (field.written, field.explained, field.example),
        total=len(known),
    )
