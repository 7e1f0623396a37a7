"""The log's chain: each entry seals the one before, so that no line can be changed unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

_SEALED = (
    "seq", "happened", "registered", "type", "sender", "receiver", "text", "by", "supersedes",
)  # fmt: skip


def start(uid: str) -> str:
    """What the first entry of an activation is chained to."""
    return hashlib.sha256(f"activation {uid}".encode()).hexdigest()


def link(previous: str, entry: Mapping[str, object]) -> str:
    """The seal of `entry` after `previous`: SHA-256 over both, as JSON."""
    sealed = json.dumps([previous, *(entry[key] for key in _SEALED)], ensure_ascii=True)
    return hashlib.sha256(sealed.encode()).hexdigest()


def first_break(uid: str, entries: Iterable[Mapping[str, object]]) -> int | None:
    """The number of the first entry that does not hold, or None; a gap in the numbers is one."""
    previous, expected = start(uid), 1
    for entry in entries:
        seal = link(previous, entry)
        if entry["seq"] != expected or entry["chain"] != seal:
            return expected
        previous, expected = seal, expected + 1
    return None
