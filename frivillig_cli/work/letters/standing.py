"""Whether those whom the letters of a batch are to may still be written to as the letters are."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from frivillig_cli.core.clock import today
from frivillig_cli.core.names import fold
from frivillig_cli.records.letter import outbox_queries, queries
from frivillig_cli.records.letter.logged import Batch, LoggedLetter
from frivillig_cli.records.letter.model import has_opted_out
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.person import queries as people
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters.member_fields import groups_of, member_seats, why_no_role
from frivillig_cli.work.letters.reach import Reach

# What of an association, or of its contact person, keeps a letter that is written from going out.
_KEPT_BACK = ("protected", "of_protected", "no_contact")


def left_out_now(register: Register, batch: Batch) -> dict[int, str]:
    """The letters of a batch whose recipients may not be written to any more, and why.

    Of an association's also those to a contact person who is protected, wants no mailings or holds
    the office no more, those to an address that is a protected person's, and those at whose e-mail
    another has got it, where it is one to each address.
    """
    found = outbox_queries.left_out_now(register, batch.id)
    rows = [row for row in queries.letters(register, batch.id) if row.org_id and not row.skipped]
    known = orgs.get_many(register, sorted({int(row.org_id or 0) for row in rows}))
    reach = Reach(register, batch.addressed)
    reached = {row.sent_to.casefold() for row in rows if row.sent_to and row.state == "sent"}
    for row in rows:
        org = known[int(row.org_id or 0)]
        why = found.get(row.id) or _why(batch, reach, row, org)
        if batch.one_per_address and row.state != "sent" and _shares(reach, org, reached):
            why = why or "same_address"
        if why:
            found[row.id] = why
    return dict.fromkeys(outbox_queries.sharing(register, batch.id), "same_address") | found


def _shares(reach: Reach, org: Org, reached: Collection[str]) -> bool:
    """Whether somebody of the same batch has got the letter at an association's e-mail."""
    email = reach.of(org)["email"] if reached else None
    return bool(email) and str(email).casefold() in reached


def why_not_now(register: Register, batch: Batch, letter_id: int) -> str | None:
    """Why a letter that waits in the outbox may not be sent any more, or None.

    One whose e-mail has become another since is `moved`: it goes out anew, to that.
    """
    why = outbox_queries.why_not_now(register, letter_id, again=bool(batch.again))
    if why:
        return why
    row = queries.letter(register, letter_id)
    if row.sent_to == "":  # a restore has let go of how somebody is reached who is protected
        return "protected"
    if row.org_id:
        reach, org = Reach(register, batch.addressed), orgs.get(register, row.org_id)
        if why := _why(batch, reach, row, org):
            return why
        email = reach.of(org)["email"]
    else:
        if why := without_role(register, [row]).get(row.id):
            return why
        email = people.get(register, row.person_id).email if row.person_id else row.sent_to
    if not row.sent_to or row.sent_to.casefold() == str(email or "").casefold():
        return None
    return "moved" if email else "no_email"


def without_role(register: Register, rows: Iterable[LoggedLetter]) -> dict[int, str]:
    """The letters that tell somebody a role that is not theirs today, and why."""
    told = {row: json.loads(row.told_seats) for row in rows if row.told_seats and row.person_id}
    groups = groups_of(seat for seats in told.values() for seat in seats)
    if not groups:
        return {}
    now = member_seats(register, groups, today=today())
    whys = {row.id: why_no_role(now, row.person_id or 0, seats) for row, seats in told.items()}
    return {row: why for row, why in whys.items() if why}


def _why(batch: Batch, reach: Reach, row: LoggedLetter, org: Org) -> str | None:
    now = reach.of(org)
    why = now["skipped"]
    by_email = batch.format == "eml" or row.state == "queued"
    if why in _KEPT_BACK:
        return str(why)
    if has_opted_out(now.get("no_mailings"), row.opted_out):
        return "opted_out"
    if by_email and now.get("secret_email"):
        return "of_protected"
    if row.hidden:
        return "protected"
    if batch.addressed == "contact" and row.address and now["address"]:
        name = row.address.partition("\n")[0]
        return None if fold(name) == fold(now["address"][0]) else "other_contact"
    return None
