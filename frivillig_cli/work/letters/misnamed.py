"""Files beside the templates that look like some, and are taken for none because of their names."""

from __future__ import annotations

import re
from pathlib import Path

from frivillig_cli.core.birthnumber import mask_birth_numbers
from frivillig_cli.core.i18n import LANGUAGES, _
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.template import FILE_NAME

_WRITTEN = frozenset((".md", ".docx", ".dotx", ".docm", ".doc", ".odt"))
_LANGUAGE = re.compile(r"(.+?)[._ -]+(nb|nn|en|no)", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[^\w-]+")


def misnamed(own: Path, name: str = "") -> list[TemplateError]:
    """A refusal for each, or for those of the template `name`, with the name to give it.

    Not told of: what is hidden, or locked by a word processor, and README.
    """
    files = sorted(own.iterdir()) if own.is_dir() else []
    found = [file for file in files if _looks_like_one(file)]
    wanted = _as_name(name).casefold()
    return [_refused(one) for one in found if not name or _meant(one)[0].casefold() == wanted]


def _looks_like_one(file: Path) -> bool:
    if file.suffix.lower() not in _WRITTEN or file.stem.casefold() == "readme":
        return False
    return not (FILE_NAME.fullmatch(file.name) or file.name.startswith((".", "~"))) and (
        file.is_file() and not file.is_symlink()
    )


def _meant(file: Path) -> tuple[str, str]:
    """The name and the language that a template in this file seems to have."""
    found = _LANGUAGE.fullmatch(file.stem)
    name = _as_name(found[1] if found else file.stem) or "mal"
    said = found[2].lower() if found else ""
    return name, said if said in LANGUAGES else "nb"


def _as_name(text: str) -> str:
    return _NOT_IN_NAMES.sub("-", text).strip("-")


def _refused(file: Path) -> TemplateError:
    name, language = _meant(file)
    suffix = ".md" if file.suffix.lower() == ".md" else ".docx"
    example = mask_birth_numbers(f"{name}.{language}{suffix}")
    other = file.suffix.lower() not in (".md", ".docx")
    return TemplateError(
        _("{file} is not the name of a template.", file=mask_birth_numbers(file.name)),
        _("Save it as a Word document, and call it {example}.", example=example)
        if other
        else _("Call it {example}.", example=example),
    )
