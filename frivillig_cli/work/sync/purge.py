"""A unit that was removed from the open register: no copy of what came from there is kept.

HTTP 410 and "Fjernet" in the feed ask whoever has copied a unit to delete it (documentation of
data.brreg.no). Where nothing of the coordinator's own hangs on it, the organisation is deleted.
Else the fields that came from the register are emptied and it is archived; its name stays, as the
handle of agreements, letters and people that the municipality has grounds of its own to keep.
"""

from __future__ import annotations

from datetime import datetime

from frivillig_cli.records.org import actions, rules
from frivillig_cli.records.org.source import forget_taken
from frivillig_cli.store.homes import forget, state
from frivillig_cli.store.register import Register
from frivillig_cli.work.sync import queries
from frivillig_cli.work.sync.compare import Standing
from frivillig_cli.work.sync.result import Field, Purged


def purge(register: Register, standing: Standing, *, now: datetime) -> Purged | None:
    """Delete or empty one organisation; None for an archived one that holds nothing to purge.

    An active one that holds nothing from the register is kept as it is, and told of.
    """
    theirs = [name for name in rules.CHECKS if name != "status" and standing.is_registers(name)]
    own = [
        name
        for name in (*rules.CHECKS, "bank_account")
        if name != "status" and standing.values.get(name) is not None and name not in theirs
    ]
    because = {**queries.hanging_on(register, standing.id), **dict.fromkeys(own, 1)}
    if not because:
        forget_taken(register, standing.id, keep={}, now=now)
        forget(register, standing.id)
        register.delete("org", standing.id)
        return _purged(standing, "deleted", theirs, because)
    emptied = [name for name in theirs if name != "name"]
    if not emptied:
        found = _purged(standing, "kept", [], because)
        return found if standing.status == "active" else None
    changes = {**dict.fromkeys(emptied), "status": "archived"}
    actions.edit(register, standing.id, changes, now=now)
    forget_taken(register, standing.id, keep={}, now=now)
    state(register, standing.id, own=False)
    return _purged(standing, "emptied", emptied, because)


def _purged(standing: Standing, outcome: str, fields: list[str], because: dict[str, int]) -> Purged:
    emptied = tuple(Field(name, standing.values[name], None) for name in fields)
    return Purged(standing.id, standing.name, standing.orgnr, outcome, emptied, because)
