"""The templates there are: the coordinator's own folder before the shipped one.

A name that the coordinator has written hides the shipped template of that name in every
language: otherwise a changed date in bokmål would go out unchanged in nynorsk.
"""

import hashlib
from pathlib import Path

from frivillig_cli.core.birthnumber import find_birth_number
from frivillig_cli.core.errors import FileFormatError, UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.template import (
    RECIPIENTS,
    SHIPPED,
    Template,
    find_template,
    find_templates,
    load_template,
    load_word,
    refuse_links,
)

_NOT_SAID = {"recipients": "org", "kind": "–"}


def names(own: Path) -> list[str]:
    """The names of all templates, in order; one that holds a birth number is told nobody."""
    return sorted(name for name in template_paths(own) if not find_birth_number(name))


def template_paths(own: Path, begin: str = "") -> dict[str, list[Path]]:
    """The files of each template whose name begins so, by its name."""
    by_name: dict[str, list[Path]] = {}
    for folder in (own, SHIPPED):
        here: dict[str, list[Path]] = {}
        for path in find_templates((folder,), begin):
            here.setdefault(path.name.split(".")[0], []).append(path)
        by_name = here | by_name
    return by_name


def templates(name: str, own: Path) -> dict[str, Template]:
    """A template in each language that it is written in.

    TemplateError: no such name, or a file that should have it; a file that cannot be read; files
    that do not go together.
    """
    refuse_links(name, own)
    paths = template_paths(own, f"{name}.").get(name)
    if not paths:
        if own.is_dir():
            from frivillig_cli.work.letters.misnamed import misnamed

            for error in misnamed(own, name):
                raise error
        paths = [find_template(name, "nb", (own, SHIPPED))]
    found = [_loaded(path) for path in paths]
    first = found[0]
    for template in found:
        if template.path.suffix != first.path.suffix:
            raise TemplateError(
                _("One is a Word document, and {file} is not.", file=first.path.name),
                _("Write it in the same way in each language, in one file each."),
                file=template.path.name,
            )
        written = template.path.name.split(".")[-2]
        if template.language != written:
            raise TemplateError(
                _("The file's name says {name}, and the front matter says {language}.",
                  name=written, language=template.language),
                _("Rename the file, or write: {example}", example=f"language: {written}"),
                file=template.path.name,
            )  # fmt: skip
        for said in ("recipients", "kind"):
            these, those = (one.meta.get(said) or _NOT_SAID[said] for one in (template, first))
            if these != those:
                raise TemplateError(
                    _("The template is for {these}, and {file} is for {those}.",
                      these=these, file=first.path.name, those=those),
                    _("Write the same {field} in both.", field=f"{said}:"),
                    file=template.path.name,
                )  # fmt: skip
    return {template.language: template for template in found}


def each_alone(name: str, own: Path) -> tuple[list[Template], list[TemplateError]]:
    """The template's files that can be read, and what is wrong with the others."""
    read, broken = [], []
    for path in template_paths(own, f"{name}.").get(name, ()):
        try:
            read.append(_loaded(path))
        except TemplateError as error:
            broken.append(error)
    return read, broken


def _loaded(path: Path) -> Template:
    if path.suffix != ".docx":
        return load_template(path)
    from frivillig_cli.formats.word import read_word

    try:
        read = read_word(path)
    except FileFormatError as error:
        raise TemplateError(error.message, error.hint, file=path.name) from error
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return load_word(path, read.parts, read.texts, digest)


def checked_kind(kind: str) -> str:
    """`kind`, if it is one that letters go to. Raises UsageError."""
    if kind not in RECIPIENTS:
        raise UsageError(
            _("The template is for “{value}”, which is no kind of recipient.", value=kind[:40]),
            _("Write one of: {names}", names=", ".join(RECIPIENTS)),
        )
    return kind
