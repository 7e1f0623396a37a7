"""What Tab offers: names of associations and people, read from the register."""

from collections.abc import Callable
from typing import Any

from frivillig_cli.core.errors import FrivilligError


def _offers(
    incomplete: str, find: Callable[[Any, str], list[tuple[int, str]]]
) -> list[tuple[str, str]]:
    from frivillig_cli.core.names import fold
    from frivillig_cli.settings.paths import register_file
    from frivillig_cli.store.register import open_register

    try:
        register = open_register(register_file())
    except FrivilligError:
        return []
    try:
        return [(name, str(number)) for number, name in find(register, fold(incomplete))]
    finally:
        register.close()


def complete_org(incomplete: str) -> list[tuple[str, str]]:
    """Names of associations."""
    from frivillig_cli.records.org.queries import completions

    return _offers(incomplete, completions)
