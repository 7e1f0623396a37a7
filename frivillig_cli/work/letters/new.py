"""A new pair of templates in the coordinator's own folder: a starter, or a copy of another."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import clean_name, file_name, printable
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.template import STARTERS, refuse_number_in_name
from frivillig_cli.formats.files import make_folder, write_atomic
from frivillig_cli.work.letters import library

LANGUAGES = ("nb", "nn")


@dataclass(frozen=True)
class NewTemplate:
    """What is to be made: its name, whom it is for ("" as the one it is copied from, or "org"), its
    title ("" for the name), copied from.

    `word`: as Word documents.
    """

    name: str
    recipients: str = ""
    title: str = ""
    source: str = ""
    word: bool = False


def make(new: NewTemplate, own: Path) -> list[Path]:
    """Write the pair into `own`, which is made if it is missing; returns the files.

    Refuses a name that is no file name, one that is taken, and a kind of recipient there is not.
    """
    _check_name(new.name)
    if new.recipients:
        library.checked_kind(new.recipients)
    _check_title(new.title)
    if new.word and new.source:
        raise UsageError(
            _("A copy is written as what it is copied from."),
            _("Leave out {option}.", option="--word"),
        )
    texts = _copied(new, own) if new.source else _started(new)
    _refuse_taken(new, own)
    make_folder(own)
    paths = []
    for ending, data in texts.items():
        paths.append(own / f"{new.name}.{ending}")
        write_atomic(paths[-1], data)
    return paths


def _check_name(name: str) -> None:
    refuse_number_in_name(name)
    if not re.fullmatch(r"[\w-]{1,60}", name) or file_name(name) != name:
        raise RefusedError(
            _("“{name}” cannot be the name of a template.", name=printable(name)[:60]),
            _("Use letters, digits and hyphens, such as {example}.", example="arsmote-invitasjon"),
        )


def _check_title(title: str) -> None:
    """A title may hold fields; what Jinja cannot read would spoil both files."""
    if "{" not in title:
        return
    from frivillig_cli.documents.uses import uses

    try:
        uses(clean_name(title))
    except TemplateError as error:
        raise UsageError(
            _("The title “{title}” holds the beginning of a field that does not end.",
              title=printable(title)[:60]),
            _("Close it, such as {example}, or leave it out.", example="{{ org.name }}"),
        ) from error  # fmt: skip


def _refuse_taken(new: NewTemplate, own: Path) -> None:
    """No file is written over; a shipped name is only taken by a copy of it."""
    for path in sorted(own.glob("*.*")) if own.is_dir() else ():
        if path.name.split(".")[0].casefold() != new.name.casefold():
            continue  # on Windows and macOS names in small and large letters are one file
        raise RefusedError(
            _("{file} is there already, and is kept as it is.", file=path),
            _("Choose another name, or edit that file."),
        )
    if new.name in library.names(own) and new.source != new.name:
        raise RefusedError(
            _("There is a shipped template called “{name}”.", name=new.name),
            _("Copy it to change it: {command}",
              command=f"frivillig letter new {new.name} --from {new.name}"),
        )  # fmt: skip


def _started(new: NewTemplate) -> dict[str, bytes]:
    texts = {}
    for language in LANGUAGES:
        name = f"{new.recipients or 'org'}.{language}.md"
        text = (STARTERS / name).read_text("utf-8")
        if new.word:
            from frivillig_cli.documents.word_starter import starter_docx

            title = clean_name(new.title or new.name)
            texts[f"{language}.docx"] = starter_docx(text, title)
            continue
        texts[f"{language}.md"] = _titled(text, new.title or new.name).encode("utf-8")
    return texts


def _copied(new: NewTemplate, own: Path) -> dict[str, bytes]:
    texts = {}
    for language, template in library.templates(new.source, own).items():
        if new.recipients and new.recipients != template.recipients:
            raise UsageError(
                _("“{name}” is for {these}, and so is its copy.",
                  name=new.source, these=template.recipients),
                _("Leave out {option}.", option="--for"),
            )  # fmt: skip
        if template.word is not None and new.title:
            raise UsageError(
                _("The title of a template in Word is its first heading."),
                _("Leave out {option}, and write it in the document.", option="--title"),
            )
        data = template.path.read_bytes()
        if new.title and template.path.suffix == ".md":
            text = data.decode("utf-8-sig").replace("\r\n", "\n")
            data = _titled(text, new.title).encode("utf-8")
        texts[f"{language}{template.path.suffix}"] = data
    return texts


def _titled(text: str, title: str) -> str:
    """`text` with another title in its head; a text that YAML reads as it stands."""
    said = json.dumps(clean_name(title), ensure_ascii=False)
    return re.sub(
        r"^title:.*(?:\n[ \t]+.*)*$", lambda _found: f"title: {said}", text, count=1, flags=re.M
    )
