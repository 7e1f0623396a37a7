"""Ids by keys that several may share, and keys that are worked out when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

# What more than this many share (the municipality's own e-mail) tells nobody from another.
MANY = 20


def note(ids: dict[str, tuple[int, ...]], key: str, alone: tuple[int]) -> None:
    """File one more id under a key."""
    # tuples, not sets: nearly all hold one id, and there are a few for each row
    have = ids.setdefault(key, alone)
    if have is not alone and alone[0] not in have and len(have) <= MANY:
        ids[key] = have + alone


class Filed:
    """Ids by what `keys` makes of their names: filed when the first is looked for.

    The rows of a list that has been here are all found by their numbers.
    """

    def __init__(self, keys: Callable[[str], Iterable[str]]) -> None:
        self._keys = keys
        self._waiting: list[tuple[str, tuple[int]]] = []
        self._filed: dict[str, tuple[int, ...]] = {}

    def add(self, name: str, alone: tuple[int]) -> None:
        """File one more id under what its name comes to."""
        self._waiting.append((name, alone))

    def get(self, key: str) -> tuple[int, ...]:
        """The ids of that key."""
        for name, alone in self._waiting:
            for one in self._keys(name):
                note(self._filed, one, alone)
        self._waiting.clear()
        return self._filed.get(key, ())

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._waiting or self._filed)
