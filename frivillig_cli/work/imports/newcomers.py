"""Those that a file makes new: given their ids at once, and written many at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from frivillig_cli.store.register import Register
from frivillig_cli.work.imports.kind import Kind
from frivillig_cli.work.imports.record import Value

_TOGETHER = 10_000


@dataclass
class Newcomers:
    """New ones of a kind. Call `write` before anything that reads or refers to them."""

    register: Register
    kind: Kind
    now: datetime
    _waiting: dict[int, Mapping[str, Value]] = field(default_factory=dict)
    _next: int = 0

    def add(self, values: Mapping[str, Value]) -> int:
        """Add one that the index knows to be new; returns its id."""
        many = self.kind.many
        if many is None:
            return self.kind.add(self.register, values, self.now)
        if not self._waiting:
            self._next = many.next_id(self.register)
        new, self._next = self._next, self._next + 1
        self._waiting[new] = values
        if len(self._waiting) == _TOGETHER:
            self.write()
        return new

    def add_alone(self, values: Mapping[str, Value]) -> int:
        """Add one that may be refused for what it shares with another; returns its id."""
        self.write()
        return self.kind.add(self.register, values, self.now)

    def write(self) -> None:
        """Write those that wait."""
        if self.kind.many and self._waiting:
            self.kind.many.add(self.register, self._waiting, self.now)
            self._waiting = {}
