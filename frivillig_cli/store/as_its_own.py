"""What an association shows as its own that is a protected person's: phone, e-mail or street."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.core.names import fold
from frivillig_cli.core.postcode import ADDRESS
from frivillig_cli.store.protected import same_street, street_key
from frivillig_cli.store.register import Register

if TYPE_CHECKING:
    from frivillig_cli.store.findings import Finding

# What tells of a home, of an association's fields.
OF_HOME = (*ADDRESS, "municipality")


class Shown(NamedTuple):
    """One association that shows them; `fields` are some of phone, email and street."""

    org_id: int
    org: str
    person_id: int
    person: str
    fields: tuple[str, ...]

    @property
    def command(self) -> str:
        """What takes them away."""
        words = " ".join(f'--{field} ""' for field in self.fields)
        return f"frivillig org edit {self.org_id} {words}"

    @property
    def sentence(self) -> str:
        """Which association shows what of whom."""
        words = {"phone": _("phone"), "email": _("e-mail"), "street": _("street")}
        return _(
            "{org} shows as its own what is {person}’s, who is protected: {fields}.",
            org=self.org, person=self.person, fields=", ".join(words[one] for one in self.fields),
        )  # fmt: skip


_SAME = """
WITH hidden AS (SELECT * FROM person WHERE protected = 1),
same AS (
  SELECT o.id AS org, p.id AS person, 'phone' AS field, 1 AS place
  FROM hidden p JOIN person_phone f ON f.person_id = p.id JOIN org o ON o.phone = f.number
  UNION SELECT o.id, p.id, 'email', 2 FROM hidden p JOIN org o ON lower(o.email) = lower(p.email)
  UNION SELECT o.id, p.id, 'street', 3 FROM hidden p JOIN contact c ON c.person_id = p.id
  JOIN org o ON o.id = c.org_id WHERE o.street IS NOT NULL AND p.street IS NOT NULL
  -- who is named in the street (both are folded alike): looked at more closely where it is read
  UNION SELECT o.id, p.id, 'named', 3 FROM hidden p
  JOIN org o ON instr(o.search, substr(p.name_search, 1, instr(p.name_search || ' ', ' ') - 1)) > 0
  WHERE o.street IS NOT NULL AND p.street IS NOT NULL
)
SELECT same.org, o.name, same.person, p.name AS whose, same.field, o.street, o.postcode, o.city,
  p.street AS home, p.postcode AS home_code, p.city AS home_city
FROM same JOIN org o ON o.id = same.org JOIN person p ON p.id = same.person
WHERE o.status = 'active' ORDER BY o.name_sort, o.id, p.id, same.place
"""


def shown(register: Register, *, person: int | None = None, org: int | None = None) -> list[Shown]:
    """The associations that show something of a protected person's, or of this one, or this org.

    The street counts where the person holds an office in the association, or has held one, or is
    named in it: it is then known whose home it is.
    """
    found: dict[tuple[int, int], Shown] = {}
    for row in register.rows(_SAME):
        if person not in (None, row["person"]) or org not in (None, row["org"]):
            continue
        address = (row["street"], row["postcode"], row["city"])
        home = (row["home"], row["home_code"], row["home_city"])
        field = "street" if row["field"] == "named" else row["field"]
        if row["field"] == "street" and not same_street(address, home):
            continue
        if row["field"] == "named" and not _is_home_of_named(address[0], row["whose"], home[0]):
            continue
        key = (row["org"], row["person"])
        before = found[key].fields if key in found else ()
        if field not in before:
            found[key] = Shown(key[0], row["name"], key[1], row["whose"], (*before, field))
    return list(found.values())


def refuse_home(register: Register, org: int) -> None:
    """Raise RefusedError where the association has a protected person's home as its own."""
    for one in shown(register, org=org):
        if "street" in one.fields:
            raise RefusedError(
                of_home(one.person),
                _("An association's stands in lists that others read: leave it out."),
            )


def whose_home(
    register: Register,
    orgs: Iterable[int],
    street: str | None,
    *towns: Mapping[str, Any],
    said: str = "",
) -> str | None:
    """The name of a protected person whose home is at `street`, beside the postcode and city of any
    of `towns`, or with a blank of one of them filled from another.

    Those are asked about who have, or have had, an office in one of the associations, or are named
    in the street itself or in what was `said` beside it.
    """
    if not street:
        return None
    ids = list(orgs)
    rows = register.rows(
        "SELECT DISTINCT p.name, p.street, p.postcode, p.city FROM contact c"
        f" JOIN person p ON p.id = c.person_id WHERE c.org_id IN ({','.join('?' * len(ids))})"
        " AND p.protected = 1 AND p.street IS NOT NULL",
        ids,
    )
    of_office = (
        str(name) for name, *home in rows if _is_home(street, (home[0], home[1], home[2]), towns)
    )
    return next(of_office, None) or home_of_named(register, f"{said}, {street}", street, *towns)


def home_of_named(
    register: Register, said: str, street: str | None, *towns: Mapping[str, Any]
) -> str | None:
    """The name of a protected person who is named in `said`, by first and last name, and whose
    home is at `street`: see `whose_home`."""
    if not street:
        return None
    words = {*_words(said)}
    for name, *home in register.rows(
        "SELECT name, street, postcode, city FROM person"
        " WHERE protected = 1 AND street IS NOT NULL ORDER BY id"
    ):
        if _is_named(name, words) and _is_home(street, (home[0], home[1], home[2]), towns):
            return str(name)
        if _is_home_of_named(street, name, home[0]):
            return str(name)
    return None


def _is_home_of_named(street: str, name: str, home: str) -> bool:
    """Whether a street names somebody and their own, whatever postcode and town stand with it."""
    return _is_named(name, _words(street)) and same_street((street, None, None), (home, None, None))


def _is_named(name: str, words: Collection[str]) -> bool:
    """Whether the first and the last name are among the words."""
    called = _words(name)
    return bool(called) and {called[0], called[-1]} <= {*words}


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", fold(text))


def _is_home(
    street: str, home: tuple[str, str | None, str | None], towns: tuple[Mapping[str, Any], ...]
) -> bool:
    addresses = (
        (street, *(first.get(one) or then.get(one) for one in ("postcode", "city")))
        for first, then in product(towns, repeat=2)
    )
    return any(same_street(address, home) for address in addresses)


def with_homes(register: Register) -> frozenset[int]:
    """The associations in which a protected person with a home has, or has had, an office."""
    rows = register.rows(
        "SELECT DISTINCT c.org_id FROM contact c JOIN person p ON p.id = c.person_id"
        " WHERE p.protected = 1 AND p.street IS NOT NULL"
    )
    return frozenset(row[0] for row in rows)


def streets_of_homes(register: Register) -> frozenset[tuple[str, ...]]:
    """The keys of the streets where protected people live."""
    rows = register.rows("SELECT street FROM person WHERE protected = 1 AND street IS NOT NULL")
    return frozenset(street_key(row[0]) for row in rows)


def of_home(name: str) -> str:
    """The sentence that an address is a protected person's home."""
    return _("It is the home of {name}, who is protected.", name=name)


def check(register: Register) -> Iterator[Finding]:
    """A finding for each association that shows something of a protected person's."""
    from frivillig_cli.store.findings import Finding

    for one in shown(register):
        yield Finding("protected_way", one.sentence, way_out(one))


def way_out(one: Shown) -> str:
    """How it is taken away."""
    return _("Give it others, or take them away: {command}", command=typed(one.command))
