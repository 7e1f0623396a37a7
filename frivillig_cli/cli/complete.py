"""What Tab offers: names of associations and people, read from the register."""

from collections.abc import Callable
from typing import Any

import typer

from frivillig_cli.core.errors import FrivilligError


def _offers(
    ctx: typer.Context, incomplete: str, find: Callable[[Any, str], list[tuple[int, str]]]
) -> list[tuple[str, str]]:
    import sqlite3

    from frivillig_cli.core.names import fold
    from frivillig_cli.settings.paths import register_file
    from frivillig_cli.store.register import open_register

    try:
        register = open_register(register_file(ctx.find_root().params.get("db")))
    except (FrivilligError, OSError, sqlite3.Error):
        return []
    try:
        return [(_typed(name), str(number)) for number, name in find(register, fold(incomplete))]
    except sqlite3.Error:
        return []
    finally:
        register.close()


def _typed(name: str) -> str:
    """A name as it may stand on the command line: bash and PowerShell insert it as it is.

    Without this `Lier kor` is two arguments, and `$(…)` in a name a command.
    """
    import os
    import re

    shell = os.environ.get("_FRIVILLIG_COMPLETE", "")
    if shell.endswith("bash"):
        return re.sub(r"[^\w@%+,./-]", r"\\\g<0>", name)
    if shell.endswith(("powershell", "pwsh")) and re.search(r"[^\w./-]", name):
        quoted = re.sub("['‘’‚‛]", r"\g<0>\g<0>", name)
        return f"'{quoted}'"
    return name


def complete_org(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Names of associations."""
    from frivillig_cli.records.org.queries import completions

    return _offers(ctx, incomplete, completions)


def complete_person(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Names of people."""
    from frivillig_cli.records.person.queries import completions

    return _offers(ctx, incomplete, completions)


def complete_volunteer(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Names of volunteers."""
    from frivillig_cli.records.person.queries import completions

    return _offers(
        ctx, incomplete, lambda register, folded: completions(register, folded, volunteers=True)
    )


def complete_agreement(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Titles of agreements."""
    from frivillig_cli.records.agreement.queries import completions

    return _offers(ctx, incomplete, completions)


def complete_group(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Names of groups that can be called in."""
    from frivillig_cli.records.response.queries import completions

    return _offers(ctx, incomplete, completions)


def complete_role(incomplete: str) -> list[str]:
    """The offices."""
    from frivillig_cli.core.roles import ROLES

    return [role for role in ROLES if role.startswith(incomplete)]
