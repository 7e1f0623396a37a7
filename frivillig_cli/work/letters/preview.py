"""One letter, to look at before a batch is made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from frivillig_cli.core.errors import NotFoundError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.query import Query, Term
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.text import letter_text
from frivillig_cli.documents.typeset import Replaced
from frivillig_cli.formats.files import write_atomic
from frivillig_cli.records.agreement import queries as agreements
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.person import queries as people
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters import batch, library
from frivillig_cli.work.letters.batch import Plan, Request, listed_by
from frivillig_cli.work.letters.made import make
from frivillig_cli.work.letters.recipients import Recipient


@dataclass(frozen=True)
class Preview:
    """A letter made to be looked at; `recipient` says if a batch would leave it out."""

    plan: Plan
    letter: Letter
    recipient: Recipient

    @property
    def text(self) -> str:
        """The letter as plain text."""
        return letter_text(self.letter)

    def save(self, path: Path) -> str:
        """Write it in the format of the request; returns what to say of odd characters, or ""."""
        replaced = Replaced()
        write_atomic(path, make(self.plan, [self.recipient], [self.letter], replaced).data)
        return replaced.sentence()


def preview(register: Register, request: Request, ref: str) -> Preview:
    """The letter to the one that `ref` names, whatever would leave it out of a batch."""
    kind = next(iter(library.templates(request.template, request.own).values())).recipients
    find = {
        "org": orgs.org_id,
        "volunteer": people.volunteer_id,
        "agreement": agreements.agreement_id,
        "member": people.person_id,
    }
    wanted = find[kind](register, ref)
    query = Query((Term(str(wanted), field="id"),))
    plan = batch.assembled(register, request._replace(query=query))
    for recipient in plan.recipients:
        return Preview(plan, batch.letter_for(plan, recipient, draft=True), recipient)
    raise NotFoundError(
        _("There is nobody to write to: {ref}.", ref=ref),
        _("See whom there is: {command}", command=f"frivillig {listed_by(kind)} list --limit 0"),
    )
