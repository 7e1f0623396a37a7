"""By which agreement each group is called in, and what keeps it from being called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.dates import show_date
from frivillig_cli.core.i18n import N_, _, typed
from frivillig_cli.core.query import Query
from frivillig_cli.records.agreement import queries as agreements
from frivillig_cli.records.agreement.model import Agreement
from frivillig_cli.records.response.model import Group
from frivillig_cli.store.findings import Finding
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import roster

_WHY = {
    "ended": ("ended", N_("ended {date}")),
    "expired": ("to_date", N_("ran out {date}")),
    "not_begun": ("from_date", N_("begins {date}")),
}
_NOT_CALLED = {
    "ended": N_("Nobody in {group} is called: {title} was ended on {date}."),
    "expired": N_("Nobody in {group} is called: {title} ran out on {date}."),
    "not_begun": N_("Nobody in {group} is called: {title} does not begin until {date}."),
}


def why(one: Agreement) -> str | None:
    """Why nobody is called by an agreement, and since or until when; None where they are."""
    if one.status == "in_force":
        return None
    day, text = _WHY[one.status]
    return _(text, date=show_date(one.values[day]))


def check(register: Register, groups: Sequence[Group], *, now: datetime) -> Iterator[Finding]:
    """The groups that nobody would be called from, as their agreement is not in force.

    Where it has only run out, and no other is in force, the agreement's own finding says so.
    """
    every = agreements.find(register, Query(), today=norwegian_day(now))
    valid = [one for one in every if one.kind == "beredskap" and one.status == "in_force"]
    bound = roster.agreements_of(register, groups, now)
    for group in groups:
        one = bound.get(group.id)
        if one is None or one.status == "in_force" or not group.members:
            continue
        others = [other.id for other in valid if other.org_id == group.org_id]
        if one.status == "expired" and one.kind == "beredskap" and not others:
            continue
        day, _text = _WHY[one.status]
        text = _(_NOT_CALLED[one.status], group=group.name, title=one.title,
                 date=show_date(one.values[day]))  # fmt: skip
        yield Finding("group_not_called", text, _way(group, one, others))


def _way(group: Group, one: Agreement, others: Sequence[int]) -> str:
    if others:
        wanted = others[0] if len(others) == 1 else "REF"
        command = typed(f"frivillig beredskap group edit {group.id} --agreement {wanted}")
        return _("Let it follow the agreement that is in force: {command}", command=command)
    if one.status == "not_begun":
        command = typed(f"frivillig agreement edit {one.id} --from DATE")
        return _("If it is in force already: {command}", command=command)
    if one.status == "expired":
        command = typed(f"frivillig agreement renew {one.id} --to DATE")
        return _("Renew it: {command}", command=command)
    command = typed(f"frivillig agreement add {group.org_id} TITLE --kind beredskap")
    return _("Make a new one: {command}", command=command)
