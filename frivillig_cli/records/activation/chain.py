"""The log's chain: each entry seals the one before, so that no line can be changed unseen.

The words are sealed by a salted commitment, so that they can be erased and the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

_WORDS = ("salt", "sender", "receiver", "text")
_SEALED = ("commitment", "seq", "happened", "registered", "type", "by", "supersedes")


def start(uid: str) -> str:
    """What the first entry of an activation is chained to."""
    return hashlib.sha256(f"activation {uid}".encode()).hexdigest()


def commitment(entry: Mapping[str, object]) -> str:
    """SHA-256 over an entry's salt and words."""
    return _hash([entry[key] for key in _WORDS])


def link(previous: str, entry: Mapping[str, object]) -> str:
    """The seal of `entry` after `previous`: SHA-256 over both."""
    return _hash([previous, *(entry[key] for key in _SEALED)])


def first_break(uid: str, entries: Iterable[Mapping[str, object]]) -> int | None:
    """The number of the first entry that does not hold, or None; a gap in the numbers is one.

    An entry without salt was erased: its words are gone, and the rest of it is still checked.
    """
    previous, expected = start(uid), 1
    for entry in entries:
        erased = all(entry[key] is None for key in _WORDS)
        kept = erased or entry["commitment"] == commitment(entry)
        seal = link(previous, entry)
        if not kept or entry["seq"] != expected or entry["chain"] != seal:
            return expected
        previous, expected = seal, expected + 1
    return None


def _hash(values: list[object]) -> str:
    return hashlib.sha256(json.dumps(values, ensure_ascii=True).encode()).hexdigest()
