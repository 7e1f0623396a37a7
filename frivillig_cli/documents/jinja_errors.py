"""What Jinja says of a template that it cannot read or use, in a coordinator's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from frivillig_cli.core.i18n import N_, _
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.filters import no_filter
from frivillig_cli.documents.values import one_line

if TYPE_CHECKING:
    import jinja2


def unread(error: jinja2.TemplateSyntaxError) -> TemplateError:
    """The refusal, with its line, of what Jinja cannot read."""
    if wrong := no_filter(error):
        return wrong.at("", error.lineno)
    return TemplateError(
        _("Jinja cannot read this: {why}.", why=_why(one_line(str(error.message)).rstrip("."))),
        _way_out(str(error.message)),
        line=error.lineno,
    )


# What Jinja says, and how that is said here; {what} is the first group.
_SAID = (
    (r"Unexpected end of template.* is '(\w+)'", N_("“{what}” is not closed with end{what}")),
    (r"unexpected end of template()", N_("a field or a tag does not end")),
    (r"Missing end of comment tag()", N_("a comment does not end")),
    (r".*got '(end of )", N_("something is missing before its end")),
    (r"(?:Encountered unknown tag|unexpected char|unexpected|.*got) ['\"](.+?)['\"](?: at|,|\.|$)",
     N_("“{what}” is not expected there")),
)  # fmt: skip


def _way_out(said: str) -> str:
    """What to write instead, where the slip is a known one."""
    if "'='" in said:
        return _("Two values are compared with two signs: {example}",
                 example="{% if org.city == 'Lier' %}")  # fmt: skip
    if re.search("'else ?if'|'elsif'", said):
        return _("Write elif: {example}", example="{% elif org.email %}")
    return _("Fields are written {example}; for and if end with endfor and endif.",
             example="{{ … }}")  # fmt: skip


def _why(said: str) -> str:
    """What is wrong, in the language spoken; in Jinja's own words where they are not known."""
    for pattern, sentence in _SAID:
        if found := re.match(pattern, said):
            return _(sentence, what=found[1][:60])
    return said
