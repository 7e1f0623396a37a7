"""What a comparison found and did, organisation by organisation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from frivillig_cli.records.org.from_unit import LeftOut


@dataclass(frozen=True)
class Field:
    """One field: as it stood, and as the register says. For what is kept, `old` stays."""

    field: str
    old: Any
    new: str | None


@dataclass(frozen=True)
class Differing:
    """An organisation with fields that were changed, or kept."""

    id: int
    name: str
    orgnr: str
    fields: tuple[Field, ...]

    def to_json(self) -> dict[str, Any]:
        """For `changed` and `kept`."""
        return {**_who(self), "changes": [_field(one) for one in self.fields]}


@dataclass(frozen=True)
class Proposal:
    """An association of the municipality that is not in the register.

    `similar` are those without a number that it may be: (id, name). It is never made beside them.
    """

    orgnr: str
    name: str
    form: str | None
    city: str | None
    similar: tuple[tuple[int, str], ...] = ()
    id: int | None = None

    def to_json(self) -> dict[str, Any]:
        """`id` is what it got when it was taken in."""
        return {
            "id": self.id,
            "orgnr": self.orgnr,
            "name": self.name,
            "form": self.form,
            "city": self.city,
            "similar": [{"id": number, "name": name} for number, name in self.similar],
        }


@dataclass(frozen=True)
class Dissolved:
    """`what` is deleted, bankrupt or liquidating; `outcome` archived, kept (it was restored here
    after that) or warning: what is being wound up still is."""

    id: int
    name: str
    orgnr: str
    what: str
    day: str | None
    outcome: str

    def to_json(self) -> dict[str, Any]:
        """The day is that of the dissolution."""
        return {**_who(self), "what": self.what, "date": self.day, "outcome": self.outcome}


@dataclass(frozen=True)
class Purged:
    """No copy of what came from the register may be kept. `outcome` is deleted, emptied (and
    archived), or kept where nothing here came from there.

    `because` says what of the coordinator's own keeps it here: table → rows, or field → 1.
    """

    id: int
    name: str
    orgnr: str
    outcome: str
    fields: tuple[Field, ...]
    because: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        """`changes` are the fields that were emptied."""
        return {
            **_who(self),
            "outcome": self.outcome,
            "changes": [_field(one) for one in self.fields],
            "because": self.because,
        }


@dataclass(frozen=True)
class Office:
    """One office compared: the names in the state's register, and those here."""

    id: int
    name: str
    role: str
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    dead: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """`dead` are those of `theirs` whom nobody should write to."""
        return {
            "id": self.id,
            "name": self.name,
            "role": self.role,
            "register": list(self.theirs),
            "here": list(self.ours),
            "dead": list(self.dead),
        }


@dataclass
class SyncResult:
    """`look_up` are organisations that the feed names without saying what changed.

    `missing` units were found by a saved search, on pages that were not given. `care_of` are the
    numbers and names of those whose address is taken without the person whom it names.
    """

    proposed: list[Proposal] = field(default_factory=list)
    changed: list[Differing] = field(default_factory=list)
    kept: list[Differing] = field(default_factory=list)
    dissolved: list[Dissolved] = field(default_factory=list)
    purged: list[Purged] = field(default_factory=list)
    unchanged: int = 0
    roles: list[Office] = field(default_factory=list)
    look_up: list[tuple[int, str, str]] = field(default_factory=list)
    unknown: list[tuple[int, str, str]] = field(default_factory=list)
    left_out: list[tuple[str, LeftOut]] = field(default_factory=list)
    care_of: list[tuple[str, str]] = field(default_factory=list)
    missing: int = 0
    applied: bool = False

    @property
    def changes_anything(self) -> bool:
        """Whether an organisation becomes different."""
        archived = any(found.outcome == "archived" for found in self.dissolved)
        taken = any(found.id is not None for found in self.proposed)
        purged = any(found.outcome != "kept" for found in self.purged)
        return bool(self.changed or purged or archived or taken)

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on, and more."""
        lists = ("proposed", "changed", "kept", "dissolved", "purged", "roles")
        return {
            **{name: [found.to_json() for found in getattr(self, name)] for name in lists},
            "unchanged": self.unchanged,
            "missing": self.missing,
            "look_up": [_numbered(found) for found in self.look_up],
            "unknown": [_numbered(found) for found in self.unknown],
            "left_out": [
                {"orgnr": orgnr, "field": entry.field, "value": entry.value, "why": entry.why}
                for orgnr, entry in self.left_out
            ],
            "care_of": [{"orgnr": orgnr, "name": name} for orgnr, name in self.care_of],
            "applied": self.applied,
        }


def _who(found: Differing | Dissolved | Purged) -> dict[str, Any]:
    return {"id": found.id, "name": found.name, "orgnr": found.orgnr}


def _numbered(found: tuple[int, str, str]) -> dict[str, Any]:
    return dict(zip(("id", "name", "orgnr"), found, strict=True))


def _field(one: Field) -> dict[str, Any]:
    return {"field": one.field, "old": one.old, "new": one.new}
