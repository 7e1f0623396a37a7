"""Problems whose advice was followed: somebody has set the field since, so they are over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.person import queries as people
from frivillig_cli.records.survey import actions, queries
from frivillig_cli.records.survey.answers import is_erase_word
from frivillig_cli.records.survey.display import untouched
from frivillig_cli.records.survey.model import Problem, Question
from frivillig_cli.records.survey.questions import office_of
from frivillig_cli.store.history import Change, Place, history, under_way
from frivillig_cli.store.register import Register

_PROBLEM = "survey_problem"


@dataclass(frozen=True)
class SettledBy:
    """The command that closed a problem: its number in the history, when (ISO 8601), its name."""

    id: int | None
    at: str
    command: str


def settle(register: Register, of: Set[int]) -> dict[int, int]:
    """Resolve the problems `of` associations that were open before the command under way, and
    whose field it has set. Returns survey -> how many."""
    found = {}
    for survey_id, problems in queries.open_by_field(register).items():
        asked = {one.id: one for one in queries.get(register, survey_id).questions if one.bound}
        problems = [one for one in problems if one.org_id in of and one.field in asked]
        now = under_way(register, _PROBLEM, [one.id for one in problems if one.id])
        new = {change.row for change in now if change.op == "insert"}
        here = orgs.get_many(register, sorted({one.org_id for one in problems if one.org_id}))
        changes = _Changes(register, here.values())
        done = [
            one
            for one in problems
            if one.id not in new
            and changes.set_in(here[one.org_id or 0], asked[one.field or ""], one)
        ]
        if count := actions.resolve(register, done):
            found[survey_id] = count
    return found


def settled_by(register: Register, problems: Iterable[Problem]) -> dict[int, SettledBy]:
    """problem -> what closed it, of those that are closed."""
    closed = {one.id for one in problems if one.status != "open"}
    found: dict[int, SettledBy] = {}
    for entry in history(register, table=_PROBLEM) if closed else ():
        for change in entry.changes:
            closes = change.op == "update" and change.after.get("status") == "resolved"
            if closes and change.row in closed and change.row not in found:
                found[change.row] = SettledBy(entry.id, entry.at, entry.command)
    return found


class _Changes:
    """What the command under way has done to some associations and to those in office there."""

    def __init__(self, register: Register, here: Iterable[Org]) -> None:
        held = [contact for org in here for contact in org.contacts]
        self._phones = {
            person: people.phones(register, person)
            for person in {int(contact["person_id"]) for contact in held}
        }
        numbers = [row for rows in self._phones.values() for row in rows.values()]
        found: dict[Place, list[Change]] = defaultdict(list)
        for table, rows in {
            "org": [org.id for org in here],
            "contact": [int(contact["id"]) for contact in held],
            "person": list(self._phones),
            "person_phone": numbers,
        }.items():
            for change in under_way(register, table, rows):
                found[change.table, change.row].append(change)
        self._found: Mapping[Place, Sequence[Change]] = found

    def set_in(self, org: Org, question: Question, problem: Problem) -> bool:
        """Whether the field that a problem is about was set, or emptied as they had asked."""
        erases = is_erase_word(problem.value or "")
        office = office_of(question.id)
        if office is None:
            became = self._became("org", org.id, question.id)
            return bool(became) and (became[-1] is not None or erases)
        held = [contact for contact in org.contacts if contact["role"] == office]
        now = [contact for contact in held if contact["to"] is None]
        if not now:
            return erases and any(self._became("contact", one["id"], "to_date") for one in held)
        if question.id == office:
            return any(self._named(one, problem) for one in now)
        return any(self._reached(one, question, problem, erases=erases) for one in now)

    def _became(self, table: str, row: int, column: str) -> list[Any]:
        """The values that a column was given, in order."""
        return [
            change.after[column]
            for change in self._found.get((table, row), ())
            if change.op == "update" and column in change.after
        ]

    def _is_new(self, table: str, row: int) -> bool:
        return any(change.op == "insert" for change in self._found.get((table, row), ()))

    def _named(self, holder: Mapping[str, Any], problem: Problem) -> bool:
        """Whether somebody took the office, or the one who holds it was given another name."""
        if self._is_new("contact", holder["id"]):
            return True
        return any(map(bool, self._became("person", holder["person_id"], "name")))

    def _reached(
        self, holder: Mapping[str, Any], question: Question, problem: Problem, *, erases: bool
    ) -> bool:
        """Whether the holder was given a phone or an e-mail, or is another who has the very one."""
        if self._given(int(holder["person_id"]), question, problem, erases=erases):
            return True
        value = holder["email" if question.id.endswith("_email") else "phone"]
        new = self._is_new("contact", holder["id"])
        return new and value is not None and untouched(question, problem.value or "", value)

    def _given(self, person: int, question: Question, problem: Problem, *, erases: bool) -> bool:
        """Whether somebody was given one, or theirs was taken away as they had asked."""
        if question.id.endswith("_email"):
            became = self._became("person", person, "email")
            return bool(became) and (became[-1] is not None or erases)
        phones = self._phones[person]
        if not phones:
            return erases and ("person", person) in self._found
        first = next(iter(phones))
        if self._is_new("person_phone", phones[first]):
            return True
        moved = self._became("person_phone", phones[first], "rank")[-1:] == [1]
        if moved and erases and not any(map(self._was_first, phones.values())):
            return True
        added = {number for number, row in phones.items() if self._is_new("person_phone", row)}
        return any(
            untouched(question, problem.value or "", number)
            for number in (added | {first} if moved else added)
        )

    def _was_first(self, phone: int) -> bool:
        """Whether a number that is still there was the one to ring."""
        found = self._found.get(("person_phone", phone), ())
        return any(change.before.get("rank") == 1 for change in found)
