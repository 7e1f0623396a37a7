"""What an association shows as its own that is a protected person's: phone, e-mail or street."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from frivillig_cli.core.i18n import _, typed
from frivillig_cli.store.homes import OPTION, Homes
from frivillig_cli.store.protected import IN_TEXT, hidden, number_in
from frivillig_cli.store.register import Register

if TYPE_CHECKING:
    from frivillig_cli.store.findings import Finding


class Shown(NamedTuple):
    """One association that shows them; `fields` are some of phone, email, street, and of name and
    website, where a phone stands in them. `named`: in the street, who lives there."""

    org_id: int
    org: str
    person_id: int
    person: str
    fields: tuple[str, ...]
    named: bool = False

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
)
SELECT o.id, o.name, o.name_sort, same.person, p.name AS whose, same.field
FROM same JOIN org o ON o.id = same.org JOIN person p ON p.id = same.person
WHERE o.status = 'active' ORDER BY o.name_sort, o.id, p.id, same.place
"""


def shown(register: Register, *, person: int | None = None) -> list[Shown]:
    """The associations that show something of a protected person's, or of this one.

    The street counts where the person holds an office in the association, or has held one, and
    nobody has said that it is its own; and where they are named in it. Of others it may be the
    association's own.
    """
    found: dict[tuple[str, int, int], Shown] = {}
    homes = [at for at in Homes(register, person).shown() if at.unsaid]
    named = {(at.org_id, at.home.person_id) for at in homes if at.named}

    def add(org: tuple[str, int, str], whose: tuple[int, str], field: str) -> None:
        key = (org[0], org[1], whose[0])
        before = found[key].fields if key in found else ()
        if person in (None, whose[0]) and field not in before:
            found[key] = Shown(*org[1:], *whose, (*before, field), key[1:] in named)

    for row in register.rows(_SAME):
        add((row["name_sort"], row["id"], row["name"]), (row["person"], row["whose"]), row["field"])
    for at in homes:
        add((at.sort, at.org_id, at.org), at.home[:2], "street")
    for row, called, whose, field in _numbers_in(register):
        add((row["name_sort"], row["id"], called), whose, field)
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


def check(register: Register) -> Iterator[Finding]:
    """A finding for each association that shows something of a protected person's."""
    from frivillig_cli.store.findings import Finding

    for one in shown(register):
        yield Finding("protected_way", one.sentence, way_out(one))


def way_out(one: Shown) -> str:
    """How it is taken away, or said to be the association's own."""
    away = typed(one.command)
    if "street" not in one.fields or one.named:
        return _("Give it others, or take them away: {command}", command=away)
    return _(
        "Where the address is its own, write {own} – otherwise give it others, or take them"
        " away: {command}",
        own=typed(f"frivillig org edit {one.org_id} {OPTION}"),
        command=away,
    )
