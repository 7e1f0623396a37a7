"""Which pairs are worth a look: those that have something in common, found without comparing all.

Each organisation is filed under its keys; only those that lie together are compared. A pair
whose names differ needs one of them to hold all the words of the other, or to be one slip of the
finger away from it; both can be filed for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from frivillig_cli.work.duplicates.rules import Org

# What more than this many share tells nobody from another: the municipality's own e-mail.
MANY = 20
# A word that more than this many have is passed over when all words of a name are looked for.
COMMON = 200

Place = tuple[int, int]


def candidates(orgs: Sequence[Org]) -> set[Place]:
    """Pairs of positions in `orgs`, the lower first."""
    found: set[Place] = set()
    for bucket in _buckets(orgs):
        for n, one in enumerate(bucket):
            found.update((min(one, other), max(one, other)) for other in bucket[n + 1 :])
    found.update(_contained(orgs))
    return {(one, other) for one, other in found if one != other}


def usual(orgs: Sequence[Org]) -> frozenset[str]:
    """The values that too many share to say anything."""
    counts = Counter(value for org in orgs for value in org.keys.values())
    return frozenset(value for value, n in counts.items() if n > MANY)


def _buckets(orgs: Sequence[Org]) -> Iterator[list[int]]:
    files: dict[object, list[int]] = defaultdict(list)
    for n, org in enumerate(orgs):
        for kind, value in org.keys.items():
            files[kind, value].append(n)
        for key in {org.name.stem, org.name.core, *org.name.slips}:
            files[key].append(n)
    yield from (file for file in files.values() if 1 < len(file) <= MANY)


def _contained(orgs: Sequence[Org]) -> Iterator[Place]:
    """Pairs where one name has all words of the other, and more."""
    having: dict[str, list[int]] = defaultdict(list)
    words = [frozenset(org.name.words) for org in orgs]
    for n, own in enumerate(words):
        for word in own:
            having[word].append(n)
    for n, own in enumerate(words):
        rarest = min(own, key=lambda word: len(having[word]), default="")
        if rarest and len(having[rarest]) <= COMMON:
            yield from ((min(n, m), max(n, m)) for m in having[rarest] if own < words[m])
