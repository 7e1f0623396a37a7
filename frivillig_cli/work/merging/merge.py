"""Two rows for one association or person become one, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.orgnr import show_orgnr
from frivillig_cli.core.results import FieldChange
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.org import rules as org_rules
from frivillig_cli.records.person import queries as people
from frivillig_cli.records.person import rules as person_rules
from frivillig_cli.records.person.model import HIDDEN_WHEN_PROTECTED
from frivillig_cli.store.homes import forget
from frivillig_cli.store.register import Register
from frivillig_cli.work.merging import fields, particular, queries, secret
from frivillig_cli.work.merging.fields import Choices, Conflict
from frivillig_cli.work.merging.kinds import ORG, PERSON, Kind
from frivillig_cli.work.merging.references import Mover
from frivillig_cli.work.merging.result import MergeResult

ALIASES = {"account": "bank_account"}


def choices(
    kind: Kind, take: list[str], keep: list[str], *, account_confirmed: bool = False
) -> Choices:
    """Fields as typed, or as the screen calls them, to fields as stored. Raises UsageError for one
    that does not exist."""
    chosen = [frozenset(_field(kind, name) for name in names) for names in (take, keep)]
    both = chosen[0] & chosen[1]
    if both:
        raise UsageError(
            _("{field} is both to be taken and to be kept.", field=min(both)),
            _("Give it with --take or with --keep."),
        )
    return Choices(chosen[0], chosen[1], account_confirmed)


def _field(kind: Kind, typed: str) -> str:
    name = typed.strip().casefold().replace("-", "_")
    name = ALIASES.get(name, name)
    if name not in kind.all_fields:
        called = {_(label).casefold(): one for one, label in kind.labels.items()}
        name = called.get(typed.strip().casefold(), name)
    if name not in kind.all_fields or name in fields.EITHER + fields.LATER:
        known = [f for f in kind.all_fields if f not in fields.EITHER + fields.LATER]
        raise UsageError(
            _("There is no field “{name}” to choose.", name=typed[:40]),
            _("Choose from: {fields}", fields=", ".join(known)),
        )
    return name


def conflicts(
    register: Register, kind: Kind, keep: int, drop: int, chosen: Choices
) -> list[Conflict]:
    """The fields where the two differ. Raises RefusedError where they are one, or do not differ.

    That is: where a field is to be taken that DROP has no other value for. What of DROP's is a
    protected person's is not to be chosen from, and raises RefusedError where it is to be taken.
    """
    return _compared(register, kind, (keep, drop), chosen)[0]


def _compared(
    register: Register, kind: Kind, pair: tuple[int, int], chosen: Choices
) -> tuple[list[Conflict], dict[str, str]]:
    """The conflicts, and the fields of DROP's that are left out, with whose they are."""
    keep, drop = pair
    if keep == drop:
        raise RefusedError(
            _("Number {id} cannot be merged with itself.", id=keep),
            _("Name the one that stays, and then the one that goes."),
        )
    mine, other = _values(register, kind, keep), _values(register, kind, drop)
    left_out = secret.of_others(register, pair, mine, other, chosen) if kind is ORG else {}
    for field in sorted(chosen.take):
        if fields.blank(other.get(field)) or other[field] == mine.get(field):
            raise RefusedError(
                _("Number {id} has no other value for {field}.", id=drop, field=field),
                _("Look at what they differ in with --dry-run."),
            )
    told = {field: value for field, value in other.items() if field not in left_out}
    return fields.conflicts(mine, told, kind.all_fields, chosen), left_out


