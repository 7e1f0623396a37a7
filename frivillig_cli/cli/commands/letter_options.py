"""Arguments that the commands of `frivillig letter` share."""

from pathlib import Path
from typing import Annotated

import typer

from frivillig_cli.cli import complete, session


def own_folder() -> Path:
    """The folder of the coordinator's own templates."""
    from frivillig_cli.settings.paths import template_folder

    return template_folder(session.current().path)


def complete_template(ctx: typer.Context, incomplete: str) -> list[str]:
    """The names of the templates that begin so."""
    from frivillig_cli.core.errors import FrivilligError
    from frivillig_cli.settings.paths import register_file, template_folder
    from frivillig_cli.work.letters.library import names

    try:
        own = template_folder(register_file(ctx.find_root().params.get("db")))
        return [name for name in names(own) if name.startswith(incomplete)]
    except (FrivilligError, OSError):
        return []


def complete_recipient(ctx: typer.Context, incomplete: str) -> list[str]:
    """Those whom the template that stands before is written to."""
    from frivillig_cli.core.errors import FrivilligError
    from frivillig_cli.settings.paths import register_file, template_folder
    from frivillig_cli.work.letters.library import templates

    offers = {
        "org": complete.complete_org,
        "volunteer": complete.complete_volunteer,
        "agreement": complete.complete_agreement,
        "member": complete.complete_person,
    }
    try:
        own = template_folder(register_file(ctx.find_root().params.get("db")))
        found = templates(str(ctx.params.get("template") or ""), own)
    except (FrivilligError, OSError):
        return []
    return offers[next(iter(found.values())).recipients](ctx, incomplete)


TemplateArgument = Annotated[
    str,
    typer.Argument(
        metavar="TEMPLATE",
        help="The name of the template; see frivillig letter templates.",
        autocompletion=complete_template,
    ),
]
OptionalTemplate = Annotated[
    str | None,
    typer.Argument(
        metavar="TEMPLATE",
        help="The name of the template; see frivillig letter templates.",
        autocompletion=complete_template,
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="pdf|docx|html|txt|eml",
        help="How the letters are written; as PDF without it, from a Word template as Word.",
    ),
]
OptedOutOption = Annotated[
    bool, typer.Option("--also-opted-out", help="Also to those who want no mailings.")
]
RefsOption = Annotated[
    str | None,
    typer.Option(
        "--refs", metavar="FILE", help="Those named in this file, one a line; - is stdin."
    ),
]
AddressedOption = Annotated[
    str,
    typer.Option(
        "--to", metavar="org|contact", help="The association's address, or its contact person's."
    ),
]
OnePerAddressOption = Annotated[
    bool,
    typer.Option("--one-per-address", help="One letter where some share an e-mail or an address."),
]
OverwriteOption = Annotated[
    bool, typer.Option("--overwrite", help="Write over files that are there.")
]
