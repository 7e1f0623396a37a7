"""An office as read, and what entering one has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

# Of these an association has one at a time: a second does not come in silently.
SINGLE_ROLES = ("leader", "deputy", "treasurer")
# Of these a new one may take over from whoever is there.
REPLACED = (*SINGLE_ROLES, "contact")


@dataclass(frozen=True)
class Contact:
    """One office: who, where, from when to when. Dates are ISO 8601, None where not known.

    `phone` and `email` are None of a protected person.
    """

    id: int
    org_id: int
    org: str
    person_id: int
    name: str
    role: str
    phone: str | None
    email: str | None
    from_date: str | None
    to_date: str | None
    protected: bool

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return {
            "id": self.id,
            "org_id": self.org_id,
            "org": self.org,
            "person_id": self.person_id,
            "name": self.name,
            "role": self.role,
            "phone": self.phone,
            "email": self.email,
            "from": self.from_date,
            "to": self.to_date,
        }


@dataclass(frozen=True)
class OfficeResult:
    """`contact_id` is the office; `new` false where the person held it already.

    `ended` are the offices that it replaced, as they are now.
    """

    contact_id: int
    new: bool
    ended: list[Contact] = field(default_factory=list)
