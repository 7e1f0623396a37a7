"""Who a new holder of an office is; and the question, where that is in doubt.

A question names what to type for either answer: a name alone is no person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from frivillig_cli.core.dates import show_date
from frivillig_cli.core.echo import echo
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.records.contact import queries as held
from frivillig_cli.records.org import queries as org_queries
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.person import actions as people
from frivillig_cli.records.person import queries as person_queries
from frivillig_cli.records.person.model import Known
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.moment import Moment, meeting_of, offices_begin
from frivillig_cli.work.survey.offices import details_of, same_name, stands
from frivillig_cli.work.survey.present import Holder, holders
from frivillig_cli.work.survey.two_offices import people_named
from frivillig_cli.work.survey.verdict import Verdict

_ALIKE = 85  # of 100, as RapidFuzz counts


class Doubt(NamedTuple):
    """Why a name is not entered: a problem's code, and the question in words."""

    code: str
    words: str


def newcomer(
    register: Register, org: Org, office: str, done: Mapping[str, Verdict], at: Moment
) -> int | Doubt:
    """The id of the person who is to hold an office, made if nobody has the name."""
    name, holder = str(done[office].wanted), holders(org).get(office)
    begins = offices_begin(done, at)
    if holder and holder.from_date and holder.from_date > begins.isoformat():
        return Doubt("meeting", took_over_later(holder.name, holder.from_date, begins))
    here = named_here(register, org_queries.get(register, org.id), office, done, at)
    if here:  # this form's own among them
        return here
    standing = _still_theirs(holder, office, done) if holder else ()
    if holder and (turned(holder.name, name) or (standing and may_be_one(holder.name, name))):
        same = f'frivillig person edit {holder.person_id} --name "{name}"'
        when = _takes_over(register, org, office, meeting_of(done, at))
        new = f'frivillig contact add {org.id} "{name}" --role {office} --new-person{when}'
        return Doubt("who", same_or_new((holder.name, name), standing, same, new))
    said = _reached(details_of(office, done))
    if twin := _spelt_otherwise(register, name, said):
        number, called = twin
        when = _takes_over(register, org, office, meeting_of(done, at))
        add = f"frivillig contact add {org.id}"
        same = f"{add} --person {number} --role {office}{when}"
        new = f'{add} "{name}" --role {office} --new-person{when}'
        return Doubt("who", same_or_new((called, name), ("phone", "email"), same, new))
    person, namesakes = _person(register, name, said, at)
    if person is None:
        when = _takes_over(register, org, office, meeting_of(done, at))
        ids = [known.id for known in namesakes]
        return Doubt("who", _who(f'{org.id} "{name}" --role {office}', name, ids, when))
    return person


def named_here(
    register: Register, org: Org, office: str, done: Mapping[str, Verdict], at: Moment
) -> int | Doubt | None:
    """The id of the one of an association's people who has the name of a new holder, if one has.

    A question where several have it, or where the phone or e-mail is that of somebody else who
    has it, or both are others than theirs.
    """
    name = str(done[office].wanted)
    ids = people_named(org, name)
    if not ids:
        return None
    said = _reached(details_of(office, done))
    phone, email = said.get("phone"), said.get("email")
    match = person_queries.match(register, name, [phone] if phone else [], email)
    found = match.person_id if match.outcome == "same" else None
    if found in ids or (len(ids) == 1 and not found and not _is_another(register, ids[0], said)):
        return found or ids[0]
    others = [found, *ids] if found else ids
    when = _takes_over(register, org, office, meeting_of(done, at))
    return Doubt("who", _who(f'{org.id} "{name}" --role {office}', name, others, when))


def _is_another(register: Register, person_id: int, said: Mapping[str, str]) -> bool:
    """Whether a phone and an e-mail are both others than somebody has."""
    person = person_queries.get(register, person_id)
    if person.protected or len(said) < len(("phone", "email")):
        return False
    own = {one.casefold() for one in (*person.all_numbers, person.email or "") if one}
    return bool(person.all_numbers and person.email) and own.isdisjoint(
        one.casefold() for one in said.values()
    )


def _still_theirs(holder: Holder, office: str, done: Mapping[str, Verdict]) -> tuple[str, ...]:
    """What of an office is its holder's in a form that names another: phone, email, both or
    neither. What was sent is, where it was sent of them."""
    own = {"phone": holder.phone, "email": holder.email}
    sent = stands(office, done) if same_name(done[office].base, holder.name) else ()
    return tuple(way for way in own if way in sent or _says(done.get(f"{office}_{way}"), own[way]))


