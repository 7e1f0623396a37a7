"""Groups that load a command's module, and build its parameters, only when it is run."""

from collections.abc import Iterable
from importlib import import_module
from inspect import getdoc
from typing import Any, NamedTuple

import typer
import typer.core
import typer.main
from typer.models import CommandInfo, TyperInfo

from frivillig_cli.cli import help as help_text
from frivillig_cli.cli import options
from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _


class Entry(NamedTuple):
    """One row of the command table: what is typed, where it lives, its line of help, its panel."""

    name: str
    module: str
    help: str
    panel: str


class Deferred(NamedTuple):
    """A command of a large noun, in a module of its own that is loaded when it is asked for.

    `what` is the function in `module`, or the app of a group within the noun (`kind` None).
    """

    name: str
    module: str
    what: str
    kind: type[typer.core.TyperCommand] | None = None


class _Group(typer.core.TyperGroup):
    """What both kinds of group share: our help, and "did you mean"."""

    def __init__(self, *args: Any, params: list[Any] | None = None, **rest: Any) -> None:
        super().__init__(*args, params=[*(params or []), *options.before_a_command()], **rest)

    def summaries(self) -> Iterable[tuple[str, str, str]]:
        """(name, line of help, panel) of each command, without building any."""
        raise NotImplementedError

    def list_commands(self, ctx: typer.Context) -> list[str]:
        return [name for name, _line, _panel in self.summaries()]

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:
        command = self.get_command(ctx, args[0])
        if command is not None:
            return args[0], command, args[1:]
        if ctx.resilient_parsing:
            return None, None, args[1:]
        if args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        from frivillig_cli.core.names import nearest

        close = nearest(args[0], self.list_commands(ctx))
        raise UsageError(
            _("There is no command {name}.", name=f"{ctx.command_path} {args[0]}"),
            _("Did you mean {names}?", names=" / ".join(close))
            if close
            else _("See the commands: {command}", command=f"{ctx.command_path} --help"),
        )

    def shell_complete(self, ctx: typer.Context, incomplete: str) -> list[Any]:
        from typer._click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=_(line))
            for name, line, _panel in self.summaries()
            if name.startswith(incomplete)
        ]
        return found + typer.core.TyperCommand.shell_complete(self, ctx, incomplete)

    def get_help(self, ctx: typer.Context) -> str:
        return help_text.group_help(self, ctx)

    def get_usage(self, ctx: typer.Context) -> str:
        return help_text.usage(self, ctx)


class NounGroup(_Group):
    """The commands of one noun: each is built when it is asked for."""

    def __init__(
        self, app: typer.Typer, name: str, help: str, deferred: Iterable[Deferred] = ()
    ) -> None:
        super().__init__(name=name, help=help, rich_markup_mode=None, no_args_is_help=True)
        self._infos = {info.name or "": info for info in app.registered_commands}
        self._groups = {info.name or "": info for info in app.registered_groups}
        self._deferred = {one.name: one for one in deferred}

    def summaries(self) -> Iterable[tuple[str, str, str]]:
        for name in list(self._deferred):
            self._load(name)
        for name, info in self._infos.items():
            if not info.hidden:
                doc = info.help or getdoc(info.callback) or ""
                yield name, doc.split("\n\n")[0].replace("\n", " "), ""
        for name, group in self._groups.items():
            assert group.typer_instance is not None
            yield name, str(group.typer_instance.info.help), ""

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:
        if cmd_name not in self.commands:
            self._load(cmd_name)
            if cmd_name in self._infos:
                self.commands[cmd_name] = typer.main.get_command_from_info(
                    self._infos[cmd_name], pretty_exceptions_short=False, rich_markup_mode=None
                )
            elif cmd_name in self._groups:
                app = self._groups[cmd_name].typer_instance
                assert app is not None
                self.commands[cmd_name] = NounGroup(app, cmd_name, str(app.info.help))
        return self.commands.get(cmd_name)

    def _load(self, name: str) -> None:
        """Load the module of a command that was put off."""
        wanted = self._deferred.pop(name, None)
        if wanted is None:
            return
        what = getattr(import_module(f"frivillig_cli.cli.commands.{wanted.module}"), wanted.what)
        if wanted.kind is None:
            self._groups[name] = TyperInfo(what, name=name)
        else:
            self._infos[name] = CommandInfo(name, cls=wanted.kind, callback=what)


class LazyGroup(_Group):
    """The root group: a module is imported when its command is run."""

    table: tuple[Entry, ...] = ()

    def summaries(self) -> Iterable[tuple[str, str, str]]:
        for entry in self.table:
            yield entry.name, entry.help, entry.panel

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:
        if cmd_name not in self.commands:
            entry = next((e for e in self.table if e.name == cmd_name), None)
            if entry is None:
                return None
            module = import_module(f"frivillig_cli.cli.commands.{entry.module}")
            deferred = getattr(module, "DEFERRED", ())
            self.commands[cmd_name] = build(module.app, cmd_name, entry.help, deferred)
        return self.commands[cmd_name]


def build(app: typer.Typer, name: str, help: str, deferred: Iterable[Deferred] = ()) -> Any:
    """The group of a noun, or the command itself where the app holds one without a name."""
    infos = app.registered_commands
    if len(infos) == 1 and not infos[0].name:
        command = typer.main.get_command_from_info(
            infos[0], pretty_exceptions_short=False, rich_markup_mode=None
        )
        command.name = name
        return command
    return NounGroup(app, name, help, deferred)
