"""One question answered more than once in one file: a copied sheet, or a copied row.

A copy has copied its key, so that two answers are asked about, and the last is never taken
before somebody says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from frivillig_cli.core.echo import echo, kept
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _, language
from frivillig_cli.core.names import printable
from frivillig_cli.core.sentence import masked
from frivillig_cli.records.survey import answers, display
from frivillig_cli.records.survey.model import Kind, Outcome, Question, Value, in_language
from frivillig_cli.work.survey import marks
from frivillig_cli.work.survey.reading import RawCell, RawForm
from frivillig_cli.work.survey.verdict import TWICE, Fault, Verdict


@dataclass(frozen=True)
class Copies:
    """The form with one answer to a question: the last that they have written.

    `said` are the answers where they are not the same; none where the copies agree. `ways` are
    those of them that they have written, the last of all first: a person may choose one.
    """

    form: RawForm
    said: tuple[RawCell, ...] = ()
    last: str = ""
    ways: tuple[Way, ...] = ()

    def chosen(self, number: int | None) -> Copies:
        """The one of `ways` that somebody has chosen, as if it stood there alone."""
        if number is None or number >= len(self.ways):
            return self
        return Copies(self.ways[number].form)


class Way(NamedTuple):
    """One of several answers, as it stands there, and the form with it."""

    cell: RawCell
    form: RawForm


@dataclass(frozen=True)
class _Said:
    """One of the copies: what it means, and whether it is blank or as it was sent."""

    cell: RawCell
    means: object
    quiet: bool


def cells_of(question: Question) -> list[str]:
    """The fields that a question has cells for: itself, or each of its options."""
    if question.kind is not Kind.MANY_OF:
        return [question.id]
    return [marks.option_field(question.id, choice.id) for choice in question.options]


def copies(form: RawForm, question: Question, base: Value) -> Copies:
    """What the cells of a question say together.

    A copied sheet that is blank or as it was sent says nothing. Of a copied row in a workbook for
    all that is told as well, beside one on the same sheet: it may have been copied for another
    association.
    """
    if question.kind is not Kind.MANY_OF and len(form.cells.get(question.id, ())) < 2:
        return Copies(form)  # nearly every form
    found = {name: form.cells[name] for name in cells_of(question) if name in form.cells}
    if all(len(cells) < 2 for cells in found.values()):
        return Copies(form)
    if question.kind is Kind.MANY_OF:
        times = {len(cells) for cells in found.values()}
        return _sets(form, question, found) if len(times) == 1 else _options(form, found)
    cells = found[question.id]
    all_ = [_single(question, cell, base) for cell in cells]
    return _copies(form, all_, [_with(form, {question.id: cell}) for cell in cells])


def _copies(form: RawForm, said: Sequence[_Said], forms: Sequence[RawForm]) -> Copies:
    """The copies of a whole answer; `forms`: the form with each of them."""
    last, told = _weigh(form, said)
    if last is None:
        return Copies(form)
    first = [last, *(number for number in reversed(told) if number != last)]
    ways = [Way(said[each].cell, forms[each]) for each in first if not said[each].quiet]
    cells = tuple(said[number].cell for number in told)
    return Copies(forms[last], cells, said[last].cell.text, tuple(ways) if told else ())


def _weigh(form: RawForm, said: Sequence[_Said]) -> tuple[int | None, list[int]]:
    """Which is the last that they have written; and those that do not say the same."""
    written = [number for number, one in enumerate(said) if not one.quiet]
    if not written:
        return None, []
    sheets = {said[number].cell.sheet for number in written}
    beside = [number for number, one in enumerate(said) if one.cell.sheet in sheets]
    last = {said[number].means: number for number in (beside if form.in_table else written)}
    return written[-1], sorted(last.values()) if len(last) > 1 else []


def _with(form: RawForm, cells: Mapping[str, RawCell]) -> RawForm:
    return replace(form, cells={**form.cells, **{name: [cell] for name, cell in cells.items()}})


def _single(question: Question, cell: RawCell, base: Value) -> _Said:
    if not cell.problem and display.untouched(question, cell.text, base):
        return _Said(cell, base, quiet=True)
    return _Said(cell, _means(question, cell), quiet=not printable(cell.text))


def _means(question: Question, cell: RawCell) -> object:
    """What two copies are held against each other by: the value, however it is written."""
    try:
        return cell.text if cell.problem else answers.parse(question, cell.text)
    except InvalidValueError:
        return printable(cell.text)


def _ticked(cell: RawCell) -> object:
    try:
        return cell.text if cell.problem else answers.is_tick(cell.text)
    except InvalidValueError:
        return printable(cell.text)


def _sets(form: RawForm, question: Question, found: Mapping[str, Sequence[RawCell]]) -> Copies:
    """All options stand there as often: each copy of them is one answer."""
    sets = [dict(zip(found, cells, strict=True)) for cells in zip(*found.values(), strict=True)]
    all_ = [_set(question, ticks) for ticks in sets]
    return _copies(form, all_, [_with(form, ticks) for ticks in sets])


def _set(question: Question, ticks: Mapping[str, RawCell]) -> _Said:
    """One copy of all the ticks as one cell: where the first of them stands, what is chosen."""
    means = tuple((name, says) for name, cell in ticks.items() if (says := _ticked(cell)))
    texts = {marks.option_field(question.id, one.id): one.text for one in question.options}
    chosen = [
        in_language(texts[name], language()) if says is True else str(says) for name, says in means
    ]
    first = next((cell for cell in ticks.values() if printable(cell.text)), None)
    cell = first or next(iter(ticks.values()))
    return _Said(cell._replace(text=", ".join(chosen)), means, quiet=first is None)


def _options(form: RawForm, found: Mapping[str, Sequence[RawCell]]) -> Copies:
    """The row of one option was copied: each option is held against its own copies."""
    differ: list[RawCell] = []
    last: dict[str, RawCell] = {}
    for name, cells in found.items():
        said = [_Said(one, _ticked(one), quiet=not printable(one.text)) for one in cells]
        number, told = _weigh(form, said)
        differ += (cells[each] for each in told)
        if number is not None:
            last[name] = cells[number]
    return Copies(_with(form, last), tuple(differ), differ[-1].text if differ else "")


def proposed(verdict: Verdict, said: Copies) -> Verdict:
    """The verdict on the last of several answers: kept with all of them, for a person to choose."""
    if not said.said:
        return verdict
    cells = said.said
    both = ", ".join(places(cells))
    all_ = " / ".join(kept(cell.text) for cell in cells)
    if verdict.outcome is Outcome.REJECTED:
        words = _("It stands there more than once, with different answers: {answers}.",
                  answers=both)  # fmt: skip
        return verdict._replace(answer=None).rejected(TWICE, words, all_)
    words = _(
        "It stands there more than once, with different answers: {answers}. Proposed is the last "
        "that they have written, «{last}»: choose with --accept ask.",
        answers=both,
        last=echo(said.last),
    )
    if verdict.question.kind is Kind.ORG_NAME:
        more = _("Another association is not made by copying a row, but with: frivillig org add")
        words = f"{words} {more}"
    fault = Fault(TWICE, masked(words), all_)
    ways = tuple(way.cell for way in said.ways)
    return verdict._replace(outcome=Outcome.CONFLICT, fault=fault, copies=ways)


def places(cells: Sequence[RawCell]) -> list[str]:
    """Each cell, and what stands there."""
    apart = len({cell.sheet for cell in cells}) > 1
    return [f"{f'{cell.sheet}!' if apart else ''}{cell.ref} «{echo(cell.text)}»" for cell in cells]
