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
# Those of them that are no word of a sentence: what follows is a name, with or without a capital.
_OF_A_NAME = frozenset("von van dos della ibn zu zur".split())


def apart(text: str) -> tuple[str, str]:
    """A person's name, and the remark beside it; '' where there is none."""
    name = text
    found = []
    for pattern in (_BRACKETS, _AFTER_DASH, _MARKS):
        found += [match.group().strip() for match in pattern.finditer(name)]
        name = pattern.sub(" ", name).strip()
    words = name.split()
    after = (at for at, word in enumerate(words) if at and _is_small(word, words[:at]))
    begins = next(after, len(words)) if not name.islower() else len(words)
    found += words[begins:]
    return " ".join(words[:begins]), " ".join(found)


def may_be_a_name(text: str) -> str:
    """How a name would be written whose last name seems to lack its capital, or may be a remark:
    `Kari nordby`. '' where it is no such name."""
    name, remark = apart(text)
    return f"{name} {remark.capitalize()}" if name.isalpha() and remark.isalpha() else ""


def begins_small(text: str) -> str:
    """The same of one whose first word lacks it: `bjørg Fagerli`, or a remark, `spør Kari`."""
    first, *others = text.split()
    small = first.islower() and first.isalpha() and first not in _PARTICLES
    capitals = all(word[:1].isupper() for word in others)
    return " ".join((first.capitalize(), *others)) if small and others and capitals else ""


def is_small_inside(text: str) -> bool:
    """Whether it is a name of three words, the one in the middle without its capital."""
    words = text.split()
    return len(words) == 3 and len(words[1]) > 3 and words[2][:1].isupper() and _all_letters(words)


def _all_letters(words: list[str]) -> bool:
    return all(word.replace("-", "").isalpha() for word in words)


def _is_small(word: str, before: list[str]) -> bool:
    if not word.islower() or word in _PARTICLES:
        return False
    while before and before[-1] in _PARTICLES:
        if before[-1] in _OF_A_NAME:
            return False
        before = before[:-1]
    return True
