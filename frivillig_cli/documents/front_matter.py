"""The head of a template: YAML between two lines of `---`, read safely and no more."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from frivillig_cli.core.i18n import _
from frivillig_cli.documents.errors import TemplateError

MOST_BYTES = 200_000


def split(text: str) -> tuple[dict[str, Any], str, int]:
    """The front matter as a mapping, the body, and the number of lines before the body.

    Raises TemplateError: no front matter, broken YAML (with its line), no mapping, anchors.
    """
    lines = text.split("\n")
    if not lines or lines[0].strip() != "---":
        raise TemplateError(
            _("The template has no front matter."),
            _("Begin the file with a line ---, then title: and language:, then a line ---."),
            line=1,
        )
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
    if not end:
        raise TemplateError(
            _("The front matter does not end."), _("Close it with a line ---."), line=1
        )
    return _read("\n".join(lines[1:end])), "\n".join(lines[end + 1 :]), end + 1


def _read(text: str) -> dict[str, Any]:
    import yaml  # type: ignore[import-untyped]

    try:
        # A loader of our own, made from the safe one.
        head = yaml.load(text, Loader=_loader())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise TemplateError(
            _("The front matter is not valid YAML: {why}.", why=_why(error)),
            _("Texts with a colon or a hash sign need quotes: {example}", example='title: "A: b"'),
            line=mark.line + 2 if mark else 0,
        ) from error
    except (RecursionError, ValueError, OverflowError) as error:
        raise TemplateError(
            _("The front matter cannot be read."), _("Write it simpler: name: value.")
        ) from error
    if not isinstance(head, dict):
        raise TemplateError(
            _("The front matter holds no names with values."), _("Write: title: The title"), line=2
        )
    return {str(name): value for name, value in head.items()}


def _why(error: Exception) -> str:
    return str(getattr(error, "problem", None) or "?").strip()


@cache
def _loader() -> Any:
    import yaml

    class Loader(yaml.SafeLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            """Nothing is repeated by name: ten lines of that can stand for a billion."""
            if self.check_event(yaml.AliasEvent):
                mark = self.peek_event().start_mark
                raise yaml.composer.ComposerError(None, None, _("* is not used here"), mark)
            return super().compose_node(parent, index)

    # People write `from: 11:00`, `price: 11.00` and `answer: no`, and mean what stands there:
    # YAML 1.1 reads 660, 11.0 and false. Only true, false, whole numbers and dates are read.
    kept = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag in kept]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    Loader.add_implicit_resolver(
        "tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), list("tf")
    )
    Loader.add_implicit_resolver(
        "tag:yaml.org,2002:int", re.compile("-?(?:0|[1-9][0-9]{0,17})$"), list("-0123456789")
    )
    return Loader
