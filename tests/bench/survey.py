"""What a survey round costs beside the same work done with openpyxl or the reader alone.

    python -m tests.bench.survey [-n PAIRS]

A made-up municipality of 170 associations is sent a survey, once as one workbook and once as
170, and all of them answer. Ratios of processor time, the median of pairs that run in turn:

- one workbook: against a bare openpyxl write of the same cells, looks, validations, protection;
  the writing by itself, and with reading the register, keeping what was sent, and the commit
- 170 workbooks: against one form that is built once, patched and saved 170 times
- import: read, compare, commit against reading the 170 answered workbooks with the reader
  alone; and with the preview that `survey import` makes before it asks (--accept all makes none)
"""

from __future__ import annotations

import argparse
import gc
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from frivillig_cli.core.i18n import set_language
from frivillig_cli.core.query import parse_query
from frivillig_cli.formats.xlsx_read import read_workbook
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.survey import actions, queries
from frivillig_cli.records.survey.key import Key, base_key
from frivillig_cli.records.survey.questions import default_questions
from frivillig_cli.store.opening import create_register, open_register
from frivillig_cli.store.register import Command, Register
from frivillig_cli.work.demo.population import Town, settle
from frivillig_cli.work.demo.replies import reply
from frivillig_cli.work.survey.answering import Answering
from frivillig_cli.work.survey.export import Target, export_forms, export_table
from frivillig_cli.work.survey.files import find_files
from frivillig_cli.work.survey.form import Addressee
from frivillig_cli.work.survey.present import present
from frivillig_cli.work.survey.reading import read_files
from frivillig_cli.work.survey.table import write_table
from frivillig_cli.work.survey.take_in import Choices, take_in
from tests.bench import measure

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TODAY = date(2026, 11, 23)


class Municipality:
    """A register of 170 associations in `folder`, copied anew for each run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._count = 0
        self._first = folder / "first.db"
        register = create_register(self._first)
        with change(register):
            settle(Town(register, NOW))
        register.close()

    def fresh(self) -> Register:
        """A register of its own, with a survey that nobody has been sent."""
        self._count += 1
        path = self.folder / f"{self._count}.db"
        shutil.copy(self._first, path)
        register = open_register(path)
        with change(register):
            actions.new(register, "Bench", default_questions(), due=None, now=NOW, today=TODAY)
        return register

    def place(self) -> Path:
        """A name that no file has yet."""
        self._count += 1
        return self.folder / f"{self._count}"


def change(register: Register, *, dry_run: bool = False) -> Any:
    """One command's transaction."""
    return register.transaction(Command("bench", "bench", NOW), dry_run=dry_run)


@contextmanager
def clock() -> Iterator[Callable[[], float]]:
    """The processor seconds that this process takes inside the block.

    What the bench itself holds is set aside: a search for circles in all of it takes as long as a
    workbook, and would fall on one of the two that are compared.
    """
    gc.collect()
    gc.freeze()
    start, spent = time.process_time(), [0.0]
    yield lambda: spent[0]
    spent[0] = time.process_time() - start
    gc.unfreeze()


def all_of(register: Register) -> list[int]:
    """The ids of every association."""
    return orgs.ids(register, parse_query([]))


def send_one_book(town: Municipality) -> float:
    """`survey export` of all in one workbook: read, keep what is sent, write, commit."""
    register, place = town.fresh(), town.place().with_suffix(".xlsx")
    with clock() as spent, change(register):
        export_table(register, queries.get(register, 1), all_of(register), Target(place), now=NOW)
    register.close()
    return spent()


def send_many_books(town: Municipality) -> float:
    """`survey export --per-org`: the same, a workbook for each."""
    register, place = town.fresh(), town.place()
    with clock() as spent, change(register):
        export_forms(register, queries.get(register, 1), all_of(register), Target(place), now=NOW)
    register.close()
    return spent()


@dataclass(frozen=True)
class Copy:
    """A workbook as plain data, to be written again with nothing but openpyxl."""

    sheets: list[tuple[Any, list[tuple[int, int, Any, str, int]]]]

    @classmethod
    def of(cls, path: Path) -> Copy:
        """Read what we have written."""
        book = load_workbook(path)
        return cls(
            [
                (
                    sheet,
                    [
                        (cell.row, cell.column, cell.value, cell.data_type, cell.style_id)
                        for row in sheet.iter_rows()
                        for cell in row
                        if cell.has_style or cell.value is not None
                    ],
                )
                for sheet in book.worksheets
            ]
        )

    @property
    def language(self) -> str:
        """Which form it is: the first step of how to fill it in is another in each language."""
        return str(self.sheets[0][0]["C6"].value)[4:8]

    def build(self) -> Workbook:
        """A new workbook with the same cells, looks, validations, widths and protection."""
        book = Workbook()
        book.remove(book.active)
        for source, cells in self.sheets:
            self._sheet(book.create_sheet(source.title), source, cells)
        for name, defined in self.sheets[0][0].parent.defined_names.items():
            book.defined_names[name] = copy(defined)
        return book

    def _sheet(self, sheet: Any, source: Any, cells: list[tuple[int, int, Any, str, int]]) -> None:
        styles: dict[int, Any] = {}
        for row, column, value, kind, style in cells:
            cell = sheet.cell(row, column)
            if value is not None:
                cell.value = value
                cell.data_type = kind
            if style not in styles:
                like = source.cell(row, column)
                for part in ("font", "fill", "border", "alignment", "protection"):
                    setattr(cell, part, copy(getattr(like, part)))
                cell.number_format = like.number_format
                styles[style] = cell._style
            cell._style = styles[style]
        for made in source.data_validations.dataValidation:
            sheet.add_data_validation(copy(made))
        for letter, width in source.column_dimensions.items():
            sheet.column_dimensions[letter].width = width.width
            sheet.column_dimensions[letter].hidden = width.hidden
        for number, height in source.row_dimensions.items():
            sheet.row_dimensions[number].height = height.height
        sheet.protection = copy(source.protection)
        sheet.sheet_state = source.sheet_state
        for cells_merged in source.merged_cells.ranges:
            sheet.merge_cells(str(cells_merged))


