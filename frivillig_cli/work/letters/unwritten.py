"""What looks like a field, or like what is still to be written, in a text that is printed as it is.

In Markdown it is looked for with what else is not printed as meant; in Word it is all that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from frivillig_cli.core.i18n import _
from frivillig_cli.core.patterns import JINJA, later
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.template import Template

BRACE = later(r"\{ ?[a-zæøå][a-zæøå_. ]{1,30}\}|(?<!\})[}%]\}|\{[{%]")
BLANK = later(r"\[[A-ZÆØÅ][A-ZÆØÅ ]{2,30}\]|\bX{2,}\b(?:\.X{2,}\b)?")


def _named(of: str) -> str:
    from frivillig_cli.documents.fields import FIELDS

    names = "|".join(
        re.escape(f.name) for f in FIELDS if f.name.startswith(of) and "[" not in f.name
    )
    return rf"(?<![\w.@/{{-])(?:{names})(?![\w@]|[.-]\w| ?\}})"


_WHOSE = "agreement member municipality org recipient sender survey volunteer".split()
# How the names of fields begin, and what finds them.
NAKED = {f"{whose}.": later(partial(_named, f"{whose}.")) for whose in _WHOSE}
_STARS = later(r"\*\*(?=\S)[^*\n]{1,200}\*\*")
_LINK = later(r"\[[^\[\]\n]{1,100}\]\((?:https?:|mailto:|www\.)[^()\n]*\)")


def in_word(template: Template) -> Iterator[TemplateError]:
    """Each of them in a template in Word. TemplateErrors to show, not to raise."""
    for number, line in enumerate(template.body.split("\n"), 1):
        text = JINJA.sub("…", line)
        for pattern, told in _IN_WORD:
            if found := pattern.search(text):
                said, hint = told(found[0])
                yield TemplateError(said, hint, file=template.path.name, line=number)


def brace(text: str) -> tuple[str, str]:
    """What is said of a field in single braces, or of half of one, and the way out."""
    return as_it_stands(text), _("A field has two: {example}", example="{{ org.name }}")


def blank(text: str) -> tuple[str, str]:
    """What is said of a place that is left open."""
    return (
        _("“{text}” looks like what is still to be written.", text=text[:40]),
        _("Write what is to stand there."),
    )


def naked(text: str) -> tuple[str, str]:
    """What is said of a field's name that stands in the text."""
    return (
        _("“{text}” is the name of a field, and is printed as it stands.", text=text),
        _("A field has two: {example}", example=f"{{{{ {text} }}}}"),
    )


def as_it_stands(text: str) -> str:
    """What is said of markup that is none here."""
    return _("“{text}” is no markup here: it is printed as it stands.", text=text[:40])


def _markdown(text: str) -> tuple[str, str]:
    return as_it_stands(text), _("Make it bold, or a link, in Word.")


_IN_WORD = (
    (BRACE, brace), (BLANK, blank), *((each, naked) for each in NAKED.values()),
    (_STARS, _markdown), (_LINK, _markdown),
)  # fmt: skip
