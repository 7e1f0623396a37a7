"""What people write in place of a name: that nobody holds the office, or somebody of elsewhere."""

from __future__ import annotations

from frivillig_cli.core.names import fold

NOBODY = frozenset(
    map(
        fold,
        (
            *("ingen", "vakant", "ledig", "ubesatt", "ikke besatt", "ikkje besett", "ikke valgt"),
            *("ikkje vald", "ikke bestemt", "ikkje bestemt", "ikke aktuelt", "vet ikke"),
            *("veit ikkje", "ukjent", "ukjend", "none", "vacant", "unknown", "n/a"),
        ),
    )
)
_OFFICES = frozenset(
    map(
        fold,
        "leder leiar leder styreleder styreleiar nestleder nestleiar kasserer kasserar sekretær"
        " kontaktperson styret chair leader deputy treasurer secretary contact".split(),
    )
)
# Words of a reference to a name that stands elsewhere, and of one who goes.
_ELSEWHERE = frozenset(
    map(fold, "samme same den det som as se see over above ovenfor ovanfor ny new".split())
)
_LEAVES = frozenset(map(fold, "slutter sluttar sluttet slutta trekker fratrer leaves left".split()))


_TO_COME = frozenset(map(fold, "kommer kjem velges veljast velgast avklares avklarast".split()))


def tells_of_another(name: str) -> bool:
    """Whether a cell for a name says something else: “the same as the leader”, “she leaves”."""
    first, *others = (word.strip("().,;") for word in fold(name).split())
    words = {first, *others}
    if first in ("samme", "same", "ingen", "none", "nytt", "velges", "vert") and others:
        return True
    if words & (_LEAVES | _TO_COME) or any(word.endswith(":") for word in words):
        return True
    return words <= _OFFICES | _ELSEWHERE


def without_office(name: str) -> str:
    """A name without the office that stands in brackets after it: `Lise Holm (leder)`."""
    bare, bracket, inside = name.partition(" (")
    office = inside.rstrip(" )")
    return bare if bracket and inside.endswith(")") and fold(office) in _OFFICES else name
