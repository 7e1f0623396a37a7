"""The invented municipality's associations, boards and volunteers, written into a register.

Everything is drawn from one seeded generator: the same register each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from unicodedata import normalize

from frivillig_cli.records.contact import actions as contacts
from frivillig_cli.records.org import actions as orgs
from frivillig_cli.records.person import actions as people
from frivillig_cli.records.volunteer import actions as volunteers
from frivillig_cli.store.register import Register
from frivillig_cli.work.demo.associations import KINDS, Kind
from frivillig_cli.work.demo.names import (
    AVAILABILITY,
    FAMILY,
    GIVEN,
    NUMBER,
    PLACES,
    SKILLS,
    STREETS,
)

SEED = 3399
BOARD = ("leader", "treasurer", "deputy", "secretary", "board_member")
VOLUNTEERS = 240


@dataclass
class Town:
    """What has been made so far, and the generator that draws the rest."""

    register: Register
    now: datetime
    random: Random = field(default_factory=lambda: Random(SEED))
    orgs: dict[str, int] = field(default_factory=dict)
    boards: dict[str, list[int]] = field(default_factory=dict)
    volunteers: list[int] = field(default_factory=list)
    people: int = 0

    @property
    def today(self) -> date:
        """The date on which it is made."""
        return self.now.date()

    def chance(self, share: float) -> bool:
        """True in `share` of the draws."""
        return self.random.random() < share


def settle(town: Town) -> None:
    """Make all the associations with their boards, then the volunteers."""
    for kind, place, postcode, nynorsk in _found(KINDS):
        _association(town, kind, place, postcode, nynorsk)
    for number in range(VOLUNTEERS):
        _volunteer(town, number)


def _found(kinds: tuple[Kind, ...]) -> Iterator[tuple[Kind, str, str, bool]]:
    for number, kind in enumerate(kinds):
        for step in range(kind.places):
            # begin at another place for each kind, so that no place has them all
            start = 0 if kind.places in (1, len(PLACES)) else number
            place, postcode, nynorsk = PLACES[(start + step) % len(PLACES)]
            yield kind, place, postcode, nynorsk


_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", ".": ""})


def _slug(name: str) -> str:
    """A name as it stands in an address: Moen is moen, Ærfjell is aerfjell, Ásta is asta."""
    plain = normalize("NFKD", "-".join(name.casefold().translate(_LETTERS).split()))
    return plain.encode("ascii", "ignore").decode("ascii")


def _orgnr(random: Random) -> str:
    """A made-up number with a right check digit, in the series of synthetic units (3…)."""
    while True:
        digits = [3, *(random.randrange(10) for _ in range(7))]
        rest = sum(w * d for w, d in zip((3, 2, 7, 6, 5, 4, 3, 2), digits, strict=True)) % 11
        if rest != 1:
            return "".join(map(str, [*digits, (11 - rest) % 11]))


def _account(random: Random) -> str:
    """A made-up account number in a bank that does not exist (9999), with a right check digit."""
    while True:
        digits = [9, 9, 9, 9, *(random.randrange(10) for _ in range(6))]
        weights = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
        rest = sum(w * d for w, d in zip(weights, digits, strict=True)) % 11
        if rest != 1:
            return "".join(map(str, [*digits, (11 - rest) % 11]))


def _association(town: Town, kind: Kind, place: str, postcode: str, nynorsk: bool) -> None:
    random = town.random
    name = kind.name.format(place=place)
    slug = _slug(name)
    values: dict[str, str | None] = {
        "name": name,
        "form": "FLI",
        "category": kind.category,
        "language": "nn" if nynorsk else "nb",
        "municipality": NUMBER,
        "postcode": postcode,
        "city": place,
        "street": f"{random.choice(STREETS)} {random.randint(1, 60)}",
        "orgnr": _orgnr(random) if town.chance(0.85) else None,
        "email": f"post@{slug}.example" if town.chance(0.96) else None,
        "phone": f"3290{len(town.orgs):04d}" if town.chance(0.5) else None,
        "website": f"https://{slug}.example" if town.chance(0.4) else None,
        "bank_account": _account(random) if town.chance(0.6) else None,
        "members": str(random.randint(12, 320)),
        "annual_meeting_month": str(random.choice((2, 2, 3, 3, 3, 4))),
        "founded": f"{random.randint(1889, 2019)}-{random.randint(1, 12):02d}-01",
        "confirmed": _confirmed(town),
    }
    new = orgs.add(town.register, values, now=town.now, account_confirmed=True)
    orgs.set_tags(town.register, new, add=kind.tags)
    if kind.umbrella:
        orgs.set_umbrellas(town.register, new, add=[town.orgs[kind.umbrella]])
    town.orgs[name] = new
    town.boards[name] = _board(town, new, postcode, place)


def _confirmed(town: Town) -> str | None:
    drawn = town.random.random()
    if drawn < 0.1:
        return None
    years = 0 if drawn < 0.6 else 1 if drawn < 0.85 else 3
    return (town.today - timedelta(days=365 * years + town.random.randint(150, 240))).isoformat()


def _board(town: Town, org: int, postcode: str, place: str) -> list[int]:
    size = town.random.choice((3, 4, 4, 5, 5))
    members = []
    for role in BOARD[:size]:
        # about one in twenty sits on a board already
        seated = [person for board in town.boards.values() for person in board]
        if seated and town.chance(0.05):
            person = town.random.choice(seated)
        else:
            person = _person(
                town, phone=role != "board_member", **_home(town, role, postcode, place)
            )
        since = date(town.today.year - town.random.randint(0, 6), 3, 15)
        contacts.add(town.register, org, person, role, today=town.today, from_date=since)
        members.append(person)
    return members


def _home(town: Town, role: str, postcode: str, place: str) -> dict[str, str]:
    """Where a leader or a volunteer lives; of other board members it is not known."""
    if role not in ("leader", "volunteer"):
        return {}
    street = f"{town.random.choice(STREETS)} {town.random.randint(1, 90)}"
    return {"street": street, "postcode": postcode, "city": place}


def _person(town: Town, *, phone: bool = True, **more: str) -> int:
    random = town.random
    given, family = random.choice(GIVEN), random.choice(FAMILY)
    if town.chance(0.12):
        given = f"{given} {random.choice(GIVEN)}"
    town.people += 1
    values: dict[str, str | None] = {
        "name": f"{given} {family}",
        "email": f"{_slug(given)}.{_slug(family)}{town.people}@post.example",
        **more,
    }
    numbers = [f"9010{town.people:04d}"] if phone else []
    return people.add(town.register, values, phones=numbers, now=town.now)


def _volunteer(town: Town, number: int) -> None:
    random = town.random
    place, postcode, nynorsk = random.choice(PLACES)
    language = "nn" if nynorsk else "nb"
    home = _home(town, "volunteer", postcode, place)
    person = _person(town, phone=number % 60 != 59, language=language, **home)
    people.set_skills(
        town.register, person, add=random.sample(SKILLS, random.choice((1, 1, 2, 3))), now=town.now
    )
    values: dict[str, Any] = {"availability": random.choice(AVAILABILITY)}
    if town.chance(0.7):
        day = (town.today - timedelta(days=random.randint(30, 900))).isoformat()
        values |= {"intro_course_completed": day, "confidentiality_signed": day}
    if town.chance(0.3):
        day = (town.today - timedelta(days=random.randint(30, 700))).isoformat()
        values["police_certificate_seen"] = day
    volunteers.add(town.register, person, values, now=town.now, today=town.today)
    if number == 100:
        people.set_protected(town.register, person, True, now=town.now)
    town.volunteers.append(person)
