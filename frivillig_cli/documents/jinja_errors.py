"""What Jinja says of a template that it cannot read or use, in a coordinator's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import nearest
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.values import one_line

if TYPE_CHECKING:
    import jinja2


def unread(error: jinja2.TemplateSyntaxError) -> TemplateError:
    """The refusal, with its line, of what Jinja cannot read."""
    if wrong := no_filter(error):
        return wrong.at("", error.lineno)
    return TemplateError(
        _("Jinja cannot read this: {why}.", why=one_line(str(error.message)).rstrip(".")),
        _(
            "Fields are written {example}; for and if end with endfor and endif.",
            example="{{ … }}",
        ),
        line=error.lineno,
    )


def no_filter(error: BaseException) -> TemplateError | None:
    """The refusal for a filter or a test that there is not, where that is what is wrong."""
    said = re.match(r"No (filter|test) named '([^']*)'", str(error))
    if not said:
        return None
    from frivillig_cli.documents.sandbox import environment

    env = environment()
    name = one_line(said[2])[:60]
    if said[1] == "test":
        return TemplateError(
            _("There is no test “{name}” to write after is.", name=name),
            _("Write one of: {names}", names=", ".join(sorted(env.tests))),
        )
    close = nearest(name, [known for known in env.filters if not known.startswith("_")])
    return TemplateError(
        _("There is no filter “{name}”.", name=name),
        _("Did you mean {names}?", names=", ".join(close))
        if close
        else _("See which there are: frivillig letter fields"),
    )
