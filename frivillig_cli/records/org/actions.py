"""One function a change to an organisation: check, write, say what became different."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import chain
from typing import Any

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.ids import new_uid, new_uids
from frivillig_cli.core.orgnr import show_orgnr
from frivillig_cli.core.results import FieldChange, differences
from frivillig_cli.records.org import queries, rules
from frivillig_cli.store.protected import refuse_way
from frivillig_cli.store.register import Register

# The fields that may hold how somebody is reached.
_REACHED = ("phone", "email", "name", "website")
_TOGETHER = 10_000  # rows in one statement, which makes one part of the search index


def add(
    register: Register,
    values: Mapping[str, str | None],
    *,
    now: datetime,
    account_confirmed: bool = False,
) -> int:
    """Add an organisation from values as typed; returns its id. Raises InvalidValueError."""
    return add_checked(register, rules.check(values, account_confirmed=account_confirmed), now=now)


def add_checked(register: Register, stored: Mapping[str, Any], *, now: datetime) -> int:
    """`add` for values that `rules.check` has given: a long list is checked before it is begun."""
    _refuse_taken_orgnr(register, stored.get("orgnr"), None)
    refuse_way(register, **{field: stored.get(field) for field in _REACHED})
    return register.insert("org", **_new(stored, _stamp(now), new_uid()))


def add_many(register: Register, stored: Mapping[int, Mapping[str, Any]], *, now: datetime) -> None:
    """`add_checked` for many at once: id, from `queries.next_id` on → values without a status.

    That their organisation numbers are free is for the caller to know.
    """
    stamp = _stamp(now)
    blank = dict.fromkeys(chain.from_iterable(stored.values()))
    alike = {**blank, "created": stamp, "updated": stamp}
    uids = new_uids(len(stored))
    rows = (
        {**alike, "id": one, "uid": uid, **values, **rules.keys(values)}
        for (one, values), uid in zip(stored.items(), uids, strict=True)
    )
    register.insert_many("org", rows, together=_TOGETHER)


def _new(stored: Mapping[str, Any], stamp: str, uid: str) -> dict[str, Any]:
    return {"uid": uid, **stored, **rules.keys(stored), "created": stamp, "updated": stamp}


def _stamp(now: datetime) -> str:
    return now.isoformat(timespec="seconds")


def edit(
    register: Register,
    org_id: int,
    values: Mapping[str, str | None],
    *,
    now: datetime,
    account_confirmed: bool = False,
) -> list[FieldChange]:
    """Change fields to values as typed (a blank empties); returns what became different."""
    stored = rules.check(values, account_confirmed=account_confirmed)
    before = queries.stored(register, org_id)
    changes = differences(before, stored)
    if changes:
        _refuse_taken_orgnr(register, stored.get("orgnr"), org_id)
        changed = {change.field: change.new for change in changes}
        refuse_way(register, **{field: changed.get(field) for field in _REACHED})
        keys = rules.keys({**before, **changed})
        # a key that is set anew, even to what it was, is indexed anew
        new_keys = {name: key for name, key in keys.items() if key != before[name]}
        register.update("org", org_id, **changed, **new_keys, updated=_stamp(now))
    return changes


def set_tags(
    register: Register, org_id: int, *, add: Iterable[str] = (), remove: Iterable[str] = ()
) -> list[FieldChange]:
    """Add and take away tags; returns one change a tag."""
    changes = []
    have = queries.tags(register, org_id)
    for tag in dict.fromkeys(map(rules.tag, add)):
        if tag not in have:
            register.insert("org_tag", org_id=org_id, tag=tag)
            changes.append(FieldChange("tag", None, tag))
    for tag in dict.fromkeys(map(rules.tag, remove)):
        if tag in have:
            queries.remove_tag(register, org_id, tag)
            changes.append(FieldChange("tag", tag, None))
    return changes


def set_umbrellas(
    register: Register, org_id: int, *, add: Iterable[int] = (), remove: Iterable[int] = ()
) -> list[FieldChange]:
    """Enter umbrellas and leave them; returns one change an umbrella. Refuses a circle."""
    changes = []
    for above in add:
        if above == org_id or org_id in queries.above(register, above):
            raise RefusedError(
                _("An association cannot stand under itself."), _("Choose another umbrella.")
            )
        if above not in queries.above(register, org_id, depth=1):
            register.insert("org_umbrella", org_id=org_id, umbrella_id=above)
            changes.append(FieldChange("umbrella", None, queries.name(register, above)))
    for above in remove:
        if queries.remove_umbrella(register, org_id, above):
            changes.append(FieldChange("umbrella", queries.name(register, above), None))
    return changes


def set_status(register: Register, org_id: int, status: str, *, now: datetime) -> bool:
    """Archive or restore; returns whether it was different before."""
    return bool(edit(register, org_id, {"status": status}, now=now))


def _refuse_taken_orgnr(register: Register, orgnr: Any, own_id: int | None) -> None:
    if not orgnr:
        return
    taken = queries.by_orgnr(register, orgnr)
    if taken is not None and taken != own_id:
        name = queries.get(register, taken).name
        raise RefusedError(
            _("The organisation number {orgnr} belongs to {name} already.",
              orgnr=show_orgnr(orgnr), name=name),
            _("See it with: frivillig org show {id}", id=taken),
        )  # fmt: skip
