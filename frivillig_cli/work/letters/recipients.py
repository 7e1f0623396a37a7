"""To whom: who gets a letter, with which fields and address, and who is left out and why.

Archived ones that the query fits are left out by name, so that nobody is missed in silence.
A protected volunteer gets no letter. An association's letter goes to the association's own
address whoever leads it; a protected contact person's name is not put there, only in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import AmbiguousError, NotFoundError, UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.core.query import Query, Term
from frivillig_cli.records.letter import queries as letters
from frivillig_cli.records.letter.model import SKIP_REASONS, LetterRow
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.org.model import Org
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters.fields import contact_of, org_fields, volunteer_fields

if TYPE_CHECKING:
    from frivillig_cli.records.person.model import Person

DEFAULT_LANGUAGE = "nb"


@dataclass(frozen=True)
class Recipient:
    """One who may get the letter: fields for the template, address lines, and why not.

    `language` is what the recipient reads; `ids` are those that the batch records. `reached_at`
    is what two who share an address have in common.
    """

    id: int
    name: str
    language: str
    address: tuple[str, ...]
    ids: dict[str, Any]
    fields: dict[str, Any] = field(repr=False)
    email: str | None = None
    by_post: bool = False
    reached_at: tuple[str, ...] = ()
    skipped: str | None = None
    shared_with: str | None = None
    missing_field: str | None = None
    missing_in: str | None = None

    @property
    def all_fields(self) -> dict[str, Any]:
        """The fields of this recipient's letter, its name and address lines among them."""
        name = next(
            self.fields[kind]["name"] for kind in ("org", "volunteer") if kind in self.fields
        )
        return {
            **self.fields,
            "recipient": {"name": name, "address_lines": list(self.address)},
        }

    def row(self, **written: Any) -> LetterRow:
        """What the batch records of this recipient."""
        values = {"language": self.language, "address": "\n".join(self.address) or None, **written}
        return LetterRow(
            recipient=self.name,
            skipped=self.skipped,
            shared_with=self.shared_with,
            missing_field=self.missing_field,
            missing_in=self.missing_in,
            **self.ids,
            **values,
        )


def reason(row: Recipient | LetterRow) -> str:
    """Why somebody is left out, in words."""
    if row.skipped == "same_address" and row.shared_with:
        return _("same address as {name}", name=row.shared_with)
    if row.missing_field:
        return _("{field} is missing ({place})", field=row.missing_field, place=row.missing_in)
    return _(SKIP_REASONS.get(row.skipped or "", row.skipped or ""))


@dataclass(frozen=True)
class Wanted:
    """Whom a letter is for, and how they are reached.

    `query` picks them, or `refs` name them one by one. `addressed` is org or contact: whose
    address an association's letter goes to. `one_per_address`: those who share an e-mail or a
    postal address get one letter together. `by_email`: who has no e-mail address is left out.
    """

    query: Query = Query()  # noqa: RUF009 - a tuple
    refs: tuple[str, ...] | None = None
    addressed: str = "org"
    one_per_address: bool = False
    also_opted_out: bool = False
    by_email: bool = False


def find(
    register: Register, kind: str, wanted: Wanted, got: set[int], *, today: date
) -> Iterator[Recipient]:
    """Everybody of `kind` (org, volunteer, agreement) that is wanted: by name, or as `refs` stand.

    `got` are the ids that were sent the same letter before. Of those whom a query picks the
    archived ones come last. Raises UsageError where an option does not suit the kind.
    """
    _refuse_what_does_not_suit(kind, wanted)
    makers = {"org": _orgs, "volunteer": _volunteers, "agreement": _agreements}
    source = Source(register, wanted, today)
    hosts: dict[str, str] = {}
    for found in makers[kind](source):
        recipient = found
        if recipient.skipped == "opted_out" and wanted.also_opted_out:
            recipient = replace(recipient, skipped=None)
        if recipient.skipped is None and recipient.id in got:
            recipient = replace(recipient, skipped="already_sent")
        if wanted.by_email and recipient.skipped is None and not _by_email(recipient):
            recipient = replace(recipient, skipped="no_email")
        if wanted.one_per_address:
            recipient = _shared(recipient, hosts)
        yield recipient


