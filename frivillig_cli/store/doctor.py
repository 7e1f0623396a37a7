"""Everything that can be checked about the file: its pages, its schema, its history, its place."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from frivillig_cli.core.errors import RegisterError
from frivillig_cli.core.i18n import _
from frivillig_cli.store.findings import Finding, Findings
from frivillig_cli.store.register import Register
from frivillig_cli.store.verify import unreadable, verify

Check = Callable[[Register], Iterable[Finding]]
SHOWN = 10
# Pieces of a path that a sync client owns, folded.
SYNCED = (
    "onedrive",
    "dropbox",
    "icloud",
    "mobile documents",
    "google drive",
    "googledrive",
    "nextcloud",
    "owncloud",
    "syncthing",
)
UNFINISHED = (".new", ".unfinished", ".restoring")
OLD_ENOUGH = 3600  # seconds after which nobody is still working on an unfinished file


def diagnose(
    register: Register, extra: Iterable[Check] = (), *, backups: Path | None = None
) -> Findings:
    """Every finding about the register; `extra` are the records' own checks.

    `backups` is the folder of the backups, `backups` beside the register without it.
    """
    found = list(_pages(register))
    if not found:  # what is read from damaged pages says nothing more
        for check in (_loose_ends, verify, _schema, _settings, *extra):
            try:
                found += check(register)
            except RegisterError as error:
                found.append(Finding("unreadable", error.message, error.hint))
            except (LookupError, TypeError, ValueError) as error:  # bits that say another type
                found.append(unreadable(error))
    return (
        *found,
        *_private(register.path),
        *_synced(register.path),
        *_leftovers(register.path, backups),
    )


def check_content(register: Register) -> Findings:
    """What is wrong inside the file: pages, references, history."""
    return tuple(_pages(register)) or (*_loose_ends(register), *verify(register))


def _pages(register: Register) -> Iterator[Finding]:
    way_out = _("Keep the file as it is, and restore a backup: frivillig backup list")
    try:
        lines = [row[0] for row in register.rows(f"PRAGMA integrity_check({SHOWN})")]
    except RegisterError as error:
        lines = [error.message]
    if lines == ["ok"]:  # what is cut off a page that holds nothing yet is not missed there
        there = register.path.stat().st_size
        told = register.value("PRAGMA page_size") * register.value("PRAGMA page_count")
        lines = [] if there >= told else [f"{there} < {told} bytes"]
    for line in lines:
        yield Finding("integrity", _("The file is damaged: {what}", what=line), way_out)


def _loose_ends(register: Register) -> Iterator[Finding]:
    for row in register.rows("PRAGMA foreign_key_check")[:SHOWN]:
        yield Finding(
            "reference",
            _(
                "{table} {row} refers to something in {other} that is not there.",
                table=row[0],
                row=row[1],
                other=row[2],
            ),
            _("See what happened to it with: frivillig history"),
        )


def _schema(register: Register) -> Iterator[Finding]:
    expected, found = expected_schema(), schema_of(register)
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            sentence = _("{what} is missing from the file.", what=name)
        elif name not in expected:
            sentence = _("{what} does not belong in the file.", what=name)
        elif expected[name] != found[name]:
            sentence = _("{what} is not as this version makes it.", what=name)
        else:
            continue
        yield Finding(
            "schema", sentence, _("Another program has changed the file. Restore a backup.")
        )


def schema_of(register: Register) -> dict[str, str]:
    """The schema's fingerprint: each table, index and trigger with what it is made by."""
    return {
        f"{row[0]} {row[1]}": " ".join(row[2].split())
        for row in register.rows(
            "SELECT ifnull(CAST(type AS TEXT), ''), ifnull(CAST(name AS TEXT), ''),"
            " ifnull(CAST(sql AS TEXT), '') FROM sqlite_master"
        )
        # SQLite's own: made by ANALYZE, by AUTOINCREMENT, for UNIQUE.
        if not row[1].startswith("sqlite_")
    }


@cache
def expected_schema() -> dict[str, str]:
    """The schema that this version makes, from its own steps."""
    from frivillig_cli.store.migrations import build_in_memory

    register = build_in_memory()
    try:
        return schema_of(register)
    finally:
        register.close()


def _settings(register: Register) -> Iterator[Finding]:
    mode = register.value("PRAGMA journal_mode")
    if mode == "wal":
        yield Finding(
            "journal",
            _("The register is in WAL mode: its side files are torn apart where it is synced."),
            _("Close every program that uses it; the next change brings it back."),
        )


def _private(path: Path) -> Iterator[Finding]:
    if os.name == "nt":
        return  # the folder's access list decides there
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        yield Finding(
            "mode",
            _("Others on this machine may read the register ({mode}).", mode=f"{mode:o}"),
            _("Close it with: chmod 600 {path}", path=path),
        )


def synced_by(path: Path) -> str | None:
    """The piece of `path` that belongs to a sync client or is on another machine, or None."""
    full = Path(os.path.abspath(path))  # noqa: PTH100  (resolve() would follow the link away)
    for piece in full.parent.parts:
        if any(name in piece.casefold() for name in SYNCED):
            return piece
    return full.drive if full.drive.startswith("\\\\") else None


def _synced(path: Path) -> Iterator[Finding]:
    piece = synced_by(path)
    if piece is not None:
        yield Finding(
            "synced",
            _(
                "The register lies in a synced folder ({piece}), which can tear it apart.",
                piece=piece,
            ),
            _("Move it to a folder on this machine, and put the backups in the synced one."),
        )


def _leftovers(path: Path, backups: Path | None) -> Iterator[Finding]:
    for folder in {path.parent: None, backups or path.parent / "backups": None}:
        try:
            names = sorted(folder.iterdir())
        except OSError:
            continue
        for found in names:
            ending = found.suffix.removesuffix("-journal")
            ours = found.name.startswith(f".{path.stem}") and ending in UNFINISHED
            if ours and time.time() - found.stat().st_mtime > OLD_ENOUGH:
                yield Finding(
                    "leftover",
                    _("{path} is left from something that was broken off.", path=found),
                    _("Remove it; it is not needed."),
                )
