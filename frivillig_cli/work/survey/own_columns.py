"""Columns that whoever rings round has put beside ours in the workbook for all: told of once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from frivillig_cli.core.echo import echo, kept
from frivillig_cli.core.i18n import _
from frivillig_cli.core.sentence import masked
from frivillig_cli.formats.cells import column_letter, parse_ref
from frivillig_cli.records.survey.model import Problem
from frivillig_cli.work.survey.guard import Ways
from frivillig_cli.work.survey.outside import OUTSIDE, listed
from frivillig_cli.work.survey.own_words import Ours
from frivillig_cli.work.survey.reading import RawCell, RawForm, ReadFile

_FEWEST = 3  # rows: what stands in fewer is told with its association

Place = tuple[str, str]  # a sheet, and the letters of a column


def own_columns(file: ReadFile, ours: Callable[[RawForm], Ours]) -> dict[Place, list[RawCell]]:
    """What stands in each such column. That of the names is ours, whatever is written over it."""
    found: dict[Place, list[RawCell]] = defaultdict(list)
    not_own: set[Place] = set()
    for form in file.forms:
        known = ours(form) if form.in_table and form.outside else Ours()
        for cell in form.outside if form.in_table else ():
            if cell.note:
                continue
            found[_place(cell)].append(cell)
            head = cell._replace(text=cell.head)
            if known.has(cell, None, listed=False) or (
                cell.head and known.has(head, None, listed=False)
            ):
                not_own.add(_place(cell))
    return {
        place: cells
        for place, cells in found.items()
        if len(cells) >= _FEWEST and place not in not_own
    }


def without(file: ReadFile, columns: dict[Place, list[RawCell]]) -> ReadFile:
    """The file without what stands in these columns."""
    if not columns:
        return file
    forms = [
        replace(form, outside=[c for c in form.outside if c.note or _place(c) not in columns])
        for form in file.forms
    ]
    return replace(file, forms=tuple(forms))


def problem_of(file: ReadFile, place: Place, cells: Sequence[RawCell], ways: Ways) -> Problem:
    """One problem for the whole column."""
    open_ = [c._replace(text=_("[protected]")) if ways.whose(c.text) else c for c in cells]
    said = {"column": place[1], "n": len(cells), "cells": listed(open_)}
    head = cells[0].head
    if head and ways.whose(head) is None:
        words = _("The column {column} «{head}» is none of ours, and holds something in {n} rows: "
                  "{cells}. Look at it.", head=echo(head), **said)  # fmt: skip
    else:
        words = _("The column {column} is none of ours, and holds something in {n} rows: {cells}. "
                  "Look at it.", **said)  # fmt: skip
    value = " / ".join(f"{c.ref} {kept(c.text)}" for c in open_)
    sheet, letters = place
    return Problem(file.name, OUTSIDE, masked(words), None, sheet, letters, None, value)


def _place(cell: RawCell) -> Place:
    return cell.sheet, column_letter(parse_ref(cell.ref)[1])