def _by_email(recipient: Recipient) -> bool:
    from frivillig_cli.documents.mail import is_address

    return bool(recipient.email) and is_address(str(recipient.email))


def _refuse_what_does_not_suit(kind: str, wanted: Wanted) -> None:
    if kind == "volunteer" and wanted.addressed != "org":
        raise UsageError(
            _("The template is for volunteers, who have no contact person."),
            _("Leave out {option}.", option="--to"),
        )
    if kind == "agreement" and wanted.one_per_address:
        raise UsageError(
            _("The template is for agreements: each has a letter of its own."),
            _("Leave out {option}.", option="--one-per-address"),
        )


def _shared(recipient: Recipient, hosts: dict[str, str]) -> Recipient:
    """The recipient, left out where somebody before it gets, or has got, the letter there."""
    if recipient.skipped not in (None, "already_sent"):
        return recipient
    host = next((hosts[key] for key in recipient.reached_at if key in hosts), None)
    if host is not None and recipient.skipped is None:
        return replace(recipient, skipped="same_address", shared_with=host)
    for key in recipient.reached_at:
        hosts.setdefault(key, recipient.name)
    return recipient


@dataclass(frozen=True)
class Source:
    """Where recipients are found: the register, whom it is for, and the day."""

    register: Register
    wanted: Wanted
    today: date

    def named(self, resolve: Callable[[Register, str], int]) -> Iterator[int | Recipient]:
        """The ids that the refs name, each once, or one who is left out because nobody is named."""
        seen: set[int] = set()
        for ref in self.wanted.refs or ():
            try:
                found = resolve(self.register, ref)
            except (NotFoundError, AmbiguousError) as error:
                yield _unknown(ref, "ambiguous" if isinstance(error, AmbiguousError) else "unknown")
            else:
                if found not in seen:
                    yield found
                seen.add(found)


def _unknown(ref: str, why: str) -> Recipient:
    name = echo(ref)
    return Recipient(0, name, DEFAULT_LANGUAGE, (), {}, {}, skipped=why)


def _also_archived(
    find: Callable[[Query], Sequence[Any]], query: Query, names: tuple[str, ...]
) -> Iterator[Any]:
    """What `find` gives, and after it the archived ones, unless the query names a status."""
    yield from find(query)
    if not any(term.field in names for term in query.terms):
        yield from find(Query((*query.terms, Term("archived", field="status"))))


def _orgs(source: Source) -> Iterator[Recipient]:
    register, wanted = source.register, source.wanted
    reach = _Reach(register, wanted.addressed)
    if wanted.refs is None:
        found: Iterator[Any] = _also_archived(
            lambda q: orgs.find(register, q), wanted.query, ("status",)
        )
    else:
        found = (
            one if isinstance(one, Recipient) else orgs.get(register, one)
            for one in source.named(orgs.org_id)
        )
    for org in found:
        if isinstance(org, Recipient):
            yield org
            continue
        yield Recipient(
            id=org.id,
            name=org.name,
            language=org.language or DEFAULT_LANGUAGE,
            ids={"org_id": org.id},
            fields={"org": org_fields(org)},
            **reach.of(org),
        )


def _agreements(source: Source) -> Iterator[Recipient]:
    from frivillig_cli.records.agreement import queries as agreements
    from frivillig_cli.work.letters.agreement_fields import agreement_fields

    register, wanted = source.register, source.wanted
    reach = _Reach(register, wanted.addressed)
    if wanted.refs is None:
        found: Iterator[Any] = iter(agreements.find(register, wanted.query, today=source.today))
    else:
        found = (
            one if isinstance(one, Recipient) else agreements.get(register, one, today=source.today)
            for one in source.named(agreements.agreement_id)
        )
    for agreement in found:
        if isinstance(agreement, Recipient):
            yield agreement
            continue
        org = orgs.get(register, agreement.org_id)
        yield Recipient(
            id=agreement.id,
            name=f"{org.name}: {agreement.title}",
            language=org.language or DEFAULT_LANGUAGE,
            ids={"org_id": org.id, "agreement_id": agreement.id},
            fields={
                "org": org_fields(org),
                "agreement": agreement_fields(register, agreement, reach.hidden),
            },
            **reach.of(org),
        )


