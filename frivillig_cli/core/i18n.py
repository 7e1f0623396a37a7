"""The language of what a person reads. Sources are English; catalogues are gettext.

The interface speaks one language a run; what goes to an association is written in
the recipient's, inside `in_language("nn")`. A message that nynorsk lacks falls back to bokmål.
"""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

LANGUAGES = ("nb", "nn", "en")
LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"
DOMAIN = "messages"

_current = "en"


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    if language == "en":
        return _gettext.NullTranslations()
    wanted = ["nn", "nb"] if language == "nn" else [language]
    return _gettext.translation(DOMAIN, str(LOCALE_DIR), languages=wanted, fallback=True)


def set_language(language: str) -> None:
    """Speak `language` (nb, nn or en) from here on, Typer's own words included."""
    global _current
    _current = language
    # Typer asks the standard library's global domain, which follows LANGUAGE.
    _gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    os.environ["LANGUAGE"] = "nn:nb" if language == "nn" else language


def language() -> str:
    """The language spoken now: nb, nn or en."""
    return _current


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Speak another language within the block: a letter in the recipient's."""
    global _current
    before, _current = _current, language
    try:
        yield
    finally:
        _current = before


def _(message: str, /, **values: object) -> str:
    """Translate `message` and fill its `{named}` places."""
    text = _catalogue(_current).gettext(message) if message else ""
    return text.format_map(values) if values else text


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """Translate the form that fits `n`, which is available as `{n}`."""
    return _catalogue(_current).ngettext(one, many, n).format_map({"n": n, **values})


def N_(message: str, /) -> str:
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message
