"""Ids that no two rows of any register share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

_draw: Callable[[], UUID] = uuid4


def new_uid() -> str:
    """A new id: 32 hexadecimal digits, random (UUID version 4)."""
    return _draw().hex


@contextmanager
def repeatable_uids(seed: str) -> Iterator[None]:
    """Within the block the ids follow from `seed`, so that the same work makes the same ids."""
    global _draw
    from random import Random

    numbers, before = Random(seed), _draw
    _draw = lambda: UUID(int=numbers.getrandbits(128), version=4)  # noqa: E731
    try:
        yield
    finally:
        _draw = before
