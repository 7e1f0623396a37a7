"""A file to a plan: read whole and checked whole before anything is begun."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from frivillig_cli.core.dates import show_date
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.formats.files import file_hash
from frivillig_cli.formats.tables import Table, TableRow, looks_like_data
from frivillig_cli.records.org.from_unit import is_association
from frivillig_cli.sources.brreg import Answer
from frivillig_cli.sources.unit import Unit
from frivillig_cli.work.imports import orgs
from frivillig_cli.work.imports.columns import as_titled, find_columns, titled
from frivillig_cli.work.imports.doubts import Gone, hidden, why_no_entry
from frivillig_cli.work.imports.headers import key, knower, second_list
from frivillig_cli.work.imports.kind import Kind
from frivillig_cli.work.imports.mend import names_a_kind
from frivillig_cli.work.imports.of_people import refuse_people
from frivillig_cli.work.imports.record import Plan, Record
from frivillig_cli.work.imports.result import Rejection, Skip
from frivillig_cli.work.imports.rows import Guessed, is_heading, is_result, nothing_read, read_row

_SAMPLE = 200
_LONG_NUMBER = re.compile(r"\+?[0-9](?:[ -]?[0-9]){7,}")  # somebody's, perhaps a protected one's
_SHOWN = 20
_MOST_IN_A_HEADING = 2  # values: a sum has its name and the figure
Progress = Callable[[int], None]


def read_units(answer: Answer) -> Plan:
    """The plan of a saved answer of Enhetsregisteret.

    Dissolved units and those that are no association are skipped, each with why.
    """
    path = answer.path
    plan = Plan("org", path.name, file_hash(path))
    named: list[str] = []
    for row, unit in answer:
        plan.voluntary += unit.voluntary_entry
        why = _why_not(unit)
        if why:
            plan.skipped.append(Skip(row, why))
            continue
        record, left_out = orgs.from_unit(row, unit)
        if isinstance(record, Rejection):
            plan.rejected.append(record)
            continue
        plan.records.append(record)
        plan.left_out += left_out
        if unit.care_of:
            named.append(echo(record.text("name")))
        if unit.bankrupt or unit.liquidating:
            plan.notes.append(
                _("{name} is being wound up, says the register.", name=unit.name or unit.orgnr)
            )
    if named:
        told = _("Left out of the address, because the line names a person (c/o, v/, att.): {orgs}",
                 orgs=_some(named))  # fmt: skip
        plan.notes.append(told)
    if not answer.units:
        raise FileFormatError(
            _("{file} holds no units: the search gave none.", file=path.name),
            _("Check the municipality's number and the legal form that were searched for."),
        )
    for row, where in answer.elsewhere.rows:
        plan.skipped.append(Skip(row, _("in another municipality: {where}", where=where)))
    if answer.elsewhere.rows and not plan.records and not plan.rejected:
        number = answer.elsewhere.rows[0][1]
        plan.notes.append(
            _("None of them is in the register's municipality. If {number} is the right one: {set}",
              number=number, set="frivillig config set municipality.number …")
        )  # fmt: skip
    plan.skipped.sort(key=lambda skip: skip.row)
    plan.pages, plan.units, plan.filtered = answer.pages, answer.units, answer.elsewhere.filtered
    plan.missing = answer.searches.missing
    plan.rows = answer.units - answer.elsewhere.filtered
    return plan


def _why_not(unit: Unit) -> str | None:
    if unit.removed:
        return _("removed from the open register: no copy of it may be kept")
    if unit.deleted:
        return _("dissolved {date}", date=show_date(unit.deleted))
    if not is_association(unit):
        return _("no association: its form is {form}", form=unit.form)
    return None


def read_list(
    path: Path,
    table: Table,
    kind: Kind,
    chosen: Mapping[str, str],
    remembered: Callable[[list[str]], Mapping[str, str]],
    progress: Progress | None = None,
) -> Plan:
    """The plan of an xlsx, ods, csv or JSON list. `chosen` is title → field, as with --map.

    `remembered` gives what was chosen the last time for a file with these titles.
    """
    sample = [row.values for row in table.rows[:_SAMPLE]]
    now = as_titled(chosen, table.headers)
    before = {
        title: field
        for wanted, field in remembered(list(table.headers)).items()
        if (title := titled(wanted, table.headers)) and title not in now
    }
    all_chosen = {**before, **now}
    columns = find_columns(table.headers, sample, kind.titles, all_chosen)
    if kind.offices:
        refuse_people(path, columns, sample, all_chosen)
    plan = Plan(kind.name, path.name, file_hash(path), columns=columns, chosen=all_chosen)
    plan.rows = len(table.rows)
    if before:
        pairs = ", ".join(f"{title} = {kind.label(field)}" for title, field in before.items())
        plan.notes.append(_("As you chose the last time: {columns}", columns=pairs))
    if table.skipped:
        plan.notes.append(
            ngettext(
                "{n} row above the titles is passed over.",
                "{n} rows above the titles are passed over.",
                len(table.skipped),
            )
        )
    if table.merged:
        plan.notes.append(_("What stands in a cell over several rows is read in each of them."))
    beside = second_list(table.headers, columns.fields)
    if beside and not columns.fields.keys() & {*beside}:
        plan.notes.append(
            _(
                "“{title}” stands twice: what is in the columns from the second on is not read. "
                "If that is another list, put it in a file of its own.",
                title=echo(beside[0].removesuffix(" (2)")),
            )
        )
    if table.other_sheets:
        sheets = ", ".join(table.other_sheets)
        plan.notes.append(
            _(
                "Only the sheet “{sheet}” is read; there is also: {others}.",
                sheet=table.sheet,
                others=sheets,
            )
        )
    guessed: list[Guessed] = []
    formulas: set[str] = set()
    headings = []
    alone: dict[int, str] = {}
    in_capitals = 0
    is_title = knower(kind.titles)
    are_titles = _titles(is_title)
    gone = Gone(table, columns.fields)
    for number, row in enumerate(table.rows, start=1):
        if progress and number % 1000 == 0:
            progress(1000)
        found = read_row(row, columns, kind, guessed)
        if _is_odd(found, table) and are_titles(row):
            if _same_titles(row):
                plan.skipped.append(Skip(row.number, _("the titles once more")))
                continue
            raise _more_than_one(path, row)
        if row.problems:
            formulas.update(_worked_out(row, columns.fields))
        if not isinstance(found, Record):
            plan.rejected += found
        elif not found.values and nothing_read(row, columns.fields):
            plan.skipped.append(Skip(row.number, _("all cells that are read are blank")))
        elif len(found.values) <= _MOST_IN_A_HEADING and (
            is_heading(found, row) or _stands_over(table, number - 1, are_titles)
        ):
            plan.skipped.append(Skip(row.number, _("a heading or a sum in the list")))
            name = _LONG_NUMBER.sub("…", found.text("name"))
            headings.append(f"{name} ({_('row {row}', row=row.number)})")
        elif why := why_no_entry(kind, found, is_title):
            plan.rejected.append(Rejection(row.number, "name", echo(found.text("name")), why))
        else:
            gone.look(row.number, row.values)
            plan.records.append(found)
            plan.left_out += found.left_out
            name = row.values[table.headers[0]] or ""
            if len(found.values) == 1 and found.text("name") == name and _filled(row) == 1:
                alone[row.number] = name
            else:
                in_capitals += name.isupper()
    fuller = len(plan.records) - len(alone)
    if len(alone) < fuller:
        plan.alone = frozenset(alone)
        mixed = in_capitals * 2 < fuller
        plan.headings = frozenset(
            n for n, name in alone.items() if names_a_kind(name) or (mixed and name.isupper())
        )
    plan.doubts = [*gone.anomalies(), *hidden(table)]
    plan.notes += _read_otherwise(guessed, headings)
    if formulas:
        titles = ", ".join(echo(title) for title in table.headers if title in formulas)
        plan.notes.append(
            _("Formulas are read as they were last worked out: {columns}. See that it is right.",
              columns=titles)
        )  # fmt: skip
    return plan


def _worked_out(row: TableRow, read: Mapping[str, str]) -> Iterator[str]:
    """The columns in which a row has a formula, of which the last result is taken."""
    for problem in row.problems:
        field = read.get(problem.header)
        if field and is_result(problem, field, row.values[problem.header] or ""):
            yield problem.header


def _titles(knows: Callable[[str], bool]) -> Callable[[TableRow], bool]:
    """Whether a row among the entries holds titles: most of its cells, and two at least."""

    def are_titles(row: TableRow) -> bool:
        cells = [text for text in row.values.values() if text]
        if any(map(looks_like_data, cells)):
            return False
        known = sum(map(knows, cells))
        return known > 1 and known * 2 > len(cells)

    return are_titles


def _stands_over(table: Table, at: int, are_titles: Callable[[TableRow], bool]) -> bool:
    """Whether a lone cell is over some entries: below a blank row, or over the titles once more."""
    rows, row = table.rows, table.rows[at]
    if _filled(row) != 1 or len(table.headers) <= _MOST_IN_A_HEADING or at + 1 >= len(rows):
        return False
    below = rows[at + 1]
    if _same_titles(below) and are_titles(below):
        return True
    above = rows[at - 1].number if at else table.header_row
    parted = row.number - above > 1 and below.number - row.number == 1
    return parted and _filled(below) > 1


def _filled(row: TableRow) -> int:
    return sum(map(bool, row.values.values()))


def _is_odd(found: Record | list[Rejection], table: Table) -> bool:
    """Whether a row may be no entry at all: looked at before it is compared with the titles."""
    if not isinstance(found, Record):
        return True
    return bool(found.left_out) or found.values.get("name") in table.headers


def _same_titles(row: TableRow) -> bool:
    """Whether a row holds the titles once more, also in capitals or without their marks."""
    return all(map(_is_title, row.values.items()))


def _is_title(cell: tuple[str, str | None]) -> bool:
    """Whether a cell is what its column is called; with what stands over it, or a number after."""
    title, text = cell
    if text is None or title.startswith(text) or title.endswith(f" {text}"):
        return True
    words = title.partition(" (")[0].split()
    whole = {key(" ".join(words[start:])) for start in range(len(words))}
    return key(text) in whole - {""}


def _more_than_one(path: Path, row: TableRow) -> FileFormatError:
    titles = ", ".join(echo(text) for text in row.values.values() if text)
    return FileFormatError(
        _("Row {row} of {file} has titles of its own ({titles}): there are several lists in it.",
          row=row.number, file=path.name, titles=titles),
        _("Put each list on a sheet or in a file of its own, and take them in one by one."),
    )  # fmt: skip


def _read_otherwise(guessed: list[Guessed], headings: list[str]) -> list[str]:
    """What was taken for something near, and which rows for no entries at all."""
    notes = []
    members = [f"{one.text} → {one.value}" for one in guessed if one.field == "members"]
    if members:
        notes.append(_("Members, read as numbers: {cells}", cells=_some(members)))
    if headings:
        notes.append(_("Passed over as headings or sums: {names}", names=_some(headings)))
    return notes


def _some(found: list[str]) -> str:
    return ", ".join(found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
