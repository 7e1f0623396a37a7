"""What stands in a form beside its answer cells, and is none of our own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from frivillig_cli.core.echo import echo, kept
from frivillig_cli.core.i18n import _
from frivillig_cli.core.sentence import masked
from frivillig_cli.formats.cells import parse_ref
from frivillig_cli.work.survey.own_words import Ours
from frivillig_cli.work.survey.reading import DRAWN, RawCell, RawForm
from frivillig_cli.work.survey.verdict import Fault

OUTSIDE = "outside"
_SHOWN = 6


def outside(form: RawForm, ours: Ours) -> Iterator[tuple[RawCell, Fault]]:
    """What is written where no answer is read: told of once for each sheet that it stands on."""
    for sheet, cells in _theirs(form.outside, ours, form):
        words = _beside(cells) if sheet == form.sheet else _on_sheet(sheet, cells)
        if sheet == form.sheet and cells[0].note:
            words = _("A comment stands at {cells}: look at it.", cells=listed(cells))
        if sheet == form.sheet and cells[0].note == DRAWN:
            words = _("A text box or a picture lies at {cells}: look at it.", cells=listed(cells))
        value = " / ".join(kept(cell.text) for cell in cells)
        yield cells[0], Fault(OUTSIDE, masked(words), value)


def elsewhere(cells: Iterable[RawCell], ours: Ours) -> Iterator[str]:
    """What is written on the other sheets of a workbook for all: a sentence for each sheet."""
    for sheet, theirs in _theirs(cells, ours):
        yield _on_sheet(sheet, theirs)


def _theirs(
    cells: Iterable[RawCell], ours: Ours, form: RawForm | None = None
) -> list[tuple[str, list[RawCell]]]:
    """The cells, and then the comments, that somebody else has written, by sheet."""
    found: dict[tuple[str, str], list[RawCell]] = {}
    sheet = form.sheet if form else ""
    stands: dict[tuple[int, int], RawCell] = {}  # in a form for one: its name, who asks below it
    for cell in cells:
        above = None
        if form and form.whole and cell.sheet == sheet and not cell.note:
            row, column = parse_ref(cell.ref)
            stands[row, column] = cell
            above = stands.get((row - 1, column))
        if cell.note or not ours.has(cell, above, listed=cell.sheet != sheet):
            found.setdefault((cell.sheet, cell.note), []).append(cell)
    return [(sheet, theirs) for (sheet, _note), theirs in found.items()]


def _beside(cells: Sequence[RawCell]) -> str:
    return _(
        "What stands in {cells} is the answer to no question: look at it.", cells=listed(cells)
    )


def _on_sheet(sheet: str, cells: Sequence[RawCell]) -> str:
    return _(
        "The sheet «{sheet}» is not part of the form, and holds {cells}: look at it.",
        sheet=echo(sheet),
        cells=listed(cells),
    )


def listed(cells: Sequence[RawCell]) -> str:
    """The first of the cells, and what stands in each."""
    said = ", ".join(f"{cell.ref} «{echo(cell.text)}»" for cell in cells[:_SHOWN])
    return f"{said}, …" if len(cells) > _SHOWN else said
