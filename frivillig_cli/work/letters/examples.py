"""What came with the program and is still in a template: invented days, places, links, [texts]."""

from __future__ import annotations

import re
from functools import cache

from frivillig_cli.core.i18n import _
from frivillig_cli.core.patterns import later
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.template import SHIPPED, Template, find_templates, load_template

_JINJA = later(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PLACEHOLDER = later(r"\[[^\[\]\n]{3,}\](?![\[(])")
_INVENTED = later(r"\b[\w.-]+\.example\b")


def leftovers(template: Template) -> list[TemplateError]:
    """Each example that is left, with its line. TemplateErrors to show, not to raise."""
    if template.path.parent == SHIPPED:
        return [_examples(template)] if template.meta.get("vars") else []
    found = [_examples(template)] if _as_shipped(template) else []
    for number, line in enumerate(template.source.split("\n"), 1):
        said = _JINJA.sub(lambda tag: "…" * len(tag[0]), line)
        if line.lstrip().startswith("#") and number <= template.body_line:
            continue  # a comment of the head
        if number > template.body_line and (place := _PLACEHOLDER.search(said)):
            text = _(
                "“{text}” is left from the starter.", text=line[place.start() : place.end()][:50]
            )
            found.append(_left(template, text, number))
        elif invented := _INVENTED.search(said):
            text = _("{address} is an invented address.", address=invented[0])
            found.append(_left(template, text, number))
    return found


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
