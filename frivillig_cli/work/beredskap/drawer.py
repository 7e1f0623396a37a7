"""What is printed ahead of a crisis, as the register has it now: who, what, whose, how old."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.dates import show_date, show_time
from frivillig_cli.core.query import Query
from frivillig_cli.records import municipality
from frivillig_cli.records.activation.actions import Listed
from frivillig_cli.records.agreement import queries as agreements
from frivillig_cli.records.agreement.model import Agreement
from frivillig_cli.records.readiness import queries
from frivillig_cli.records.readiness.model import Revision
from frivillig_cli.records.resource import queries as resources
from frivillig_cli.records.resource.model import Resource
from frivillig_cli.records.response import queries as response
from frivillig_cli.records.response.model import Group, Member
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import roster, script
from frivillig_cli.work.beredskap.readiness import pack_days
from frivillig_cli.work.beredskap.wanted import Wanted

_TEXTS = (
    "title", "name", "notes", "caller", "municipality_contact", "municipality_stand_in",
    "association_contact", "association_stand_in", "response_time",
)  # fmt: skip


@dataclass(frozen=True)
class Listing:
    """One group: those to call in their order, and those who are left out now, with why."""

    group: Group
    agreement: Agreement | None
    call: list[Listed]
    left_out: list[Listed]
    members: dict[int, Member]


@dataclass(frozen=True)
class Drawer:
    """All that the lists are made of, and when they are too old to be trusted."""

    owner: str
    responsible: str
    callback: str | None
    now: datetime
    too_old: date
    revision: Revision | None
    groups: list[Listing]
    agreements: list[Agreement]
    resources: list[Resource]

    @property
    def as_of(self) -> str:
        """When the register was read, as it is to be seen."""
        return f"{show_date(self.today)} {show_time(self.now)}"

    @property
    def today(self) -> date:
        """The date in Norway."""
        return norwegian_day(self.now)

    @property
    def people(self) -> int:
        """How many different people stand in the groups."""
        return len({person for one in self.groups for person in one.members})


def gather(register: Register, *, responsible: str | None, now: datetime) -> Drawer:
    """Read the register for the lists; without `responsible` it is who is set, or who signs.

    No text of an agreement or about a place holds the number of one who is protected by now.
    """
    hidden = protected.hidden(register)
    today = norwegian_day(now)
    settings = municipality.get(register)
    revision = queries.last_revision(register)
    named = ("beredskap.responsible", "letterhead.caseworker")
    return Drawer(
        owner=script.municipality_name(register),
        responsible=hidden.without(responsible or next(filter(None, map(settings.get, named)), ""))
        or "",
        callback=municipality.callback(register),
        now=now,
        too_old=today + timedelta(days=pack_days(register)),
        revision=revision and replace(revision, by=hidden.without(revision.by)),
        groups=_listings(register, now, hidden),
        agreements=[
            replace(one, values=_shown(one.values, hidden))
            for one in agreements.find(register, Query(), today=today)
            if one.kind == "beredskap" and one.status == "in_force"
        ],
        resources=[
            replace(one, values=_shown(one.values, hidden))
            for one in resources.find(register, Query())
        ],
    )


def _shown(values: Mapping[str, Any], hidden: protected.Hidden) -> dict[str, Any]:
    """The columns of an agreement or a resource, with their texts as anybody may see them."""
    return {
        name: hidden.without(value) if name in _TEXTS else value for name, value in values.items()
    }


def _listings(register: Register, now: datetime, hidden: protected.Hidden) -> list[Listing]:
    found = []
    called = response.groups_to_call(register)
    bound = roster.agreements_of(register, called, now)
    for one in called:
        people = roster.build(register, [one], kind="real", wanted=Wanted(), now=now).people
        [group] = protected.of(register, [response.get(register, one.id)], "name", "notes")
        agreement = bound.get(one.id)
        found.append(
            Listing(
                group,
                agreement and replace(agreement, values=_shown(agreement.values, hidden)),
                [person for person in people if person.reason is None],
                [person for person in people if person.reason is not None],
                {member.person_id: member for member in group.members},
            )
        )
    return found
