"""`beredskap check`: whether one is ready, by the rules that the law and the agreements set.

The paragraphs are those of forskrift om kommunal beredskapsplikt (FOR-2011-08-22-894). Every
finding names the command that mends it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.dates import show_date, years_before
from frivillig_cli.core.i18n import N_, _, typed
from frivillig_cli.core.query import Query
from frivillig_cli.records import municipality
from frivillig_cli.records.agreement import queries as agreements
from frivillig_cli.records.agreement.model import Agreement
from frivillig_cli.records.readiness import queries
from frivillig_cli.records.response import queries as response
from frivillig_cli.records.response.model import Group
from frivillig_cli.store import protected
from frivillig_cli.store.findings import Finding
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import bound, readiness_people

RUNS_OUT = timedelta(days=90)
PACK_DAYS = 90
_OLD = {
    "pack": N_(
        "The pack in the drawer was made on {date}, {days} days ago; {changes} changes since."
    ),
    "plan": N_("The plan's annex was made on {date}, {days} days ago; {changes} changes since."),
}


@dataclass(frozen=True)
class Readiness:
    """What is wrong, and the days that the law asks about: (code, label, day as ISO or None)."""

    findings: list[Finding]
    facts: list[tuple[str, str, str | None]]


def check(register: Register, *, now: datetime) -> Readiness:
    """Everything that the law, the agreements and the night itself ask for, as of now."""
    today = norwegian_day(now)
    groups = response.find(register, Query())
    found = [
        *_the_plan(register, today),
        *_exercises(register, today),
        *_agreements(register, today),
        *_groups(groups),
        *bound.check(register, groups, now=now),
        *_callback(register),
        *readiness_people.check(register, today),
        *_paper(register, today),
    ]
    return Readiness(protected.of(register, found, "sentence"), _facts(register))


def pack_days(register: Register) -> int:
    """After how many days a printed list is too old."""
    return int(municipality.get(register).get("beredskap.pack_days") or PACK_DAYS)


def last_exercise(register: Register) -> str | None:
    """The day (ISO) of the last exercise: one held with the program, or noted."""
    held = queries.last_exercise(register)
    noted = queries.last_exercise_noted(register)
    days = [norwegian_day(held.started).isoformat() if held else "", noted or ""]
    return max(days) or None


def _facts(register: Register) -> list[tuple[str, str, str | None]]:
    revision = queries.last_revision(register)
    plan_made, pack_made = (
        norwegian_day(made.at).isoformat() if made else None
        for made in (queries.last_printout(register, kind) for kind in ("plan", "pack"))
    )
    return [
        ("plan_revised", _("plan revised (§ 6)"), revision.revised if revision else None),
        ("last_exercise", _("last exercise (§ 7)"), last_exercise(register)),
        ("last_evaluation", _("last evaluation (§ 8)"), queries.last_evaluation(register)),
        ("plan_made", _("the plan's annex made"), plan_made),
        ("pack_made", _("the pack made"), pack_made),
    ]


def _the_plan(register: Register, today: date) -> Iterator[Finding]:
    revision = queries.last_revision(register)
    if revision and revision.revised >= years_before(today, 1).isoformat():
        return
    yield Finding(
        "plan_not_revised",
        _("The plan was last revised on {date}; § 6 asks for once a year.",
          date=show_date(revision.revised))
        if revision
        else _("It is not recorded that the plan was ever revised; § 6 asks for once a year."),
        _("When it is done: {command}", command="frivillig beredskap revised"),
    )  # fmt: skip


def _exercises(register: Register, today: date) -> Iterator[Finding]:
    last, since = last_exercise(register), years_before(today, 2).isoformat()
    if last is None or last < since:
        yield Finding(
            "no_exercise",
            _("The last exercise was on {date}; § 7 asks for one every second year.",
              date=show_date(last))
            if last
            else _("No exercise has been held; § 7 asks for one every second year."),
            _("Hold one: {command}",
              command=typed("frivillig beredskap activate TITLE --exercise")),
        )  # fmt: skip
    for one in queries.not_evaluated(register, since):
        yield Finding(
            "no_evaluation",
            _("{number} {title} has not been evaluated in writing (§ 8).", number=one.number,
              title=one.title),
            _("Write it: {command}", command=f"frivillig beredskap evaluate {one.number}"),
        )  # fmt: skip


def _agreements(register: Register, today: date) -> Iterator[Finding]:
    for one in agreements.find(register, Query(), today=today):
        if one.kind == "beredskap" and one.status in ("in_force", "expired"):
            yield from _agreement(one, (today + RUNS_OUT).isoformat())


def _agreement(one: Agreement, soon: str) -> Iterator[Finding]:
    named = {"title": one.title, "org": one.org}
    renew = _("Renew it: {command}", command=typed(f"frivillig agreement renew {one.id} --to DATE"))
    if one.status == "expired":
        text = _("{title} with {org} ran out on {date}: nobody is called by it.", **named,
                 date=show_date(one.to_date))  # fmt: skip
        yield Finding("agreement_expired", text, renew)
        return
    if one.to_date and one.to_date <= soon:
        text = _("{title} with {org} runs out on {date}.", **named, date=show_date(one.to_date))
        yield Finding("agreement_expires", text, renew)
    if one.last_exercised is None:
        command = typed(f"frivillig agreement edit {one.id} --exercised DATE")
        yield Finding(
            "agreement_not_exercised",
            _("{title} with {org} was never exercised.", **named),
            _("Hold an exercise, or note an earlier one: {command}", command=command),
        )


def _groups(groups: Sequence[Group]) -> Iterator[Finding]:
    if not groups:
        yield Finding(
            "no_group",
            _("There is no group to call."),
            _("Make one with: frivillig beredskap group add NAME --org ASSOCIATION"),
        )
    for one in groups:
        yield from _group(one)


def _group(one: Group) -> Iterator[Finding]:
    command = typed(f"frivillig beredskap member add {one.id} PERSON")
    if not one.members:
        add = _("Put people in it: frivillig beredskap member add {id} PERSON", id=one.id)
        yield Finding("empty_group", _("Nobody is in {group}.", group=one.name), add)
        return
    for role, text in (
        ("leader", _("{group} has no leader.", group=one.name)),
        ("deputy", _("{group} has no deputy leader.", group=one.name)),
    ):
        if not any(member.role == role for member in one.members):
            way = _("Choose one: {command}", command=f"{command} --role {role}")
            yield Finding(f"no_{role}", text, way)
    if len({number for member in one.members for number in member.phones}) == 1:
        text = _("{group} can be reached on one number only.", group=one.name)
        way = _(
            "Add another: {command}", command=typed("frivillig person edit PERSON --phone NUMBER …")
        )
        yield Finding("one_number", text, way)


def _callback(register: Register) -> Iterator[Finding]:
    """The number to call back, where it is a protected person's by now: no call-out uses it."""
    if error := municipality.callback_refused(register):
        yield Finding("callback_protected", error.message, error.hint)


def _paper(register: Register, today: date) -> Iterator[Finding]:
    days = pack_days(register)
    for kind, command, never in (
        ("pack", typed("frivillig beredskap pack DIR"),
         _("No lists lie in the drawer: when the power goes it is too late to print.")),
        ("plan", typed("frivillig beredskap plan -o FILE"),
         _("The plan's annex (call list and resources) was never made (§ 4).")),
    ):  # fmt: skip
        made = queries.last_printout(register, kind)
        way = _("Make it: {command}", command=command)
        if made is None:
            yield Finding(f"no_{kind}", never, way)
            continue
        age = (today - norwegian_day(made.at)).days
        limit = days if kind == "pack" else 365
        if age > limit:
            changes = queries.changes_since(register, made.at)
            text = _(_OLD[kind], date=show_date(made.at), days=age, changes=changes)
            yield Finding(f"{kind}_old", text, way)
