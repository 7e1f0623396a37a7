"""Groups, members, and the roster of those who can be called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from frivillig_cli.core.i18n import N_

ROLES = ("leader", "deputy", "member")
ROLE_WORDS = {
    "leader": N_("leader"),
    "deputy": N_("deputy leader"),
    "member": N_("member"),
}


@dataclass(frozen=True)
class Member:
    """One person's seat in a group; `phones` is empty where the person is protected.

    The first phone is the one to ring, `verified` when it was last known to be right; `absences`
    are (first day, last day).
    """

    id: int
    person_id: int
    name: str
    role: str
    order: int | None
    phones: tuple[str, ...]
    skills: tuple[str, ...]
    told: str | None
    protected: bool
    verified: str | None = None
    minor: bool = False
    opted_out_until: str | None = None
    absences: tuple[tuple[str, str], ...] = ()
    duties: tuple[str, ...] = ()
    archived: bool = False

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return {
            "person_id": self.person_id,
            "name": self.name,
            "role": self.role,
            "order": self.order,
            "phones": list(self.phones),
            "skills": list(self.skills),
            "told": self.told,
            "protected": self.protected,
            "verified": self.verified,
            "opted_out_until": self.opted_out_until,
            "absences": [{"from": first, "to": last} for first, last in self.absences],
            "duties": list(self.duties),
            "archived": self.archived,
        }


@dataclass(frozen=True)
class Group:
    """A group of an organisation that can be called in; lower `order` is called first."""

    id: int
    name: str
    org_id: int
    org: str
    agreement_id: int | None
    agreement: str | None
    order: int
    status: str
    notes: str | None
    members: tuple[Member, ...]

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return {
            "id": self.id,
            "name": self.name,
            "org_id": self.org_id,
            "org": self.org,
            "agreement_id": self.agreement_id,
            "agreement": self.agreement,
            "order": self.order,
            "status": self.status,
            "notes": self.notes,
            "members": [member.to_json() for member in self.members],
        }


@dataclass(frozen=True)
class RosterSeat:
    """One seat of somebody on the roster."""

    group_id: int
    role: str
    order: int | None


@dataclass(frozen=True)
class RosterPerson:
    """One person of the roster with all their seats; `numbers` as (number, verified on).

    The number to ring first stands first. `absences` are (first day, last day), both counted.
    `languages` hold the one they are written to in; whether it is told which they speak is
    `languages_known`.
    """

    person_id: int
    name: str
    protected: bool
    minor: bool
    active: bool
    opted_out_until: str | None
    numbers: tuple[tuple[str, str | None], ...]
    skills: tuple[str, ...]
    seats: tuple[RosterSeat, ...]
    postcode: str | None = None
    city: str | None = None
    languages: tuple[str, ...] = ()
    driving_licence: bool | None = None
    languages_known: bool = False
    absences: tuple[tuple[str, str], ...] = ()
    duties: tuple[str, ...] = ()

    def away(self, day: str) -> str | None:
        """The last day of the absence that `day` (ISO) falls in, or None."""
        return max((last for first, last in self.absences if first <= day <= last), default=None)


@dataclass(frozen=True)
class RosterGroup:
    """One group of the roster."""

    id: int
    name: str
    org_id: int
    agreement_id: int | None
    order: int
    org_active: bool
