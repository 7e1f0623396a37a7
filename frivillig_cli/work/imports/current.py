"""What those have now whom rows are about: of many rows to come, read in one query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from frivillig_cli.core.postcode import ADDRESS
from frivillig_cli.store.register import Register
from frivillig_cli.work.imports.kind import Kind
from frivillig_cli.work.imports.match import Index
from frivillig_cli.work.imports.record import Record, Value

AHEAD = 500  # rows


@dataclass
class Current:
    """Say with `changed` whom a row has changed: what was read of that one holds no longer."""

    register: Register
    kind: Kind
    index: Index
    _read: Mapping[int, Mapping[str, Value | None]] = field(default_factory=dict)
    _changed: set[int] = field(default_factory=set)

    def look_ahead(self, records: Sequence[Record]) -> None:
        """Read what the next rows have of those whose organisation numbers they have."""
        if self.kind.many:
            found = (self.index.by_orgnr.get(record.text("orgnr")) for record in records)
            ids = [one for one in found if one is not None]
            self._read, self._changed = {}, set()
            if not ids:
                return  # as of all rows of a new list
            fields = frozenset().union(*(record.values for record in records))
            if not fields.isdisjoint(ADDRESS):
                fields = fields.union(ADDRESS)  # of half of one the other half is looked at
            self._read = self.kind.many.current(self.register, ids, fields)

    def of(self, record_id: int) -> Mapping[str, Value | None]:
        """The values of one, as those of a row."""
        read = None if record_id in self._changed else self._read.get(record_id)
        return self.kind.current(self.register, record_id) if read is None else read

    def changed(self, record_id: int) -> None:
        """Read that one anew when it is asked for."""
        self._changed.add(record_id)
