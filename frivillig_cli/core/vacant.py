"""What people write in place of a value or a name: that there is none, or somebody of elsewhere."""

from __future__ import annotations

import re

from frivillig_cli.core.names import fold


def _folded(*texts: str) -> frozenset[str]:
    return frozenset(map(fold, texts))


# That there is nothing, whatever was asked for; folded.
NOTHING = _folded(
    *("ingen", "intet", "ukjent", "ukjend", "mangler", "manglar", "har ikke", "har ikkje"),
    *("vet ikke", "veit ikkje", "ikke oppgitt", "ikkje oppgjeve", "none", "unknown", "missing"),
    *("ikke aktuelt", "ikkje aktuelt", "ikke lenger aktuelt", "ikkje lenger aktuelt"),
    *("n/a", "na", "nil", "null", "-", "--", "---", "–", "—", "?", "??", ".", "/"),
)
# That nobody holds an office.
NOBODY = NOTHING | _folded(
    *("vakant", "ledig", "ubesatt", "ikke besatt", "ikkje besett", "ikke valgt", "ikkje vald"),
    *("ikke bestemt", "ikkje bestemt", "vacant", "nobody"),
    *("tom stilling", "tomt verv", "ledig stilling", "ledig verv", "står tomt"),
    *("nn", "n.n", "n. n", "n n"),
)
# How it is said that nobody has been found yet: Ikke valgt ennå.
_NOT = _folded("ikke", "ikkje", "not")
_OFFICES = _folded(
    *"leder leiar leder styreleder styreleiar nestleder nestleiar kasserer kasserar".split(),
    *"sekretær kontaktperson styre styret chair leader deputy treasurer secretary contact".split(),
)
# Words of a reference to a name that stands elsewhere, and of one who goes.
_ELSEWHERE = _folded(*"samme same den det som as se see over above ovenfor ovanfor ny new".split())
_LEAVES = _folded(
    *"slutter sluttar sluttet slutta trekker fratrer fratrådt fratrått avgått".split()
)
_TO_COME = _folded(*"kommer kjem velges veljast velgast avklares avklarast".split())
# What a firm is called that keeps the books, in capitals behind its name.
_FIRMS = frozenset(("AS", "ASA", "ANS", "BA"))
# Words that begin a sentence, and a name: Same Olsen, Over Se.
_BEGINS = _folded("samme", "same", "ingen", "none", "nytt", "velges", "vert")
_BEFORE = _folded("over", "above")
# Words that are somebody's surname where they have a capital: Kari Left.
_SURNAMES = _folded("left", "leaves")

_OFFICE_AFTER = re.compile(r"(?P<name>.*[^\s,–—-])(?P<mark>\s*,|\s+[–—-])?\s+(?P<office>\w+)")


def tells_of_nobody(name: str) -> bool:
    """Whether a cell for a name says that there is nobody: vacant, “not elected yet”."""
    bare = fold(name).strip("()[]<>«»\"' .!?")
    return bare in NOBODY or (bare.split(" ")[0] in _NOT and " " in bare)


def tells_of_another(name: str) -> bool:
    """Whether a cell for a name says something else: “the same as the leader”, “she leaves”."""
    written = [word.strip("().,;") for word in name.split()]
    first, *others = words = [fold(word) for word in written]
    if written[-1] in _FIRMS and not name.isupper():
        return True
    known = _OFFICES | _ELSEWHERE
    if first in _BEGINS and others and not (_is_capital(written[1]) and others[0] not in known):
        return True
    if {*words} & (_LEAVES | _TO_COME) or any(word.endswith(":") for word in words):
        return True
    if any(word in _SURNAMES and not _is_capital(word) for word in written):
        return True
    if first in _BEFORE and others and _is_capital(written[1]) and not {*others} & _OFFICES:
        return False
    return known.issuperset(words)


def _is_capital(word: str) -> bool:
    return word[:1].isupper()


def without_office(name: str) -> str:
    """A name without the office that stands after it: `Lise Holm (leder)`, `Lise Holm, leder`."""
    bare, bracket, inside = name.partition(" (")
    office = inside.rstrip(" )")
    if bracket and inside.endswith(")") and fold(office) in _OFFICES:
        return bare
    found = _OFFICE_AFTER.fullmatch(name)
    if found is None or fold(found["office"]) not in _OFFICES:
        return name
    words = found["name"].split()
    plain = len(words) > 1 and all(map(_is_capital, words)) and not _is_capital(found["office"])
    return found["name"] if found["mark"] or plain else name
