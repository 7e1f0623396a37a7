"""Saving a workbook so that the same content at the same time is the same file."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from frivillig_cli.core import clock


def save_workbook(workbook: Any, path: Path) -> None:
    """Write an openpyxl workbook to `path`, dated by the one clock; openpyxl asks the machine's."""
    from openpyxl.writer.excel import ExcelWriter

    now = clock.now().replace(microsecond=0, tzinfo=None)
    workbook.properties.created = workbook.properties.modified = now
    with _Dated(path, now) as archive:
        ExcelWriter(workbook, archive).write_data()


class _Dated(ZipFile):
    """A zip whose entries all bear one time: no earlier than 1980, which is the format's first."""

    def __init__(self, path: Path, at: datetime) -> None:
        super().__init__(path, "w", ZIP_DEFLATED)
        self._at = max(at, datetime(1980, 1, 1)).timetuple()[:6]  # noqa: DTZ001

    def writestr(self, name: Any, data: Any, *_args: Any, **_more: Any) -> None:
        """As ZipFile's, under this zip's time."""
        super().writestr(self._entry(name), data)

    def write(self, filename: Any, arcname: Any = None, *_args: Any, **_more: Any) -> None:
        """As ZipFile's, under this zip's time; not read into memory."""
        entry = self._entry(str(arcname))
        entry.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as source, self.open(entry, "w") as target:
            shutil.copyfileobj(source, target, 1 << 16)

    def _entry(self, name: str) -> ZipInfo:
        entry = ZipInfo(name, self._at)
        entry.compress_type = ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        return entry
