"""Which number a letter that has gone out gets within its case: never one that is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from frivillig_cli.core.clock import oslo
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.letter import case_queries
from frivillig_cli.store.register import Register


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
    if not last and case_queries.begun_elsewhere(register, case, oslo(now).year):
        return None
    return last + 1
