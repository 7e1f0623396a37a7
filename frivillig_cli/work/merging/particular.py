"""What the schema alone does not tell: call-outs, confirmations, umbrellas, phone numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.records.activation.calling import as_typed
from frivillig_cli.records.contact.model import SINGLE_ROLES
from frivillig_cli.records.org.queries import above
from frivillig_cli.store.register import Register
from frivillig_cli.store.tables import Tables
from frivillig_cli.work.merging import queries
from frivillig_cli.work.merging.fields import Conflict
from frivillig_cli.work.merging.references import Mover

OPEN = ("active", "standing_down")


def one_row_a_call_out(register: Register, mover: Mover, keep: int, drop: int) -> None:
    """Leave one of two rows on each call list, where one of them was never rung.

    Where both were, both stay as they were logged, DROP's as the other row of the same person.
    Raises RefusedError where the call-out is still under way.
    """
    for found in queries.called_out_together(register, keep, drop):
        if found["state"] in OPEN:
            raise RefusedError(
                _("Both are on the call list of {number}, which is under way.",
                  number=found["number"]),
                _("Merge them when it has ended. Until then, let one of them count: {undo}, and"
                  " {exclude}", undo=f"frivillig beredskap call {drop} {as_typed('undo')}",
                  exclude=typed(f"frivillig beredskap exclude {drop} --reason …")),
            )  # fmt: skip
        rows = [_callout(register, found["keep"]), _callout(register, found["dropped"])]
        touched = [_touched(register, row) for row in rows]
        if all(touched):
            register.update("callout", rows[1]["id"], twin_of=rows[0]["id"])
            continue
        # whoever was called stays on the list; else whoever was to be called
        eligible = rows[1]["selection"] == "eligible" != rows[0]["selection"]
        stays = 1 if touched[1] or (not touched[0] and eligible) else 0
        mover.remove("callout", rows[1 - stays]["id"])


def _callout(register: Register, row_id: int) -> dict[str, Any]:
    return queries.row(register, "callout", row_id) or {}


def _touched(register: Register, row: dict[str, Any]) -> bool:
    said = (row["answer"], row["deployment"], row["need_id"], row["eta"])
    if row["contact"] != "pending" or any(value is not None for value in said):
        return True
    pointers = Tables(register).references.get("callout", [])
    return any(queries.pointing(register, table, name, row["id"]) for table, name in pointers)


def confirmed_values(
    register: Register,
    mover: Mover,
    ids: tuple[int, int],
    conflicts: Iterable[Conflict],
    left_out: Iterable[str],
) -> None:
    """Forget when a value was confirmed that does not stay. `ids` are KEEP's and DROP's;
    `left_out` are the fields in which DROP's is not taken, whatever KEEP has.
    """
    gone = [(ids[0] if one.taken else ids[1], one.field) for one in conflicts]
    for loser, field in [*gone, *((ids[1], field) for field in left_out)]:
        mover.removed["confirmation"] += queries.forget_confirmation(register, loser, field)


def source_follows_number(
    register: Register, mover: Mover, keep: int, conflicts: Iterable[Conflict]
) -> None:
    """Forget what the state's registers said of a number that does not stay."""
    if any(one.field == "orgnr" and one.taken for one in conflicts):
        for row_id in queries.pointing(register, "org_source", "org_id", keep):
            mover.remove("org_source", row_id)


def without_circles(register: Register, mover: Mover) -> None:
    """Leave the umbrellas that came along and would put an association under itself."""
    for row_id in mover.moved_ids.get("org_umbrella", []):
        row = queries.row(register, "org_umbrella", row_id)
        if row is not None and row["org_id"] in above(register, row["umbrella_id"]):
            mover.remove("org_umbrella", row_id)
            mover.moved["org_umbrella"] -= 1


def doubled_offices(register: Register, org_id: int) -> list[tuple[str, list[str]]]:
    """Offices of which an association has one, that two people hold now: (role, names)."""
    held: dict[str, list[str]] = {}
    for role, name in queries.holders(register, org_id, SINGLE_ROLES):
        held.setdefault(role, []).append(name)
    return [(role, names) for role, names in held.items() if len(names) > 1]
