"""The homes of protected people: none becomes an association's address unasked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.core.postcode import ADDRESS
from frivillig_cli.store.protected import same_street, street_key
from frivillig_cli.store.register import Register

# What tells of a home, of an association's fields.
OF_HOME = (*ADDRESS, "municipality")

Towns = tuple[Mapping[str, Any], ...]


class Home(NamedTuple):
    """Where somebody protected lives."""

    person_id: int
    name: str
    street: str
    postcode: str | None
    city: str | None

    def is_at(self, street: str, towns: Towns) -> bool:
        """Whether it is `street`, beside the postcode and city of any of `towns`, or with a blank
        of one of them filled from another."""
        return any(
            same_street(
                (street, *(first.get(one) or then.get(one) for one in ("postcode", "city"))),
                (self.street, self.postcode, self.city),
            )
            for first, then in product(towns, repeat=2)
        )

    def is_named_in(self, street: str) -> bool:
        """Whether a street names them and their own, whatever postcode and town stand with it."""
        same = same_street((street, None, None), (self.street, None, None))
        return same and is_named(self.name, words_of(street))


class Lives(NamedTuple):
    """Who lives at an address. `near`: with an office in the association, or named beside it. It
    is the association's then by nobody's word."""

    name: str
    near: bool


class Homes:
    """The homes, found by the first word of each."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._by_word: dict[str, list[tuple[frozenset[str], Home]]] = {}
        for row in register.rows(
            "SELECT id, name, street, postcode, city FROM person"
            " WHERE protected = 1 AND street IS NOT NULL ORDER BY id"
        ):
            if key := street_key(row[2]):
                home = Home(row[0], row[1], row[2], row[3], row[4])
                self._by_word.setdefault(key[0], []).append((frozenset(key), home))
        self._first = frozenset(self._by_word)

    def may_be_at(self, street: str) -> bool:
        """Whether a street has all the words of a home's: no other is one."""
        return bool(self._like(street))

    def at(self, street: str | None, *towns: Mapping[str, Any]) -> list[Home]:
        """The homes that are at `street`: see `Home.is_at`."""
        return [home for home in self._like(street or "") if home.is_at(street or "", towns)]

    @cached_property
    def offices(self) -> frozenset[tuple[int, int]]:
        """(association, person) of each office that one of those who live there has, or has had."""
        rows = self._register.rows(
            "SELECT c.org_id, c.person_id FROM contact c JOIN person p ON p.id = c.person_id"
            " WHERE p.protected = 1 AND p.street IS NOT NULL"
        )
        return frozenset((row[0], row[1]) for row in rows)

    @cached_property
    def orgs(self) -> frozenset[int]:
        """The associations of those offices."""
        return frozenset(org for org, _person in self.offices)

    def lives(
        self,
        orgs: Collection[int],
        street: str | None,
        *towns: Mapping[str, Any],
        said: str = "",
        had: Mapping[str, Any] | None = None,
    ) -> Lives | None:
        """Who lives where associations are to have their address, or None.

        Those are near who have, or have had, an office in one of `orgs`, or are named in the
        street or in what was `said` beside it. Others count where the address that the
        association `had` is not their home already.
        """
        street = street or ""
        like = self._like(street)
        if not like:
            return None
        named = words_of(f"{said}, {street}")
        there = [home for home in like if home.is_at(street, towns)]
        for home in there:
            held = any((org, home.person_id) in self.offices for org in orgs)
            if held or is_named(home.name, named):
                return Lives(home.name, True)
        for home in like:
            if home.is_named_in(street):
                return Lives(home.name, True)
        before = self.at(had.get("street"), had) if had else []
        new = next((home for home in there if home not in before), None)
        return Lives(new.name, False) if new else None

    def _like(self, street: str) -> list[Home]:
        if not self._first:
            return []
        words = frozenset(street_key(street))
        if self._first.isdisjoint(words):
            return []
        first = self._first & words
        return [home for word in first for key, home in self._by_word[word] if key <= words]


def lives(
    register: Register,
    orgs: Iterable[int],
    street: str | None,
    *towns: Mapping[str, Any],
    said: str = "",
    had: Mapping[str, Any] | None = None,
) -> Lives | None:
    """`Homes.lives` of one address."""
    if not street:
        return None
    return Homes(register).lives([*orgs], street, *towns, said=said, had=had)


def refuse_home(
    register: Register, org: int, *, had: Mapping[str, Any] | None = None, stated: bool = False
) -> str | None:
    """Raise RefusedError where an association has got a protected person's home as its address.

    `had` are its values before, of which none are where it is new. `stated`: the coordinator says
    that it is the association's own all the same; returns then who lives there.
    """
    row = register.row("SELECT street, postcode, city FROM org WHERE id = ?", (org,))
    address = dict(zip(ADDRESS, row or (), strict=False))
    there = lives(register, [org], address.get("street"), address, had=had)
    if there is None or (stated and not there.near):
        return there.name if there else None
    raise RefusedError(
        of_home(there.name),
        _("An association's stands in lists that others read: leave it out.")
        if there.near
        else _(
            "It would stand in lists, and be hidden in no text. If it is the association's own"
            " address all the same, add {option}.",
            option="--own-address",
        ),
    )


def is_named(name: str, words: Collection[str]) -> bool:
    """Whether the first and the last name are among the words."""
    called = words_of(name)
    return bool(called) and {called[0], called[-1]} <= {*words}


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return re.findall(r"[^\W\d_]+", fold(text))


def shown_from_now(name: str) -> str:
    """The sentence that a home is now an association's address too."""
    return _(
        "{name}, who is protected, lives there: lists show the address from now on, and no text"
        " hides it.",
        name=name,
    )


def of_home(name: str) -> str:
    """The sentence that an address is a protected person's home."""
    return _("It is the home of {name}, who is protected.", name=name)
