"""Files beside the templates that look like some, and are taken for none because of their names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from frivillig_cli.core.birthnumber import mask_birth_numbers
from frivillig_cli.core.i18n import LANGUAGES, _
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.template import FILE_NAME

_WRITTEN = frozenset((".md", ".docx", ".dotx", ".docm", ".doc", ".odt"))
_LANGUAGE = re.compile(r"(.+?)[._ -]+(nb|nn|en|no)", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[^\w-]+")
_OF_THE_FOLDER = ("readme", "lesmeg", "les meg")


def misnamed(own: Path, name: str = "") -> list[TemplateError]:
    """A refusal for each, or for those of the template `name`, with the name to give it.

    Not told of: what is hidden, or locked by a word processor, README and LESMEG. Nor, unless it
    is asked for by its name, what may be something else that lies there.
    """
    files, found = _files(own)
    wanted = _as_name(name).casefold()
    return [
        _refused(one, files)
        for one in found
        if (_meant(one)[0].casefold() == wanted if name else not _is_stray(one, files))
    ]


def strays(own: Path) -> list[TemplateError]:
    """Those that may be templates, or may be something else; to show, not to raise.

    A note in Markdown is not told of: it begins otherwise than a template.
    """
    files, found = _files(own)
    return [_refused(one, files) for one in found if _is_stray(one, files) and not _is_note(one)]


def _files(own: Path) -> tuple[list[Path], list[Path]]:
    """All that lies in the folder, and of it what looks like templates with other names."""
    files = sorted(own.iterdir()) if own.is_dir() else []
    return files, [file for file in files if _looks_like_one(file)]


def _looks_like_one(file: Path) -> bool:
    if file.suffix.lower() not in _WRITTEN or file.stem.casefold() in _OF_THE_FOLDER:
        return False
    return not (FILE_NAME.fullmatch(file.name) or file.name.startswith((".", "~"))) and (
        file.is_file() and not file.is_symlink()
    )


def _is_stray(file: Path, files: Iterable[Path]) -> bool:
    """Whether nothing in its name says that it is a template: no language, none beside it."""
    if _LANGUAGE.fullmatch(file.stem):
        return False
    begin = f"{_meant(file)[0]}.".casefold()
    beside = (one.name for one in files if FILE_NAME.fullmatch(one.name))
    return not any(one.casefold().startswith(begin) for one in beside)


def _is_note(file: Path) -> bool:
    if file.suffix.lower() != ".md":
        return False
    try:
        with file.open("rb") as read:
            return not read.read(6).removeprefix(b"\xef\xbb\xbf").startswith(b"---")
    except OSError:
        return True


def _meant(file: Path) -> tuple[str, str]:
    """The name and the language that a template in this file seems to have."""
    found = _LANGUAGE.fullmatch(file.stem)
    name = _as_name(found[1] if found else file.stem) or "mal"
    said = found[2].lower() if found else ""
    return name, said if said in LANGUAGES else "nb"


def _as_name(text: str) -> str:
    return _NOT_IN_NAMES.sub("-", text).strip("-")


def _refused(file: Path, files: Iterable[Path]) -> TemplateError:
    name, language = _meant(file)
    said = _("{file} is not the name of a template.", file=mask_birth_numbers(file.name))
    begin = f"{name}.{language}"
    for one in files:
        if FILE_NAME.fullmatch(one.name) and one.stem.casefold() == begin.casefold():
            taken = mask_birth_numbers(one.name)
            return TemplateError(
                said,
                _("{taken} is there already. Give this one another name, or take it out of the "
                  "folder.", taken=taken),
            )  # fmt: skip
    suffix = ".md" if file.suffix.lower() == ".md" else ".docx"
    example = mask_birth_numbers(f"{begin}{suffix}")
    if file.suffix.lower() not in (".md", ".docx"):
        return TemplateError(
            said, _("Save it as a Word document, and call it {example}.", example=example)
        )
    return TemplateError(said, _("Call it {example}.", example=example))
