"""What is otherwise by now than a letter that is written says, where it goes out all the same."""

from __future__ import annotations

import json
from collections.abc import Sequence

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.records.letter.logged import Batch, LoggedLetter
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.person import queries as people
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters.member_fields import member_seats
from frivillig_cli.work.letters.reach import Reach, address_lines, own_address

ADDRESS, ROLE = "address", "role"


def changed_since(
    register: Register, batch: Batch, letters: Sequence[LoggedLetter]
) -> list[tuple[LoggedLetter, str]]:
    """Those letters of a batch that tell a role that somebody does not have any more (ROLE).

    And those that are addressed otherwise than they would be now (ADDRESS): by name, at another
    place or, of drafts for a mail program, to another inbox. Who is hidden is told nothing of.
    """
    reach = Reach(register, batch.addressed)
    ids = sorted({row.org_id for row in letters if row.org_id})
    known = orgs.get_many(register, ids)
    seats = {}
    if batch.recipients == "member":
        seats = member_seats(register, (), today=norwegian_day(batch.created)).told
    found = []
    for row in letters:
        if row.org_id:
            own = reach.of(known[row.org_id])
            email, lines = own.get("email"), own["address"]
        elif row.person_id:
            person = people.get(register, row.person_id)
            own = own_address(person)
            email, lines = own["email"], address_lines(own, person.name)
        else:
            continue
        if not set(json.loads(row.told_seats or "[]")) <= set(seats.get(row.person_id or 0, ())):
            found.append((row, ROLE))
        now = str(email or "") if batch.format == "eml" else "\n".join(lines)
        if not row.hidden and now.casefold() != (row.address or "").casefold():
            found.append((row, ADDRESS))
    return found
