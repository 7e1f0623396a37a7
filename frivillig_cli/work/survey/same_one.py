"""Of one association that was made of two: whose form a form is, and whom it means by an office.

Both forms are one association's now, but what one says is no later word on what the other has
said: each is held against what it was sent with itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from frivillig_cli.core.echo import echo
from frivillig_cli.core.names import fold
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.org.queries import merged_into
from frivillig_cli.records.survey.model import Answer, Outcome, Recipient, Value
from frivillig_cli.records.survey.questions import OFFICES
from frivillig_cli.store.history import former, history
from frivillig_cli.store.register import Register


class Origins:
    """Which associations the forms of a survey were sent to, before any were merged."""

    def __init__(self, register: Register, recipients: Collection[Recipient]) -> None:
        merged = merged_into(register)
        into = {one.id: merged[one.org_id] for one in recipients if one.org_id in merged}
        moved = former(register, "survey_recipient", list(into), "org_id")
        self._sent_to = {
            number: frozenset(moved.get(number, set()) & into[number]) for number in into
        }
        self._alike: dict[tuple[int, frozenset[int]], list[int]] = {}
        for one in recipients:
            self._alike.setdefault((one.org_id, self.of(one.id)), []).append(one.id)

    def is_anothers(self, recipient: Recipient) -> bool:
        """Whether a form was sent to one that has been merged into the one that has it now."""
        return bool(self.of(recipient.id))

    def of(self, recipient_id: int) -> frozenset[int]:
        """The associations that a form was sent to that are merged into the one that has it now."""
        return self._sent_to.get(recipient_id, frozenset())

    def forms_like(self, recipient: Recipient) -> list[int]:
        """The forms, by recipient, of the one whom this form was sent to; itself among them."""
        return self._alike[recipient.org_id, self.of(recipient.id)]

    def of_the_same(self, recipient: Recipient, answers: Iterable[Answer]) -> list[Answer]:
        """Those of the answers that are in forms of the one whom this form was sent to."""
        mine = self.of(recipient.id)
        return [answer for answer in answers if self.of(answer.recipient_id) == mine]


def accepted(answers: Iterable[Answer]) -> dict[str, Value]:
    """field -> the last answer that was taken in; None where it was removed."""
    return {
        name: said.answer
        for answer in answers
        for name, said in answer.answers.items()
        if said.outcome is Outcome.APPLIED
    }


def meant_first(org: Org, meant: Mapping[str, Value]) -> Org:
    """The same, with the holder that a form means (office -> name) before others of an office."""
    offices = {name: fold(str(meant[name])) for name in OFFICES if meant.get(name)}

    def is_other(contact: Mapping[str, object]) -> bool:
        return fold(str(contact["name"])) != offices.get(str(contact["role"]))

    return org._replace(contacts=sorted(org.contacts, key=is_other))


def come_since(register: Register, org: Org, recipient: Recipient) -> dict[str, str]:
    """office -> the names of those of several who have got it here since a form was sent."""
    several = _several(org)
    if not several:
        return {}
    form = "survey_recipient", recipient.id
    held = [("contact", int(contact["id"])) for them in several.values() for contact in them]
    made = {
        (change.table, change.row): change.seq
        for entry in reversed(history(register, also=[form, *held]))
        for change in entry.changes
        if change.op == "insert"
    }
    since = {row for (_table, row), seq in made.items() if seq > made.get(form, 0)}
    found = {
        office: ", ".join(echo(str(one["name"])) for one in them[1:] if one["id"] in since)
        for office, them in several.items()
    }
    return {office: names for office, names in found.items() if names}


def _several(org: Org) -> dict[str, list[dict[str, Any]]]:
    """office -> all who hold it now, the first of them the one that is meant; of several only."""
    found = {
        office: [one for one in org.contacts if one["to"] is None and one["role"] == office]
        for office in OFFICES
    }
    return {office: held for office, held in found.items() if len(held) > 1}
