"""The pairs of associations that may be one, likeliest first; and which are known to be two."""

from __future__ import annotations

from collections.abc import Callable

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.store.register import Register
from frivillig_cli.work.duplicates import queries
from frivillig_cli.work.duplicates.candidates import candidates, usual
from frivillig_cli.work.duplicates.rules import LEAST, Pair, judge


def find(
    register: Register, *, least: int = LEAST, advance: Callable[[int], None] | None = None
) -> list[Pair]:
    """Pairs of at least this score (0 to 100), likeliest first, then by number.

    Left out are those that were marked as two, and those of which both are archived.
    """
    orgs = queries.orgs(register)
    place = {org.id: n for n, org in enumerate(orgs)}
    back = {
        (min(p), max(p)) for p in ((place[a], place[b]) for a, b in queries.back_again(register))
    }
    apart = queries.told_apart(register)
    common = usual(orgs)
    found = []
    for pair in candidates(orgs) | back:
        one, other = orgs[pair[0]], orgs[pair[1]]
        if (one.id, other.id) in apart or not (one.active or other.active):
            continue
        judged = judge(one, other, former=pair in back, usual=common)
        if judged is not None and judged.score >= least:
            found.append(judged)
        if advance is not None:
            advance(1)
    return sorted(found, key=lambda pair: (-pair.score, pair.keep.id, pair.drop.id))


def tell_apart(register: Register, one: int, other: int) -> bool:
    """Remember that two organisations are two; returns whether it is new. Raises RefusedError."""
    if one == other:
        raise RefusedError(
            _("Number {id} cannot be told apart from itself.", id=one),
            _("Name two associations."),
        )
    if (min(one, other), max(one, other)) in queries.told_apart(register):
        return False
    register.insert("not_duplicate", org_id=min(one, other), other_id=max(one, other))
    return True
