"""Who a new holder of an office is; and the question, where that is in doubt.

A question names what to type for either answer: a name alone is no person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from frivillig_cli.core.dates import show_date
from frivillig_cli.core.echo import echo
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import nearly_one
from frivillig_cli.records.contact import queries as held
from frivillig_cli.records.org import queries as org_queries
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.person import actions as people
from frivillig_cli.records.person import queries as person_queries
from frivillig_cli.records.person.model import Known, MatchResult
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.alike import may_be_one, same_or_new, turned
from frivillig_cli.work.survey.known import match_of, people_named, reached
from frivillig_cli.work.survey.moment import Moment, meeting_of, offices_begin
from frivillig_cli.work.survey.offices import same_name, stands
from frivillig_cli.work.survey.present import Holder, holders
from frivillig_cli.work.survey.verdict import Verdict

_WAYS = ("phone", "email")


class Doubt(NamedTuple):
    """Why a name is not entered: a problem's code, and the question in words."""

    code: str
    words: str


class Meant(NamedTuple):
    """An office of an association that somebody of a name is to take; `when` are the options of
    `contact add` that tell how."""

    org: Org
    office: str
    name: str
    when: str

    def add(self, person_id: int | None) -> str:
        """What to type where it is a person of the register, or somebody new."""
        who = f"--person {person_id}" if person_id else "--new-person"
        add = f'frivillig contact add {self.org.id} "{self.name}" --role {self.office}'
        return f"{add} {who}{self.when}"


class Near(NamedTuple):
    """Somebody whose name is near, what of the form's phone and e-mail is theirs, and whether
    they hold the very office."""

    person_id: int
    name: str
    standing: tuple[str, ...]
    holds_it: bool = False


def newcomer(
    register: Register, org: Org, office: str, done: Mapping[str, Verdict], at: Moment
) -> int | Doubt:
    """The id of the person who is to hold an office, made if nobody has the name.

    Somebody with that name and a number or an address in common is the one. A name alone is no
    person: a question, as `contact add` asks it.
    """
    name, holder = str(done[office].wanted), holders(org).get(office)
    begins = offices_begin(done, at)
    if holder and holder.from_date and holder.from_date > begins.isoformat():
        return Doubt("meeting", took_over_later(holder.name, holder.from_date, begins))
    now = org_queries.get(register, org.id)  # this form's own among them
    match = match_of(register, name, reached(office, done))
    here = named_here(register, now, office, done, at)
    # of two who have come with this very form each is known by what is theirs
    if here and not (isinstance(here, Doubt) and match.person_id and not people_named(org, name)):
        return here
    meant = Meant(org, office, name, _takes_over(register, org, office, meeting_of(done, at)))
    if near := _near(register, (org, now), office, done, match):
        return Doubt("who", _near_words(meant, near, match))
    if match.outcome == "new":
        return people.add(register, {"name": name}, now=at.now)
    if match.person_id:
        return match.person_id
    return Doubt("who", _who(meant, [known.id for known in match.candidates]))


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
    said = reached(office, done)
    match = match_of(register, name, said)
    found = match.person_id
    if found in ids or (len(ids) == 1 and not found and not _is_another(register, ids[0], said)):
        return found or ids[0]
    meant = Meant(org, office, name, _takes_over(register, org, office, meeting_of(done, at)))
    if found:
        return Doubt("who", _who(meant, [found, *ids], found=True))
    told = [known.id for known in match.candidates if _has(known, said)]
    return Doubt("who", _who(meant, list(dict.fromkeys([*told, *ids])), found=bool(told)))


def _is_another(register: Register, person_id: int, said: Mapping[str, str]) -> bool:
    """Whether a phone and an e-mail are both others than somebody has."""
    person = person_queries.get(register, person_id)
    if person.protected or len(said) < len(_WAYS):
        return False
    own = {one.casefold() for one in (*person.all_numbers, person.email or "") if one}
    return bool(person.all_numbers and person.email) and own.isdisjoint(
        one.casefold() for one in said.values()
    )


