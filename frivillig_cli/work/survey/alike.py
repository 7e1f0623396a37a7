"""Two names that may be one person's: a slip, a new surname, another order; and the question."""

from __future__ import annotations

from frivillig_cli.core.echo import echo
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold

_ALIKE = 85  # of 100, as RapidFuzz counts


def turned(one: str, other: str) -> bool:
    """Whether two names are the same words in another order."""
    mine, theirs = (sorted(fold(name).replace(",", " ").split()) for name in (one, other))
    return mine == theirs


def may_be_one(one: str, other: str) -> bool:
    """Whether two names may be one person's: a slip of the finger, or a new surname."""
    from rapidfuzz import fuzz

    mine, theirs = fold(one), fold(other)
    return mine.split()[0] == theirs.split()[0] or fuzz.ratio(mine, theirs) >= _ALIKE


def same_or_new(names: tuple[str, str], standing: tuple[str, ...], same: str, new: str) -> str:
    """The question whether somebody has another name now, or another is meant.

    `standing`: what of the phone and e-mail tells of the one that is here; none where the names
    alone do.
    """
    holder, name = map(echo, names)
    said: dict[str, object] = {"holder": holder, "name": name, "same": same, "new": new}
    if turned(*names):
        return _(
            "{name} is {holder} in another order. If {name} is the same person: {same}  "
            "If not: {new}",
            **said,
        )
    if standing == ("phone",):
        return _(
            "The phone is still that of {holder}. If {name} is the same person: {same}  "
            "If not: {new}",
            **said,
        )
    if standing == ("email",):
        return _(
            "The e-mail is still that of {holder}. If {name} is the same person: {same}  "
            "If not: {new}",
            **said,
        )
    if not standing:
        return _(
            "The name is near that of {holder}. If {name} is the same person: {same}  "
            "If not: {new}",
            **said,
        )
    return _(
        "The phone and e-mail are still those of {holder}. If {name} is the same person: {same}  "
        "If not: {new}",
        **said,
    )
