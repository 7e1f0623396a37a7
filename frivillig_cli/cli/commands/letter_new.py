"""`frivillig letter new`: a working pair of templates to write on."""

from typing import Annotated

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.commands.letter_options import complete_template, own_folder
from frivillig_cli.core.i18n import _

KINDS = "org|volunteer|agreement|member"
Kind = Annotated[str, typer.Option("--for", metavar=KINDS, help="To whom such a letter goes.")]


def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="What the template is called, in file names too.")
    ],
    kind: Kind = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help="The letter's title.")] = "",
    source: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="TEMPLATE",
            help="Copy this template instead of beginning anew.",
            autocompletion=complete_template,
        ),
    ] = "",
    word: Annotated[
        bool, typer.Option("--word", help="As Word documents, with the letterhead as fields.")
    ] = False,
) -> None:
    """Make a pair of templates, bokmål and nynorsk, in your own folder."""
    from frivillig_cli.work.letters.new import NewTemplate, make

    run = session.current()
    own = own_folder()
    made = make(NewTemplate(name, kind, title.strip(), source, word), own)
    run.out.result(
        {"template": name, "files": [str(path) for path in made]},
        *(_("Written: {file}", file=path) for path in made),
    )
    run.out.hint(
        _("Write your own text in the files. What can be filled in: {command}",
          command=f"frivillig letter fields {name}"),
        _("Then: {command}", command=f"frivillig letter check {name}"),
    )  # fmt: skip
