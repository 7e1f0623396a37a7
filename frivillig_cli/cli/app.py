"""The whole command tree on one page, and the run of it."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.lazy import Entry, LazyGroup
from frivillig_cli.core.i18n import N_, set_language
from frivillig_cli.settings import language
from frivillig_cli.store import interrupt

COMPLETE = "_FRIVILLIG_COMPLETE"  # what the shells set when somebody presses Tab

REGISTER = N_("The register")
SERVICE = N_("Surveys and letters")
CRISIS = N_("Preparedness")
TRUST = N_("Trust")

TABLE = (
    Entry("init", "init", N_("Make the register, and say where it is."), REGISTER),
    Entry("demo", "demo", N_("Make a whole invented municipality to try things on."), REGISTER),
    Entry("org", "org", N_("Associations: add, list, change, import."), REGISTER),
    Entry("contact", "contact", N_("Who holds which office, from when to when."), REGISTER),
    Entry("person", "person", N_("People, once each, whatever they hold."), REGISTER),
    Entry("volunteer", "volunteer", N_("Volunteers: add, list, change, import."), REGISTER),
    Entry("search", "search", N_("Search everything, best match first."), REGISTER),
    Entry("survey", "survey", N_("Questionnaires in Excel: out, and back in."), SERVICE),
    Entry("letter", "letter", N_("Letters from templates, as PDF, Word, HTML and text."), SERVICE),
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


app = typer.Typer(cls=Root, rich_markup_mode=None, no_args_is_help=True, add_completion=False)


def _instead(do: Callable[[], None]) -> Any:
    """The callback of an option that does something of its own instead of a command."""

    def act(ctx: typer.Context, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            do()
            raise typer.Exit

    return act


def _version() -> None:
    from frivillig_cli.core.version import __version__

    typer.echo(f"frivillig {__version__}")


def _install_completion() -> None:
    from frivillig_cli.cli import shells

    shells.install()


def _show_completion() -> None:
    from frivillig_cli.cli import shells

    shells.show()


def _eager(name: str, do: Callable[[], None], help: str) -> Any:
    return typer.Option(name, callback=_instead(do), is_eager=True, help=help)


@app.callback()
def root(
    db: Annotated[str | None, typer.Option(metavar="FILE", help="The register to use.")] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="nb|nn|en",
            help="The language to speak. With nn, documents are in nynorsk, commands in bokmål.",
        ),
    ] = None,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback when something goes wrong.")
    ] = False,
    version: Annotated[bool, _eager("--version", _version, "Show the version.")] = False,
    install_completion: Annotated[
        bool,
        _eager(
            "--install-completion",
            _install_completion,
            "Let Tab complete commands and names in this shell.",
        ),
    ] = False,
    show_completion: Annotated[
        bool,
        _eager("--show-completion", _show_completion, "Show this shell's script for completion."),
    ] = False,
) -> None:
    """A municipality's volunteer centre, run from one laptop."""
    session.current().choose(db=db)


def _flag(arguments: list[str], name: str) -> str | None:
    for number, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == name:
            return arguments[number + 1] if number + 1 < len(arguments) else None
        if argument.startswith(f"{name}="):
            return argument.partition("=")[2]
    return None


def _line(arguments: list[str]) -> list[str]:
    """The words that were typed, also where a shell asks what can stand next."""
    if COMPLETE not in os.environ:
        return arguments
    from frivillig_cli.cli import shells

    return shells.typed()


def _set_up_streams() -> None:
    """UTF-8 in pipes and files; a screen keeps its own encoding, and shows escapes beyond it."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started the program
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        elif hasattr(stream, "reconfigure"):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _answer(arguments: list[str]) -> int:
    """Run the command, or answer a shell that asks what can stand next."""
    command = typer.main.get_command(app)
    try:
        if instruction := os.environ.get(COMPLETE):
            from frivillig_cli.cli import shells

            return shells.answer(command, instruction)
        with command.make_context("frivillig", arguments) as context:
            command.invoke(context)
    except typer.Exit as stop:
        return stop.exit_code
    return 0


def run(arguments: list[str]) -> int:
    """Run one command line; returns its exit code. No exception leaves this function."""
    set_language("en")
    running = session.start(debug="--debug" in arguments)
    code = 1
    try:
        _set_up_streams()
        set_language(language.choose(_flag(_line(arguments), "--lang")))
        code = _answer(arguments) or running.exit_code
        sys.stdout.flush()
        interrupt.stop_if_asked()
        interrupt.finish()
    except SystemExit as stop:  # so ends Typer's answer to fish
        code = stop.code if isinstance(stop.code, int) else 0
    except BaseException as error:  # noqa: BLE001 - the boundary: everything becomes a sentence
        interrupt.end()
        from frivillig_cli.cli import errors

        code = errors.report(error, debug=running.debug, saved=running.saved)
    finally:
        running.close()
        with suppress(OSError, ValueError):  # stdout takes no more: `| head`, a full disk
            sys.stdout.flush()
    return code
