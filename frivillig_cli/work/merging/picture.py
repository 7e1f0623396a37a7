"""What was merged, as the history tells it: both as they were, and what was chosen per field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from frivillig_cli.records.person.model import HIDDEN_WHEN_PROTECTED
from frivillig_cli.store.history import Change, Entry, entry, history
from frivillig_cli.store.register import Register
from frivillig_cli.work.merging import queries
from frivillig_cli.work.merging.fields import EITHER, LATER, blank
from frivillig_cli.work.merging.kinds import ORG, PERSON, Kind
from frivillig_cli.work.merging.secret import fields_of_others


@dataclass(frozen=True)
class FieldPicture:
    """One field: what KEEP and DROP had before, and what it became."""

    field: str
    keep: Any
    drop: Any
    became: Any


@dataclass(frozen=True)
class Picture:
    """One merge: the ids, DROP's name, and each field that either of the two had."""

    what: str
    keep: int
    drop: int
    name: str
    fields: tuple[FieldPicture, ...]

    def to_json(self) -> dict[str, Any]:
        """As scripts see it."""
        return {
            "what": self.what,
            "merged_into": self.keep,
            "former": {"id": self.drop, "name": self.name},
            "fields": {
                one.field: {"keep": one.keep, "drop": one.drop, "became": one.became}
                for one in self.fields
            },
        }


def pictures(register: Register, found: Entry) -> list[Picture]:
    """What a command of the history has merged; nothing where it was no merge.

    A protected person's contact data is left out, and so is an association's that is theirs, and
    what was erased since.
    """
    if found.id is None or not found.command.endswith(" merge"):
        return []
    changes = entry(register, found.id).changes
    traces = [one for one in changes if one.table == "merged" and one.op == "insert"]
    return [
        _picture(register, ORG if "org_id" in one.after else PERSON, one.after, changes)
        for one in traces
        if {"org_id", "person_id"} & one.after.keys()
    ]


def _picture(
    register: Register, kind: Kind, trace: Mapping[str, Any], changes: tuple[Change, ...]
) -> Picture:
    keep, drop = trace[kind.pointer], trace["former_id"]
    last = max(change.seq for change in changes)
    became, mine = _around(register, kind.table, keep, last, changes)
    other = _deleted(kind.table, drop, changes)
    if kind.extension:
        after, before = _around(register, kind.extension, keep, last, changes)
        became, mine = {**after, **became}, {**before, **mine}
        other = {**_deleted(kind.extension, drop, changes), **other}
    now = queries.row(register, kind.table, keep) or {}
    protected = any(one.get("protected") for one in (mine, other, became, now))
    hidden = set(HIDDEN_WHEN_PROTECTED) if protected else set()
    if kind is ORG:
        # an undo has moved the offices back, and a later merger has moved them on
        orgs = {keep, drop, *queries.merged_into(register, keep, drop)}
        hidden |= fields_of_others(register, orgs, mine, other, became)
    fields = tuple(
        FieldPicture(name, mine.get(name), other.get(name), became.get(name))
        for name in kind.all_fields
        if name not in EITHER + LATER and name not in hidden
        if not (blank(mine.get(name)) and blank(other.get(name)))
    )
    return Picture(kind.table, keep, drop, str(other.get("name", "")), fields)


def _around(
    register: Register, table: str, row: int, last: int, changes: tuple[Change, ...]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """A row as it was after the command whose last change is `last`, and before it."""
    values = dict(queries.row(register, table, row) or {})
    # from now back to the merge, and then back over the merge
    for one in history(register, table=table, row=row):
        for change in reversed(one.changes):
            if change.seq > last:
                values = {**values, **change.before} if change.op != "insert" else {}
    after = dict(values)
    for change in reversed(changes):
        if (change.table, change.row) == (table, row):
            values = {**values, **change.before} if change.op != "insert" else {}
    return after, values


def _deleted(table: str, row: int, changes: tuple[Change, ...]) -> dict[str, Any]:
    """The row as it was before the command that deleted it, or moved it to another id."""
    values: dict[str, Any] = {}
    for change in reversed(changes):
        if (change.table, change.row) == (table, row):
            values = {**values, **change.before}
    return values
