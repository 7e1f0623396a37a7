"""The homes of protected people: none becomes an association's address unasked."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from shlex import quote
from typing import Any, NamedTuple

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.core.names import fold
from frivillig_cli.core.postcode import ADDRESS
from frivillig_cli.store import settings
from frivillig_cli.store.protected import same_street, street_key
from frivillig_cli.store.register import Register

# What tells of a home, of an association's fields.
OF_HOME = (*ADDRESS, "municipality")
OPTION = "--own-address"
# Before the uid of an association: the setting with the address that was said to be its own.
_STATED = "own_address."

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
    """Who lives at an address. `near`: with an office in the association, or named beside it.
    `named`: in the street itself. It is the association's own by the coordinator's word only, and
    with their name in it by nobody's."""

    name: str
    near: bool
    named: bool = False


class At(NamedTuple):
    """An association that has a home as its address: `near` and `named` as of `Lives`; `stated`
    where somebody said that it is its own."""

    org_id: int
    org: str
    sort: str
    active: bool
    home: Home
    near: bool
    named: bool
    stated: bool

    @property
    def unsaid(self) -> bool:
        """Whether it is one by nobody's word, of somebody near, where others read it."""
        return self.active and self.near and not self.stated


class Homes:
    """The homes, or that of one `person`, found by the first word of each."""

    def __init__(self, register: Register, person: int | None = None) -> None:
        self._register = register
        self._by_word: dict[str, list[tuple[frozenset[str], Home]]] = {}
        for row in register.rows(
            "SELECT id, name, street, postcode, city FROM person"
            " WHERE protected = 1 AND street IS NOT NULL AND ?1 IN (0, id) ORDER BY id",
            (person or 0,),
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
        street or in what was `said` beside it. The address that the association `had` is no home
        anew, however it is spelt now, unless the street has come to name them.
        """
        street = street or ""
        like = self._like(street)
        if not like:
            return None
        words = words_of(f"{said}, {street}")
        there = [home for home in like if home.is_at(street, towns)]
        had = had or {}
        stood = str(had.get("street") or "")
        before = self.at(stood, had) if stood else []
        for home in like:
            if home.is_named_in(street) and not home.is_named_in(stood):
                return Lives(home.name, True, True)
        new = [home for home in there if home not in before]
        for home in new:
            held = any((org, home.person_id) in self.offices for org in orgs)
            if held or is_named(home.name, words):
                return Lives(home.name, True)
        return Lives(new[0].name, False) if new else None

    def shown(self) -> Iterator[At]:
        """Each association that has one of the homes as its address, or names in it who lives
        there, by name."""
        if not self._first:
            return
        word = next(iter(self._first)) if len(self._first) == 1 else ""
        stated = _stated(self._register)
        for org in self._register.rows(
            "SELECT id, uid, name, name_sort, status, street, postcode, city FROM org"
            " WHERE street IS NOT NULL AND instr(search, ?) > 0 ORDER BY name_sort, id",
            (word,),
        ):
            row = dict(org)
            own = stated.get(row["uid"])
            for home in sorted(self._like(row["street"])):
                there = home.is_at(row["street"], (row,))
                named = home.is_named_in(row["street"])
                if not (there or named):
                    continue
                near = named or (row["id"], home.person_id) in self.offices
                said = own is not None and not named and home.is_at(own["street"], (own,))
                yield At(
                    row["id"], row["name"], row["name_sort"], row["status"] == "active", home,
                    near, named, said,
                )  # fmt: skip

    def places(self) -> list[tuple[int, str]]:
        """(number, name) of the premises for a crisis that are at one of the homes, by name."""
        if not self._first:
            return []
        rows = self._register.rows(
            "SELECT id, name, street, postcode, city FROM resource WHERE street IS NOT NULL"
            " ORDER BY name_sort, id"
        )
        return [(row["id"], row["name"]) for row in rows if self.at(row["street"], dict(row))]

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
    register: Register,
    address: Mapping[str, Any],
    *,
    had: Mapping[str, Any] | None = None,
    stated: bool = False,
) -> str | None:
    """Raise RefusedError where an address that others read is a protected person's home.

    What stood there before, `had`, is not new however it is spelt. `stated`: the coordinator says
    that it is the association's own all the same; returns then who lives there.
    """
    there = lives(register, (), address["street"], address, had=None if stated else had)
    if there is None or (stated and not there.named):
        return there.name if there else None
    raise RefusedError(
        of_home(there.name),
        _("Leave the name out. If it is the association's own all the same, add"
          " {option}.", option=OPTION)
        if there.named
        else _(
            "It would stand in lists, and be hidden in no text. If it is the association's own"
            " address all the same, add {option}.",
            option=OPTION,
        ),
    )  # fmt: skip


def state(register: Register, org: int, *, own: bool) -> bool:
    """Note that the address of an association is its `own` although somebody protected lives
    there; or else forget it of another that it had. Returns whether that is new."""
    row = register.row("SELECT uid, street, postcode, city FROM org WHERE id = ?", (org,))
    key = f"{_STATED}{row['uid'] if row else ''}"
    before = settings.read(register).get(key, "")
    said = before
    if own and row:
        said = json.dumps({one: row[one] for one in ADDRESS}, ensure_ascii=False)
    elif before and not any(at.org_id == org and at.stated for at in Homes(register).shown()):
        said = ""
    settings.write(register, key, said)
    return said != before


def forget(register: Register, org: int) -> None:
    """Forget that of an association that goes."""
    uid = register.value("SELECT uid FROM org WHERE id = ?", (org,))
    settings.write(register, f"{_STATED}{uid}", "")


def _stated(register: Register) -> dict[str, dict[str, Any]]:
    """The address that was said to be its own, by the uid of each association."""
    return {
        key.removeprefix(_STATED): json.loads(said)
        for key, said in settings.read(register).items()
        if key.startswith(_STATED)
    }


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


def of_home_unless_own(name: str, org: int | str) -> str:
    """The same, with how an association (its number, or what names it) gets it all the same."""
    words = f"--street STREET --postcode CODE {OPTION}"
    return _(
        "It is the home of {name}, who is protected. If it is the association's own address"
        " all the same: {command}",
        name=name,
        command=typed(f"frivillig org edit {quote(str(org))} {words}"),
    )