def _says(verdict: Verdict | None, value: str | None) -> bool:
    """Whether a form has a phone or an e-mail, written anew or as it was sent."""
    if verdict is None or verdict.fault or not (verdict.wanted and value):
        return False
    return str(verdict.wanted).casefold() == value.casefold()


def took_over_later(holder: str, from_date: str, meeting: date) -> str:
    """Why nobody takes over at that meeting."""
    return _(
        "{holder} took over on {from_date}, after the annual meeting of {meeting}: ask who it is "
        "now.",
        holder=holder,
        from_date=show_date(date.fromisoformat(from_date)),
        meeting=show_date(meeting),
    )


def _reached(details: Mapping[str, Verdict]) -> dict[str, str]:
    """phone, email -> what a form says of a new holder."""
    return {field.rpartition("_")[2]: str(one.wanted) for field, one in details.items()}


def _spelt_otherwise(
    register: Register, name: str, said: Mapping[str, str]
) -> tuple[int, str] | None:
    """The one who has the very phone and e-mail, and nearly the name: a slip would make a twin."""
    if len(said) < len(("phone", "email")):
        return None
    for number, called in person_queries.with_both(register, said["phone"], said["email"]):
        if fold(called) != fold(name) and may_be_one(called, name):
            return number, called
    return None


def _person(
    register: Register, name: str, said: Mapping[str, str], at: Moment
) -> tuple[int | None, Sequence[Known]]:
    """The id of the person that a form names, made if nobody has the name; None when in doubt,
    with those who may be meant.

    Somebody with that name and a number or an address in common is the one. A name alone is no
    person: a question, as `contact add` asks it.
    """
    phone, email = said.get("phone"), said.get("email")
    match = person_queries.match(register, name, [phone] if phone else [], email)
    if match.outcome == "same":
        return match.person_id, ()
    if match.outcome == "new":
        return people.add(register, {"name": name}, now=at.now), ()
    return None, match.candidates


def _takes_over(register: Register, org: Org, office: str, meeting: date | None) -> str:
    """The options of `contact add` that let somebody take over as the form would have done it.

    Where several hold the office, the form means the first, and the others keep theirs.
    """
    options = f" --from {meeting.isoformat()}" if meeting else ""
    holder = holders(org).get(office)
    if holder:
        several = len(held.current(register, org.id, office)) > 1
        options += f" --instead-of {holder.person_id}" if several else " --replace"
        options += f" --until {meeting.isoformat()}" if meeting else ""
    return options


def _who(office: str, name: str, namesakes: Sequence[int], when: str) -> str:
    """The question whether it is the same person, with what to type for either answer."""
    first, *others = map(str, namesakes[:5])
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


def same_or_new(names: tuple[str, str], standing: tuple[str, ...], same: str, new: str) -> str:
    """The question whether a holder has another name now, or another is the holder."""
    holder, name = map(echo, names)
    said: dict[str, object] = {"holder": holder, "name": name, "same": same, "new": new}
    if turned(*names):
        return _(
            "{name} is {holder} in another order. If {name} is the same person: {same}  "
            "If not: {new}",
            **said,
        )
    if standing == ("phone",):
        return _(
            "The phone is still that of {holder}. If {name} is the same person: {same}  "
            "If not: {new}",
            **said,
        )
    if standing == ("email",):
        return _(
            "The e-mail is still that of {holder}. If {name} is the same person: {same}  "
            "If not: {new}",
            **said,
        )
    return _(
        "The phone and e-mail are still those of {holder}. If {name} is the same person: {same}  "
        "If not: {new}",
        **said,
    )


def turned(one: str, other: str) -> bool:
    """Whether two names are the same words in another order."""
    mine, theirs = (sorted(fold(name).replace(",", " ").split()) for name in (one, other))
    return mine == theirs


def may_be_one(one: str, other: str) -> bool:
    """Whether two names may be one person's: a slip of the finger, or a new surname."""
    from rapidfuzz import fuzz

    mine, theirs = fold(one), fold(other)
    return mine.split()[0] == theirs.split()[0] or fuzz.ratio(mine, theirs) >= _ALIKE
