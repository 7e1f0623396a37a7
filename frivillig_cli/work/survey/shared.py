"""A phone or an e-mail that is more than one person's: removed, another than they have, or still
that of whoever held the office before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from frivillig_cli.core.echo import echo
from frivillig_cli.core.i18n import _, language
from frivillig_cli.core.roles import ROLE_WORDS
from frivillig_cli.core.sentence import masked
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.person import queries as people
from frivillig_cli.records.person.model import Person
from frivillig_cli.records.response import queries as groups
from frivillig_cli.records.survey.compare import Erased
from frivillig_cli.records.survey.display import show
from frivillig_cli.records.survey.model import Outcome
from frivillig_cli.records.survey.questions import office_of
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.offices import same_name
from frivillig_cli.work.survey.present import holders
from frivillig_cli.work.survey.two_offices import shown
from frivillig_cli.work.survey.verdict import Fault, Verdict

SHARED = "shared_person"
STILL_THEIRS = "still_theirs"


def needed_elsewhere(
    register: Register, org: Org, verdicts: Mapping[str, Verdict], decided: Set[str]
) -> dict[str, Verdict]:
    """The verdicts, but for what would be removed of one who is more than this association's: a
    conflict that names it, but for the fields that somebody has `decided`."""
    done = dict(verdicts)
    held = holders(org)
    for field, verdict in verdicts.items():
        office = office_of(field)
        if office in (None, field) or field in decided or verdict.outcome is not Outcome.APPLIED:
            continue
        holder, name = held.get(str(office)), verdicts[str(office)]
        if not isinstance(verdict.answer, Erased) or holder is None:
            continue
        if name.outcome is Outcome.APPLIED and not same_name(name.wanted, holder.name):
            continue  # whoever leaves keeps it
        person = people.get(register, holder.person_id)
        more = ", ".join(_elsewhere(register, org, person))
        if more and not person.protected:
            words = _("{name} loses it everywhere, and is also {more}. Choose with --accept ask.",
                      name=echo(person.name), more=more)  # fmt: skip
            fault = Fault(SHARED, masked(words), shown(verdict))
            done[field] = verdict._replace(outcome=Outcome.CONFLICT, fault=fault)
    return done


def known_otherwise(
    register: Register, person_id: int, details: Mapping[str, Verdict], decided: Set[str]
) -> dict[str, Verdict]:
    """Of a new holder's `details` those that are other than what the register has of that person
    from elsewhere: conflicts, but for the fields that somebody has `decided`."""
    person = people.get(register, person_id)
    if person.protected:
        return {}
    found = {}
    for field, verdict in details.items():
        own = _own(person, field)
        if field in decided or not own or _among(own, verdict):
            continue
        has = verdict._replace(base=own[0], current=own[0], outcome=Outcome.CONFLICT)
        words = _("{name} is in the register with {value}, and it would change for all that they "
                  "are. Choose with --accept ask.", name=echo(person.name),
                  value=echo(show(has.question, own[0], language())))  # fmt: skip
        found[field] = has._replace(fault=Fault(SHARED, masked(words), shown(verdict)))
    return found


def still_of_another(
    register: Register,
    org: Org,
    person_id: int,
    details: Mapping[str, Verdict],
    decided: Set[str],
) -> dict[str, Verdict]:
    """Of a new holder's `details` those that somebody has who held the office before, and the new
    holder has not: conflicts, but for the fields that somebody has `decided`."""
    new, found = people.get(register, person_id), {}
    offices = {office_of(field) for field in details}
    before = {one["person_id"] for one in org.contacts if one["role"] in offices} - {person_id}
    others = [] if new.protected else [*people.get_many(register, sorted(before)).values()]
    for field, verdict in details.items():
        own = _own(new, field)
        if field in decided or not verdict.wanted or _among(own, verdict):
            continue
        if holder := next((one for one in others if _among(_own(one, field), verdict)), None):
            words = _("{value} is still that of {holder}, who held the office before. If {name} "
                      "has it too, choose it with --accept ask. If not, ask for the new one.",
                      value=shown(verdict), holder=echo(holder.name),
                      name=echo(new.name))  # fmt: skip
            has = own[0] if own else None
            held = verdict._replace(base=has, current=has, outcome=Outcome.CONFLICT)
            found[field] = held._replace(fault=Fault(STILL_THEIRS, masked(words), shown(verdict)))
    return found


def _own(person: Person, field: str) -> list[str]:
    """What somebody has of what a field asks for: an e-mail, or phones, the first first."""
    if field.endswith("_email"):
        return [person.email] if person.email else []
    return person.all_numbers


def _among(own: Iterable[str], verdict: Verdict) -> bool:
    return str(verdict.wanted).casefold() in map(str.casefold, own)


def _elsewhere(register: Register, org: Org, person: Person) -> Iterator[str]:
    """What somebody is beside their offices in one association."""
    for role in person.roles:
        if role["org_id"] != org.id and not role["to"]:
            yield _("{office} in {org}", office=_(ROLE_WORDS[role["role"]]), org=echo(role["org"]))
    if person.volunteer and person.volunteer["status"] != "archived":
        yield _("a volunteer")
    if groups.seats_of(register, person.id):
        yield _("in a call-out group")
