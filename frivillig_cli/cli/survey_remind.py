"""Reminders: letters to those who have not answered, and never twice within some days."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from frivillig_cli.cli import letters, session
from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.i18n import _
from frivillig_cli.core.query import parse_query
from frivillig_cli.records.letter.model import REMINDER
from frivillig_cli.records.survey import queries
from frivillig_cli.records.survey.model import Survey
from frivillig_cli.work.letters import batch

REMINDED = "recently_reminded"
_EMPTY: dict[str, Any] = {
    "batch": None, "template": REMINDER, "format": None, "folder": None, "rendered": [],
    "skipped": [],
}  # fmt: skip


@dataclass(frozen=True)
class Reminder:
    """What was asked for: `own` is the folder of the coordinator's templates.

    Somebody for whom a reminder was written within `days` days, today among them, gets none.
    """

    own: Path
    folder: Path
    format: str
    days: int
    also_opted_out: bool = False
    overwrite: bool = False


def remind(survey: Survey, wanted: Reminder) -> None:
    """Write a batch of drafts to those who have not answered; list who is left out, and why."""
    run = session.current()
    missing = queries.missing(run.register, survey.id)
    if not missing:
        return _nobody(survey)
    request = batch.Request(
        REMINDER, parse_query([f"unanswered:{survey.id}"]), wanted.own, run.today, wanted.format,
        survey_id=survey.id, again=True, also_opted_out=wanted.also_opted_out,
    )  # fmt: skip
    found = letters.plan(request)
    lately = _lately(survey, wanted.days)
    plan = found._replace(recipients=[_left_out(one, lately) for one in found.recipients])
    if not plan.written:
        return _all_left_out(plan, wanted.days)
    letters.write(plan, wanted.folder, overwrite=wanted.overwrite)
    return None


def _nobody(survey: Survey) -> None:
    """There is nobody to remind: that is well, and no refusal."""
    run = session.current()
    sent = queries.counts(run.register, survey.id).sent
    words = (
        _("Everybody has answered «{title}». No reminder is written.", title=survey.title)
        if sent
        else _("«{title}» has not been sent to anybody yet.", title=survey.title)
    )
    run.out.result(_EMPTY, words)


def _all_left_out(plan: Any, days: int) -> None:
    """Everybody who has not answered is left out: list them, write nothing."""
    from frivillig_cli.work.letters.recipients import reason

    run = session.current()
    run.incomplete()
    rows = [one.row() for one in plan.recipients]
    data = {**_EMPTY, "format": plan.request.format, "skipped": [row.left_out() for row in rows]}
    widest = max(len(row.recipient) for row in rows)
    run.out.result(
        data,
        _("No reminder is written; all {n} who have not answered are left out.", n=len(rows)),
        "",
        *(f"  {row.recipient:<{widest}}  {reason(row)}" for row in rows),
    )
    if days and any(row.skipped == REMINDED for row in rows):
        run.out.hint(
            _("Nobody is reminded twice within {days} days. Write anyway: --days 0", days=days)
        )


def _lately(survey: Survey, days: int) -> set[int]:
    run = session.current()
    told = queries.reminded(run.register, survey.id, REMINDER)
    since = run.today - timedelta(days=days)
    return {org for org, at in told.items() if days and norwegian_day(at) > since}


def _left_out(one: Any, lately: set[int]) -> Any:
    if one.skipped is None and one.id in lately:
        return one._replace(skipped=REMINDED)
    return one
