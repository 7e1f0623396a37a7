"""Options that commands share, and the three kinds of command that carry them.

`Show` answers (--json); `List` lists (--json, --csv, --limit, --sort); `Change` changes
(--json, --yes). What these options say is kept in the session, not handed to the command.
"""

from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core

from frivillig_cli.cli import help as help_text
from frivillig_cli.cli import session
from frivillig_cli.core.i18n import N_, _

QueryArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="QUERY", help="Which ones: words, field:value, ^word to leave out."),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
]

MailingsOption = Annotated[
    bool | None,
    typer.Option(
        "--mailings/--no-mailings",
        help="Whether letters to many may go to them; --no-mailings from today on.",
    ),
]


def mailings(wanted: bool | None) -> dict[str, str]:
    """The field that `--no-mailings` fills with today's date, and `--mailings` empties."""
    if wanted is None:
        return {}
    return {"no_mailings": "" if wanted else session.current().today.isoformat()}


def _flag(name: str, key: str, help: str, *, hidden: bool = False) -> typer.core.TyperOption:
    def keep(ctx: typer.Context, param: Any, value: Any) -> Any:
        if value and not ctx.resilient_parsing:
            session.current().choose(**{key: True})
        return value

    return typer.core.TyperOption(
        param_decls=[name],
        is_flag=True,
        default=False,
        expose_value=False,
        callback=keep,
        hidden=hidden,
        help=help,
    )


def _value(
    name: str, key: str, type: Any, metavar: str, help: str, *, hidden: bool = False
) -> typer.core.TyperOption:
    def keep(ctx: typer.Context, param: Any, value: Any) -> Any:
        if value is not None and ctx.resilient_parsing:  # Tab: as if it stood before the command
            ctx.find_root().params[key] = value
        elif value is not None:
            session.current().choose(**{key: value})
        return value

    return typer.core.TyperOption(
        param_decls=[name],
        type=type,
        default=None,
        expose_value=False,
        callback=keep,
        metavar=metavar,
        hidden=hidden,
        help=help,
    )


def _json(*, hidden: bool = False) -> typer.core.TyperOption:
    return _flag("--json", "json", N_("Answer as one JSON document."), hidden=hidden)


def _yes(*, hidden: bool = False) -> typer.core.TyperOption:
    return _flag("--yes", "yes", N_("Answer yes to what it asks."), hidden=hidden)


def before_a_command() -> list[typer.core.TyperOption]:
    """A command's options that are taken where people also type them: before its name."""
    return [_json(hidden=True), _yes(hidden=True)]


def _after_a_command() -> list[typer.core.TyperOption]:
    """The program's own options, taken after the command too."""
    return [
        _value("--db", "db", str, "FILE", N_("The register to use."), hidden=True),
        # Both are read from the command line before anything else (app.run).
        _value("--lang", "lang", str, "nb|nn|en", N_("The language to speak."), hidden=True),
        _flag("--debug", "debug", N_("Show the traceback when something goes wrong."), hidden=True),
    ]


def _can_ask(ctx: typer.Context, error: Any) -> bool:
    from frivillig_cli.cli import ask

    return error.param is not None and not ctx.resilient_parsing and ask.in_terminal()


def _say_what_is_wrong(error: Any) -> None:
    from frivillig_cli.cli import errors

    session.current().out.hint(errors.sentence(error))


def _with_answer(words: list[str], param: Any) -> list[str]:
    """The words of the command with what was missing, as the person answers in the terminal."""
    from frivillig_cli.cli import ask

    name = _(param.metavar or param.name.upper())
    meaning = _(param.help).rstrip(".") if param.help else name
    answer = ask.text(f"{meaning}:", name)
    if param.param_type_name == "option":
        return [param.opts[0], answer, *words]
    return [*words, answer] if "--" in words else [*words, "--", answer]


def _check_paths(ctx: typer.Context) -> None:
    """Every file and folder that a command is given, wherever it then goes.

    Those that the command names in `one_by_one` it refuses itself, and goes on with the others.
    """
    from frivillig_cli.core.birthnumber import refuse_in_path

    one_by_one = getattr(ctx.command, "one_by_one", ())
    for param in ctx.command.params:
        if param.type.name == "path" and param.name not in one_by_one:
            given = ctx.params.get(param.name or "")
            for path in given if isinstance(given, list | tuple) else (given,):
                refuse_in_path(Path(path or ""))


class Show(typer.core.TyperCommand):
    """A command that answers."""

    def __init__(self, *args: Any, params: list[Any] | None = None, **rest: Any) -> None:
        super().__init__(
            *args, params=[*(params or []), *self.shared(), *_after_a_command()], **rest
        )

    def shared(self) -> list[typer.core.TyperOption]:
        """The options that every command of this kind carries."""
        return [_json()]

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:
        """As typed; what is missing is asked for in a terminal, again after a wrong answer."""
        words, before, asked = list(args), list(args), None
        while True:
            try:
                return super().parse_args(ctx, list(words))
            except typer.BadParameter as error:
                missing = type(error).__name__ == "MissingParameter"
                if not (missing or error.param is asked is not None) or not _can_ask(ctx, error):
                    raise
                if not missing:
                    _say_what_is_wrong(error)
                    words = before
                before, asked = words, error.param
                words = _with_answer(words, error.param)

    def get_help(self, ctx: typer.Context) -> str:
        return help_text.command_help(self, ctx)

    def get_usage(self, ctx: typer.Context) -> str:
        return help_text.usage(self, ctx)

    def invoke(self, ctx: typer.Context) -> Any:
        session.current().command = ctx.command_path.removeprefix("frivillig ")
        _check_paths(ctx)
        return super().invoke(ctx)


class List(Show):
    """A command that lists."""

    def shared(self) -> list[typer.core.TyperOption]:
        return [
            _value("--limit", "limit", int, "N", N_("At most N rows; 0 is all.")),
            _value(
                "--sort", "sort", str, "FIELD", N_("Order by this field; -FIELD turns it round.")
            ),
            _json(),
            _flag("--csv", "csv", N_("Answer as CSV.")),
        ]


class Change(Show):
    """A command that changes something."""

    def shared(self) -> list[typer.core.TyperOption]:
        return [_json(), _yes()]


class ListOrChange(List):
    """A command that lists when nothing is given to it, and changes with what is given."""

    def shared(self) -> list[typer.core.TyperOption]:
        return [*List.shared(self), *Change.shared(self)[1:]]


def noun(help: str) -> typer.Typer:
    """A new noun's app; its commands are added with `@app.command(NAME, cls=Show|List|Change)`."""
    return typer.Typer(help=help, add_completion=False, rich_markup_mode=None)
