"""What a restore makes of the register that is replaced: what comes along, and what nobody knows.

What cannot be taken back comes along, as far as it can be read: numbers that were given, who is
protected, and the letters that went out. Where it cannot, no number is given that may have been.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.records.activation import given_before
from frivillig_cli.records.letter import carry_queries, numbering
from frivillig_cli.records.letter.queries import next_batch_id
from frivillig_cli.records.person import actions as people
from frivillig_cli.records.person.queries import protected_uids
from frivillig_cli.store import lineage, settings
from frivillig_cli.store.register import Command, Register
from frivillig_cli.work.letters import carry_over
from frivillig_cli.work.letters.carry_over import DAMAGED, Carried


@dataclass
class Since:
    """What is known of the time since the backup was made, and what was done about it.

    `sent` are the letters that went out, None where nobody knows; `whole`: there are no others.
    `protected` are the people, by id, who have been protected and stay so, None where nobody
    knows. `same`: the backup is a copy of the register that is replaced, None where there is none,
    or none that can be read.
    `last` is the day (ISO) of the last that was done in the backup, None where nothing was.
    `first_batch` is the number of the next batch, where some were left out to be safe; `waiting`
    are the batches, number and template, that have letters which have not gone out by the backup.
    """

    sent: list[Carried] | None = None
    whole: bool = False
    protected: list[int] | None = None
    same: bool | None = None
    last: str | None = None
    first_batch: int | None = None
    waiting: tuple[tuple[int, str], ...] = ()


def enter(restored: Register, replaced: Register | None, command: Command, *, what: str) -> Since:
    """Enter in the restored register that it was (`what`), and what comes along: one command.

    `replaced` is None where there is none, or none that can be read. Raises RegisterError for
    what goes wrong in the restored one.
    """
    last = lineage.last_done(restored)
    found = Since(last=last and norwegian_day(last).isoformat())
    with restored.transaction(command):  # so that undo does not go past it unseen
        settings.write(restored, "restored", what)
        numbered = replaced is not None and _take_along(found, restored, replaced, command)
        if not numbered:
            lineage.leave_out_numbers(restored)
            found.first_batch = next_batch_id(restored)
        if not found.same or not found.whole:
            numbering.know_no_more(restored, now=command.at)
            found.waiting = carry_queries.waiting(restored)
    return found


def _take_along(found: Since, restored: Register, replaced: Register, command: Command) -> bool:
    """Take along what can be read; returns whether the numbers that were given could."""
    numbered = False
    with _as_far_as_it_can_be_read(restored):
        found.same = lineage.same_register(replaced, restored)
    with _as_far_as_it_can_be_read(restored):
        if found.same:
            lineage.give_none_again(restored, lineage.numbers_given(replaced))
            numbering.know_no_more_than(restored, replaced)
            given_before.give_none_again(restored, replaced)
            numbered = True
    with _as_far_as_it_can_be_read(restored):
        if found.same:
            uids = protected_uids(replaced)
            found.protected = people.keep_protected(restored, uids, now=command.at)
    with _as_far_as_it_can_be_read(restored):
        if found.same is not None:
            bring = carry_over.carry_over if found.same else carry_over.went_out_since
            found.sent = bring(replaced, restored)
            found.whole = replaced.value("PRAGMA quick_check(1)") == "ok"
    return numbered


@contextmanager
def _as_far_as_it_can_be_read(restored: Register) -> Iterator[None]:
    """Go on after damage, which may be why one restores, without what was half done.

    Where it is the disk of the restored one that fails, its transaction tells of it at its end.
    """
    try:
        with restored.part():
            yield
    except DAMAGED:
        pass
