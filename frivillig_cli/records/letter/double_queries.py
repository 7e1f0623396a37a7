"""The SQL that finds letters of a batch to somebody who has had it, or gets another copy of it.

That may be as two who have become one since it was written.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from frivillig_cli.records.letter.queries import GOT, SENT_OUT, same_recipient, shared, tells_all
from frivillig_cli.store.register import Register

if TYPE_CHECKING:
    from frivillig_cli.records.letter.logged import Batch

# In how many ways a letter is to who the two are now: their name, where they live, their e-mail.
_FITS = (
    "((l.recipient IS coalesce(o.name, p.name))"
    " + coalesce(instr(l.address, coalesce(o.street, p.street)) > 0, 0)"
    " + coalesce(lower(coalesce(m.address, l.address)) = lower(coalesce(o.email, p.email)), 0))"
)


def another_got(where: str) -> str:
    """SQL for whether another letter than `mine`, of the batch `was`, has gone out: 1.

    0 where one only may have, else NULL. That is of the same template, to the same one; of the
    batches b that `where` is true of.
    """
    return (
        f"(SELECT max(l.skipped IS NULL AND {SENT_OUT}"
        f"  OR l.same_as IS NOT mine.id AND {shared('l', surely=True)})"
        " FROM letter l JOIN letter_batch b ON b.id = +l.batch_id"
        f" WHERE l.id <> mine.id AND {where} AND b.template = was.template"
        " AND b.survey_id IS was.survey_id"
        f" AND (l.skipped IS NULL AND {GOT} OR l.same_as IS NOT mine.id AND {shared('l')})"
        f" AND {same_recipient('l', 'mine')} AND {tells_all('l', 'mine')}"
        # whoever can be called out may have had another role between two letters
        " AND (was.recipients <> 'member' OR was.created <= coalesce(l.registered,"
        "  (SELECT m.at FROM letter_mail m WHERE m.letter_id = l.id))))"
    )


def got_before(register: Register, batch_id: int, *, here_only: bool = False) -> dict[int, str]:
    """The letters of this batch whose recipients were sent the same letter in another batch, or as
    somebody of this one whom they have become one with since (with `here_only`, only so).

    Each with why it goes to nobody, of SKIP_REASONS: who may have got it is told apart.
    """
    where = "b.id = was.id" if here_only else "1"
    rows = register.rows(
        f"SELECT mine.id, {another_got(where)} FROM letter mine"
        " JOIN letter_batch was ON was.id = mine.batch_id"
        " WHERE mine.batch_id = ? AND mine.skipped IS NULL",
        (batch_id,),
    )
    return {row[0]: "already_sent" if row[1] else "in_doubt" for row in rows if row[1] is not None}


def had(register: Register, batch: Batch) -> dict[int, str]:
    """The letters of a batch that go to nobody for that, and why (a code of SKIP_REASONS)."""
    got = got_before(register, batch.id, here_only=bool(batch.again))
    twice = doubles(register, batch.id)
    return dict.fromkeys(twice, "twice") | got


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
