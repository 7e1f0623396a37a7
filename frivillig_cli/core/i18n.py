"""The language of what a person reads. Sources are English; catalogues are gettext.

The interface speaks one language a run; what goes to an association is written in
the recipient's, inside `in_language("nn")`. A message that nynorsk lacks falls back to bokmål.

Who chooses nynorsk gets lists and sheets in it, and screens that are bokmål throughout: what is
put on paper or a phone is made inside `in_documents_language()`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from frivillig_cli.core.catalogue import Catalogue

LANGUAGES = ("nb", "nn", "en")
LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"
DOMAIN = "messages"

_current = "en"
_documents = "en"


class Sentence(str):
    """A message in one language that still knows what it was made of: see `core.sentence`.

    `source` is the English message, or (one, many, n) of a plural; `values` fill its places.
    """

    source: str | tuple[str, str, int]
    values: Mapping[str, object]

    def __new__(
        cls,
        text: str,
        source: str | tuple[str, str, int] = "",
        values: Mapping[str, object] | None = None,
    ) -> Sentence:
        """`text` as it is said now, made from `source` and `values`."""
        made = super().__new__(cls, text)
        made.source, made.values = source or text, values or {}
        return made


@cache
def _catalogue(language: str) -> Catalogue:
    if language == "en":
        return Catalogue(b"")
    fallback = _catalogue("nb") if language == "nn" else None
    file = LOCALE_DIR / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    return Catalogue(file.read_bytes() if file.exists() else b"", fallback)


def set_language(language: str) -> None:
    """Speak `language` (nb, nn or en) from here on; of nn, documents only are in nynorsk."""
    global _current, _documents
    _current, _documents = "nb" if language == "nn" else language, language


def language() -> str:
    """The language spoken now: nb, nn or en."""
    return _current


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Speak another language within the block, and write in it: a letter in the recipient's."""
    global _current, _documents
    before, _current, _documents = (_current, _documents), language, language
    try:
        yield
    finally:
        _current, _documents = before


def documents_language() -> str:
    """The language that lists and sheets are in: the one that was chosen."""
    return _documents


@contextmanager
def in_documents_language() -> Iterator[None]:
    """Write what leaves the screen; for a whole function too, as a decorator."""
    with in_language(_documents):
        yield


def typed(command: str) -> str:
    """A command as the help writes it, in the language spoken: `… pack DIR` is `… pack MAPPE`."""
    return " ".join(_(word) if _is_place(word) else word for word in command.split(" "))


def _is_place(word: str) -> bool:
    """Whether a word stands for something that is to be filled in: NAME, FILE."""
    return len(word) > 2 and word.isascii() and word.isalpha() and word.isupper()


def _(message: str, /, **values: object) -> str:
    """Translate `message` and fill its `{named}` places."""
    text = _catalogue(_current).gettext(message) if message else ""
    return Sentence(text.format_map(values) if values else text, message, values)


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """Translate the form that fits `n`, which is available as `{n}`."""
    text = _catalogue(_current).ngettext(one, many, n).format_map({"n": n, **values})
    return Sentence(text, (one, many, n), values)


def N_(message: str, /) -> str:
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message
