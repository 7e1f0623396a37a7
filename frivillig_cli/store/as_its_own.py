"""What an association shows as its own that is a protected person's: phone, e-mail or street."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from frivillig_cli.core.i18n import _, typed
from frivillig_cli.store.homes import Home
from frivillig_cli.store.protected import IN_TEXT, hidden, number_in, same_street, street_key
from frivillig_cli.store.register import Register

if TYPE_CHECKING:
    from frivillig_cli.store.findings import Finding


class Shown(NamedTuple):
    """One association that shows them; `fields` are some of phone, email, street, and of name and
    website, where a phone stands in them."""

    org_id: int
    org: str
    person_id: int
    person: str
    fields: tuple[str, ...]

    @property
    def command(self) -> str:
        """What takes them away."""
        words = " ".join("--name NAME" if one == "name" else f'--{one} ""' for one in self.fields)
        return f"frivillig org edit {self.org_id} {words}"

    @property
    def sentence(self) -> str:
        """Which association shows what of whom."""
        words = {
            "phone": _("phone"), "email": _("e-mail"), "street": _("street"),
            "name": _("phone in the name"), "website": _("phone in the web address"),
        }  # fmt: skip
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
SELECT o.id, o.name, o.name_sort, same.person, p.name AS whose, same.field,
  o.street, o.postcode, o.city, p.street AS home, p.postcode AS home_code, p.city AS home_city
FROM same JOIN org o ON o.id = same.org JOIN person p ON p.id = same.person
WHERE o.status = 'active' ORDER BY o.name_sort, o.id, p.id, same.place
"""


def shown(register: Register, *, person: int | None = None) -> list[Shown]:
    """The associations that show something of a protected person's, or of this one.

    The street counts where the person holds an office in the association, or has held one, or is
    named in it: of others it may be the association's own.
    """
    found: dict[tuple[str, int, int], Shown] = {}

    def add(org: Any, called: str, whose: tuple[int, str], field: str) -> None:
        key = (org["name_sort"], org["id"], whose[0])
        before = found[key].fields if key in found else ()
        if person in (None, whose[0]) and field not in before:
            found[key] = Shown(org["id"], called, *whose, (*before, field))

    for row in register.rows(_SAME):
        home = Home(row["person"], row["whose"], row["home"], row["home_code"], row["home_city"])
        address = (row["street"], row["postcode"], row["city"])
        if row["field"] == "street" and not same_street(address, home[2:]):
            continue
        if row["field"] == "named" and not home.is_named_in(row["street"]):
            continue
        add(row, row["name"], home[:2], "street" if row["field"] == "named" else row["field"])
    for org, called, whose, field in _numbers_in(register):
        add(org, called, whose, field)
    return [found[key] for key in sorted(found)]


def _numbers_in(register: Register) -> Iterator[tuple[Any, str, tuple[int, str], str]]:
    """(association, its name without the number, (person, name), field) of each phone of somebody
    protected that stands in the name or the web address of an active association."""
    owners: dict[str, list[tuple[int, str]]] = {}
    for number, *whose in register.rows(
        "SELECT f.number, p.id, p.name FROM person p JOIN person_phone f ON f.person_id = p.id"
        " WHERE p.protected = 1 ORDER BY p.id"
    ):
        owners.setdefault(number, []).append((whose[0], whose[1]))
    if not owners:
        return
    for org in register.rows(
        "SELECT id, name, name_sort, website FROM org WHERE status = 'active'"
        " AND (name GLOB '*[0-9]*' OR website GLOB '*[0-9]*')"
    ):
        found = {field: number_in(org[field], owners) for field in IN_TEXT}
        called = hidden(register).without(org["name"]) if found["name"] else org["name"]
        for field, number in found.items():
            for one in owners.get(number or "", ()):
                yield org, str(called), one, field


def has_home(register: Register, person: int) -> list[tuple[int, str]]:
    """(number, name) of each association that has a protected person's home as its address.

    Archived ones too: the address is hidden in no text then.
    """
    found = register.row(
        "SELECT street, postcode, city FROM person WHERE id = ? AND protected = 1"
        " AND street IS NOT NULL",
        (person,),
    )
    words = street_key(found[0]) if found else ()
    if not words:
        return []
    home = (found[0], found[1], found[2])
    return [
        (row[0], row[1])
        for row in register.rows(
            "SELECT id, name, street, postcode, city FROM org"
            " WHERE street IS NOT NULL AND instr(search, ?) > 0 ORDER BY name_sort, id",
            (words[0],),
        )
        if same_street((row[2], row[3], row[4]), home)
    ]


def check(register: Register) -> Iterator[Finding]:
    """A finding for each association that shows something of a protected person's."""
    from frivillig_cli.store.findings import Finding

    for one in shown(register):
        yield Finding("protected_way", one.sentence, way_out(one))


def way_out(one: Shown) -> str:
    """How it is taken away."""
    return _("Give it others, or take them away: {command}", command=typed(one.command))
