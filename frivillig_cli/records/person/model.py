"""A person as read, and what a comparison with the people there are can give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from frivillig_cli.core.postcode import ADDRESS

# The fields of a person that are shown to nobody else once the person is protected.
HIDDEN_WHEN_PROTECTED = ("email", *ADDRESS, "notes")


@dataclass(frozen=True)
class Phone:
    """One number of a person; `wrong` once somebody else has answered it.

    `callout`: it is the one to ring first in a call-out, whatever its rank.
    """

    number: str
    rank: int
    verified: str | None
    wrong: bool
    callout: bool = False
    verified_by: str | None = None


@dataclass(frozen=True)
class Person:
    """One person with what hangs on them. `values` are the columns of the row.

    The columns are attributes too, as a list, a file or a page may show them: a protected
    person's contact data is None there, and `numbers` is empty.
    """

    values: Mapping[str, Any]
    phones: tuple[Phone, ...]
    roles: tuple[Mapping[str, Any], ...]
    skills: tuple[str, ...]
    volunteer: Mapping[str, Any] | None

    def __getattr__(self, name: str) -> Any:
        values = object.__getattribute__(self, "values")
        if name not in values:
            raise AttributeError(name)
        hidden = values["protected"] and name in HIDDEN_WHEN_PROTECTED
        return None if hidden else values[name]

    @property
    def all_numbers(self) -> list[str]:
        """The phone numbers in use, the first first (E.164), of a protected person too."""
        return [phone.number for phone in self.phones if not phone.wrong]

    @property
    def numbers(self) -> list[str]:
        """The numbers that a list may show: none of a protected person."""
        return [] if self.protected else self.all_numbers

    @property
    def callout_number(self) -> str | None:
        """The number that is marked as the one to ring first in a call-out."""
        return next((p.number for p in self.phones if p.callout and not p.wrong), None)

    def to_json(self, *, whole: bool = False) -> dict[str, Any]:
        """The keys that scripts rely on; what is not known is None.

        `whole`: with a protected person's contact data too, for the register's own `show` only.
        """
        keys = ("email", *ADDRESS)
        return {
            "id": self.id,
            "name": self.name,
            "phones": self.all_numbers if whole else self.numbers,
            "callout_number": self.callout_number if whole or not self.protected else None,
            **{key: self.values[key] if whole else getattr(self, key) for key in keys},
            "protected": bool(self.protected),
            "minor": bool(self.minor),
            "opted_out_until": self.opted_out_until,
            "language": self.language,
            "mailings": self.no_mailings is None,
            "no_mailings": self.no_mailings,
            "roles": [dict(role) for role in self.roles],
            "volunteer": None if self.volunteer is None else self._volunteer_json(),
            "notes": self.values["notes"] if whole else self.notes,
            "created": self.created,
            "updated": self.updated,
        }

    def _volunteer_json(self) -> dict[str, Any]:
        assert self.volunteer is not None
        licence = self.volunteer["driving_licence"]
        return {
            "status": self.volunteer["status"],
            "skills": list(self.skills),
            "availability": self.volunteer["availability"],
            "languages": [word for word in (self.volunteer["languages"] or "").split(", ") if word],
            "driving_licence": None if licence is None else bool(licence),
            "confidentiality_signed": self.volunteer["confidentiality_signed"],
            "police_certificate_seen": self.volunteer["police_certificate_seen"],
            "intro_course_completed": self.volunteer["intro_course_completed"],
            "opted_out_until": self.opted_out_until,
        }


@dataclass(frozen=True)
class Known:
    """What a comparison needs of a person who is there; wrong numbers left out."""

    id: int
    name: str
    name_search: str
    phones: frozenset[str]
    email: str | None


@dataclass(frozen=True)
class MatchResult:
    """Whether a name with phones and e-mail is somebody who is there already.

    `same`: `person_id` is the one. `uncertain`: it may be one of `candidates`, and a person must
    decide. `new`: nobody has that name.
    """

    outcome: Literal["same", "uncertain", "new"]
    person_id: int | None = None
    candidates: tuple[Known, ...] = ()
