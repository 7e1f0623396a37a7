"""Workbooks out: the base of each organisation into the register, the files into the folder.

Both or neither: the files are made beside their place while the transaction is open, and
moved there as the last thing in it, so that no form is in a mailbox whose base is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, documents_language
from frivillig_cli.core.names import file_name
from frivillig_cli.formats.files import safe_join, sync_staged, write_staged
from frivillig_cli.formats.staging import move_all, staging
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.survey import actions, queries
from frivillig_cli.records.survey.key import Key
from frivillig_cli.records.survey.model import Survey
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.form import Addressee, Form
from frivillig_cli.work.survey.guard import Ways
from frivillig_cli.work.survey.present import present
from frivillig_cli.work.survey.wording import sender

ENDING = ".xlsx"
DEFAULT_LANGUAGE = "nb"
Advance = Callable[[int], object]


@dataclass(frozen=True)
class Target:
    """Where to write, and whether files that are there may be written over."""

    path: Path
    overwrite: bool = False


@dataclass(frozen=True)
class ExportResult:
    """What was written: (organisation's id, file) for each, and who has no e-mail address."""

    files: list[tuple[int, Path]]
    without_email: list[int]


def export_forms(
    register: Register,
    survey: Survey,
    chosen: Sequence[int],
    target: Target,
    *,
    now: datetime,
    advance: Advance = lambda n: None,
) -> ExportResult:
    """One workbook for each of the organisations with the ids `chosen`, in its language.

    Inside a transaction. Raises RefusedError: closed, nobody chosen, or a file is in the way.
    """
    found = _chosen(register, survey, chosen)
    folder = target.path
    if folder.suffix.lower() in (ENDING, ".ods"):
        raise RefusedError(
            _("{path} is a file name, and --per-org writes many files.", path=folder),
            _("Give a folder: -o {folder}/", folder=folder.with_suffix("")),
        )
    places = _places(folder, found)
    _refuse_present(places.values(), target.overwrite)
    asks = sender(register)
    forms: dict[str, Form] = {}
    ways = Ways(register)
    with staging(folder) as staged:
        for org in found:
            spoken = _language(org)
            if spoken not in forms:
                forms[spoken] = Form(survey, asks, spoken)
            to = _addressee(register, survey, org, ways, now)
            made = forms[spoken].content(to)
            write_staged(staged / places[org.id].name, made)
            queries.keep_file(register, survey.id, sha256(made).hexdigest())
            advance(1)
        sync_staged(staged / place.name for place in places.values())
        move_all(staged, list(places.values()))
    return ExportResult(list(places.items()), _without_email(found))


def export_table(
    register: Register,
    survey: Survey,
    chosen: Sequence[int],
    target: Target,
    *,
    now: datetime,
) -> ExportResult:
    """One workbook with a row for each of the organisations; `target` is a file, or a folder.

    Inside a transaction. Raises RefusedError as `export_forms` does.
    """
    from frivillig_cli.work.survey.table import write_table

    found = _chosen(register, survey, chosen)
    path = target.path
    if path.is_dir() or path.suffix.lower() != ENDING:
        if path.suffix and not path.is_dir():
            raise RefusedError(
                _("Surveys are written as {ending}, not {path}.", ending=ENDING, path=path.name),
                _("Give the file the ending {ending}.", ending=ENDING),
            )
        path = safe_join(path, f"{file_name(survey.title)}{ENDING}")
    _refuse_present([path], target.overwrite)
    ways = Ways(register)
    rows = [_addressee(register, survey, org, ways, now) for org in found]
    with staging(path.parent) as staged:
        write_table(staged / path.name, survey, documents_language(), rows)
        move_all(staged, [path])
    return ExportResult([(org.id, path) for org in found], _without_email(found))


def _chosen(register: Register, survey: Survey, chosen: Sequence[int]) -> list[Org]:
    actions.refuse_closed(survey)
    if not chosen:
        raise RefusedError(_("No association is chosen."), _("See them with: frivillig org list"))
    found = orgs.get_many(register, chosen)
    return [found[wanted] for wanted in chosen]


def _addressee(
    register: Register, survey: Survey, org: Org, ways: Ways, now: datetime
) -> Addressee:
    values = ways.open(survey.questions, present(org, survey.questions))
    sent = {"name": org.name, **values}  # it heads the form, whether it is asked for or not
    base = actions.send(register, survey.id, (org.id, org.uid), sent, now=now)
    return Addressee(org.name, str(Key(survey.code, org.id, base)), values)


def _language(org: Org) -> str:
    return org.language or DEFAULT_LANGUAGE


def _without_email(found: Sequence[Org]) -> list[int]:
    return [org.id for org in found if not org.email]


def _places(folder: Path, found: Sequence[Org]) -> dict[int, Path]:
    """Where each goes: by name and then number, so that they sort and never collide."""
    width = len(str(max(org.id for org in found)))
    return {
        org.id: safe_join(folder, f"{file_name(org.name)}-{org.id:0{width}}{ENDING}")
        for org in found
    }


def _refuse_present(paths: Iterable[Path], overwrite: bool) -> None:
    """A file that is there may be an answer that somebody saved: never written over unasked."""
    there = [path for path in paths if path.exists()]
    if there and not overwrite:
        raise RefusedError(
            _("There is a file at {path} already, and it may hold an answer.", path=there[0])
            if len(there) == 1
            else _(
                "{n} of the files are there already, {path} among them, and may hold answers.",
                n=len(there),
                path=there[0],
            ),
            _("Choose another place with -o, or write over them with --overwrite."),
        )
