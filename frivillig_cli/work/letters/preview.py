"""One letter, to look at before a batch is made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from frivillig_cli.core.errors import NotFoundError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.query import Query, Term
from frivillig_cli.documents.letter import Letter
from frivillig_cli.formats.files import write_atomic
from frivillig_cli.records.agreement import queries as agreements
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.volunteer import queries as volunteers
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters import batch, recipients, writers
from frivillig_cli.work.letters.batch import Request


@dataclass(frozen=True)
class Preview:
    """A letter that was made to be looked at."""

    letter: Letter

    @property
    def text(self) -> str:
        """The letter as plain text."""
        return writers.written(self.letter, "txt").decode("utf-8")

    def save(self, path: Path) -> None:
        """Write it as the ending of `path` says. Raises UsageError for another ending."""
        format = writers.check_format(path.suffix.removeprefix(".").lower())
        write_atomic(path, writers.written(self.letter, format))


def preview(register: Register, request: Request, ref: str) -> Preview:
    """The letter to the one that `ref` names, whatever would leave it out of a batch."""
    kind = next(iter(batch.templates(request.template, request.own).values())).recipients
    find = {
        "org": orgs.org_id,
        "volunteer": volunteers.volunteer_id,
        "agreement": agreements.agreement_id,
    }
    wanted = find[kind](register, ref)
    query = Query((Term(str(wanted), field="id"),))
    plan = batch.plan(register, batch.narrowed(request, query))
    for recipient in recipients.find(register, kind, query, set(), today=request.today):
        return Preview(batch.letter_for(plan, recipient, draft=True))
    raise NotFoundError(
        _("{ref} gets no letter: it is archived.", ref=ref),
        _("Take it out of the archive first: frivillig org restore {ref}", ref=ref),
    )
