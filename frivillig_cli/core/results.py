"""What a change gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FieldChange:
    """One field before and after."""

    field: str
    old: Any
    new: Any


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldChange]:
    """What becomes different when `after` is written over `before`, in the order of `after`."""
    return [
        FieldChange(field, before[field], new)
        for field, new in after.items()
        if before[field] != new
    ]
