"""Which number a letter that has gone out gets within its case: never one that is taken."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.letter import case_queries
from frivillig_cli.store import settings
from frivillig_cli.store.register import Register

_LOST_KEY = "letter.numbers_lost"


def unknown(register: Register, cases: Iterable[str], *, now: datetime) -> list[str]:
    """Those of `cases` whose next number only the archive knows; each once."""
    return [case for case in dict.fromkeys(cases) if _next(register, case, now) is None]


def give_numbers(
    register: Register, batch_id: int, first: Mapping[str, int], *, now: datetime
) -> dict[str, int]:
    """Number the letters that went out without, in the cases that `first` names; how many in each.

    Raises RefusedError for a number that is taken.
    """
    without = case_queries.unnumbered(register, batch_id)
    found = {case: without[case] for case in without if case in first}
    letters = [(letter, case) for case, ids in found.items() for letter in ids]
    for letter, document in numbered(register, letters, first, now=now):
        register.update("letter", letter, document=document)
    return {case: len(ids) for case, ids in found.items()}


def give_others(
    register: Register, batch_id: int, first: Mapping[str, int], *, now: datetime
) -> dict[str, int]:
    """Number the letters anew that have gone out with a number, as `give_numbers` does."""
    for letter, case in case_queries.numbered(register, batch_id):
        if case in first:
            register.update("letter", letter, document=None)
    return give_numbers(register, batch_id, first, now=now)


def numbered(
    register: Register,
    letters: Iterable[tuple[int, str | None]],
    first: Mapping[str, int],
    *,
    now: datetime,
) -> Iterator[tuple[int, int | None]]:
    """Letters, given with their cases, each with its number there; None where none is known.

    `first` is the number of the first of them in a case. RefusedError for one that is taken.
    """
    following: dict[str, int | None] = {}
    for letter, case in letters:
        if not case:
            yield letter, None
            continue
        if case not in following:
            following[case] = _begin(register, case, first.get(case), now)
        number = following[case]
        following[case] = None if number is None else number + 1
        yield letter, number


def _begin(register: Register, case: str, given: int | None, now: datetime) -> int | None:
    if given is None:
        return _next(register, case, now)
    last = case_queries.last_document(register, case)
    if given <= last:
        raise RefusedError(
            _("Document {number} of case {case} is taken: the last one is {last}.",
              number=given, case=case, last=last),
            _("Give a higher number, or leave it out to go on from there."),
        )  # fmt: skip
    return given


def _next(register: Register, case: str, now: datetime) -> int | None:
    last = case_queries.last_document(register, case)
    lost = _lost(register)
    if last and last <= lost.cases.get(case, 0):
        return None
    begun_before = max(norwegian_day(now).year, lost.year + 1)
    if not last and case_queries.begun_elsewhere(register, case, begun_before):
        return None
    return last + 1


class _Lost(NamedTuple):
    """What nobody knows: which numbers were given above the last known of these cases, and
    whether another case, of this year or before, was begun."""

    year: int
    cases: Mapping[str, int]


def know_no_more(register: Register, *, now: datetime) -> None:
    """Inside a transaction: that letters may have got numbers that do not stand in this register.

    The next number of a case is known again when one has been given by hand.
    """
    _lose(register, _Lost(norwegian_day(now).year, case_queries.last_documents(register)))


def know_no_more_than(register: Register, other: Register) -> None:
    """Inside a transaction: that what is not known in another copy is not known here either."""
    _lose(register, _lost(other))


def _lose(register: Register, more: _Lost) -> None:
    before = _lost(register)
    cases = {
        case: max(last.cases.get(case, 0) for last in (before, more))
        for case in sorted({*before.cases, *more.cases})
    }
    found = _Lost(max(before.year, more.year), cases)
    if found.year:
        settings.write(register, _LOST_KEY, json.dumps(found._asdict()))


def _lost(register: Register) -> _Lost:
    stored = settings.read(register).get(_LOST_KEY)
    return _Lost(**json.loads(stored)) if stored else _Lost(0, {})
