"""Regular expressions that are compiled when they are first used, not when a module is loaded."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast


class _Later:
    def __init__(self, pattern: str | Callable[[], str], flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        pattern = self._pattern if isinstance(self._pattern, str) else self._pattern()
        found = getattr(re.compile(pattern, self._flags), name)
        setattr(self, name, found)  # the next time it is found at once
        return found


def later(pattern: str | Callable[[], str], flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, for its methods: compiled at the first of them, and made then where
    it is given as what makes it.

    For patterns that most runs of a command never ask: one costs a start as much as a module.
    """
    return cast("re.Pattern[str]", _Later(pattern, flags))


_JINJA = r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"
# What Jinja reads in a template: a field, a tag, a comment. And marks that are to be printed.
JINJA = later(_JINJA, re.DOTALL)
JINJA_OR_ESCAPED = later(_JINJA + r"|\\[*_`]", re.DOTALL)
# The quotation marks that word processors make of straight ones.
BENT = {**dict.fromkeys("«»„“”", '"'), **dict.fromkeys("‘’‚", "'")}


def straightened(text: str) -> str:
    """A template's text with straight quotation marks in its tags, where they have only bent ones.

    Marks within marks are meant: `default("«none»")`.
    """
    if not any(mark in text for mark in "“”„‘’"):
        return text
    return JINJA.sub(_straight_tag, text)


def _straight_tag(tag: re.Match[str]) -> str:
    own = '"' in tag[0] or "'" in tag[0]
    return tag[0] if own else tag[0].translate(str.maketrans(BENT))
