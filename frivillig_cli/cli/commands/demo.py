"""`frivillig demo`: a whole invented municipality, made by the program's own commands."""

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.options import Change, noun
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import N_, _

if TYPE_CHECKING:  # only for _lines, which is no command
    from frivillig_cli.cli.showcase import Made

app = noun(N_("Make a whole invented municipality to try things on."))


@app.command(cls=Change)
def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to make it in; it must not be there.")
    ] = Path("demo"),
) -> None:
    """Make a whole invented municipality to try things on.

    A register with 170 associations, their boards and 240 volunteers, two agreements, a survey
    with 120 answers, letters, and a beredskap exercise with its call list. Nobody and nothing in
    it is real.
    """
    from frivillig_cli.cli.showcase import make

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RefusedError(
            _("{folder} is there already.", folder=folder),
            _("Name another folder: frivillig demo DIR"),
        )
    run = session.current()
    with run.out.progress(_("Making the municipality"), 7) as advance:
        made = make(folder, advance)
    run.out.result(made.to_json(), *_lines(made))


def _typed() -> str:
    """How the program is called here: by its name, or by its path where that is not on PATH."""
    called = sys.argv[0]
    if shutil.which("frivillig") or Path(called).stem != "frivillig":
        return "frivillig"
    return shlex.quote(called)


def _lines(made: "Made") -> list[str]:
    db = f"{_typed()} --db {made.register}"
    width = max(len(str(path)) for path in made.paths())
    told = [
        (made.register, _("170 associations, {n} people, 240 volunteers", n=made.people)),
        (made.forms, _("the survey, one workbook for each association")),
        (made.answers, _("{n} answers, read in: {changed} fields changed, {rejected} problems",
                         n=made.answered, changed=made.changed, rejected=made.rejected)),
        (made.late, _("3 answers more, for you to read in")),
        (made.letters, _("{n} letters as PDF, in bokmål and nynorsk", n=made.written)),
        (made.exercise, _("the call list of an exercise: PDF, HTML, xlsx and vCard")),
    ]  # fmt: skip
    return [
        _("Elvdal kommune is made. Nobody and nothing in it is real."),
        "",
        *(f"  {path!s:<{width}}  {text}" for path, text in told),
        "",
        _("Try next:"),
        f"  {db} org list tag:kor",
        f"  {db} search aerfjell",
        f"  {db} survey import 1 {made.late}",
        f'  {db} letter preview apen-dag "Sollia blandakor"',
        f"  {db} beredskap next",
    ]
