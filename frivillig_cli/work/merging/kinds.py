"""The two kinds of thing that can be merged: organisations and people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from frivillig_cli.records.org.rules import LABELS as ORG_LABELS
from frivillig_cli.records.person.rules import LABELS as PERSON_LABELS
from frivillig_cli.records.volunteer.rules import LABELS as VOLUNTEER_LABELS


@dataclass(frozen=True)
class Kind:
    """`table` with its `fields`; `extension` is the table whose rows carry the same id.

    `more` are the extension's fields, `pointer` the column of table merged. `labels` are what the
    fields are called on the screen.
    """

    table: str
    fields: tuple[str, ...]
    pointer: str
    extension: str = ""
    more: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def all_fields(self) -> tuple[str, ...]:
        """The fields of both."""
        return self.fields + self.more


ORG = Kind(
    "org",
    tuple(f for f in ORG_LABELS if f not in ("tag", "umbrella")),
    "org_id",
    labels=ORG_LABELS,
)
PERSON = Kind(
    "person",
    tuple(f for f in PERSON_LABELS if f not in ("phone", "skill")),
    "person_id",
    "volunteer",
    tuple(VOLUNTEER_LABELS),
    {**PERSON_LABELS, **VOLUNTEER_LABELS},
)
