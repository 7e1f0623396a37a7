"""Account numbers that answers give, and that are another association's already."""

from __future__ import annotations

from frivillig_cli.records.org import queries
from frivillig_cli.records.survey.model import Kind, Outcome
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.results import ImportResult


def shared_accounts(register: Register, result: ImportResult) -> dict[str, list[str]]:
    """Account → number and name of all that have it, or get it, where they are several."""
    given: dict[str, dict[int, str]] = {}
    for form in result.taken:
        for change in form.with_outcome(Outcome.APPLIED):
            if change.question.kind is Kind.ACCOUNT and isinstance(change.answer, str):
                owners = given.setdefault(change.answer, {})
                owners[form.org_id or 0] = form.org or ""
    found = {}
    for account, owners in given.items():
        everyone = {**dict(queries.with_account(register, account)), **owners}
        if len(everyone) > 1:
            found[account] = [f"{org} {name}" for org, name in sorted(everyone.items())]
    return found
