"""One organisation beside what the state's register says of it. Pure.

The register's word is taken only where the present value was taken from it before, or where
nothing stands and nothing has stood. What the coordinator or the association has set is kept.
A blank says nothing (keys that are not known are absent), but an address is whole: its missing
parts are blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from frivillig_cli.core.dates import may_be_same
from frivillig_cli.core.postcode import ADDRESS
from frivillig_cli.records.org.from_unit import UnitValues

FIELDS = (
    "name", "form", "category", "street", "postcode", "city", "municipality", "email", "phone",
    "website", "language", "founded", "activities",
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """An organisation as it stands: `values` of its row, what was `taken` from the register, and
    the fields that the association itself has `confirmed`."""

    id: int
    name: str
    orgnr: str
    status: str
    values: Mapping[str, Any]
    taken: Mapping[str, Any] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()

    def is_registers(self, name: str) -> bool:
        """Whether the present value of a field was taken from the register."""
        present = self.values.get(name)
        return (
            present is not None and present == self.taken.get(name) and name not in self.confirmed
        )

    def is_open(self, name: str) -> bool:
        """Whether the register may set a field: it is the register's, or nobody's."""
        nobodys = self.values.get(name) is None and name not in self.taken
        return self.is_registers(name) or (nobodys and name not in self.confirmed)


class Verdict(NamedTuple):
    """One field that differs; `taken` says whether the register's value replaces the old one."""

    field: str
    old: Any
    new: str | None
    taken: bool


def judge(standing: Standing, said: UnitValues) -> list[Verdict]:
    """What differs, field by field."""
    found = [
        Verdict(name, old, new, standing.is_open(name))
        for name, old, new in _differing(standing, said)
    ]
    if any(v.field in ADDRESS and not v.taken for v in found):
        found = [v._replace(taken=v.taken and not _of_the_address(v)) for v in found]
    return [v for v in found if v.taken or v.new is not None]


def _differing(standing: Standing, said: UnitValues) -> Iterator[tuple[str, Any, str | None]]:
    has_address = any(name in said.values for name in ADDRESS)
    left_out = {entry.field for entry in said.left_out}
    for name in FIELDS:
        old, new = standing.values.get(name), said.values.get(name)
        missing = new is None and not (has_address and name in ADDRESS and name not in left_out)
        if not missing and old != new and not _alike(name, old, new, said):
            yield name, old, new


def _alike(name: str, old: Any, new: str | None, said: UnitValues) -> bool:
    if not isinstance(old, str) or new is None:
        return False
    if name == "phone":
        return old == said.mobile
    if name == "website":
        return _bare(old) == _bare(new)
    if name == "founded":
        return may_be_same(old, new)
    if name == "name":  # LIER SANGLAG is no other name than Lier Sanglag
        return said.given_name.isupper() and old.casefold() == said.given_name.casefold()
    return name in ("email", "street", "city") and old.casefold() == new.casefold()


def _of_the_address(found: Verdict) -> bool:
    """Moved as one: half of one address and half of another is none."""
    return found.field in ADDRESS or (found.field == "municipality" and found.old is not None)


def _bare(address: str) -> str:
    bare = address.casefold().removeprefix("https://").removeprefix("http://")
    return bare.removeprefix("www.").rstrip("/")
