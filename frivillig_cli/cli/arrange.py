"""--sort and --limit for the lists that no query has arranged."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from frivillig_cli.cli import session
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _


def arranged(
    items: Sequence[Any], to_json: Callable[[Any], Mapping[str, Any]], *, whole: bool = False
) -> list[Any]:
    """`items` sorted by the JSON key that --sort names, and only the page that is wanted.

    Without --sort they stay in their order; empty values come last either way. `whole`: a list
    that is read as a whole is cut where --limit asks for it, not for the terminal's sake. Raises
    RefusedError, naming the keys there are.
    """
    run = session.current()
    shown = list(items)
    if run.sort and shown:
        shown = _sorted(shown, to_json, run.sort)
    return shown[: (run.limit or None) if whole else run.page()]


def _sorted(items: list[Any], to_json: Callable[[Any], Mapping[str, Any]], sort: str) -> list[Any]:
    from frivillig_cli.core.echo import echo

    name, down = sort.removeprefix("-"), sort.startswith("-")
    values = [to_json(item) for item in items]
    known = [key for key, value in values[0].items() if not isinstance(value, list | dict)]
    if name not in known:
        raise RefusedError(
            _("A list cannot be sorted by {field}.", field=echo(name)),
            _("Choose one of: {known}.", known=", ".join(known)),
        )
    rows = [(value[name], item) for value, item in zip(values, items, strict=True)]
    filled = [row for row in rows if row[0] not in (None, "")]
    filled.sort(key=lambda row: _place(row[0]), reverse=down)
    return [item for _value, item in filled] + [item for value, item in rows if value in (None, "")]


def _place(value: Any) -> tuple[bool, Any]:
    from frivillig_cli.core.names import sort_key

    number = isinstance(value, int | float)
    return not number, value if number else sort_key(str(value))
