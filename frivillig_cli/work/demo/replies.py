"""What the associations answer to the survey: most nothing new, some a change, a few a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from frivillig_cli.work.demo.names import FAMILY, GIVEN, STREETS


@dataclass(frozen=True)
class Reply:
    """One answer: the fields that are answered anew; none means "nothing has changed"."""

    answers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def nothing_changed(self) -> bool:
        """Whether the one tick is set."""
        return not self.answers


def reply(number: int, now: Mapping[str, Any]) -> Reply:
    """What association `number` answers, whose present values are `now`."""
    random = Random(f"reply {number}")
    drawn = random.random()
    if drawn < 0.62:
        return Reply()
    if drawn < 0.95:
        return Reply(_changes(random, number))
    mistakes = (
        {"phone": "9010 2233 / 3290 1144"},
        {"email": "post(at)laget.example"},
        {"bank_account": "99991234567"},
    )
    return Reply(random.choice(mistakes))


def _changes(random: Random, number: int) -> dict[str, Any]:
    name = f"{random.choice(GIVEN)} {random.choice(FAMILY)}"
    mail = f"verv{number}@post.example"
    kinds: tuple[dict[str, Any], ...] = (
        {"leader": name, "leader_phone": f"+479011{number:04d}", "leader_email": mail},
        {"treasurer": name, "treasurer_email": mail},
        {"email": f"kontakt{number}@lag.example"},
        {"phone": f"+473291{number:04d}"},
        {"street": f"{random.choice(STREETS)} {random.randint(1, 90)}"},
        {"members": random.randint(12, 340)},
    )
    chosen = random.sample(kinds, random.choice((1, 1, 2)))
    return {key: value for change in chosen for key, value in change.items()}
