"""Backups: whole copies that were checked before they got their name."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from frivillig_cli.core import clock
from frivillig_cli.core.durable import discard, replace, sync_file
from frivillig_cli.core.errors import NewerError, NotFoundError, RegisterError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.os_errors import why
from frivillig_cli.store.failures import refusal
from frivillig_cli.store.findings import Finding, Findings
from frivillig_cli.store.register import Register

STAMP = "%Y-%m-%dT%H.%M.%SZ"  # no colons: Windows
_NAME = re.compile(
    r"(?P<stem>.+)-(?P<at>\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\dZ)(?:\.(?P<n>\d+))?-(?P<reason>[a-z-]+)\.db"
)


@dataclass(frozen=True)
class Keep:
    """Which backups rotation leaves: the latest, the last of each day in Norway, and of each week.

    None is kept that is older than `max_days`, if given.
    """

    latest: int = 10
    daily: int = 14
    weekly: int = 8
    max_days: int | None = None


@dataclass(frozen=True)
class Backup:
    """A backup in its folder: when it was made (UTC), why, and how many bytes."""

    path: Path
    at: datetime
    reason: str
    size: int


def create_backup(
    register: Register, folder: Path, reason: str = "manual", *, keep: Keep | None = None
) -> Path:
    """Make a checked copy of the register in `folder`, then drop the ones that are too many.

    `reason` is a word of a-z and hyphens for the name. Raises RegisterError; what could not be
    finished never ends in .db.
    """
    path = _free_name(folder, register.path.stem, clock.now(), reason)
    unfinished = folder / f".{path.name}.{os.getpid()}.unfinished"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        _copy(register._connection, unfinished)
        _refuse_unsound(unfinished, register)
        sync_file(unfinished)
        replace(unfinished, path)
    except sqlite3.Error as error:
        raise _not_made(folder, refusal(error, unfinished).message) from error
    except OSError as error:
        raise _not_made(folder, why(error)) from error
    finally:
        discard(unfinished, unfinished.with_name(f"{unfinished.name}-journal"))
    rotate(folder, register.path.stem, keep or Keep())
    return path


def _copy(connection: sqlite3.Connection, unfinished: Path) -> None:
    connection.execute("PRAGMA query_only=OFF")  # VACUUM INTO counts as writing
    try:
        connection.execute("VACUUM main INTO ?", (str(unfinished),))
    finally:
        connection.execute("PRAGMA query_only=ON")


def _not_made(folder: Path, why: str) -> RegisterError:
    return RegisterError(
        _("No backup could be made in {folder}: {why}", folder=folder, why=why),
        _("Choose another folder with -o, or for good: frivillig config set backup.folder DIR"),
    )


def _refuse_unsound(copy: Path, source: Register) -> None:
    found = verify_backup(copy)
    known = set(_of_the_source(source)) if found else set()
    fresh = [finding for finding in found if finding.code not in known]
    if fresh:
        raise RegisterError(
            _("The backup was not sound, and has been thrown away."),
            _("Check the register and the disk with: frivillig doctor"),
            [finding.sentence for finding in fresh],
        )


def _of_the_source(source: Register) -> Iterable[str]:
    """What is wrong with the register itself is no fault of the copy: it is copied all the same."""
    from frivillig_cli.store.doctor import check_content

    return (finding.code for finding in check_content(source))


def _free_name(folder: Path, stem: str, at: datetime, reason: str) -> Path:
    stamp = at.astimezone(UTC).strftime(STAMP)
    for number in range(1, 1000):
        count = f".{number}" if number > 1 else ""
        path = folder / f"{stem}-{stamp}{count}-{reason}.db"
        taken = any(
            b.at == at.replace(microsecond=0) and _count(b.path) == number
            for b in list_backups(folder, stem)
        )
        if not taken and not path.exists():
            return path
    return folder / f"{stem}-{stamp}.{os.getpid()}-{reason}.db"


def _count(path: Path) -> int:
    found = _NAME.fullmatch(path.name)
    return int((found and found["n"]) or 1)


def list_backups(folder: Path, stem: str | None = None) -> list[Backup]:
    """The backups in `folder` (of the register called `stem`), newest first."""
    found = []
    try:
        names = sorted(folder.iterdir())
    except OSError:
        return []
    for path in names:
        parts = _NAME.fullmatch(path.name)
        if parts and stem in (None, parts["stem"]) and path.is_file():
            at = datetime.strptime(parts["at"], STAMP).replace(tzinfo=UTC)
            found.append(Backup(path, at, parts["reason"], path.stat().st_size))
    return sorted(found, key=lambda backup: (backup.at, _count(backup.path)), reverse=True)


def rotate(folder: Path, stem: str, keep: Keep) -> list[Path]:
    """Remove the backups that `keep` does not cover; returns them. Other files are left alone."""
    backups = list_backups(folder, stem)
    kept = set(backups[: keep.latest])
    for count, period in ((keep.daily, "%Y-%m-%d"), (keep.weekly, "%G-%V")):
        last_of: dict[str, Backup] = {}
        for backup in backups:
            last_of.setdefault(clock.oslo(backup.at).strftime(period), backup)
        kept |= set(list(last_of.values())[:count])
    if keep.max_days is not None and backups:
        limit = clock.now() - timedelta(days=keep.max_days)
        kept = {backup for backup in kept if backup.at >= limit}
    gone = [backup.path for backup in backups if backup not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def verify_backup(path: Path) -> Findings:
    """What is wrong with the backup at `path`. Raises RegisterError where it is no register."""
    from frivillig_cli.store.doctor import check_content
    from frivillig_cli.store.reach import attach, refuse_newer

    refuse_no_file(path)
    copy = attach(path, mode="ro")
    try:
        refuse_newer(copy, path)
        return check_content(copy)
    except NewerError as newer:
        return (Finding("newer", newer.message, newer.hint),)
    finally:
        copy.close()


def refuse_no_file(path: Path) -> None:
    """Raise unless there is a file with content at `path`; the way out is another backup."""
    from frivillig_cli.store.reach import refuse_what_is_no_file

    way_out = _("See the ones there are with: frivillig backup list")
    if not path.exists():
        raise NotFoundError(_("There is no backup at {path}.", path=path), way_out)
    try:
        refuse_what_is_no_file(path)
    except RegisterError as error:
        raise RegisterError(error.message, way_out) from error
