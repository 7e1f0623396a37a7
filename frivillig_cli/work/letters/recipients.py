"""To whom: who gets a letter, with which fields and address, and who is left out and why.

Archived ones that the query fits are left out by name, so that nobody is missed in silence.
A protected volunteer gets no letter. An association's letter goes to the association's own
address whoever leads it; a protected contact person's name is not put there, only in the text.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from frivillig_cli.core.i18n import _, typed
from frivillig_cli.core.query import Query
from frivillig_cli.records.letter.model import SKIP_REASONS, LetterRow
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters import picked
from frivillig_cli.work.letters.fields import org_fields, volunteer_fields
from frivillig_cli.work.letters.picked import Wanted
from frivillig_cli.work.letters.reach import (
    Reach,
    address_lines,
    by_post,
    own_address,
    reached_at,
    why_not,
)

DEFAULT_LANGUAGE = "nb"

# What of an agreement is typed with an option of its name.
TYPED = (
    "caller", "municipality_contact", "municipality_stand_in", "association_contact",
    "association_stand_in", "response_time", "insurance", "confidentiality", "case_number",
    "exercise_payer", "event_payer", "rescue_payer", "from", "to",
)  # fmt: skip


class Recipient(NamedTuple):
    """One who may get the letter: fields for the template, address lines, and why not.

    `language` is what the recipient reads; `ids` are those that the batch records. `reached_at`
    is what two who share an address have in common. `secret_email`: the association's is that of
    somebody who is protected, and is not used. `untold`: of one who can be called out, that they
    do not know of a role that the letter tells. `no_mailings`: since when they want none.
    """

    id: int
    name: str
    language: str
    address: tuple[str, ...]
    ids: dict[str, Any]
    fields: dict[str, Any]
    email: str | None = None
    secret_email: bool = False
    by_post: bool = False
    reached_at: tuple[str, ...] = ()
    skipped: str | None = None
    shared_with: str | None = None
    host: int | None = None
    missing_field: str | None = None
    missing_in: str | None = None
    untold: bool = False
    no_mailings: str | None = None

    @property
    def all_fields(self) -> dict[str, Any]:
        """The fields of this recipient's letter, its name and address lines among them."""
        name = next(
            self.fields[kind]["name"]
            for kind in ("org", "volunteer", "member")
            if kind in self.fields
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
            host=self.host,
            missing_field=self.missing_field,
            missing_in=self.missing_in,
            opted_out=None if self.skipped else self.no_mailings,
            **self.ids,
            **values,
        )


def reason(row: Recipient | LetterRow) -> str:
    """Why somebody is left out, in words."""
    if row.skipped == "same_address" and row.shared_with:
        return _("same address as {name}", name=row.shared_with)
    if row.skipped == "ambiguous" and row.shared_with:
        return _("fits more than one: {ids}", ids=row.shared_with)
    if row.skipped == "no_address" and row.shared_with:
        return _("the contact person {name} has neither postal address nor e-mail",
                 name=row.shared_with)  # fmt: skip
    if row.skipped == "of_protected":
        from frivillig_cli.store.homes import OPTION

        org = row.ids.get("org_id") if isinstance(row, Recipient) else row.org_id
        return _(
            "its address or e-mail is a protected person’s: {command} – or, where the address is"
            " its own: {own}",
            command=typed(f"frivillig org edit {org} --street … --email …"),
            own=typed(f"frivillig org edit {org} {OPTION}"),
        )
    if row.missing_field:
        return _of_agreement(row) or _(
            "{field} is missing ({place})", field=row.missing_field, place=row.missing_in
        )
    return _(SKIP_REASONS.get(row.skipped or "", row.skipped or ""))


def _of_agreement(row: Recipient | LetterRow) -> str | None:
    """What an agreement lacks, in words, and how it is given; None: it is another's field."""
    from frivillig_cli.documents.fields import FIELDS

    whose, _dot, name = (row.missing_field or "").partition(".")
    wanted = row.ids.get("agreement_id") if isinstance(row, Recipient) else row.agreement_id
    known = next((one for one in FIELDS if one.name == row.missing_field), None)
    if whose != "agreement" or name not in TYPED or wanted is None or known is None:
        return None
    command = f"frivillig agreement edit {wanted} --{name.replace('_', '-')} …"
    return _(
        "{what} is missing: {command}", what=_(known.explanation).partition(",")[0], command=command
    )


def find(
    register: Register,
    kind: str,
    wanted: Wanted,
    got: Mapping[int, str],
    *,
    told: Mapping[int, Collection[str] | None] = MappingProxyType({}),
    today: date,
) -> Iterator[Recipient]:
    """Everybody of `kind` (one of RECIPIENTS) that is wanted: by name, or as `refs` stand.

    `got`: id -> why not, of those who were sent the same letter before; who has a role by now that
    it did not tell gets it (`told`: id -> the seats that it told of). Of those whom a query
    picks the archived ones come last. Who shares an address is left out by Households, once it is
    known who gets the letter. Raises UsageError where an option does not suit the kind.
    """
    picked.refuse_what_does_not_suit(kind, wanted)
    makers = {
        "org": _orgs, "volunteer": _volunteers, "agreement": _agreements, "member": _members,
    }  # fmt: skip
    source = Source(register, wanted, today)
    for found in makers[kind](source):
        recipient = found
        if recipient.skipped == "opted_out" and wanted.also_opted_out:
            recipient = recipient._replace(skipped=None)
        if recipient.skipped is None and recipient.id in got:
            why = got[recipient.id]
            if not _has_news(recipient, why, told):
                recipient = recipient._replace(skipped=why)
        if wanted.by_email and recipient.skipped is None and not _by_email(recipient):
            why = "of_protected" if recipient.secret_email else "no_email"
            recipient = recipient._replace(skipped=why)
        yield recipient


