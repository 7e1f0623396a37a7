"""The numbers of letters in cases that were begun elsewhere: given, asked for, or not known yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from frivillig_cli.cli import ask, session
from frivillig_cli.core.clock import oslo
from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.records.letter import case_queries, numbering, queries

OPTION = "--first-document"
_MOST_ASKED = 5  # cases


def first_documents(
    words: Sequence[str], batch: int, letters: Iterable[str | None]
) -> dict[str, int]:
    """The number of the first letter in each case, as `words` say, or as is answered.

    `letters` are the cases of those that go out now. Without an answer a case is left out.
    """
    run = session.current()
    waiting = case_queries.unnumbered(run.register, batch)
    cases = list(dict.fromkeys([*waiting, *filter(None, letters)]))
    given = dict(_read(word, cases) for word in words)
    unknown = numbering.unknown(
        run.register, [case for case in cases if case not in given], now=run.now
    )
    if ask.in_terminal() and not run.yes and len(unknown) <= _MOST_ASKED:
        for case in unknown:
            answer = ask.line(
                _("Which number in case {case} does the first letter get? (Enter: not known yet)",
                  case=case)
            )  # fmt: skip
            if answer:
                given |= dict([_read(answer, [case])])
    return given


def _read(word: str, cases: Sequence[str]) -> tuple[str, int]:
    """`7`, of the only case, or `2024/118=7`."""
    case, mark, number = word.rpartition("=")
    case = case.strip()
    if not (number.strip().isdecimal() and 0 < int(number.strip()[:12]) < 10**9):
        raise UsageError(
            _("{option} is a whole number from 1.", option=OPTION),
            _("Write it so: {example}", example=f"{OPTION} 7"),
        )
    if not cases:
        raise RefusedError(
            _("None of the letters belongs to a case."),
            _("Give the case when they are written: {option}", option="--case-number"),
        )
    if mark and case not in cases:
        raise RefusedError(
            _("None of the letters belongs to case {case}.", case=case),
            _("They belong to: {cases}", cases=_some(cases)),
        )
    if not mark and len(cases) > 1:
        raise RefusedError(
            _("The letters belong to several cases: {cases}", cases=_some(cases)),
            _("Give the number of each: {example}", example=f"{OPTION} {cases[0]}={number}"),
        )
    return case or cases[0], int(number)


def given_later(batch: int, words: Sequence[str]) -> bool:
    """Number the letters of a batch that has gone out whole; False where there is none to number.

    Tells how many there are. Where all have their numbers, those by e-mail get others after a yes;
    RefusedError for those by post, which are taken back first.
    """
    run = session.current()
    found = queries.batch(run.register, batch)
    if not words or found.out < found.written:
        return False
    give = numbering.give_numbers
    if case_queries.unnumbered(run.register, batch):
        first = first_documents(words, batch, ())
    elif has := case_queries.given(run.register, batch):
        _refuse_posted(batch, has)
        first = dict(_read(word, list(has)) for word in words)
        if not run.yes:
            run.out.warn(_has_numbers(batch, has))
        ask.confirm(_("Give them others?"))
        give = numbering.give_others
    else:
        return False
    with run.change() as register:
        given = give(register, batch, first, now=run.now)
    n = sum(given.values())
    run.out.result(
        {**queries.batch(run.register, batch).to_json(), "numbered": n},
        ngettext("{n} letter of batch {batch} has got its number in the case.",
                 "{n} letters of batch {batch} have got their numbers in the case.", n,
                 batch=batch),
    )  # fmt: skip
    tell_unnumbered(batch)
    run.out.hint(_("Undo: {command}", command="frivillig undo"))
    return True


def _has_numbers(batch: int, given: Mapping[str, tuple[int, int]]) -> str:
    return _("Batch {id} is recorded as sent already, with these numbers: {numbers}",
             id=batch, numbers=_numbers(given))  # fmt: skip


def _refuse_posted(batch: int, given: Mapping[str, tuple[int, int]]) -> None:
    letters = queries.letters(session.current().register, batch)
    if "email" not in {row.sent_how for row in letters if row.document}:
        raise RefusedError(
            _has_numbers(batch, given),
            _("Find the command in {history} and take it back with {undo}; then: {command}",
              history="frivillig history", undo="frivillig undo N",
              command=f"frivillig letter sent {batch} {OPTION} …"),
        )  # fmt: skip


def tell_given(batch: int, known: Collection[str], *, by_post: bool = True) -> None:
    """Which numbers letters have got in cases that were begun elsewhere, and how to change them.

    `known` are the cases whose first number somebody has given.
    """
    run = session.current()
    year = oslo(run.now).year
    given = {
        case: numbers
        for case, numbers in case_queries.given(run.register, batch).items()
        if case not in known and case_queries.begun_elsewhere(run.register, case, year)
    }
    if not given:
        return
    case = next(iter(given))
    option = f"{case}=N" if len(given) > 1 else "N"
    command = f"frivillig letter sent {batch} {OPTION} {option}"
    run.out.hint(
        _("They have got the numbers after the last one that is known here: {numbers}",
          numbers=_numbers(given)),
        _("If the archive has others: {undo}, then {command}", undo="frivillig undo",
          command=command)
        if by_post
        else _("If the archive has others: {command}", command=command),
    )  # fmt: skip


def _numbers(given: Mapping[str, tuple[int, int]]) -> str:
    spans = [
        f"{case}-{first}" if first == last else f"{case}-{first} … {case}-{last}"
        for case, (first, last) in given.items()
    ]
    return _some(spans)


def tell_unnumbered(batch: int) -> None:
    """Which letters that have gone out have no number in their case, and how to give it."""
    run = session.current()
    found = case_queries.unnumbered(run.register, batch)
    if not found:
        return
    cases = list(found)
    number = f"{cases[0]}=N" if len(cases) > 1 else "N"
    run.out.warn(
        ngettext("{n} letter has no document number: only the archive knows what is free in "
                 "{cases}.",
                 "{n} letters have no document number: only the archive knows what is free in "
                 "{cases}.", sum(map(len, found.values())), cases=_some(cases))
    )  # fmt: skip
    run.out.hint(
        _("When you know the first: {command}",
          command=f"frivillig letter sent {batch} {OPTION} {number}")
    )  # fmt: skip


def _some(cases: Sequence[str]) -> str:
    return ", ".join([*cases[:_MOST_ASKED], *["…"] * (len(cases) > _MOST_ASKED)])