def merge(
    register: Register, kind: Kind, pair: tuple[int, int], chosen: Choices, *, now: datetime
) -> MergeResult:
    """Merge `pair`, (KEEP, DROP): DROP's row goes, and all that pointed to it points to KEEP.

    KEEP's values stay and its blanks are filled, but for the fields that are chosen to be taken;
    what of DROP's is a protected person's is left out. Raises RefusedError where that is chosen,
    where both have an organisation number and neither is chosen, where another account number is
    not confirmed, or where something logged would be rewritten.
    """
    keep, drop = pair
    found, left_out = _compared(register, kind, pair, chosen)
    _refuse_two_numbers(found, chosen)
    _refuse_other_account(found, chosen)
    mine, other = _values(register, kind, keep), _values(register, kind, drop)
    told = {field: value for field, value in other.items() if field not in left_out}
    settled = fields.settle(mine, told, kind.all_fields, chosen)
    mover = Mover(register)
    if kind is ORG:
        particular.confirmed_values(register, mover, pair, found, left_out)
        particular.source_follows_number(register, mover, keep, found)
    else:
        particular.one_row_a_call_out(register, mover, keep, drop)
        queries.move_ranks_behind(register, keep, drop)
        queries.one_callout_number(register, keep, drop)
    mover.move(kind.table, keep, drop)
    if kind is ORG:
        particular.without_circles(register, mover)
    gone = mine if settled.get("orgnr") and mine.get("orgnr") else other
    _leave_a_trace(register, kind, keep, {**other, "orgnr": gone.get("orgnr")}, now)
    if kind is ORG:
        forget(register, drop)
    register.delete(kind.table, drop)
    _write(register, kind, keep, settled, now)
    return MergeResult(
        (keep, mine["name"]),
        (drop, other["name"]),
        {table: n for table, n in sorted(mover.moved.items()) if n},
        dict(sorted(mover.same.items())),
        {table: n for table, n in sorted(mover.removed.items()) if n},
        found,
        [FieldChange(field, mine.get(field), value) for field, value in settled.items()],
        particular.doubled_offices(register, keep) if kind is ORG else (),
        bool(mine.get("protected") or other.get("protected")),
        left_out,
    )


def _values(register: Register, kind: Kind, row_id: int) -> dict[str, Any]:
    own = queries.row(register, kind.table, row_id) or {}
    more = queries.row(register, kind.extension, row_id) if kind.extension else None
    return {**{field: (more or {}).get(field) for field in kind.more}, **own}


def _refuse_two_numbers(found: list[Conflict], chosen: Choices) -> None:
    number = next((one for one in found if one.field == "orgnr"), None)
    if number is not None and "orgnr" not in chosen.take | chosen.keep:
        raise RefusedError(
            _("They have two organisation numbers, {one} and {other}, so they may be two.",
              one=show_orgnr(number.keep), other=show_orgnr(number.drop)),
            _("If they are one: --keep orgnr for the first number, --take orgnr for the second."),
        )  # fmt: skip


def _refuse_other_account(found: list[Conflict], chosen: Choices) -> None:
    if any(one.field == "bank_account" and one.taken for one in found):
        if chosen.account_confirmed:
            return
        raise RefusedError(
            _("The account number would become another one."),
            _("Ask the association by phone; if it is right, add --confirm-account."),
        )


def _leave_a_trace(
    register: Register, kind: Kind, keep: int, other: Mapping[str, Any], now: datetime
) -> None:
    register.insert(
        "merged",
        former_id=other["id"],
        former_uid=other["uid"],
        former_orgnr=other.get("orgnr"),
        at=now.isoformat(timespec="seconds"),
        **{kind.pointer: keep},
    )


def _write(
    register: Register, kind: Kind, keep: int, settled: Mapping[str, Any], now: datetime
) -> None:
    stamp = now.isoformat(timespec="seconds")
    own = {field: value for field, value in settled.items() if field in kind.fields}
    more = {field: value for field, value in settled.items() if field in kind.more}
    if more and queries.row(register, kind.extension, keep):
        register.update(kind.extension, keep, **more, updated=stamp)
    if own:
        register.update(kind.table, keep, **own)
    register.update(kind.table, keep, **_keys(register, kind, keep), updated=stamp)


def _keys(register: Register, kind: Kind, keep: int) -> dict[str, str]:
    if kind is PERSON:
        person = people.get(register, keep)
        numbers = [phone.number for phone in person.phones]
        return person_rules.keys(person.values, numbers, person.skills)
    return org_rules.keys(orgs.get(register, keep).values)


def is_hidden(register: Register, kind: Kind, pair: tuple[int, int], field: str) -> bool:
    """Whether the field's values may not be shown, one of the two being protected."""
    protected = any(_values(register, kind, one).get("protected") for one in pair)
    return protected and field in HIDDEN_WHEN_PROTECTED
