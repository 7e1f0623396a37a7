"""Ids that no two rows of any register share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_draw: Callable[[int], bytes] = os.urandom


def new_uid() -> str:
    """A new id: 32 hexadecimal digits, random (UUID version 4, RFC 9562 §5.4)."""
    digits = _draw(16).hex()
    return f"{digits[:12]}4{digits[13:16]}{'89ab'[int(digits[16], 16) & 3]}{digits[17:]}"


@contextmanager
def repeatable_uids(seed: str) -> Iterator[None]:
    """Within the block the ids follow from `seed`, so that the same work makes the same ids."""
    global _draw
    from random import Random

    before, _draw = _draw, Random(seed).randbytes
    try:
        yield
    finally:
        _draw = before
