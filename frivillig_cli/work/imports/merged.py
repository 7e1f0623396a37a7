"""What was merged into another is known by its number here, its organisation number, its name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from frivillig_cli.core.names import fold


@dataclass
class Merged:
    """Those that are gone, each with the id of what it was merged into."""

    by_id: dict[int, int] = field(default_factory=dict)
    by_orgnr: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, int] = field(default_factory=dict)

    def learn(self, into: int, number: int, orgnr: str | None, names: Iterable[str] = ()) -> None:
        """Add one: its number here, its organisation number, and the names that it had."""
        self.by_id[number] = into
        if orgnr:
            self.by_orgnr[orgnr] = into
        self.by_name.update((fold(name), into) for name in names)

    def holds(self, into: int, name: str) -> bool:
        """Whether one of that name was merged into that one."""
        return self.by_name.get(fold(name)) == into
