"""One function a change to an agreement: check, write, say what became different."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.dates import show_date
from frivillig_cli.core.errors import NotFoundError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.ids import new_uid
from frivillig_cli.core.names import clean_name
from frivillig_cli.core.results import FieldChange, differences
from frivillig_cli.records.agreement import queries, rules
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register


def add(register: Register, org_id: int, values: Mapping[str, str | None], *, now: datetime) -> int:
    """Add an agreement with an organisation, from values as typed; returns its id."""
    stored = _checked(register, values)
    rules.check_past(stored, norwegian_day(now))
    rules.check_period(stored.get("from_date"), stored.get("to_date"))
    keys = rules.keys(stored, queries.org_name(register, org_id))
    stamp = now.isoformat(timespec="seconds")
    return register.insert(
        "agreement", uid=new_uid(), org_id=org_id, **stored, **keys, created=stamp, updated=stamp
    )


def edit(
    register: Register, agreement_id: int, values: Mapping[str, str | None], *, now: datetime
) -> list[FieldChange]:
    """Change fields to values as typed (a blank empties); returns what became different."""
    stored = _checked(register, values)
    rules.check_past(stored, norwegian_day(now))
    return _change(register, agreement_id, stored, now)


def renew(
    register: Register, agreement_id: int, to_date: str, *, now: datetime
) -> list[FieldChange]:
    """Let it run to a later date, and note that it was reviewed today. Refuses an ended one."""
    before = queries.get(register, agreement_id, today=norwegian_day(now))
    checked = rules.check({"to_date": to_date})
    if before.status == "ended":
        raise RefusedError(
            _("{title} was ended, and is not renewed.", title=before.title),
            _("Make a new one with: frivillig agreement add"),
        )
    if before.to_date and (checked["to_date"] or "") <= before.to_date:
        raise RefusedError(
            _(
                "{title} runs to {date} already.",
                title=before.title,
                date=show_date(before.to_date),
            ),
            _("Give a later date with --to."),
        )
    today = norwegian_day(now).isoformat()
    return _change(register, agreement_id, {**checked, "reviewed": today}, now)


def end(
    register: Register, agreement_id: int, day: date, reason: str, *, now: datetime
) -> list[FieldChange]:
    """End it: from `day` on it is not in force. Refuses one that was ended before."""
    before = queries.get(register, agreement_id, today=norwegian_day(now))
    if before.ended:
        raise RefusedError(
            _(
                "{title} was ended before, on {date}.",
                title=before.title,
                date=show_date(before.ended),
            ),
            _("See it with: frivillig agreement show {id}", id=agreement_id),
        )
    checked = _checked(register, {"end_reason": reason})
    return _change(register, agreement_id, {"ended": day.isoformat(), **checked}, now)


def add_party(
    register: Register, agreement_id: int, *, org_id: int | None, name: str | None, role: str | None
) -> int:
    """Add a party: an organisation of the register, or a name. Returns the party's id."""
    text = None if org_id else clean_name(rules.free_text(name or "", _("name")))
    protected.refuse(register, text, role)
    return register.insert(
        "agreement_party",
        agreement_id=agreement_id,
        org_id=org_id,
        name=text,
        role=rules.free_text(role, _("role")) if role else None,
    )


def add_contribution(
    register: Register,
    agreement_id: int,
    party: str,
    what: str,
    terms: str | None,
    *,
    kind: str | None = None,
) -> int:
    """Add what one party contributes, and on which terms. Returns the contribution's id."""
    protected.refuse(register, party, what, terms)
    return register.insert(
        "agreement_contribution",
        agreement_id=agreement_id,
        party=clean_name(rules.free_text(party, _("party"))),
        what=clean_name(rules.free_text(what, _("contribution"))),
        kind=rules.check_contribution(kind),
        terms=rules.free_text(terms, _("terms")) if terms else None,
    )


def remove(register: Register, table: str, agreement_id: int, row_id: int) -> None:
    """Take away a party or a contribution (`table`). Raises NotFoundError."""
    agreement = queries.get(register, agreement_id, today=date.min)
    rows = agreement.parties if table == "agreement_party" else agreement.contributions
    if row_id not in [row["id"] for row in rows]:
        raise NotFoundError(
            _("{title} has no number {id} there.", title=agreement.title, id=row_id),
            _("See the numbers with: frivillig agreement show {id}", id=agreement_id),
        )
    register.delete(table, row_id)


def _checked(register: Register, values: Mapping[str, str | None]) -> dict[str, Any]:
    """Values as they are stored; no text holds the number of a protected person."""
    stored = rules.check(values)
    protected.refuse(register, *(stored[name] for name in stored if name not in rules.DATES))
    return stored


def _change(
    register: Register, agreement_id: int, stored: Mapping[str, Any], now: datetime
) -> list[FieldChange]:
    before = queries.get(register, agreement_id, today=norwegian_day(now))
    changes = differences(before.values, stored)
    if changes:
        changed = {change.field: change.new for change in changes}
        values = {**before.values, **changed}
        rules.check_period(values["from_date"], values["to_date"])
        stamp = now.isoformat(timespec="seconds")
        keys = rules.keys(values, before.org)
        register.update("agreement", agreement_id, **changed, **keys, updated=stamp)
    return changes
