"""A letter that tells people their role in a crisis: when it has gone out, they have been told."""

from __future__ import annotations

import json
from collections.abc import Iterable

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.records.letter.logged import Batch, LoggedLetter
from frivillig_cli.records.response import actions
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters.member_fields import groups_of, member_seats


def note(register: Register, batch: Batch, sent: Iterable[tuple[LoggedLetter, str]]) -> None:
    """Record, inside the transaction that enters them as sent, that those of a batch were told.

    `sent` are the letters with the day or the moment. Letters that are not to those who can be
    called out tell nobody a role. No letter tells the role in a group that is not called out, nor
    another than it was written of.
    """
    if batch.recipients != "member":
        return
    now = member_seats(register, (), today=norwegian_day(batch.created)).told
    for letter, when in sent:
        if letter.person_id is None:
            continue
        seats = set(now.get(letter.person_id, ()))
        if letter.told_seats is not None:
            seats &= set(json.loads(letter.told_seats))
        actions.mark_told(register, letter.person_id, norwegian_day(when), groups_of(seats))
