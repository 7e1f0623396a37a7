"""Who changed a field here since a form was sent, and when: read from the history."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from frivillig_cli.records.org.model import Org
from frivillig_cli.records.person import queries as people
from frivillig_cli.records.survey.model import Recipient
from frivillig_cli.records.survey.questions import office_of
from frivillig_cli.store.history import Change, Place, history
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.present import Holder, holders


@dataclass(frozen=True)
class LastChange:
    """One change of a field: by whom, when (ISO 8601 with offset), and with which command."""

    who: str
    at: str
    command: str = ""


def last_changes(
    register: Register, org: Org, fields: Collection[str], recipient: Recipient
) -> dict[str, LastChange]:
    """field -> its last change, for those of `fields` that the history knows of.

    An office's is the change of who holds it; its phone's and e-mail's are the holder's own. What
    was done after the form was sent to its `recipient`, and undone, is none, nor is the undoing.
    What stood here before that, and is not what was sent, came when the one whom it was sent to
    was merged into this one.
    """
    if not fields:
        return {}
    held = holders(org)
    watched = {field: _watched(register, org, held, field) for field in fields}
    form = "survey_recipient", recipient.id
    also = {form, *(place for places in watched.values() for place, _columns in places)}
    found: dict[str, LastChange] = {}
    merged, was_here = None, False  # before the form was sent, as the entries go back
    entries = history(register, also=also)
    since = datetime.fromisoformat(recipient.sent)
    gone = {
        entry.id
        for entry in entries
        if entry.undone_by is not None and datetime.fromisoformat(entry.at) >= since
    }
    for entry in entries:
        if {entry.id, entry.undoes} & gone:
            continue
        # What has no number yet, this import has written: from an earlier file of it.
        command = "survey import" if entry.id is None else entry.command
        last = LastChange(entry.who, entry.at, command)
        for change in entry.changes:
            if (change.table, change.row) == form and "org_id" in change.after:
                was_here = was_here or change.op == "insert"
                merged = merged or (None if was_here else last)
        for field, places in watched.items():
            if field not in found and any(_touches(entry.changes, *place) for place in places):
                found[field] = merged if merged and was_here else last
        if len(found) == len(watched):
            break
    return found


def _watched(
    register: Register, org: Org, held: dict[str, Holder], field: str
) -> list[tuple[Place, str]]:
    """The rows that a field is read from, each with its column there ('' for any)."""
    office = office_of(field)
    if office is None:
        return [(("org", org.id), field)]
    holder = held.get(office)
    if field == office:
        rows: list[tuple[Place, str]] = [
            (("contact", int(contact["id"])), "")
            for contact in org.contacts
            if contact["role"] == office
        ]
        return rows + ([(("person", holder.person_id), "name")] if holder else [])
    if holder is None:
        return []
    if field.endswith("_email"):
        return [(("person", holder.person_id), "email")]
    numbers = people.phones(register, holder.person_id)
    return [(("person_phone", number), "") for number in numbers.values()]


def _touches(changes: Collection[Change], place: Place, column: str) -> bool:
    return any(
        (change.table, change.row) == place
        and (_passes_on(change) if change.table == "contact" else _sets(change, column))
        for change in changes
    )


def _sets(change: Change, column: str) -> bool:
    return not column or column in change.after


def _passes_on(change: Change) -> bool:
    """Whether somebody else holds an office by a change of its row: its dates alone pass nothing
    on, as where a later form gives another day of the annual meeting."""
    if change.op != "update" or not {"person_id", "org_id", "role"}.isdisjoint(change.after):
        return True
    ended = [row.get("to_date") is not None for row in (change.before, change.after)]
    return ended[0] != ended[1]
