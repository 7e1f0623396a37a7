"""What keeps a person off the call list for a while. Never why they are away."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Absence:
    """Somebody is away from and to a day, both counted; dates are ISO."""

    id: int
    person_id: int
    name: str
    from_date: str
    to_date: str

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return {
            "id": self.id,
            "person_id": self.person_id,
            "name": self.name,
            "from": self.from_date,
            "to": self.to_date,
        }


@dataclass(frozen=True)
class Duty:
    """Somebody has another duty in a crisis: `what` says whose first claim it is."""

    id: int
    person_id: int
    name: str
    what: str

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return asdict(self)


@dataclass(frozen=True)
class OptOut:
    """Somebody has asked not to be called before a day (ISO)."""

    person_id: int
    name: str
    until: str

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return asdict(self)
