"""Whom a letter is for, as it is typed: a query, or a file of references."""

import sys
from pathlib import Path
from typing import Any

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import FileFormatError, RefusedError, UsageError
from frivillig_cli.core.i18n import _

MOST_BYTES = 1_000_000
ADDRESSED = ("org", "contact")


def chosen(query: list[str] | None, refs: str | None, to: str) -> dict[str, Any]:
    """What `--refs` and `--to` say. Raises UsageError for what does not go together."""
    if to not in ADDRESSED:
        raise UsageError(
            _("{field} cannot be “{value}”.", field="--to", value=echo(to)),
            _("Choose one of: {known}.", known=", ".join(ADDRESSED)),
        )
    if refs is not None and query:
        raise UsageError(
            _("A query and {option} do not go together.", option="--refs"), _("Give one of them.")
        )
    return {"refs": None if refs is None else read_refs(refs), "addressed": to}


def read_refs(name: str) -> tuple[str, ...]:
    """The references in a file, one a line (`-` is stdin); blank lines and # are passed over.

    Raises RefusedError where the file cannot be read, or names nobody.
    """
    from frivillig_cli.core.names import printable

    lines = (printable(line).strip() for line in _text(name).splitlines())
    found = tuple(line for line in lines if line and not line.startswith("#"))
    if not found:
        raise RefusedError(
            _("There is no reference in {file}.", file=name),
            _("Write one a line: a number, an organisation number or a name."),
        )
    return found


def _text(name: str) -> str:
    data = _bytes(name)
    if len(data) > MOST_BYTES or b"\0" in data:
        raise FileFormatError(
            _("{file} is no list of references.", file=name),
            _("Write one a line: a number, an organisation number or a name."),
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # as older Windows programs save text


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    from frivillig_cli.core.birthnumber import refuse_in_path
    from frivillig_cli.core.os_errors import why

    path = Path(name).expanduser()
    refuse_in_path(path)
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise RefusedError(
            _("{file} cannot be read: {why}.", file=path, why=why(error)),
            _("Name a file that is there, or - for what is typed or piped in."),
        ) from error