def write_one_book(town: Municipality) -> float:
    """Only the workbook of it: the register is read before, and nothing is kept."""
    register, place = town.fresh(), town.place().with_suffix(".xlsx")
    survey, chosen = queries.get(register, 1), orgs.get_many(register, all_of(register))
    rows = []
    for org in chosen.values():
        values = present(org, survey.questions)
        key = Key(survey.code, org.id, base_key(org.uid, values))
        rows.append(Addressee(org.name, str(key), values))
    with clock() as spent:
        write_table(place, survey, "nb", rows)
    register.close()
    return spent()


def bare_one_book(town: Municipality, like: Copy) -> float:
    """The floor of one workbook."""
    place = town.place().with_suffix(".xlsx")
    with clock() as spent:
        like.build().save(place)
    return spent()


def bare_many_books(town: Municipality, like: list[Copy]) -> float:
    """The floor of many: the form is built once; what differs is set, and it is saved."""
    folder = town.place()
    folder.mkdir()
    alike: dict[str, list[Copy]] = {}
    for one in like:  # a form in each language
        alike.setdefault(one.language, []).append(one)
    patches = {language: _patches(copies) for language, copies in alike.items()}
    with clock() as spent:
        for language, copies in alike.items():
            book = copies[0].build()
            sheets = [book[source.title] for source, _cells in copies[0].sheets]
            for number, patch in enumerate(patches[language]):
                for at, row, column, value in patch:
                    sheets[at].cell(row, column).value = value
                book.save(folder / f"{language}{number}.xlsx")
    return spent()


def _patches(like: list[Copy]) -> list[list[tuple[int, int, int, Any]]]:
    """What must be set to make each of the workbooks of the one that was saved before it."""
    first = like[0]
    return [
        [
            (at, row, column, value)
            for at, (_source, cells) in enumerate(one.sheets)
            for (row, column, value, *_rest), (*_place, was, _kind, _style) in zip(
                cells, first.sheets[at][1], strict=True
            )
            if value != was or column == 4
        ]
        for one in like
    ]


def answer_all(town: Municipality) -> tuple[Path, Path]:
    """The register as it was sent, and the folder of 170 answers."""
    register, folder = town.fresh(), town.place()
    folder.mkdir()
    with change(register):
        export_forms(
            register, queries.get(register, 1), all_of(register), Target(town.place()), now=NOW
        )
    writing = Answering(register, queries.get(register, 1))
    for number, sent in enumerate(queries.recipients(register, 1)):
        said = reply(number, sent.base)
        writing.write(folder, sent, said.answers, nothing_changed=said.nothing_changed)
    register.close()
    return register.path, folder


def import_all(town: Municipality, sent: Path, folder: Path, *, preview: bool) -> float:
    """`survey import`: read, compare, commit; with the preview, compare twice."""
    path = town.place().with_suffix(".db")
    shutil.copy(sent, path)
    register = open_register(path)
    with clock() as spent:
        files = read_files(find_files([folder]))
        survey = queries.get(register, 1)
        for dry_run in (True, False) if preview else (False,):
            with change(register, dry_run=dry_run):
                take_in(register, survey, files, Choices(), now=NOW, today=TODAY)
    register.close()
    return spent()


def read_all(folder: Path) -> float:
    """The reader alone."""
    with clock() as spent:
        for path in find_files([folder]):
            read_workbook(path)
    return spent()


def main() -> None:
    """Print a line for each ratio, with the most that it should be."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("-n", type=int, default=5, help="how many pairs")
    pairs = parser.parse_args().n
    set_language("nb")
    with tempfile.TemporaryDirectory() as folder:
        town = Municipality(Path(folder))
        register, one, many = town.fresh(), town.place().with_suffix(".xlsx"), town.place()
        with change(register):
            survey = queries.get(register, 1)
            export_table(register, survey, all_of(register), Target(one), now=NOW)
            written = export_forms(register, survey, all_of(register), Target(many), now=NOW)
        register.close()
        book = Copy.of(one)
        cells = sum(len(found) for _sheet, found in book.sheets)
        print(f"{len(written.files)} associations, {cells:,} cells in one workbook")
        for name, sends in (("writing it", write_one_book), ("with register", send_one_book)):
            _say(f"one workbook, {name} / bare openpyxl", 1.5, measure.ratio(
                lambda run=sends: run(town), lambda: bare_one_book(town, book), pairs))  # fmt: skip
        forms = [Copy.of(path) for _org, path in written.files]
        _say("170 workbooks / build once, patch, save", 1.3, measure.ratio(
            lambda: send_many_books(town), lambda: bare_many_books(town, forms), pairs)
        )  # fmt: skip
        sent, answers = answer_all(town)
        for name, preview in (("without preview", False), ("with preview", True)):
            _say(f"import, {name} / reading alone", 2.0, measure.ratio(
                lambda p=preview: import_all(town, sent, answers, preview=p),
                lambda: read_all(answers), pairs))  # fmt: skip


def _say(what: str, most: float, ratio: float) -> None:
    print(f"  {what:<42} {ratio:>5.2f}   (at most {most})", flush=True)


if __name__ == "__main__":
    main()
