"""How much one file may hold, so that reading it ends, and in 300 MB of memory."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.core.i18n import _
from frivillig_cli.formats.archive import MB, too_big

MAX_ROWS = 200_000
MAX_DATA_COLUMNS = 512
LONG = 64  # characters; shorter texts are counted as cells
MAX_CELLS = 8_000_000  # looked at, styled blanks included
MAX_TEXT = 128 * MB
MAX_HELD = 2_500_000  # with a value: what 300 MB of memory hold


@dataclass
class Budget:
    """What one file may still use, over all its sheets."""

    name: str
    rows: int = MAX_ROWS
    cells: int = MAX_CELLS
    held: int = MAX_HELD
    text: int = MAX_TEXT

    def row(self, cells: int) -> None:
        """One more row with `cells` cells that are not blank."""
        if cells > MAX_DATA_COLUMNS:
            raise too_big(self.name, _("a row has over {n} columns", n=MAX_DATA_COLUMNS))
        self.rows -= 1
        if self.rows < 0:
            raise too_big(self.name, _("it has too many rows"))
        self.held -= cells
        if self.held < 0:
            raise too_big(self.name, _("over {n} cells are filled in", n=MAX_HELD))

    def looked_at(self, cells: int) -> None:
        """So many more cells, blank or not."""
        self.cells -= cells
        if self.cells < 0:
            raise too_big(self.name, _("it has over {n} cells", n=MAX_CELLS))

    def long_text(self, text: str) -> None:
        """One more text that is long enough to count."""
        self.text -= sys.getsizeof(text)
        if self.text < 0:
            raise too_much_text(self.name)


def too_much_text(name: str) -> FileFormatError:
    """The refusal for more text than is held in memory."""
    return too_big(name, _("it holds over {limit} MB of text", limit=MAX_TEXT // MB))
