"""Help as plain text in the user's language: the same on a screen and in a pipe."""

import shutil
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from frivillig_cli.core.i18n import _


def _width() -> int:
    return min(max(shutil.get_terminal_size().columns, 60), 100)


def _rows(rows: Sequence[tuple[str, str]]) -> list[str]:
    if not rows:
        return []
    longest = min(max(len(left) for left, _right in rows), 34)
    lines = []
    for left, right in rows:
        wrapped = _wrapped(right, max(_width() - longest - 4, 24)) or [""]
        if len(left) > longest:
            lines.append(f"  {left}")
        else:
            lines.append(f"  {left:<{longest}}  {wrapped.pop(0)}".rstrip())
        lines += [f"  {'':<{longest}}  {more}" for more in wrapped]
    return lines


def _section(title: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    return ["", f"{title}:", *_rows(rows)] if rows else []


def _wrapped(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width, break_on_hyphens=False)  # `no-answer` is one word


def _paragraphs(text: str) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        lines += ["", *_wrapped(" ".join(paragraph.split()), _width())]
    return lines


def metavar(param: Any, ctx: typer.Context) -> str:
    """What stands for the value: FILE, DATE, one of the choices."""
    if param.metavar:
        return _(param.metavar)
    choices = getattr(param.type, "choices", None)
    if choices:
        return "|".join(str(getattr(choice, "value", choice)) for choice in choices)
    if param.param_type_name == "argument":
        return _(param.name.upper())
    return _("NUMBER") if param.type.name.startswith("int") else _("TEXT")


def _argument(param: Any, ctx: typer.Context) -> str:
    name = metavar(param, ctx) + (" …" if param.nargs != 1 else "")
    return name if param.required else f"[{name}]"


def _option(param: Any, ctx: typer.Context) -> tuple[str, str]:
    left = ", ".join(sorted(param.opts, key=len))
    if param.secondary_opts:
        left += " / " + ", ".join(param.secondary_opts)
    if not param.is_flag and not param.count:
        left += f" {metavar(param, ctx)}"
    text = _(param.help) if param.help else ""
    if param.multiple:
        text += " " + _("May be given several times.")
    if param.required:
        text += " " + _("Required.")
    return left, text.strip()


def usage(command: Any, ctx: typer.Context) -> str:
    """The usage line: what is typed, in order."""
    pieces = [ctx.command_path]
    if any(param.param_type_name == "option" for param in command.get_params(ctx)):
        pieces.append(_("[OPTIONS]"))
    if hasattr(command, "summaries"):
        pieces.append(_("COMMAND …"))
    pieces += [_argument(p, ctx) for p in command.params if p.param_type_name == "argument"]
    return _("Usage: {line}", line=" ".join(pieces))


def _options(command: Any, ctx: typer.Context) -> list[str]:
    shown = [p for p in command.get_params(ctx) if not getattr(p, "hidden", False)]
    arguments = [
        (_argument(p, ctx), _(p.help) if p.help else "")
        for p in shown
        if p.param_type_name == "argument"
    ]
    options = [_option(p, ctx) for p in shown if p.param_type_name == "option"]
    return _section(_("Arguments"), arguments) + _section(_("Options"), options)


def command_help(command: Any, ctx: typer.Context) -> str:
    """The help of one command."""
    lines = [usage(command, ctx), *_paragraphs(_paragraph_by_paragraph(command.help or ""))]
    return "\n".join(lines + _options(command, ctx))


def _paragraph_by_paragraph(text: str) -> str:
    parts = [" ".join(part.split()) for part in text.split("\n\n")]
    return "\n\n".join(_(part) for part in parts if part)


def _panels(summaries: Iterable[tuple[str, str, str]]) -> list[str]:
    panels: dict[str, list[tuple[str, str]]] = {}
    for name, line, panel in summaries:
        panels.setdefault(panel, []).append((name, _(line)))
    lines: list[str] = []
    for panel, rows in panels.items():
        lines += _section(_(panel) if panel else _("Commands"), rows)
    return lines


def group_help(group: Any, ctx: typer.Context) -> str:
    """The help of a group: its commands first, then its options."""
    lines = [usage(group, ctx), *_paragraphs(_paragraph_by_paragraph(group.help or ""))]
    return "\n".join(lines + _panels(group.summaries()) + _options(group, ctx))
