"""What is known of the plan, of the printed lists, and of those who are on them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Revision:
    """The plan was gone through on a day (ISO), by whom."""

    id: int
    revised: str
    by: str
    note: str | None

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return asdict(self)


@dataclass(frozen=True)
class Printout:
    """A plan's annex or a pack that was made; `at` in UTC, `place` the file or the folder."""

    id: int
    kind: str
    at: str
    place: str
    responsible: str | None
    people: int
    files: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return {**asdict(self), "files": list(self.files)}


@dataclass(frozen=True)
class Held:
    """An activation that counts: `started` and `ended` in UTC."""

    id: int
    number: str
    title: str
    kind: str
    started: str
    ended: str | None


@dataclass(frozen=True)
class Named:
    """Somebody on a call list, and what is to be said of them (a day, a duty), or None."""

    person_id: int
    name: str
    note: str | None = None


@dataclass(frozen=True)
class Seated:
    """Somebody with a seat in a group, and what tells whether it is another's row too.

    The first of `numbers` is the one that is rung first.
    """

    person_id: int
    name: str
    numbers: tuple[str, ...]
    email: str | None
    postcode: str | None

    def rung_apart(self, other: Seated) -> bool:
        """Whether each is rung first on a number that the other does not have."""
        return self.numbers[0] not in other.numbers and other.numbers[0] not in self.numbers

    def differs(self, other: Seated) -> bool:
        """Whether all that is known of both is different: they are two of one name."""
        return bool(
            self.numbers and other.numbers and not set(self.numbers) & set(other.numbers)
            and self.email and other.email and self.email.lower() != other.email.lower()
            and self.postcode and other.postcode and self.postcode != other.postcode
        )  # fmt: skip
