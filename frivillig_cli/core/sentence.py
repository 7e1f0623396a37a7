"""Sentences that are kept, and said again later in the language of whoever reads them then.

What is stored is JSON: a text as it is, or the English message with the values of its places.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from frivillig_cli.core.birthnumber import mask_birth_numbers
from frivillig_cli.core.i18n import Sentence, _, ngettext

_SAID, _MANY, _N, _WITH = "said", "many", "n", "with"


def masked(text: str) -> str:
    """`text` with birth numbers masked; a sentence without any stays one that can be kept."""
    safe = mask_birth_numbers(text)
    if safe == text or not isinstance(text, Sentence):
        return text if safe == text else safe
    return Sentence(safe, text.source, {name: _safe(value) for name, value in text.values.items()})


def _safe(value: object) -> object:
    return masked(value) if isinstance(value, str) else value


def keep(text: str) -> str:
    """A sentence as it is stored; birth numbers in its values are masked."""
    return json.dumps(_kept(text), ensure_ascii=False)


def _kept(value: object) -> Any:
    if isinstance(value, Sentence):
        inner = {name: _kept(each) for name, each in value.values.items()}
        if isinstance(value.source, tuple):
            one, many, n = value.source
            return {_SAID: one, _MANY: many, _N: n, _WITH: inner}
        return {_SAID: value.source, _WITH: inner}
    if isinstance(value, int):
        return value
    return mask_birth_numbers(str(value))


def say(stored: str) -> str:
    """A kept sentence in the language spoken now; a text that is no kept sentence as it is."""
    try:
        return str(_again(json.loads(stored)))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return stored


def _again(kept: Any) -> object:
    if not isinstance(kept, Mapping):
        return kept
    values = {name: _again(each) for name, each in kept[_WITH].items()}
    if _MANY in kept:
        return ngettext(kept[_SAID], kept[_MANY], kept[_N], **values)
    return _(kept[_SAID], **values)
