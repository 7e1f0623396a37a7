"""What a merge has done, or would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from frivillig_cli.core.results import FieldChange
from frivillig_cli.records.person.model import HIDDEN_WHEN_PROTECTED
from frivillig_cli.work.merging.fields import Conflict


@dataclass(frozen=True)
class MergeResult:
    """`keep` and `drop` are (id, name) as they were before.

    Of the rows that pointed to DROP, by table: `moved` now point to KEEP; `same` said what
    KEEP's own row says, and were put into that; `removed` have no meaning any more (a tie of
    the two to each other, the confirmation of a value that is not taken).
    `doubled` are offices that two people hold now: (role, names).
    `protected`: the person's contact data is not to be shown. `left_out`: the fields of DROP's
    that are a protected person's and do not come along, with the sentence that says whose.
    """

    keep: tuple[int, str]
    drop: tuple[int, str]
    moved: Mapping[str, int]
    same: Mapping[str, int]
    removed: Mapping[str, int]
    conflicts: Sequence[Conflict]
    changes: Sequence[FieldChange]
    doubled: Sequence[tuple[str, Sequence[str]]] = ()
    protected: bool = False
    left_out: Mapping[str, str] = field(default_factory=dict)

    def hidden(self, field: str) -> bool:
        """Whether a field's values may not be shown."""
        return self.protected and field in HIDDEN_WHEN_PROTECTED

    def to_json(self, *, applied: bool) -> dict[str, Any]:
        """The keys that scripts rely on; a protected person's contact data is None."""

        def shown(field: str, value: Any) -> Any:
            return None if self.hidden(field) else value

        return {
            "merged_into": self.keep[0],
            "name": self.keep[1],
            "former": {"id": self.drop[0], "name": self.drop[1]},
            "moved": dict(self.moved),
            "same": dict(self.same),
            "removed": dict(self.removed),
            "conflicts": [
                {
                    "field": one.field,
                    "keep": shown(one.field, one.keep),
                    "drop": shown(one.field, one.drop),
                    "taken": one.taken,
                }
                for one in self.conflicts
            ],
            "changes": [
                {
                    "field": change.field,
                    "old": shown(change.field, change.old),
                    "new": shown(change.field, change.new),
                }
                for change in self.changes
            ],
            "left_out": [{"field": field, "why": why} for field, why in self.left_out.items()],
            "doubled": [{"role": role, "names": list(names)} for role, names in self.doubled],
            "applied": applied,
        }
