"""Saving a workbook so that the same content at the same time is the same file."""

from __future__ import annotations

import shutil
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from frivillig_cli.core import clock


def save_workbook(workbook: Any, file: BinaryIO) -> None:
    """Write an openpyxl workbook to `file`, dated by the one clock; openpyxl asks the machine's."""
    now = clock.now().replace(microsecond=0, tzinfo=None)
    workbook.properties.created = workbook.properties.modified = now
    with _Dated(file, now) as archive:
        _writer()(workbook, archive).write_data()


@cache
def _writer() -> Any:
    """openpyxl's writer, but that a sheet goes from memory into the zip, and into no other file.

    Rows that are written as they come (`write_only`) may be too many for that.
    """
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    class Writer(ExcelWriter):
        def write_worksheet(self, ws: Any) -> None:
            if self.workbook.write_only:
                super().write_worksheet(ws)
                return
            ws._drawing = SpreadsheetDrawing()
            ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
            writer = WorksheetWriter(ws, BytesIO())
            writer.write()
            ws._rels = writer._rels
            self._archive.writestr(ws.path[1:], writer.read())
            self.manifest.append(ws)

    return Writer


class _Dated(ZipFile):
    """A zip whose entries all bear one time: no earlier than 1980, which is the format's first."""

    def __init__(self, file: BinaryIO, at: datetime) -> None:
        super().__init__(file, "w", ZIP_DEFLATED)
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
