"""The home of a protected person is not taken in as their association's address."""

from __future__ import annotations

from dataclasses import replace

from frivillig_cli.store.as_its_own import (
    OF_HOME,
    of_home,
    streets_of_homes,
    whose_home,
    with_homes,
)
from frivillig_cli.store.protected import street_key
from frivillig_cli.store.register import Register
from frivillig_cli.work.imports.headers import OFFICES
from frivillig_cli.work.imports.kind import Kind
from frivillig_cli.work.imports.record import Record
from frivillig_cli.work.imports.result import Rejection


class Homes:
    """What keeps the homes of protected people out of the rows about associations."""

    def __init__(self, register: Register, kind: Kind) -> None:
        self._register, self._kind = register, kind
        self._keys: dict[str, list[frozenset[str]]] = {}  # by their first words
        for key in filter(None, streets_of_homes(register)):
            self._keys.setdefault(key[0], []).append(frozenset(key))
        self._orgs = with_homes(register) if self._keys else frozenset()

    def without(self, record: Record, org: int | None) -> tuple[Record, list[Rejection]]:
        """A row about an association without the address, where that is the home of somebody
        protected with an office there, or whom the row gives one; and what is left out, with whose
        home it is. `org` is None of a new association.

        Of an address that the row has half of, the association's own half stays.
        """
        street = record.text("street")
        if not (self._may_be_one(street) or (not street and self._may_make_one(record, org))):
            return record, []
        current = self._kind.current(self._register, org) if org else {}
        street = street or str(current.get("street") or "")
        towns = (record.values, current)
        name = whose_home(self._register, [org] if org else [], street, *towns, said=_names(record))
        if name is None:
            return record, []
        left = {field: value for field, value in record.values.items() if field not in OF_HOME}
        refused = [field for field in OF_HOME if field in record.values]
        return replace(record, values=left), [
            Rejection(record.row, field, "", of_home(name)) for field in refused
        ]

    def _may_be_one(self, street: str) -> bool:
        """Whether a street has all the words of a home's: of no other the register is asked."""
        if not (street and self._keys):
            return False
        words = frozenset(street_key(street))
        return any(key <= words for word in words for key in self._keys.get(word, ()))

    def _may_make_one(self, record: Record, org: int | None) -> bool:
        """Whether a town may make a home of the street that an association has."""
        return org in self._orgs and bool(record.text("postcode") or record.text("city"))


def _names(record: Record) -> str:
    """Those whom a row gives an office, and who is named in its address."""
    return ", ".join(filter(None, (*map(record.offices.get, OFFICES), record.care_of)))