def _has(known: Known, said: Mapping[str, str]) -> bool:
    """Whether somebody has a phone or e-mail that a form says."""
    email = said.get("email", "").casefold()
    return said.get("phone") in known.phones or bool(
        email and email == (known.email or "").casefold()
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


def _near(
    register: Register,
    before_and_now: tuple[Org, Org],
    office: str,
    done: Mapping[str, Verdict],
    match: MatchResult,
) -> Near | None:
    """Somebody whose name is near that of a new holder: who holds the office, who holds another
    in the association, or who has the very phone and e-mail. A slip would make a twin of them.

    Where neither their phone nor e-mail stands in the form, and it tells of one who is known, it
    is that one. One first name with two surnames is one person only by something in common.
    """
    org, _now = before_and_now
    name, said, holder = str(done[office].wanted), reached(office, done), holders(org).get(office)
    if holder:
        standing = _still_theirs(holder, office, done)
        like = may_be_one if standing else nearly_one
        if _is_near(holder.name, name, like, standing, match):
            return Near(holder.person_id, holder.name, standing, holds_it=True)
    for contact in (each for one in before_and_now for each in one.contacts):
        called = str(contact["name"])
        if contact["to"] is None and not same_name(called, name):
            own = {way: str(contact[way] or "").casefold() for way in ("phone", "email")}
            standing = tuple(way for way in own if said.get(way, "-").casefold() == own[way])
            like = may_be_one if standing else nearly_one
            if _is_near(called, name, like, standing, match):
                return Near(int(contact["person_id"]), called, standing)
    if len(said) == len(_WAYS):
        for number, called in person_queries.with_both(register, said["phone"], said["email"]):
            if not same_name(called, name) and may_be_one(called, name):
                return Near(number, called, _WAYS)
    return None


def _is_near(
    called: str,
    name: str,
    like: Callable[[str, str], bool],
    standing: tuple[str, ...],
    match: MatchResult,
) -> bool:
    if match.person_id and not standing:
        return False
    return turned(called, name) or like(called, name)


def _near_words(meant: Meant, near: Near, match: MatchResult) -> str:
    """The question whether it is the one whose name is near, with what to type for each answer."""
    same = renamed = f'frivillig person edit {near.person_id} --name "{meant.name}"'
    if not near.holds_it:
        same = (f"frivillig contact add {meant.org.id} --person {near.person_id}"
                f" --role {meant.office}{meant.when}")  # fmt: skip
    new = meant.add(match.person_id)
    words = same_or_new((near.name, meant.name), near.standing, same, new)
    if not (near.holds_it or turned(near.name, meant.name)):
        more = _("If it is the same person by a new name, after that: {command}", command=renamed)
        words = f"{words}  {more}"
    if match.person_id or not match.candidates:
        return words
    first, *others = [known.id for known in match.candidates[:5]]
    more = _("The register has somebody called {name} too, number {numbers}: {command}",
             name=echo(meant.name), numbers=", ".join(map(str, (first, *others))),
             command=meant.add(first))  # fmt: skip
    return f"{words}  {more}"


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


def _who(meant: Meant, namesakes: Sequence[int], *, found: bool = False) -> str:
    """The question whether it is the same person, with what to type for either answer.

    `found`: the first of the `namesakes` has the phone or e-mail that is written: no new person.
    """
    first, *others = namesakes[:5]
    listed = ", ".join(map(str, others))
    same, new = meant.add(first), meant.add(None)
    if found and others:
        return _(
            "The register has several people called {name}. Number {first} has the phone or "
            "e-mail that is written here: {same}  (the others have {others})",
            name=meant.name,
            first=first,
            same=same,
            others=listed,
        )
    if not others:
        return _(
            "The register has somebody called {name}, with no phone or e-mail in common. "
            "If it is the same person: {same}  If not: {new}",
            name=meant.name,
            same=same,
            new=new,
        )
    return _(
        "The register has several people called {name}. If it is number {first}: {same}  "
        "(the others have {others})  If it is none of them: {new}",
        name=meant.name,
        first=first,
        same=same,
        others=listed,
        new=new,
    )
