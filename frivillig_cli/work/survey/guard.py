"""A protected person's phone and e-mail in a survey: what was sent before, and what comes back.

They stand in the bases and answers that the register keeps, and leave it in no list, file or
question: not as what was sent, not as what somebody wrote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.records.contact import queries as contacts
from frivillig_cli.records.contact.model import Contact
from frivillig_cli.records.survey.model import Problem, Value
from frivillig_cli.records.survey.questions import office_of
from frivillig_cli.store.register import Register

PROTECTED = "protected"
# Problems that tell what was sent or who was meant, so they may tell of an earlier holder.
_OF_EARLIER = ("conflict", "other_holder")


@dataclass
class Guard:
    """The protected people of one organisation: who holds which office, or has held it."""

    names: dict[str, str] = field(default_factory=dict)  # folded -> as it is written
    now: dict[str, str] = field(default_factory=dict)  # office -> who
    ever: dict[str, str] = field(default_factory=dict)

    def add(self, contact: Contact) -> None:
        """One office that a protected person holds, or has held."""
        self.names[fold(contact.name)] = contact.name
        self.ever.setdefault(contact.role, contact.name)
        if contact.to_date is None:
            self.now.setdefault(contact.role, contact.name)

    def meant(self, office: str, name: Value, *, written: bool) -> str | None:
        """The protected person whom a form means by `name`, `written` by them or as it was sent."""
        known = self.names.get(fold(str(name or "")))
        return known or (None if written else self.now.get(office))

    def sent(self, name: str) -> bool:
        """Whether what was sent for a field may be a protected person's phone or e-mail."""
        office = office_of(name)
        return office not in (None, name) and office in self.ever


def guards(register: Register) -> Mapping[int, Guard]:
    """organisation -> its protected people; of any that has none, an empty guard."""
    found: dict[int, Guard] = defaultdict(Guard)
    for contact in contacts.protected(register):
        found[contact.org_id].add(contact)
    return found


def shield_problems(problems: Iterable[Problem], known: Mapping[int, Guard]) -> list[Problem]:
    """Problems as they may be told, also those that were kept before somebody was protected."""
    return [_shield(problem, known[problem.org_id or 0]) for problem in problems]


def _shield(problem: Problem, guard: Guard) -> Problem:
    name = problem.field or ""
    office = office_of(name)
    if office in (None, name):
        return problem
    who = guard.now.get(str(office))
    if who is None and problem.code in _OF_EARLIER:
        who = guard.ever.get(str(office))
    if who is None:
        return problem
    return replace(problem, code=PROTECTED, message=is_protected(who), value=None)


def is_protected(name: str) -> str:
    """Why nothing of them is taken from a form."""
    return _("{name} is protected: enter it yourself.", name=name)
