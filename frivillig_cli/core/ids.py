"""Ids that no two rows of any register share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_draw: Callable[[int], bytes] = os.urandom


def new_uid() -> str:
    """A new id: 32 hexadecimal digits, random (UUID version 4, RFC 9562 §5.4)."""
    return _as_uid(_draw(16))


def new_uids(count: int) -> list[str]:
    """`count` new ids, drawn in one go."""
    drawn = _draw(16 * count)
    return [_as_uid(drawn[at : at + 16]) for at in range(0, 16 * count, 16)]


def _as_uid(drawn: bytes) -> str:
    digits = drawn.hex()
    return f"{digits[:12]}4{digits[13:16]}{'89ab'[drawn[8] >> 4 & 3]}{digits[17:]}"


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
