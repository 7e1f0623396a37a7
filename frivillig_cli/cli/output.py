"""The one place that prints. stdout is the result; stderr is everything else.

Three modes: `text` (a table in a terminal, aligned plain text in a pipe), `json`, `csv`.
What comes from outside is data: control characters are shown as escapes, markup as text.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

from frivillig_cli.cli.lines import Column, hung, printable, wrapped
from frivillig_cli.core.i18n import _

DASH = "–"


def _cell(text: str | None) -> str:
    return printable(" ".join(text.split("\n"))) if text else DASH


class Output:
    """Prints one command's result."""

    def __init__(self) -> None:
        self.mode = "text"

    # results, on stdout

    def lines(self, *lines: str) -> None:
        """Plain lines of a result (text mode only)."""
        if self.mode == "text":
            sys.stdout.write("".join(f"{_hung(printable(line), sys.stdout)}\n" for line in lines))

    def json(self, data: Any) -> None:
        """One JSON document (json mode only)."""
        if self.mode == "json":
            from frivillig_cli.formats.json_io import dump

            sys.stdout.write(dump(data) + "\n")

    def result(self, data: Any, *lines: str) -> None:
        """What a command has made or found: `data` as JSON, or `lines` as text."""
        self.json(data)
        self.lines(*lines)

    def record(self, data: Any, fields: Iterable[tuple[str, str | None]], title: str = "") -> None:
        """One thing: labels and values, a dash for what is not known."""
        self.json(data)
        shown = [(label, value or DASH) for label, value in fields]
        width = max((len(label) for label, _value in shown), default=0)
        if title:
            self.lines(title)
        for label, value in shown:
            first, *more = _fitted(printable(value), width + 4)
            self.lines(
                f"  {label:<{width}}  {first}", *(f"  {'':<{width}}  {line}" for line in more)
            )

    def listing(
        self,
        items: Sequence[Any],
        to_json: Callable[[Any], Mapping[str, Any]],
        columns: Sequence[Column],
        to_row: Callable[[Any], Sequence[str | None]],
        *,
        total: int | None = None,
        blank: Callable[[], Any] | None = None,
    ) -> None:
        """A list: `items` as JSON, CSV, or a table. `total` is how many there are in all.

        `blank` gives an item without content, for the head of a CSV that holds none.
        """
        if self.mode == "json":
            self.json([to_json(item) for item in items])
        elif self.mode == "csv":
            rows = [to_json(item) for item in items]
            self._csv(rows, rows[0] if rows else to_json(blank()) if blank else {})
        else:
            self.table(columns, [to_row(item) for item in items])
            if total is not None and total > len(items):
                self.hint(_("{n} of {total}. All: --limit 0", n=len(items), total=total))

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str | None]]) -> None:
        """A table on stdout (text mode only): drawn in a terminal, aligned in a pipe."""
        if self.mode != "text":
            return
        if not rows:
            self.hint(_("Nothing found."))
            return
        cells = [[_cell(cell) for cell in row] for row in rows]
        if sys.stdout.isatty():
            from frivillig_cli.cli.screen import draw_table

            draw_table(columns, cells)
            return
        widths = [
            max(len(column.title), *(len(row[n]) for row in cells))
            for n, column in enumerate(columns)
        ]
        for row in [[column.title for column in columns], *cells]:
            padded = [
                cell.rjust(width) if column.right else cell.ljust(width)
                for cell, width, column in zip(row, widths, columns, strict=True)
            ]
            sys.stdout.write("  ".join(padded).rstrip() + "\n")

    def _csv(self, items: Sequence[Mapping[str, Any]], heads: Iterable[str]) -> None:
        import csv

        from frivillig_cli.formats.csv_write import harmless

        if not heads:
            return
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(heads)
        for item in items:  # whoever opens it in a spreadsheet runs no formula
            writer.writerow([harmless(_flat(value)) for value in item.values()])

    # everything else, on stderr

    def hint(self, *lines: str) -> None:
        """What it means, what to type next: on stderr, after what stdout has got so far."""
        sys.stdout.flush()
        for line in lines:
            print(_hung(printable(line), sys.stderr), file=sys.stderr)

    warn = hint

    @contextmanager
    def progress(self, label: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """A progress bar on stderr; `advance(n)` moves it.

        It appears when the work takes over a second, and only where stderr is a terminal.
        """
        if not sys.stderr.isatty():
            yield lambda n=1: None
            return
        from frivillig_cli.cli.screen import progress_bar

        with progress_bar(label, total) as advance:
            yield advance


def _hung(text: str, stream: TextIO) -> str:
    """A line as it is in a pipe; in a terminal broken between words, what follows hung below.

    What follows a label and a gap hangs under what stands after the gap.
    """
    if not stream.isatty():
        return text
    import shutil

    return hung(text, shutil.get_terminal_size().columns)


def _fitted(text: str, indent: int) -> list[str]:
    """The lines of a value: as they are in a pipe, wrapped to a terminal's width."""
    lines = text.split("\n")
    if not sys.stdout.isatty():
        return lines
    import re
    import shutil

    width = max(shutil.get_terminal_size().columns - indent, 20)
    # under what stands after a number in front, else two further in
    begins = [re.match(r" *(?:[0-9]+ (?= ))?", line) for line in lines]
    hanging = [found.end() + 1 if found else 2 for found in begins]
    hanging = [
        max(n, len(line) - len(line.lstrip()) + 2) for n, line in zip(hanging, lines, strict=True)
    ]
    return [
        part
        for line, indent in zip(lines, hanging, strict=True)
        for part in wrapped(line, width, subsequent_indent=" " * indent) or [""]
    ]


def _flat(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return "; ".join(str(_one(item)) for item in value)
    if isinstance(value, Mapping):
        flat = {key: _flat(item) for key, item in value.items() if item not in (None, [])}
        return "; ".join(f"{key}={item}" for key, item in flat.items())
    return value


def _one(item: Any) -> Any:
    if not isinstance(item, Mapping):
        return item
    return item.get("name") or " ".join(str(part) for part in item.values() if part is not None)
