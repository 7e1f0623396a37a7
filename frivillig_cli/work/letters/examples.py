"""What came with the program and is still in a template: invented days, places, links, [texts]."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from frivillig_cli.core.i18n import _
from frivillig_cli.core.patterns import JINJA, later
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.template import (
    SHIPPED,
    STARTERS,
    Template,
    find_templates,
    load_template,
)

_PLACEHOLDER = later(r"\[[^\[\]\n]{3,}\](?![\[(])")
_INVENTED = later(r"\b[\w.-]+\.example\b")


def leftovers(template: Template) -> list[TemplateError]:
    """Each example that is left, with its line. TemplateErrors to show, not to raise."""
    found = starter_texts(template)
    told = {error.line for error in found}
    found += (error for error in invented(template) if error.line not in told)
    return sorted(found, key=lambda error: error.line)


def untitled(template: Template) -> Iterator[TemplateError]:
    """That a template is still called in the letter as its file is, as the starters are."""
    title = template.title if template.word is None else template.word.heading
    if title == template.name and template.path.parent != SHIPPED:
        yield TemplateError(
            _("The title of the letter is the name of its file: “{name}”.", name=title[:60]),
            _("Write the title that the letter is to have."),
            file=template.path.name,
        )


def invented(template: Template) -> list[TemplateError]:
    """The examples that came with the program, but for the starters' [texts]."""
    if template.path.parent == SHIPPED:
        return [_examples(template)] if template.meta.get("vars") else []
    found = [_examples(template)] if _as_shipped(template) else []
    for number, line in enumerate(template.source.split("\n"), 1):
        if line.lstrip().startswith("#") and number <= template.body_line:
            continue  # a comment of the head
        if address := _INVENTED.search(_masked(line)):
            text = _("{address} is an invented address.", address=address[0])
            found.append(_left(template, text, number))
    return found


def starter_texts(template: Template) -> list[TemplateError]:
    """Each of the starters' [texts] that is still in a template of the coordinator's own."""
    found: list[TemplateError] = []
    if template.path.parent == SHIPPED:
        return found
    for number, line in enumerate(template.source.split("\n"), 1):
        for place in _PLACEHOLDER.finditer(_masked(line)) if number > template.body_line else ():
            text = line[place.start() : place.end()]
            if text.startswith(_begin_so()):
                said = _("“{text}” is left from the starter.", text=text[:50])
                found.append(_left(template, said, number))
    return found


@cache
def _begin_so() -> tuple[str, ...]:
    """How the starters' texts begin: to their colon, or all of them."""
    texts = (
        line[place.start() : place.end()]
        for path in find_templates((STARTERS,))
        for line in path.read_text("utf-8").rpartition("\n---\n")[2].split("\n")
        for place in _PLACEHOLDER.finditer(_masked(line))
    )
    return tuple({text[: text.find(":") + 1] or text for text in texts})


def _masked(line: str) -> str:
    """A line with what Jinja reads as dots, as many as there are characters."""
    return JINJA.sub(lambda tag: "…" * len(tag[0]), line)


def _examples(template: Template) -> TemplateError:
    return TemplateError(
        _("The dates, places and links in {template} are examples.", template=template.name),
        _("Make it yours: {command}",
          command=f"frivillig letter new {template.name} --from {template.name}")
        if template.path.parent == SHIPPED
        else _("Write your own under vars:."),
        file=template.path.name,
    )  # fmt: skip


def _left(template: Template, text: str, line: int) -> TemplateError:
    return TemplateError(text, _("Write your own."), file=template.path.name, line=line)


def _as_shipped(template: Template) -> bool:
    """Whether its own values are word for word those of a shipped template, copied or named so."""
    own = template.meta.get("vars")
    return bool(own) and own in _shipped_values(template.language)


@cache
def _shipped_values(language: str) -> list[object]:
    paths = (path for path in find_templates((SHIPPED,)) if f".{language}." in path.name)
    return [load_template(path).meta.get("vars") for path in paths]
