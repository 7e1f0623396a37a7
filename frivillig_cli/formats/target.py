"""Whether a file can be written where somebody wants it, told before any work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.i18n import _


def refuse_target(path: Path, endings: Sequence[str] = (), *, overwrite: bool | None) -> None:
    """Refuse another ending than these, a folder that is not there, and a file that is.

    `overwrite` is None where no option writes over a file. Raises UsageError for the ending,
    else RefusedError.
    """
    if endings and path.suffix.lower() not in endings:
        example = f"{path.stem or 'liste'}{endings[0]}"
        raise UsageError(
            _("{file} does not end with {known}.", file=path.name or path,
              known=" / ".join(endings)),
            _("Name a file that ends so: {example}", example=example),
        )  # fmt: skip
    refuse_missing_folder(path)
    if path.exists() and not overwrite:
        raise RefusedError(
            _("There is a file at {path} already.", path=path),
            _("Choose another name.")
            if overwrite is None
            else _("Choose another name, or write over it with {option}.", option="--overwrite"),
        )


def refuse_missing_folder(path: Path) -> None:
    """Raise RefusedError where the folder that a file is to stand in is not there."""
    if not path.parent.is_dir():
        raise RefusedError(
            _("There is no folder at {path}.", path=path.parent),
            _("Make the folder first, or choose another."),
        )
