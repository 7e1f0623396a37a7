"""How people and associations are reached, and why one gets no letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from frivillig_cli.core.names import fold
from frivillig_cli.records.letter import queries as letters
from frivillig_cli.records.org.model import Org
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters.fields import contact_of

if TYPE_CHECKING:
    from frivillig_cli.records.person.model import Person

# how what two share begins: a postal address, or an inbox
POST, EMAIL = "post ", "e-mail "


def own_address(person: Person) -> dict[str, Any]:
    """Where a person is reached: nothing of a protected one."""
    return {name: getattr(person, name) for name in ("email", "street", "postcode", "city")}


def why_not(status: str | None, values: dict[str, Any], no_mailings: str | None) -> str | None:
    """Why one who is reached there gets no letter (a code of SKIP_REASONS), or None."""
    if status == "archived":
        return "archived"
    if not (values.get("email") or by_post(values)):
        return "no_address"
    return "opted_out" if no_mailings else None


def by_post(values: dict[str, Any]) -> bool:
    """Whether a letter can reach them by post."""
    return bool(values.get("postcode") and values.get("city"))


class Reach:
    """How an association is reached: at its own address, or at its contact person's."""

    def __init__(self, register: Register, addressed: str) -> None:
        self._register, self._addressed = register, addressed
        self.hidden = letters.protected_people(register)
        self._theirs: dict[int, set[str]] = {}
        if self.hidden:
            from frivillig_cli.store import as_its_own

            for one in as_its_own.shown(register):
                self._theirs.setdefault(one.org_id, set()).update(one.fields)

    def of(self, org: Org) -> dict[str, Any]:
        """What a Recipient says of it: address, e-mail, what is shared, why none is written."""
        contact = contact_of(org)
        if self._addressed == "contact":
            return self._at_contact(org, contact)
        named = contact is not None and contact["person_id"] not in self.hidden
        name = str(contact["name"]) if contact and named else None
        theirs = self._theirs.get(org.id, set())
        values = {**org.values, **dict.fromkeys(theirs & {"email"})}
        why = why_not(org.status, values, org.no_mailings)
        if "street" in theirs or ("email" in theirs and why == "no_address"):
            address: tuple[str, ...] = ()
            why = "archived" if why == "archived" else "of_protected"
        else:
            address = address_lines(values, org.name, name)
        return {
            "address": address,
            "email": values["email"],
            "secret_email": "email" in theirs,
            "by_post": by_post(values) and bool(address),
            "reached_at": reached_at(values) if address else (),
            "no_mailings": org.no_mailings,
            "skipped": why,
        }

    def _at_contact(self, org: Org, contact: dict[str, Any] | None) -> dict[str, Any]:
        if contact is None:
            why = "archived" if org.status == "archived" else "no_contact"
            return {"address": (), "skipped": why}
        if contact["person_id"] in self.hidden:
            return {"address": (), "skipped": "protected"}
        from frivillig_cli.records.person import queries as people

        person = people.get(self._register, contact["person_id"])
        own = own_address(person)
        since = max(filter(None, (org.no_mailings, person.no_mailings)), default=None)
        why = why_not(org.status, own, since)
        return {
            "address": address_lines(own, person.name, org.name),
            "email": own["email"],
            "by_post": by_post(own),
            "reached_at": reached_at(own),
            "no_mailings": since,
            "skipped": why,
            "shared_with": person.name if why == "no_address" else None,
        }


def reached_at(values: dict[str, Any]) -> tuple[str, ...]:
    """What two who share an address have in common: the e-mail, or street and postcode."""
    found = []
    if values.get("email"):
        found.append(f"{EMAIL}{str(values['email']).casefold()}")
    if values.get("street") and values.get("postcode"):
        found.append(_at(values["street"], values["postcode"]))
    return tuple(found)


def printed_at(address: str) -> str:
    """The same of an address as it is printed: its last lines are the street and the place."""
    _names, street, place = ["", "", *address.split("\n")][-3:]
    return _at(street, place.partition(" ")[0])


def _at(street: str, postcode: str) -> str:
    return f"{POST}{fold(street)} {postcode}"


def address_lines(values: dict[str, Any], *names: str | None) -> tuple[str, ...]:
    """The lines of a postal address, those that are known."""
    place = " ".join(values[key] for key in ("postcode", "city") if values.get(key))
    return tuple(line for line in (*names, values.get("street"), place) if line)
