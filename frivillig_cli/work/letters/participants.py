"""A list of participants to sign: who comes, from which association, and room for a name.

A protected person is not on it: it lies on a table for everybody to read. There is room to be
written on by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _, in_documents_language, language
from frivillig_cli.core.query import Query
from frivillig_cli.documents.sheets import Column, Section, Sheets, Table
from frivillig_cli.documents.typeset import Replaced
from frivillig_cli.formats.files import write_atomic
from frivillig_cli.records import municipality
from frivillig_cli.records.letter import queries as letters
from frivillig_cli.records.letter.model import SKIP_REASONS
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.person import queries as people
from frivillig_cli.records.person.model import Person
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters import picked
from frivillig_cli.work.letters.fields import contact_of

KINDS = ("org", "volunteer", "person")


@dataclass(frozen=True)
class Participant:
    """One row. `id` is the association's or the person's."""

    id: int
    name: str
    association: str


@dataclass(frozen=True)
class LeftOut:
    """Who is not on the list, and why (a code of SKIP_REASONS).

    `ids` are those that an ambiguous reference fits.
    """

    name: str
    why: str
    ids: str = ""

    @property
    def reason(self) -> str:
        """Why, in words."""
        if self.ids:
            return _("fits more than one: {ids}", ids=self.ids)
        return _(SKIP_REASONS[self.why])


@dataclass(frozen=True)
class Listing:
    """What the list is called, and what stands below: time and place."""

    title: str
    subtitle: str = ""
    blank: int = 0


def find(
    register: Register, kind: str, query: Query, refs: Sequence[str] | None
) -> tuple[list[Participant], list[LeftOut]]:
    """Everybody whom the query picks, by name, or as `refs` stand; and who is left out."""
    if kind not in KINDS:
        raise UsageError(
            _("{field} cannot be “{value}”.", field="--for", value=echo(kind)),
            _("Choose one of: {known}.", known=", ".join(KINDS)),
        )
    rows: list[Participant] = []
    left: list[LeftOut] = []
    for one in _found(register, kind, query, refs):
        (left if isinstance(one, LeftOut) else rows).append(one)  # type: ignore[arg-type]
    return rows, left


def _found(
    register: Register, kind: str, query: Query, refs: Sequence[str] | None
) -> Iterator[Participant | LeftOut]:
    hidden = letters.protected_people(register)
    source: Any = orgs if kind == "org" else people
    resolve = {
        "org": orgs.org_id,
        "volunteer": people.volunteer_id,
        "person": people.person_id,
    }[kind]
    if refs is None:
        more = {"volunteers": True} if kind == "volunteer" else {}
        for one in source.find(register, query, **more):
            yield from _rows(one, hidden)
        archived = picked.of_archived(query) if kind != "person" else None
        for one in source.find(register, archived, **more) if archived else ():
            yield LeftOut(one.name, "archived")
        return
    for found in picked.named(register, refs, resolve):
        if isinstance(found, int):
            yield from _rows(source.get(register, found), hidden)
        else:
            yield LeftOut(*found)


def _rows(one: Any, hidden: set[int]) -> Iterator[Participant | LeftOut]:
    """The row of an association or a person; whose name may not stand there is left out."""
    if not isinstance(one, Person):
        contact = contact_of(one)
        if contact and contact["person_id"] in hidden:
            yield LeftOut(str(contact["name"]), "protected")
            contact = None
        yield Participant(one.id, str(contact["name"]) if contact else "", one.name)
    elif one.protected:
        yield LeftOut(one.name, "protected")
    else:
        offices = [str(role["org"]) for role in one.roles if not role["to"]]
        yield Participant(one.id, one.name, ", ".join(dict.fromkeys(offices)))


@in_documents_language()
def write(
    register: Register, rows: Sequence[Participant], listing: Listing, path: Path, *, today: date
) -> str:
    """Write it as .pdf or .xlsx; returns a sentence on odd characters, or "".

    Raises UsageError for another ending.
    """
    if path.suffix.lower() == ".xlsx":
        from frivillig_cli.formats.xlsx_write import write_table

        columns = [_("No."), _("Name"), _("Association"), _("Signature")]
        numbered = ([n, row.name, row.association, ""] for n, row in enumerate(rows, 1))
        title = ", ".join(filter(None, (listing.title, listing.subtitle)))
        write_table(path, title, columns, numbered, private=True)
        return ""
    if path.suffix.lower() != ".pdf":
        raise UsageError(
            _("A list of participants is written as {known}.", known=".pdf, .xlsx"),
            _("Name a file that ends so: {example}", example="-o deltakere.pdf"),
        )
    from frivillig_cli.documents.sheets_pdf import write_sheets_pdf

    replaced = Replaced()
    sheets = _sheets(rows, listing, municipality.get(register).get("municipality.name", ""), today)
    write_atomic(path, write_sheets_pdf(sheets, language(), replaced), private=True)
    return replaced.sentence()


def _sheets(rows: Sequence[Participant], listing: Listing, owner: str, today: date) -> Sheets:
    table = Table(
        (
            Column(_("No."), mm=10, kind="number"),
            Column(_("Name"), share=4, kind="write"),
            Column(_("Association"), share=4, kind="write"),
            Column(_("Signature"), share=5, kind="write"),
        ),
        tuple((str(n), row.name, row.association, "") for n, row in enumerate(rows, 1)),
        blank_rows=listing.blank,
    )
    return Sheets(
        listing.title, (Section("", (table,)),), subtitle=listing.subtitle, owner=owner, day=today
    )
