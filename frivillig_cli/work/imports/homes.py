"""The home of a protected person is not taken in as their association's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from frivillig_cli.store import homes
from frivillig_cli.store.homes import OF_HOME, of_home_unless_own
from frivillig_cli.store.register import Register
from frivillig_cli.work.imports.record import Record
from frivillig_cli.work.imports.result import Rejection
from frivillig_cli.work.imports.titles import OFFICES


class Homes:
    """What keeps the homes of protected people out of the rows about associations."""

    def __init__(self, register: Register) -> None:
        self._homes = homes.Homes(register)
        self._orgs = self._homes.orgs

    def without(
        self, record: Record, org: int | None = None, current: Mapping[str, Any] | None = None
    ) -> tuple[Record, list[Rejection]]:
        """A row about an association without the address, where that is the home of somebody
        protected; and what is left out, with whose home it is.

        `org` is None of a new association, and `current` what another has. Its own address stays,
        but that of somebody with an office there, or whom the row gives one or names, is left out.
        Of an address that the row has half of, the association's own half stays.
        """
        had = current or {}
        street = record.text("street") or self._made_home(record, org, had)
        if not (street and self._homes.may_be_at(street)):
            return record, []
        orgs = [org] if org else []
        towns = (record.values, had)
        there = self._homes.lives(orgs, street, *towns, said=_names(record), had=had)
        if there is None:
            return record, []
        left = {field: value for field, value in record.values.items() if field not in OF_HOME}
        refused = [field for field in OF_HOME if field in record.values]
        why = of_home_unless_own(there.name, org or record.text("orgnr") or record.text("name"))
        return replace(record, values=left), [
            Rejection(record.row, field, "", why) for field in refused
        ]

    def _made_home(self, record: Record, org: int | None, had: Mapping[str, Any]) -> str:
        """The street that an association has, where the town of a row may make a home of it."""
        code, city = record.values.get("postcode"), record.values.get("city")
        if not (code or city):
            return ""
        same = code in (None, had.get("postcode")) and city in (None, had.get("city"))
        return "" if same and org not in self._orgs else str(had.get("street") or "")


def _names(record: Record) -> str:
    """Those whom a row gives an office, and who is named in its address."""
    return ", ".join(filter(None, (*map(record.offices.get, OFFICES), record.care_of)))
