"""What was accepted, into the register: fields of the organisation, offices, people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from frivillig_cli.core.dates import show_date
from frivillig_cli.core.echo import echo
from frivillig_cli.core.i18n import _
from frivillig_cli.records.contact import actions as offices
from frivillig_cli.records.contact import queries as held
from frivillig_cli.records.contact.model import Contact
from frivillig_cli.records.org import actions as orgs
from frivillig_cli.records.org import queries as org_queries
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.person import actions as people
from frivillig_cli.records.person import queries as person_queries
from frivillig_cli.records.person.model import Known
from frivillig_cli.records.survey.model import Outcome
from frivillig_cli.records.survey.questions import DATE_OF_OFFICE, OFFICES, office_of
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.guard import PROTECTED, is_protected
from frivillig_cli.work.survey.offices import (
    held_back,
    may_be_one,
    same_name,
    same_or_new,
    stands,
    turned,
)
from frivillig_cli.work.survey.present import Holder, holders
from frivillig_cli.work.survey.two_offices import contact_named, one_person
from frivillig_cli.work.survey.verdict import Verdict

Verdicts = dict[str, Verdict]


@dataclass(frozen=True)
class Moment:
    """When the answers are taken in. `meeting`: the annual meeting that they have told of before,
    for a form that corrects what they wrote and says nothing of it. `theirs`: the phones and
    e-mails of protected people, with whose they are: see `protected.by_way`. `decided`: the fields
    of a form whose answer a person has said yes to. `names`: what the associations were called
    before any answer was taken in, by id."""

    now: datetime
    today: date
    theirs: Mapping[str, str]
    names: Mapping[int, str]
    meeting: date | None = None
    decided: Set[str] = frozenset()


def apply(register: Register, org: Org, verdicts: Mapping[str, Verdict], at: Moment) -> Verdicts:
    """Write every APPLIED verdict; returns them all, those that the register refused REJECTED."""
    done = one_person(org, _not_theirs(verdicts, at.theirs), at.decided)
    _fields(register, org, done, at)
    for office in OFFICES:
        if office in done:
            _office(register, org, office, done, at)
    return done


def _not_theirs(verdicts: Mapping[str, Verdict], theirs: Mapping[str, str]) -> Verdicts:
    """The verdicts, but for a phone or e-mail that is a protected person's, and whose it would be.

    An association's stands in lists that all may read, and so does a new contact person's.
    """
    done = dict(verdicts)
    for asked, verdict in verdicts.items() if theirs else ():
        who = theirs.get(str(verdict.wanted).casefold())
        if who is None or verdict.outcome is not Outcome.APPLIED:
            continue
        for name in {asked, office_of(asked) or asked}:
            if done[name].outcome is Outcome.APPLIED:
                done[name] = done[name].rejected(PROTECTED, is_protected(who))
    return done


def _fields(register: Register, org: Org, done: Verdicts, at: Moment) -> None:
    orgnr = done.get("orgnr")
    if orgnr and orgnr.outcome is Outcome.APPLIED and orgnr.wanted:
        taken = org_queries.by_orgnr(register, str(orgnr.wanted))
        if taken not in (None, org.id):
            owner = at.names[int(taken or 0)]
            words = _("The organisation number belongs to {name}.", name=owner)
            done["orgnr"] = orgnr.rejected("orgnr_taken", words, str(orgnr.wanted))
    changed = {
        name: None if verdict.wanted is None else str(verdict.wanted)
        for name, verdict in done.items()
        if verdict.outcome is Outcome.APPLIED and office_of(name) is None
    }
    if changed:
        orgs.edit(register, org.id, changed, now=at.now, account_confirmed=True)


def _office(register: Register, org: Org, office: str, done: Verdicts, at: Moment) -> None:
    """One office: who leaves it, who enters it, and how that person is reached."""
    name = done[office]
    holder = holders(org).get(office)
    details = _details(office, done)
    if name.outcome is not Outcome.APPLIED:
        if details and holder:
            _reach(register, holder, details, done, at)
        return
    begins = offices_begin(done, at)
    if name.wanted is None:
        if holder:
            _leave(register, holder, begins, at.today)
        return
    new_name = str(name.wanted)
    if holder and same_name(holder.name, new_name):
        people.edit(register, holder.person_id, {"name": new_name}, now=at.now)
        _reach(register, holder, details, done, at)
        return
    if holder and holder.from_date and holder.from_date > begins.isoformat():
        words = took_over_later(holder.name, holder.from_date, begins)
        done[office] = name.rejected("meeting", words, echo(new_name))
        for field in details:
            done[field] = held_back(done[field])
        return
    here = contact_named(org_queries.get(register, org.id), new_name)  # this form's own among them
    standing = stands(office, done)
    alike = holder and (
        turned(holder.name, new_name) or (standing and may_be_one(holder.name, new_name))
    )
    if holder and not here and alike:
        several = len(held.current(register, org.id, office)) > 1
        when = _takes_over(holder, _meeting(done, at), several=several)
        same = f'frivillig person edit {holder.person_id} --name "{new_name}"'
        new = f'frivillig contact add {org.id} "{new_name}" --role {office} --new-person{when}'
        words = same_or_new((holder.name, new_name), standing, same, new)
        done[office] = name.rejected("who", words, echo(new_name))
        for field in details:
            done[field] = held_back(done[field])
        return
    person, namesakes = (here, ()) if here else _person(register, new_name, details, at)
    if person is None:
        several = len(held.current(register, org.id, office)) > 1
        when = _takes_over(holder, _meeting(done, at), several=several)
        words = _who(f'{org.id} "{new_name}" --role {office}', new_name, namesakes, when)
        done[office] = name.rejected("who", words, echo(new_name))
        for field in details:
            done[field] = held_back(done[field])
        return
    if holder:
        _leave(register, holder, begins, at.today)
    offices.add(register, org.id, person, office, today=at.today, from_date=begins, replace=False)
    _reach(register, _held(register, org.id, office, person), details, done, at)


def _details(office: str, done: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """The phone and e-mail of an office that are to be taken."""
    return {
        name: done[name]
        for name in (f"{office}_phone", f"{office}_email")
        if name in done and done[name].outcome is Outcome.APPLIED
    }


def offices_begin(done: Mapping[str, Verdict], at: Moment) -> date:
    """New offices count from the annual meeting; from today where its date is not given."""
    return _meeting(done, at) or at.today


def _meeting(done: Mapping[str, Verdict], at: Moment) -> date | None:
    meeting = done.get(DATE_OF_OFFICE)
    if meeting is None or meeting.fault or not isinstance(meeting.answer, str):
        return at.meeting
    return min(date.fromisoformat(meeting.answer), at.today)


def took_over_later(holder: str, from_date: str, meeting: date) -> str:
    """Why nobody takes over at that meeting."""
    return _(
        "{holder} took over on {from_date}, after the annual meeting of {meeting}: ask who it is "
        "now.",
        holder=holder,
        from_date=show_date(date.fromisoformat(from_date)),
        meeting=show_date(meeting),
    )


def _leave(register: Register, holder: Holder, last: date, today: date) -> None:
    started = date.fromisoformat(holder.from_date) if holder.from_date else last
    offices.end(register, holder.contact_id, max(last, started), today=today)


def _held(register: Register, org_id: int, office: str, person_id: int) -> Holder:
    found = held.current(register, org_id, office)
    contact = next(contact for contact in found if contact.person_id == person_id)
    return _as_holder(contact)


def _as_holder(contact: Contact) -> Holder:
    return Holder(
        contact.id,
        contact.person_id,
        contact.name,
        contact.phone,
        contact.email,
        contact.from_date,
    )


def _person(
    register: Register, name: str, details: Mapping[str, Verdict], at: Moment
) -> tuple[int | None, Sequence[Known]]:
    """The id of the person that a form names, made if nobody has the name; None when in doubt,
    with those who may be meant.

    Somebody with that name and a number or an address in common is the one. A name alone is no
    person: a question, as `contact add` asks it.
    """
    said = {field.rpartition("_")[2]: str(verdict.wanted) for field, verdict in details.items()}
    phone, email = said.get("phone"), said.get("email")
    match = person_queries.match(register, name, [phone] if phone else [], email)
    if match.outcome == "same":
        return match.person_id, ()
    if match.outcome == "new":
        return people.add(register, {"name": name}, now=at.now), ()
    return None, match.candidates


def _takes_over(holder: Holder | None, meeting: date | None, *, several: bool) -> str:
    """The options of `contact add` that let somebody take over as the form would have done it.

    Where `several` hold the office, the form means `holder`, and the others keep theirs.
    """
    options = f" --from {meeting.isoformat()}" if meeting else ""
    if holder:
        options += f" --instead-of {holder.person_id}" if several else " --replace"
        options += f" --until {meeting.isoformat()}" if meeting else ""
    return options


def _who(office: str, name: str, namesakes: Sequence[Known], when: str) -> str:
    """The question whether it is the same person, with what to type for either answer."""
    first, *others = (str(known.id) for known in namesakes[:5])
    add = f"frivillig contact add {office}"
    same, new = f"{add} --person {first}{when}", f"{add} --new-person{when}"
    if not others:
        return _(
            "The register has somebody called {name}, with no phone or e-mail in common. "
            "If it is the same person: {same}  If not: {new}",
            name=name,
            same=same,
            new=new,
        )
    return _(
        "The register has several people called {name}. If it is number {first}: {same}  "
        "(the others have {others})  If it is none of them: {new}",
        name=name,
        first=first,
        same=same,
        others=", ".join(others),
        new=new,
    )


def _reach(
    register: Register,
    holder: Holder,
    details: Mapping[str, Verdict],
    done: Verdicts,
    at: Moment,
) -> None:
    """Take a person's phone and e-mail; a protected person's are never taken from a form."""
    person = person_queries.get(register, holder.person_id)
    for field, verdict in details.items():
        if person.protected:
            done[field] = verdict.rejected(PROTECTED, is_protected(holder.name))
        elif field.endswith("_email"):
            email = None if verdict.wanted is None else str(verdict.wanted)
            people.edit(register, person.id, {"email": email}, now=at.now)
        else:
            # the number that was sent is the one that is corrected; others they have stay
            own = same_name(done[str(office_of(field))].base, holder.name)
            gone = (verdict.base, verdict.current, verdict.wanted) if own else (verdict.wanted,)
            others = [number for number in person.all_numbers if number not in gone]
            numbers = [str(verdict.wanted), *others] if verdict.wanted else others
            people.edit(register, person.id, {}, phones=numbers, now=at.now)
