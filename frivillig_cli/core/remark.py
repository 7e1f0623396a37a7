"""A remark beside a person's name: in brackets, after a dash, a mark, words without a capital."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\s*[(\[{][^)\]}]*[)\]}]?\s*")
_AFTER_DASH = re.compile(r"\s+[-–—]+(?:\s.*)?$")
_MARKS = re.compile(r"[?*!#=+<>|†…]+")
# Small words that are part of a name: Ole von der Lippe, Per Lie jr.
_PARTICLES = frozenset(
    "von van de der den af av da das do dos del della di du la le el al bin ibn ben bint abu ter "
    "ten te zu zur y jr jr. sr sr. d.e. d.y. eldre yngre".split()
)


def apart(text: str) -> tuple[str, str]:
    """A person's name, and the remark beside it; '' where there is none."""
    name = text
    found = []
    for pattern in (_BRACKETS, _AFTER_DASH, _MARKS):
        found += [match.group().strip() for match in pattern.finditer(name)]
        name = pattern.sub(" ", name).strip()
    words = name.split()
    after = (at for at, word in enumerate(words) if at and _is_small(word))
    begins = next(after, len(words)) if not name.islower() else len(words)
    found += words[begins:]
    return " ".join(words[:begins]), " ".join(found)


def _is_small(word: str) -> bool:
    return word.islower() and word not in _PARTICLES
