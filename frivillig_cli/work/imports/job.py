"""One import from file to register: `prepare`, then `apply` twice (rolled back, then for real).

The same file in the same way changes nothing: it is known by its SHA-256.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.sources.brreg import Answer, is_unit_table, recognise
from frivillig_cli.store import settings
from frivillig_cli.store.register import Register
from frivillig_cli.work.imports import queries, read
from frivillig_cli.work.imports.apply import apply
from frivillig_cli.work.imports.decisions import Decisions
from frivillig_cli.work.imports.headers import after_offices, key, knower, of_an_office
from frivillig_cli.work.imports.kind import Kind
from frivillig_cli.work.imports.orgs import ORGS
from frivillig_cli.work.imports.record import Plan
from frivillig_cli.work.imports.result import ImportResult, Options
from frivillig_cli.work.imports.volunteers import checker

if TYPE_CHECKING:
    from frivillig_cli.formats.tables import Table

ORG, VOLUNTEER = "org", "volunteer"
# By what titles the program's own lists are known: of offices, of people, of associations.
_OFFICES_LISTED = {"orgid", "personid", "role"}
_PEOPLE_LISTED = {"phones", "minor", "roles"}
_ORGS_LISTED = {"orgnr", "umbrellas", "contacts"}
# What `survey export` marks its workbooks with, and the id of its hidden column of keys.
_FORM_PROPERTY, _FORM_KEY = "frivillig-survey", "f1.key"


def kind_of(name: str, now: datetime) -> Kind:
    """The kind called `org` or `volunteer`."""
    return ORGS if name == ORG else checker(now)


def prepare(
    register: Register,
    path: Path,
    kind: Kind,
    options: Options,
    progress: read.Progress | None = None,
) -> Plan:
    """Read and check a file whole. Raises FileFormatError, NotFoundError, UsageError."""
    from frivillig_cli.formats.tables import read_table

    if options.sheet is None and recognise(path):
        _only_organisations(path, kind)
        return read.read_units(Answer(path, municipality(register), progress))
    ours = knower(kind.titles)
    # a form is to be known as one: the titles that it has for machines are its header row
    table = read_table(
        path,
        sheet=options.sheet,
        knows=lambda cell: cell[:3] == "f1." or ours(cell),
        belongs=of_an_office,
        beside=after_offices if kind.offices else lambda _titles: {},
    )
    _refuse_form(path, table)
    _refuse_own_list(path, table, kind)
    if is_unit_table(table.headers):
        _only_organisations(path, kind)
        cells = ((row.number, row.values) for row in table.rows)
        plan = read.read_units(Answer(path, municipality(register), progress, cells))
    else:
        plan = _listed(register, (path, table), kind, options, progress)
    if table.has_macros:
        plan.notes.append(_("{file} holds macros; they were not run.", file=plan.name))
    return plan


def _refuse_form(path: Path, table: Table) -> None:
    """A survey form is no list of associations: it has a row for each question."""
    above = (word for _row, text in table.skipped for word in text.split())
    if _FORM_PROPERTY not in table.properties and _FORM_KEY not in {*table.headers, *above}:
        return
    title = table.properties.get(f"{_FORM_PROPERTY}-title")
    survey = f'"{title}"' if title else "SURVEY"
    raise RefusedError(
        _("{file} is a survey form, not a list.", file=path.name),
        _("Take the answers in with: {command}",
          command=f"frivillig survey import {survey} {path.name}"),
    )  # fmt: skip


def _refuse_own_list(path: Path, table: Table, kind: Kind) -> None:
    """The program's own list of people holds no associations, and its list of those no people."""
    titles = {key(title) for title in table.headers}
    if kind.name == ORG and titles >= _OFFICES_LISTED:
        raise RefusedError(
            _("{file} is a list of who holds which office, not of associations.", file=path.name),
            _("Enter an office with: {command}", command=typed("frivillig contact add ORG NAME")),
        )
    if kind.name == ORG and titles >= _PEOPLE_LISTED:
        raise RefusedError(
            _("{file} is a list of people, not of associations.", file=path.name),
            _("Import it with: frivillig volunteer import {file}", file=path.name),
        )
    if titles >= _ORGS_LISTED:
        _only_organisations(path, kind)


def _listed(
    register: Register,
    source: tuple[Path, Table],
    kind: Kind,
    options: Options,
    progress: read.Progress | None,
) -> Plan:
    path, table = source
    return read.read_list(
        path,
        table,
        kind,
        options.columns,
        lambda titles: queries.remembered_columns(register, kind.name, titles),
        progress,
    )


def _only_organisations(path: Path, kind: Kind) -> None:
    if kind.name != ORG:
        raise UsageError(
            _("{file} holds associations, not volunteers.", file=path.name),
            _("Import it with: frivillig org import {file}", file=path.name),
        )


def municipality(register: Register) -> str | None:
    """The number of the register's own municipality; None when it was not given."""
    return settings.read(register).get("municipality.number")


def imported_before(register: Register, plan: Plan, options: Options) -> ImportResult | None:
    """The result "nothing is changed" for a file that was taken in before in the same way."""
    if options.again:
        return None
    how = _how(plan, options)
    for at, before in queries.imported(register, plan.sha256, plan.kind):
        if before == how:
            return ImportResult(rows=plan.rows, unchanged=plan.rows, imported_before=at)
    return None


def take_in(
    register: Register,
    plan: Plan,
    kind: Kind,
    options: Options,
    *,
    now: datetime,
    decisions: Decisions | None = None,
) -> ImportResult:
    """`apply`, and note that the file was taken in; inside the caller's transaction."""
    result = apply(register, plan, kind, options, now=now, decisions=decisions)
    if result.changes_anything:
        queries.remember(
            register,
            sha256=plan.sha256,
            kind=plan.kind,
            name=plan.name,
            at=now.isoformat(timespec="seconds"),
            how=_how(plan, options),
        )
        result.applied = True
    return result


def _how(plan: Plan, options: Options) -> dict[str, Any]:
    titles = list(plan.columns.titles) if plan.columns else []
    how: dict[str, Any] = {
        "mode": str(options.mode),
        "never_create": options.never_create,
        "columns": dict(plan.chosen),
        "titles": titles,
    }
    how |= {"confirm_account": True} if options.confirm_account else {}
    return how | ({"sheet": options.sheet} if options.sheet else {})
