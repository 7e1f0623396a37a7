"""Tables and progress bars in a terminal, drawn by Rich. Nothing here is loaded in a pipe."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from frivillig_cli.cli.output import printable

if TYPE_CHECKING:
    from rich.progress import Progress

    from frivillig_cli.cli.output import Column

SECONDS_UNSEEN = 1.0


def draw_table(columns: "Sequence[Column]", rows: Sequence[Sequence[str]]) -> None:
    """A table that fits the terminal: long cells wrap, nothing is cut."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(
            Text(column.title),
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=column.right,
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(highlight=False, soft_wrap=False).print(table)


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
