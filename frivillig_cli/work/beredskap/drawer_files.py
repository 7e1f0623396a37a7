"""The plan's annex and the pack for the drawer, as files: all of them, or none.

They are written beside their place, opened again and counted, and moved there as the last thing
in the transaction that remembers them. Where no PDF can be made, text is; where a disk takes no
more, or can be written to no longer, nothing is put there.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from frivillig_cli.core.errors import FrivilligError, RefusedError
from frivillig_cli.core.i18n import _, in_documents_language, language, ngettext
from frivillig_cli.core.names import file_name
from frivillig_cli.documents.sheets import Items, Section, Sheets, Table, Text
from frivillig_cli.formats.target import refuse_missing_folder
from frivillig_cli.records.readiness import actions, queries
from frivillig_cli.records.readiness.actions import NewPrintout
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import drawer_sheets, drawer_tables
from frivillig_cli.work.beredskap.drawer import Drawer, Listing
from frivillig_cli.work.beredskap.lists_written import counted, why

PLAN_ENDINGS = ("pdf", "html", "xlsx", "txt")


@dataclass
class Made:
    """What was written, in the hidden folder `staged`; `rows` of each file, and what failed.

    `nobody` are the lists of groups of whom nobody can be called now.
    """

    staged: Path
    folder: Path
    files: dict[str, int] = field(default_factory=dict)
    failed: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    nobody: set[str] = field(default_factory=set)
    errors: list[Exception] = field(default_factory=list)  # of those that failed

    def fail(self, name: str, error: Exception) -> None:
        """Keep that a file could not be made, and why."""
        self.failed.append((name, why(error)))
        self.errors.append(error)

    @property
    def in_text(self) -> bool:
        """Whether text stands in the place of each PDF that failed."""
        stems = [Path(name).stem for name, _why in self.failed if name.endswith(".pdf")]
        return bool(stems) and all(f"{stem}.txt" in self.files for stem in stems)

    @property
    def places(self) -> list[Path]:
        """Where the files come to lie."""
        return [self.folder / name for name in self.files]


@contextmanager
def pack(drawer: Drawer, folder: Path) -> Iterator[Made]:
    """Write everything for the drawer; `keep` in the block puts it in `folder`.

    Raises RefusedError where the folder cannot be made or written to, or has no room for all of
    it, and where a list can be made in no format: then what lay there lies there still.
    """
    from frivillig_cli.formats.staging import staging

    with staging(folder) as staged:
        made = Made(staged, folder)
        _pack(made, drawer)
        yield made


@in_documents_language()
def _pack(made: Made, drawer: Drawer) -> None:
    for one in drawer.groups:
        _group(made, drawer, one)
    overview = drawer_sheets.resource_overview(drawer)
    _document(made, overview, _("Resource overview"), len(drawer.resources), ("pdf", "html"))
    annex = drawer_sheets.plan_annex(drawer)
    _document(made, annex, _("Plan annex"), _rows(annex), ("pdf", "html"))
    _file(made, f"{file_name(_('Plan annex'))}.xlsx", _rows(annex),
          partial(drawer_tables.write_plan, drawer))  # fmt: skip
    _document(made, drawer_sheets.empty_log(drawer), _("Log sheet"), 0, ("pdf",))
    _document(made, _cover(drawer, made), _("0 Read this first"), 0, ("pdf", "txt"))


@contextmanager
def plan(drawer: Drawer, path: Path) -> Iterator[Made]:
    """Write the plan's annex in the format of the file's ending. Raises RefusedError."""
    from frivillig_cli.formats.staging import staging

    ending = path.suffix.lower().lstrip(".")
    if ending not in PLAN_ENDINGS:
        raise RefusedError(
            _("A file that ends in {ending} cannot be written.", ending=path.suffix or "–"),
            _("Let the name end in {known}.", known=", ".join(f".{e}" for e in PLAN_ENDINGS)),
        )
    refuse_missing_folder(path)
    with staging(path.parent) as staged:
        made = Made(staged, path.parent)
        with in_documents_language():
            annex = drawer_sheets.plan_annex(drawer)
            maker = partial(_MAKERS[ending], annex, made) if ending in _MAKERS else None
            _file(made, path.name, _rows(annex), maker or partial(drawer_tables.write_plan, drawer))
        if made.failed:
            raise RefusedError(
                _("{file} could not be made: {why}.", file=path.name,
                  why=made.failed[0][1].rstrip(".")),
                _("Choose another ending: {known}.", known=".html, .txt"),
            ) from made.errors[0]  # fmt: skip
        yield made


def keep(register: Register, drawer: Drawer, made: Made, kind: str, *, now: datetime) -> list[Path]:
    """Remember what was made, inside a transaction, and put it in place.

    Returns the files of an earlier pack that still lie in the folder and are older than these: also
    those that could not be made anew.
    """
    from frivillig_cli.formats.staging import move_all

    before = queries.last_printout(register, kind)
    place = made.folder if kind == "pack" else made.places[0]
    actions.add_printout(
        register,
        NewPrintout(kind, str(place.absolute()), drawer.responsible, drawer.people,
                    list(made.files)),
        now=now,
    )  # fmt: skip
    move_all(made.staged, made.places)
    if kind != "pack" or before is None or before.place != str(place.absolute()):
        return []
    left = [made.folder / name for name in before.files if name not in made.files]
    return [path for path in left if path.is_file()]


def _group(made: Made, drawer: Drawer, one: Listing) -> None:
    name = _("Call list {group}", group=one.group.name)
    # Two groups of one name; a stick and Windows take small and capital letters for the same.
    if any(file_name(name).casefold() == Path(file).stem.casefold() for file in made.files):
        name += f" {one.group.id}"
    rows = len(one.call) + len(one.left_out)
    _document(made, drawer_sheets.group_list(drawer, one), name, rows, ("pdf", "html"))
    stem = file_name(name)
    _file(made, f"{stem}.xlsx", rows, partial(drawer_tables.write_group, drawer, one))
    if reachable := sum(bool(person.phones) for person in one.call):
        _file(made, f"{stem}.vcf", reachable, partial(drawer_tables.write_cards, drawer, one))
    else:
        made.nobody |= {file for file in made.files if Path(file).stem == stem}


def _document(made: Made, sheets: Sheets, name: str, rows: int, endings: Sequence[str]) -> None:
    """One document in several formats; as text too where its PDF cannot be made."""
    stem, failed = file_name(name), len(made.failed)
    for ending in endings:
        _file(made, f"{stem}.{ending}", rows, partial(_MAKERS[ending], sheets, made))
    if len(made.failed) > failed and "txt" not in endings:
        _file(made, f"{stem}.txt", rows, partial(_MAKERS["txt"], sheets, made))
    if not any(f"{stem}.{ending}" in made.files for ending in (*endings, "txt")):
        raise RefusedError(
            _("{file} could not be made: {why}.", file=stem, why=made.failed[-1][1].rstrip(".")),
            _unchanged(),
        ) from made.errors[-1]


def _file(made: Made, name: str, rows: int, make: Callable[[Path], int]) -> None:
    """Make one file, and count it; what fails is kept with why, and leaves nothing behind."""
    path = made.staged / name
    try:
        counted(path, make(path), rows)
        made.files[name] = rows
    except (FrivilligError, OSError) as error:
        if _of_the_disk(error):
            hint = error.hint if isinstance(error, FrivilligError) else ""
            raise RefusedError(str(error), f"{hint} {_unchanged()}".strip()) from error
        made.fail(name, error)
    except Exception as error:  # noqa: BLE001 - a broken typesetter must not stop the rest
        made.fail(name, error)
    if name not in made.files:
        path.unlink(missing_ok=True)


def _of_the_disk(error: BaseException) -> bool:
    """Whether it is the disk that takes no file, and not the file that cannot be made."""
    cause = error if isinstance(error, OSError) else error.__cause__
    return isinstance(cause, OSError) and cause.errno in _DISK


_DISK = {
    errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ENODEV, errno.ENXIO,
    errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC),
}  # fmt: skip


def _unchanged() -> str:
    return _("Nothing was put there; what lay there before lies there still.")


def _rows(sheets: Sheets) -> int:
    return sum(
        len(block.rows)
        for section in sheets.sections
        for block in section.blocks
        if isinstance(block, Table)
    )


def _pdf(sheets: Sheets, made: Made, path: Path) -> int:
    from frivillig_cli.documents.sheets_pdf import write_sheets_pdf
    from frivillig_cli.documents.typeset import Replaced
    from frivillig_cli.formats.files import write_atomic

    replaced = Replaced()
    write_atomic(path, write_sheets_pdf(sheets, language(), replaced), private=True)
    if (note := replaced.sentence()) and note not in made.notes:
        made.notes.append(note)
    whole = path.read_bytes()
    return _rows(sheets) if whole.startswith(b"%PDF") and b"%%EOF" in whole[-32:] else -1


def _html(sheets: Sheets, _made: Made, path: Path) -> int:
    from frivillig_cli.documents.sheets_html import sheets_html
    from frivillig_cli.formats.files import write_atomic

    write_atomic(path, sheets_html(sheets, language()).encode("utf-8"), private=True)
    text = path.read_text("utf-8")
    return text.count("<tr") - text.count("<thead>")


def _txt(sheets: Sheets, _made: Made, path: Path) -> int:
    from frivillig_cli.documents.sheets_text import sheets_text
    from frivillig_cli.formats.files import write_atomic

    text = sheets_text(sheets, language())
    write_atomic(path, text.encode("utf-8"), private=True)
    return _rows(sheets) if path.read_text("utf-8") == text else -1


_MAKERS: dict[str, Callable[[Sheets, Made, Path], int]] = {
    "pdf": _pdf,
    "html": _html,
    "txt": _txt,
}


def _cover(drawer: Drawer, made: Made) -> Sheets:
    """What lies in the drawer, how old it is, and what to do with it."""
    lists = tuple(
        " – ".join([
            name,
            *([ngettext("{n} row", "{n} rows", rows)] if rows else []),
            *([_("nobody there can be called now")] if name in made.nobody else []),
        ])
        for name, rows in made.files.items()
    )  # fmt: skip
    first = (
        Text(_("When the register can be reached: frivillig beredskap activate TITLE"), "say"),
        Text(_("When it cannot: call by these lists, the lowest number first. Cross off each"
               " answer, and write the time. Enter it afterwards.")),
        Items(lists, boxes=True),
        Text(_("Keep it safe"), "heading"),
        Items((
            _("These papers hold names and phone numbers: only those on duty may see them."),
            _("Copy the HTML pages and the .vcf files to the phone of whoever calls."),
            _("Make them anew before {date}: frivillig beredskap pack DIR",
              date=drawer_sheets.show_date(drawer.too_old)),
            _("Then destroy these: paper, stick and what was copied to phones."),
        )),
    )  # fmt: skip
    return drawer_sheets.sheets(
        drawer, _("Call lists made ahead"), (Section(_("What lies here"), first),)
    )
