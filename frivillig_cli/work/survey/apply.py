"""What was accepted, into the register: fields of the organisation, offices, people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from frivillig_cli.core.echo import echo, kept
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.core.postcode import ADDRESS
from frivillig_cli.core.sentence import masked
from frivillig_cli.records.contact import actions as offices
from frivillig_cli.records.contact import queries as held
from frivillig_cli.records.contact.model import Contact
from frivillig_cli.records.org import actions as orgs
from frivillig_cli.records.org import queries as org_queries
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.person import actions as people
from frivillig_cli.records.person import queries as person_queries
from frivillig_cli.records.survey.model import Outcome
from frivillig_cli.records.survey.questions import OFFICES, office_of
from frivillig_cli.store.homes import lives
from frivillig_cli.store.protected import among
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.guard import PROTECTED, is_home, is_protected, is_theirs
from frivillig_cli.work.survey.moment import Moment, offices_begin
from frivillig_cli.work.survey.namesakes import namesakes
from frivillig_cli.work.survey.newcomers import Doubt, newcomer
from frivillig_cli.work.survey.offices import (
    details_of,
    held_back,
    same_name,
)
from frivillig_cli.work.survey.present import Holder, holders
from frivillig_cli.work.survey.shared import known_otherwise, needed_elsewhere, still_of_another
from frivillig_cli.work.survey.two_offices import one_person
from frivillig_cli.work.survey.verdict import Fault, Verdict

Verdicts = dict[str, Verdict]
_OPEN = (Outcome.APPLIED, Outcome.CONFLICT)


def apply(register: Register, org: Org, verdicts: Mapping[str, Verdict], at: Moment) -> Verdicts:
    """Write every APPLIED verdict; returns them all, those that the register refused REJECTED."""
    done = namesakes(register, org, _not_theirs(verdicts, at.theirs, org.id), at)
    done = one_person(register, org, done, at.decided)
    done = needed_elsewhere(register, org, done, at.decided)
    done |= _home_of_protected(register, org, done)
    _fields(register, org, done, at)
    for office in OFFICES:
        if office in done:
            _office(register, org, office, done, at)
    return done


def _not_theirs(
    verdicts: Mapping[str, Verdict], theirs: Mapping[str, str], org_id: int
) -> Verdicts:
    """The verdicts, but for a phone or e-mail that is a protected person's, and whose it would be.

    An association's stands in lists that all may read, and so does a new contact person's. One
    that is in conflict is not theirs to choose either. Of an office nothing is taken then: what
    else goes with the name is theirs too, and not that of whoever holds it.
    """
    done = dict(verdicts)
    for asked, verdict in verdicts.items() if theirs else ():
        if verdict.outcome not in _OPEN:
            continue
        said = str(verdict.wanted)
        who = theirs.get(said.casefold()) or among(theirs, {asked: said}).get(asked)
        if who is None:
            continue
        office = office_of(asked)
        also = (office, f"{office}_phone", f"{office}_email") if office else (asked,)
        for name in also:
            if name in done and done[name].outcome in _OPEN:
                words = is_theirs(who, name, org_id)
                done[name] = done[name].rejected(PROTECTED, words)
    return done


def _home_of_protected(register: Register, org: Org, done: Mapping[str, Verdict]) -> Verdicts:
    """The verdicts on an address that is the home of somebody protected, and not the association's
    own already; or that is so by an office there, or by whom the form names."""
    answered = {name: done[name] for name in ADDRESS if name in done}
    waits = {name: verdict for name, verdict in answered.items() if verdict.outcome in _OPEN}
    street = waits.get("street")
    if not waits or (street and not street.wanted):
        return {}
    says = {name: verdict.wanted for name, verdict in answered.items() if verdict.wanted}
    named = ", ".join(
        str(verdict.wanted) for asked, verdict in done.items()
        if office_of(asked) == asked and verdict.wanted
    )  # fmt: skip
    here = org.values["street"]
    wanted = str(street.wanted) if street else here
    there = lives(register, (org.id,), wanted, says, org.values, said=named, had=org.values)
    # a town beside the street that stays makes a home of it, or does not
    if there is None or (not street and lives(register, (org.id,), here, org.values)):
        return {}
    return {
        field: verdict.rejected(
            PROTECTED,
            is_protected(there.name) if there.near else is_home(there.name, org.id, field),
        )
        for field, verdict in waits.items()
    }


def _fields(register: Register, org: Org, done: Verdicts, at: Moment) -> None:
    done |= _names(org, done, at)
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
        if verdict.outcome is Outcome.APPLIED and verdict.question.bound and office_of(name) is None
    }
    if changed:
        orgs.edit(register, org.id, changed, now=at.now, account_confirmed=True)
        if name := changed.get("name"):
            at.given[org.id] = name


def _names(org: Org, done: Mapping[str, Verdict], at: Moment) -> Verdicts:
    """The verdict on a new name that another association has: a conflict, until somebody has
    said yes to it."""
    name = done.get("name")
    if name is None or name.outcome is not Outcome.APPLIED or "name" in at.decided:
        return {}
    wanted = fold(str(name.wanted))
    called_now = {**at.names, **at.given}
    others = (other for other, called in called_now.items() if fold(called) == wanted)
    other = next((other for other in others if other != org.id), None)
    if other is None or wanted == fold(org.name):
        return {}
    words = _(
        "Another association is called that: {name}. If both are, choose it with --accept ask.",
        name=f"{other} {echo(called_now[other])}",
    )
    fault = Fault("name_taken", masked(words), kept(str(name.wanted)))
    return {"name": name._replace(outcome=Outcome.CONFLICT, fault=fault)}


def _office(register: Register, org: Org, office: str, done: Verdicts, at: Moment) -> None:
    """One office: who leaves it, who enters it, and how that person is reached."""
    name = done[office]
    holder = holders(org).get(office)
    details = details_of(office, done)
    if name.outcome in (Outcome.REJECTED, Outcome.CONFLICT):
        done |= {field: held_back(verdict) for field, verdict in details.items()}
        return
    if name.outcome is not Outcome.APPLIED:
        if details and holder:
            _reach_new(register, org, office, holder, done, at)
        return
    begins = offices_begin(done, at)
    if name.wanted is None:
        if holder:
            _leave(register, holder, begins, at.today)
        return
    new_name = str(name.wanted)
    if holder and same_name(holder.name, new_name):
        people.edit(register, holder.person_id, {"name": new_name}, now=at.now)
        _reach_new(register, org, office, holder, done, at)
        return
    person = newcomer(register, org, office, done, at)
    if isinstance(person, Doubt):
        done[office] = name.rejected(person.code, person.words, echo(new_name))
        for field in details:
            done[field] = held_back(done[field])
        return
    done |= still_of_another(register, org, person, details, at.decided)
    if person not in {one.person_id for each, one in holders(org).items() if each in done}:
        done |= known_otherwise(register, person, details_of(office, done), at.decided)
    if holder:
        _leave(register, holder, begins, at.today)
    offices.add(register, org.id, person, office, today=at.today, from_date=begins, replace=False)
    _reach(register, _held(register, org.id, office, person), details_of(office, done), done, at)


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


def _reach_new(
    register: Register, org: Org, office: str, holder: Holder, done: Verdicts, at: Moment
) -> None:
    """The same of whoever holds an office already: of one who was not sent there, what may still
    be that of the one before is asked about."""
    details = details_of(office, done)
    if not same_name(at.sent.get(office), holder.name):
        done |= still_of_another(register, org, holder.person_id, details, at.decided)
    _reach(register, holder, details_of(office, done), done, at)


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
            if not own and verdict.wanted in person.all_numbers:
                # which of theirs comes first is not this association's to say
                done[field] = verdict._replace(outcome=Outcome.UNCHANGED)
                continue
            gone = (verdict.base, verdict.current, verdict.wanted) if own else (verdict.wanted,)
            others = [number for number in person.all_numbers if number not in gone]
            numbers = [str(verdict.wanted), *others] if verdict.wanted else others
            people.edit(register, person.id, {}, phones=numbers, now=at.now)
