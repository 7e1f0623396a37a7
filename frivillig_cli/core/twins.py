"""Whether two rows of the register are likely one person: by name and by number. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from frivillig_cli.core.i18n import N_
from frivillig_cli.core.names import sorted_words

_LIKE = 0.5  # one name has a word more, or a slip of the finger
SAME_BOTH, SAME_NAME, LIKE_NAME, SAME_NUMBER = "both", "name", "like_name", "number"
WHY_WORDS = {
    SAME_BOTH: N_("the same name and number"),
    SAME_NAME: N_("the same name"),
    LIKE_NAME: N_("the same number and nearly the same name"),
    SAME_NUMBER: N_("the same number"),
}


@dataclass(frozen=True)
class Someone:
    """What is compared of somebody; `numbers` as E.164."""

    id: int
    name: str
    numbers: Collection[str] = ()

    @property
    def key(self) -> str:
        """The name without case, accents and the order of its words."""
        return sorted_words(self.name)


def why_one(one: Someone, other: Someone) -> str | None:
    """Why the two may be one person (WHY_WORDS), or None. A number alone is a household's too."""
    shared = bool(set(one.numbers) & set(other.numbers))
    if one.key == other.key:
        return SAME_BOTH if shared else SAME_NAME
    if not shared:
        return None
    from frivillig_cli.core.likeness import likeness, named

    alike = likeness(named(one.name), named(other.name), ()) >= _LIKE
    return LIKE_NAME if alike else SAME_NUMBER


def pairs(people: Iterable[Someone]) -> list[tuple[Someone, Someone, str]]:
    """Each two of `people` who may be one, in the order they came, and why."""
    by_key: dict[str, list[Someone]] = defaultdict(list)
    found = []
    for person in people:
        keys = dict.fromkeys([f"name {person.key}", *person.numbers])
        near = {one.id: one for key in keys for one in by_key[key]}
        for one in near.values():
            why = why_one(one, person)
            if why:
                found.append((one, person, why))
        for key in keys:
            by_key[key].append(person)
    return found
