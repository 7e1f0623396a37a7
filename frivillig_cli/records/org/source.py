"""Which fields of an organisation are the state's registers', and which have been set here.

What is taken from a register is noted beside the organisation. Whoever edits the field, by hand
or from another list, makes it differ from the note, and so makes it the association's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from frivillig_cli.records.org import source_queries
from frivillig_cli.store.register import Register


def note_taken(
    register: Register, org_id: int, values: Mapping[str, Any], *, now: datetime
) -> None:
    """Note that the fields in `values` were taken from a register; None: emptied as it said."""
    before = source_queries.taken(register, org_id)
    after = {**before, **{field: value for field, value in values.items() if field != "id"}}
    stamp = now.isoformat(timespec="seconds")
    source_queries.put(register, org_id, {f: v for f, v in after.items() if v is not None}, stamp)


def forget_taken(
    register: Register, org_id: int, *, keep: Mapping[str, Any], now: datetime
) -> None:
    """Forget what was taken, but for `keep`."""
    source_queries.put(register, org_id, dict(keep), now.isoformat(timespec="seconds"))
