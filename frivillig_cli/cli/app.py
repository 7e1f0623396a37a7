"""The whole command tree on one page, and the run of it."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from frivillig_cli.cli import errors, session
from frivillig_cli.cli.lazy import Entry, LazyGroup
from frivillig_cli.core.i18n import N_, set_language
from frivillig_cli.settings import language

REGISTER = N_("The register")
SERVICE = N_("Surveys and letters")
CRISIS = N_("Preparedness")
TRUST = N_("Trust")

TABLE = (
    Entry("init", "init", N_("Make the register."), REGISTER),
    Entry("demo", "demo", N_("Make a whole invented municipality to try things on."), REGISTER),
    Entry("org", "org", N_("Associations: add, list, change, import."), REGISTER),
    Entry("contact", "contact", N_("Who holds which office, from when to when."), REGISTER),
    Entry("person", "person", N_("People, once each, whatever they hold."), REGISTER),
    Entry("volunteer", "volunteer", N_("Volunteers: add, list, change, import."), REGISTER),
    Entry("search", "search", N_("Search everything, best match first."), REGISTER),
    Entry("survey", "survey", N_("Questionnaires in Excel: out, and back in."), SERVICE),
    Entry("letter", "letter", N_("Letters from templates, as PDF, HTML and text."), SERVICE),
    Entry("agreement", "agreement", N_("Agreements: who owes whom what, until when."), CRISIS),
    Entry("beredskap", "beredskap", N_("The call-out: groups, call lists, answers, log."), CRISIS),
    Entry("history", "history", N_("What was changed, when, and by which command."), TRUST),
    Entry("undo", "undo", N_("Take the last change back."), TRUST),
    Entry("redo", "redo", N_("Do again what was undone last."), TRUST),
    Entry("backup", "backup", N_("Copies of the register: make, list, verify."), TRUST),
    Entry("restore", "restore", N_("Put a backup in the register's place."), TRUST),
    Entry("doctor", "doctor", N_("Check that the register is sound."), TRUST),
    Entry("config", "config", N_("Settings for this machine and for the municipality."), TRUST),
)


class Root(LazyGroup):
    """The root: its commands come from TABLE."""

    table = TABLE


app = typer.Typer(cls=Root, rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def root(
    db: Annotated[Path | None, typer.Option(metavar="FILE", help="The register to use.")] = None,
    lang: Annotated[
        str | None, typer.Option(metavar="nb|nn|en", help="The language to speak.")
    ] = None,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback when something goes wrong.")
    ] = False,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """A municipality's volunteer centre, run from one laptop."""
    if version:
        from frivillig_cli.core.version import __version__

        typer.echo(f"frivillig {__version__}")
        raise typer.Exit
    session.current().choose(db=db)


def _flag(arguments: list[str], name: str) -> str | None:
    for number, argument in enumerate(arguments):
        if argument == name:
            return arguments[number + 1] if number + 1 < len(arguments) else None
        if argument.startswith(f"{name}="):
            return argument.partition("=")[2]
    return None


def run(arguments: list[str]) -> int:
    """Run one command line; returns its exit code. No exception leaves this function."""
    set_language("en")
    running = session.start(debug="--debug" in arguments)
    try:
        set_language(language.choose(_flag(arguments, "--lang")))
        for stream in (sys.stdout, sys.stderr):
            if not stream.isatty() and hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        command = typer.main.get_command(app)
        code = command.main(arguments, prog_name="frivillig", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else running.exit_code
    except SystemExit as stop:  # Typer's shell completion ends so
        return stop.code if isinstance(stop.code, int) else 0
    except BaseException as error:  # noqa: BLE001 - the boundary: everything becomes a sentence
        return errors.report(error, debug=running.debug)
    finally:
        running.close()
        if errors.pipe_is_gone():
            os._exit(0)