def _has_news(recipient: Recipient, why: str, told: Mapping[int, Collection[str] | None]) -> bool:
    """Whether the letter tells somebody a role that none has told them of; or not since they had
    another. Of a letter in doubt nobody knows."""
    if recipient.untold and why == "already_sent":
        return True
    seats = json.loads(recipient.ids.get("told_seats") or "[]")
    before = told.get(recipient.id, ())
    return before is not None and not set(seats).issubset(before)


def _by_email(recipient: Recipient) -> bool:
    from frivillig_cli.documents.mail import is_address

    return bool(recipient.email) and is_address(str(recipient.email))


class Source(NamedTuple):
    """Where recipients are found: the register, whom it is for, and the day."""

    register: Register
    wanted: Wanted
    today: date

    def named(self, resolve: Callable[[Register, str], int]) -> Iterator[int | Recipient]:
        """The ids that the refs name, each once, or one who is left out because nobody is named."""
        for one in picked.named(self.register, self.wanted.refs or (), resolve):
            if isinstance(one, int):
                yield one
                continue
            yield Recipient(
                0, one.ref, DEFAULT_LANGUAGE, (), {}, {},
                skipped=one.why, shared_with=one.ids or None,
            )  # fmt: skip

    def found(self, find: Callable[[Query], Sequence[Any]]) -> Iterator[Any]:
        """Those whom `find` gives for the query, and after them the archived ones that it fits."""
        yield from find(self.wanted.query)
        if archived := picked.of_archived(self.wanted.query):
            yield from find(archived)


def _orgs(source: Source) -> Iterator[Recipient]:
    register, wanted = source.register, source.wanted
    reach = Reach(register, wanted.addressed)
    if wanted.refs is None:
        found: Iterator[Any] = source.found(lambda query: orgs.find(register, query))
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
            fields={"org": org_fields(org, reach.hidden)},
            **reach.of(org),
        )


def _agreements(source: Source) -> Iterator[Recipient]:
    from frivillig_cli.records.agreement import queries as agreements
    from frivillig_cli.work.letters.agreement_fields import agreement_fields, not_written_of

    register, wanted = source.register, source.wanted
    reach = Reach(register, wanted.addressed)
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
        why = not_written_of(agreement, wanted)
        if why == "other_kind" and wanted.refs is None and not wanted.query.terms:
            continue  # nobody has asked for it
        org = orgs.get(register, agreement.org_id)
        reached = reach.of(org)
        yield Recipient(
            id=agreement.id,
            name=f"{org.name}: {agreement.title}",
            language=org.language or DEFAULT_LANGUAGE,
            ids={"org_id": org.id, "agreement_id": agreement.id},
            fields={
                "org": org_fields(org, reach.hidden),
                "agreement": agreement_fields(register, agreement, reach.hidden),
            },
            **{**reached, "skipped": why or reached["skipped"]},
        )


def _volunteers(source: Source) -> Iterator[Recipient]:
    from frivillig_cli.records.person import queries as people

    register, wanted = source.register, source.wanted
    if wanted.refs is None:
        found: Iterator[Any] = source.found(
            lambda query: people.find(register, query, volunteers=True)
        )
    else:
        found = (
            one if isinstance(one, Recipient) else people.get(register, one)
            for one in source.named(people.volunteer_id)
        )
    for person in found:
        if isinstance(person, Recipient):
            yield person
            continue
        yield _person(person, {"volunteer": volunteer_fields(person)})


def _person(person: Any, fields: dict[str, Any], why: str | None = None) -> Recipient:
    """One person as a recipient; `why` leaves them out where nothing weightier does."""
    own = own_address(person)
    status = (person.volunteer or {}).get("status")
    why = why or why_not(status, own, person.no_mailings)
    return Recipient(
        id=person.id,
        name=person.name,
        language=person.language or DEFAULT_LANGUAGE,
        address=() if person.protected else address_lines(own, person.name),
        email=own["email"],
        by_post=by_post(own),
        reached_at=reached_at(own),
        ids={"person_id": person.id},
        fields=fields,
        skipped="protected" if person.protected else why,
        no_mailings=person.no_mailings,
    )


def _members(source: Source) -> Iterator[Recipient]:
    """Those who have a seat in a group, once each, whatever else they are."""
    from frivillig_cli.records import municipality
    from frivillig_cli.records.person import queries as people
    from frivillig_cli.work.letters.member_fields import member_fields, member_seats

    register, wanted = source.register, source.wanted
    seats = member_seats(register, wanted.groups, today=source.today)
    callback = municipality.callback(register)
    if wanted.refs is None:
        found: Iterator[Any] = (
            person
            for person in people.find(register, wanted.query)
            if person.id in seats.of or person.id in seats.not_called
        )
    else:
        found = (
            one if isinstance(one, Recipient) else people.get(register, one)
            for one in source.named(people.person_id)
        )
    for person in found:
        if isinstance(person, Recipient):
            yield person
            continue
        why = None if person.id in seats.of else seats.not_called.get(person.id, "no_member")
        fields = member_fields(person, seats, callback, today=source.today)
        one = _person(person, {"member": fields}, why)
        told = json.dumps(sorted(seats.told.get(person.id, ())))
        ids = {**one.ids, "told_seats": told}
        yield one._replace(ids=ids, untold=person.id in seats.untold)
