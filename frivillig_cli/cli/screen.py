"""Tables and progress bars in a terminal, drawn by Rich. Nothing here is loaded in a pipe."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from frivillig_cli.cli.lines import Column, printable, wrapped

if TYPE_CHECKING:
    from rich.progress import Progress

SECONDS_UNSEEN = 1.0
_GAP = 3  # between two columns


def draw_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """A table that fits the terminal: long cells wrap between words, nothing is cut."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=False)
    widths = _widths(columns, rows, console.width)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for column, width in zip(columns, widths, strict=True):
        table.add_column(
            Text(column.title),
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=column.right,
            width=width,
        )
    for row in rows:
        table.add_row(*(Text("\n".join(part)) for part in _parts(columns, row, widths)))
    console.print(table)


def plain_table(columns: Sequence[Column], rows: Sequence[Sequence[str]], whole: int) -> list[str]:
    """The same as lines of at most `whole` characters, the titles first."""
    widths = _widths(columns, rows, whole)
    lines = []
    for row in ([column.title for column in columns], *rows):
        parts = _parts(columns, row, widths)
        for n in range(max(map(len, parts))):
            cells = [part[n] if n < len(part) else "" for part in parts]
            line = (" " * _GAP).join(
                cell.rjust(width) if column.right else cell.ljust(width)
                for cell, width, column in zip(cells, widths, columns, strict=True)
            )
            lines.append(line.rstrip())
    return lines


def _parts(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    """The lines of each cell of a row. A phone number stays whole where there is room for it."""
    return [
        [cell] if column.right or len(cell) <= width
        else [part for line in cell.split("\n") for part in wrapped(line, width) or [""]]
        for column, cell, width in zip(columns, row, widths, strict=True)
    ]  # fmt: skip


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], whole: int) -> list[int]:
    """How wide each column is, so that all fit into `whole`, with words whole where they can be."""
    from rich.cells import cell_len

    natural, words = [], []
    for n, column in enumerate(columns):
        cells = {column.title, *(row[n] for row in rows)}
        natural.append(max(map(cell_len, cells)))
        longest = max((cell_len(word) for cell in cells for word in cell.split()), default=1)
        words.append(natural[-1] if column.right else max(longest, 1))
    return fit(natural, words, whole - _GAP * (len(columns) - 1))


def fit(natural: Sequence[int], words: Sequence[int], whole: int) -> list[int]:
    """Widths that add up to at most `whole`: the widest give way, down to their longest word.

    Where even the longest words do not fit, the columns with the longest of them are broken.
    """
    widths = [max(min(width, whole), 1) for width in natural]
    for least in (words, [1] * len(widths)):
        while sum(widths) > whole:
            able = [n for n, width in enumerate(widths) if width > least[n]]
            if not able:
                break
            widths[max(able, key=lambda n: widths[n])] -= 1
    return widths


@contextmanager
def progress_bar(label: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar on stderr that appears when the work has taken a second, and leaves when it ends."""
    began, done, bar = monotonic(), 0, None

    def advance(n: int = 1) -> None:
        nonlocal done, bar
        done += n
        if bar is None and monotonic() - began > SECONDS_UNSEEN:
            bar = _start_bar(label, total)
        if bar is not None:
            bar.update(bar.task_ids[0], completed=done)

    try:
        yield advance
    finally:
        if bar is not None:
            bar.stop()


def _start_bar(label: str, total: int | None) -> "Progress":
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task(escape(printable(label)), total=total)
    bar.start()
    return bar
