"""Which value stays, field by field. No SQL, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from frivillig_cli.core.checks import MAX_TEXT
from frivillig_cli.core.dates import may_be_same
from frivillig_cli.core.postcode import ADDRESS

# Once is enough: whoever is protected or a minor in one of the two is so.
EITHER = ("protected", "minor")
LATER = ("confirmed",)
# A day, or a year alone; what says more stays, where the two agree.
DAYS = ("founded",)
# What somebody wrote stays beside what somebody else wrote, unless one of them is chosen.
JOINED = ("notes",)


@dataclass(frozen=True)
class Choices:
    """Fields where DROP's value is taken (`take`), and where KEEP's is known to be right (`keep`).

    `account_confirmed`: the person has said that another account number is the right one.
    """

    take: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()
    account_confirmed: bool = False


@dataclass(frozen=True)
class Conflict:
    """A field that the two have different values for; `taken` says whether DROP's is taken."""

    field: str
    keep: Any
    drop: Any
    taken: bool = False


def blank(value: Any) -> bool:
    """Whether there is no value."""
    return value is None or value == ""


def conflicts(
    keep: Mapping[str, Any], drop: Mapping[str, Any], fields: Iterable[str], choices: Choices
) -> list[Conflict]:
    """The fields where both have a value, and not the same, which a person has to choose from."""
    return [
        Conflict(field, keep[field], drop[field], field in choices.take)
        for field in fields
        if field not in EITHER
        and field not in LATER
        and not (blank(keep.get(field)) or blank(drop.get(field)))
        and keep[field] != drop[field]
        and not (_both(field, keep, drop) and field not in choices.take | choices.keep)
    ]


def settle(
    keep: Mapping[str, Any], drop: Mapping[str, Any], fields: Iterable[str], choices: Choices
) -> dict[str, Any]:
    """field -> value of the fields in which KEEP becomes different from what it was."""
    found = conflicts(keep, drop, fields, choices)
    taken = {c.field for c in found if c.taken}
    settled = {field: _settle(field, keep, drop, taken, choices) for field in fields}
    # another street's town is not put beside the street that stays
    if any(c.field in ADDRESS and not c.taken for c in found):
        blank_here = [one for one in ADDRESS if blank(keep.get(one)) and one not in choices.take]
        settled |= {field: keep.get(field) for field in blank_here if field in settled}
    return {field: value for field, value in settled.items() if value != keep.get(field)}


def _settle(
    field: str,
    keep: Mapping[str, Any],
    drop: Mapping[str, Any],
    taken: set[str],
    choices: Choices,
) -> Any:
    mine: Any = keep.get(field)
    other: Any = drop.get(field)
    if blank(other):
        return mine
    if blank(mine) or field in taken:
        return other
    if field in EITHER or field in LATER:
        return max(mine, other)
    if mine != other and field not in choices.keep:
        return _both(field, keep, drop) or mine
    return mine


def _both(field: str, keep: Mapping[str, Any], drop: Mapping[str, Any]) -> str:
    """What says what both say: both texts, or the day of a year; else empty."""
    if blank(keep.get(field)) or blank(drop.get(field)):
        return ""
    if field in DAYS and may_be_same(keep[field], drop[field]):
        return max(keep[field], drop[field], key=len)
    if field not in JOINED:
        return ""
    if drop[field] in keep[field]:
        return str(keep[field])
    text = f"{keep[field]} / {drop[field]}"
    return text if len(text) <= MAX_TEXT else ""
