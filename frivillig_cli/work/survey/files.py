"""Which files are meant: named one by one, as a folder, or by a pattern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from frivillig_cli.core.errors import NotFoundError, RefusedError
from frivillig_cli.core.i18n import _

MOST_FILES = 5000
_TEMPORARY = ("~$", ".~lock.", ".")


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files that were meant: folders whole, `*` and `?` where the shell left them.

    The order is that of the files' times on this machine.
    Raises NotFoundError when one is not there or nothing is found.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _expand(path):
            found[file] = None
    if not found:
        raise NotFoundError(
            _("There are no files to read."), _("Name a file, or a folder that holds the answers.")
        )
    if len(found) > MOST_FILES:
        raise RefusedError(
            _("There are more than {n} files.", n=MOST_FILES), _("Name a smaller folder.")
        )
    return sorted(found, key=lambda file: (file.stat().st_mtime_ns, str(file)))


def _expand(path: Path) -> Iterator[Path]:
    if path.is_dir():
        inside = (file for file in path.rglob("*") if file.is_file())
        yield from (file for file in inside if not file.name.startswith(_TEMPORARY))
    elif path.exists():
        yield path
    elif any(mark in str(path) for mark in "*?"):
        for match in sorted(_matches(path)):
            if not match.name.startswith(_TEMPORARY):
                yield from _expand(match)
    else:
        raise NotFoundError(
            _("There is no file at {path}.", path=path),
            _("Name a file, or a folder that holds the answers."),
        )


def _matches(path: Path) -> Iterator[Path]:
    """What a pattern fits: Windows leaves those to us. A bracket is always part of a name."""
    parts = path.parts
    first = next(n for n, part in enumerate(parts) if any(mark in part for mark in "*?"))
    pattern = "/".join(parts[first:]).replace("[", "[[]")
    return Path(*parts[:first]).glob(pattern)
