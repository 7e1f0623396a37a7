"""The SQL that finds letters of a batch to two who have become one since it was written."""

from __future__ import annotations

import json

from frivillig_cli.records.letter.queries import GOT
from frivillig_cli.store.register import Register

# In how many ways a letter is to who the two are now: their name, where they live, their e-mail.
_FITS = (
    "((l.recipient IS coalesce(o.name, p.name))"
    " + coalesce(instr(l.address, coalesce(o.street, p.street)) > 0, 0)"
    " + coalesce(lower(coalesce(m.address, l.address)) = lower(coalesce(o.email, p.email)), 0))"
)


def doubles(register: Register, batch_id: int) -> set[int]:
    """The letters of a batch that wait beside another to the same one, which goes out instead.

    That is the one that lies in the outbox, was not refused, or fits who the two are now; else the
    first. It tells somebody each role that the other does.
    """
    rows = register.rows(
        "SELECT l.id, l.told_seats, l.org_id, l.person_id, l.agreement_id FROM letter l"
        " LEFT JOIN letter_mail m ON m.letter_id = l.id"
        " LEFT JOIN org o ON o.id = l.org_id LEFT JOIN person p ON p.id = l.person_id"
        f" WHERE l.batch_id = ? AND l.skipped IS NULL AND NOT {GOT}"
        " AND coalesce(l.org_id, l.person_id, l.agreement_id) IS NOT NULL"
        f" ORDER BY m.state IS NOT 'queued', m.state IS 'refused', {_FITS} DESC, l.id",
        (batch_id,),
    )
    going: dict[tuple[int | None, ...], list[set[str] | None]] = {}
    found = set()
    for number, told, *whose in rows:
        seats = None if told is None else set(json.loads(told))
        before = going.setdefault(tuple(whose), [])
        if any(all_of is None or (seats or set()) <= all_of for all_of in before):
            found.add(number)
        else:
            before.append(seats)
    return found
