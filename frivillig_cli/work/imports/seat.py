"""An office of an association that a row is about, and whom the row names in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from frivillig_cli.work.imports.known import Known
from frivillig_cli.work.imports.record import Record
from frivillig_cli.work.imports.result import Difference


@dataclass(frozen=True)
class Holder:
    """Whom a row names in an office, and the phones and e-mail beside the name."""

    name: str
    phones: list[str]
    email: str | None


@dataclass
class Named:
    """Somebody whom the row has given an office, and the phones and e-mail that they have or that
    it says of them."""

    id: int
    phones: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)  # phone, email: what the row has said of them

    def hears(self, holder: Holder) -> None:
        """Add what the row says of them in another office."""
        self.phones.update(holder.phones)
        self.said.update(["phone"] if holder.phones else [])
        if holder.email:
            self.emails.add(holder.email.casefold())
            self.said.add("email")

    def may_be(self, holder: Holder) -> bool:
        """Whether nothing says that a holder of that name is another: what agrees, or no other
        phone and no other e-mail."""
        email = (holder.email or "").casefold()
        if email in self.emails or self.phones.intersection(holder.phones):
            return True
        return not (self.phones and holder.phones) and not (self.emails and email)


@dataclass(frozen=True)
class Seat:
    """One office of the association that a row is about."""

    record: Record
    org: Known
    role: str

    def says(self, detail: str, old: str, new: str) -> Difference:
        """What the row says of the office, or of its holder's phone or e-mail."""
        field, org = f"{self.role}{detail}", self.org
        return Difference(self.record.row, org.id, org.name, field, old or None, new, "filled")