def _volunteers(source: Source) -> Iterator[Recipient]:
    from frivillig_cli.records.person import queries as people

    register, wanted = source.register, source.wanted
    if wanted.refs is None:
        found: Iterator[Any] = _also_archived(
            lambda q: people.find(register, q, volunteers=True), wanted.query,
            ("status", "volunteer"),
        )  # fmt: skip
    else:
        found = (
            one if isinstance(one, Recipient) else people.get(register, one)
            for one in source.named(people.volunteer_id)
        )
    for person in found:
        if isinstance(person, Recipient):
            yield person
            continue
        own = _own(person)
        status = (person.volunteer or {}).get("status")
        yield Recipient(
            id=person.id,
            name=person.name,
            language=person.language or DEFAULT_LANGUAGE,
            address=() if person.protected else _lines(own, person.name),
            email=own["email"],
            by_post=_by_post(own),
            reached_at=_reached_at(own),
            ids={"person_id": person.id},
            fields={"volunteer": volunteer_fields(person)},
            skipped="protected" if person.protected else _why_not(status, own, person.no_mailings),
        )


def _own(person: Person) -> dict[str, Any]:
    """Where a person is reached: nothing of a protected one."""
    return {name: getattr(person, name) for name in ("email", "street", "postcode", "city")}


def _why_not(status: str | None, values: dict[str, Any], no_mailings: str | None) -> str | None:
    if status == "archived":
        return "archived"
    if not (values.get("email") or _by_post(values)):
        return "no_address"
    return "opted_out" if no_mailings else None


def _by_post(values: dict[str, Any]) -> bool:
    return bool(values.get("postcode") and values.get("city"))


class _Reach:
    """How an association is reached: at its own address, or at its contact person's."""

    def __init__(self, register: Register, addressed: str) -> None:
        self._register, self._addressed = register, addressed
        self.hidden = letters.protected_people(register)

    def of(self, org: Org) -> dict[str, Any]:
        """What a Recipient says of it: address, e-mail, what is shared, why none is written."""
        contact = contact_of(org)
        if self._addressed == "contact":
            return self._at_contact(org, contact)
        named = contact is not None and contact["person_id"] not in self.hidden
        name = str(contact["name"]) if contact and named else None
        return {
            "address": _lines(org.values, org.name, name),
            "email": org.email,
            "by_post": _by_post(org.values),
            "reached_at": _reached_at(org.values),
            "skipped": _why_not(org.status, org.values, org.no_mailings),
        }

    def _at_contact(self, org: Org, contact: dict[str, Any] | None) -> dict[str, Any]:
        if contact is None:
            why = "archived" if org.status == "archived" else "no_contact"
            return {"address": (), "skipped": why}
        if contact["person_id"] in self.hidden:
            return {"address": (), "skipped": "protected"}
        from frivillig_cli.records.person import queries as people

        person = people.get(self._register, contact["person_id"])
        own = _own(person)
        return {
            "address": _lines(own, person.name, org.name),
            "email": own["email"],
            "by_post": _by_post(own),
            "reached_at": _reached_at(own),
            "skipped": _why_not(org.status, own, org.no_mailings or person.no_mailings),
        }


def _reached_at(values: dict[str, Any]) -> tuple[str, ...]:
    """What two who share an address have in common: the e-mail, or street and postcode."""
    found = []
    if values.get("email"):
        found.append(f"e-mail {str(values['email']).casefold()}")
    if values.get("street") and values.get("postcode"):
        found.append(f"post {fold(values['street'])} {values['postcode']}")
    return tuple(found)


def _lines(values: dict[str, Any], *names: str | None) -> tuple[str, ...]:
    place = " ".join(values[key] for key in ("postcode", "city") if values.get(key))
    return tuple(line for line in (*names, values.get("street"), place) if line)
