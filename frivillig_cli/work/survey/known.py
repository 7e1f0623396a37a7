"""Who of the register a form may mean by a name, with the phone and e-mail beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from frivillig_cli.records.org.model import Org
from frivillig_cli.records.org.queries import get
from frivillig_cli.records.person import queries as people
from frivillig_cli.records.person.model import MatchResult
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.offices import details_of, same_name
from frivillig_cli.work.survey.results import Change
from frivillig_cli.work.survey.verdict import Verdict


def reached(office: str, done: Mapping[str, Verdict]) -> dict[str, str]:
    """phone, email -> what a form says of a new holder of an office."""
    details = details_of(office, done)
    return {
        field.rpartition("_")[2]: str(one.wanted) for field, one in details.items() if one.wanted
    }


def match_of(register: Register, name: str, said: Mapping[str, str]) -> MatchResult:
    """Who of the register has a name, and a phone or e-mail that a form has `said` of them."""
    phone, email = said.get("phone"), said.get("email")
    return people.match(register, name, [phone] if phone else [], email)


def to_ask_for(register: Register, org_id: int, changes: Iterable[Change]) -> Iterator[Change]:
    """The changes of a form; of a new holder whose phone or e-mail is here already, it is none to
    ask for that the form has that of the one before."""
    held = None
    for change in changes:
        if change.stands:
            held = held or get(register, org_id).contacts
            own = next(
                (one for one in held if one["to"] is None and one["role"] == change.question.id
                 and same_name(one["name"], str(change.answer))),
                {},
            )  # fmt: skip
            change = replace(change, stands=tuple(way for way in change.stands if not own.get(way)))
        yield change


def people_named(org: Org, name: str) -> list[int]:
    """The ids of those of an association's people who have a name: of those who hold an office
    now, else of those who have held one."""
    named = [contact for contact in org.contacts if same_name(contact["name"], name)]
    now = [contact for contact in named if contact["to"] is None]
    return list(dict.fromkeys(int(contact["person_id"]) for contact in now or named))
