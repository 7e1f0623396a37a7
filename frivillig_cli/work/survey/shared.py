"""A phone or an e-mail of somebody whom others need too: removed, or another than they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

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
        own = [person.email] if field.endswith("_email") else person.all_numbers
        same = {str(one).casefold() for one in own if one}
        if field in decided or not same or str(verdict.wanted).casefold() in same:
            continue
        has = verdict._replace(base=own[0], current=own[0], outcome=Outcome.CONFLICT)
        words = _("{name} is in the register with {value}, and it would change for all that they "
                  "are. Choose with --accept ask.", name=echo(person.name),
                  value=echo(show(has.question, own[0], language())))  # fmt: skip
        found[field] = has._replace(fault=Fault(SHARED, masked(words), shown(verdict)))
    return found


def _elsewhere(register: Register, org: Org, person: Person) -> Iterator[str]:
    """What somebody is beside their offices in one association."""
    for role in person.roles:
        if role["org_id"] != org.id and not role["to"]:
            yield _("{office} in {org}", office=_(ROLE_WORDS[role["role"]]), org=echo(role["org"]))
    if person.volunteer and person.volunteer["status"] != "archived":
        yield _("a volunteer")
    if groups.seats_of(register, person.id):
        yield _("in a call-out group")
