"""What a change gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FieldChange:
    """One field before and after."""

    field: str
    old: Any
    new: Any
