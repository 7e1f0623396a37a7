"""Native charts: bars drawn from cells of the same sheet, so that they follow the cells."""

from __future__ import annotations

from dataclasses import dataclass

from frivillig_cli.formats.xlsx_sheet import SheetBuilder
from frivillig_cli.formats.xlsx_style import ACCENT, LINE
from frivillig_cli.formats.xlsx_text import cell_text

_BETWEEN = "6F8FBF"
_COLOURS = (LINE, _BETWEEN, ACCENT)
_ROW_CM = 0.72
_FRAME_CM = 2.4


@dataclass(frozen=True)
class Bars:
    """What a chart shows: the labels' column, the numbers' columns, the rows from first to last.

    The row above `first` holds the names of the series. Rows and columns count from 1. There are
    at most three series. `most` is where the axis ends, as 100 for a share in per cent.
    """

    title: str
    labels: int
    numbers: tuple[int, ...]
    first: int
    last: int
    most: float | None = None


def bar_chart(sheet: SheetBuilder, at: str, bars: Bars) -> int:
    """Draw horizontal bars with their numbers at cell `at`; returns the rows that they cover."""
    from openpyxl.chart import BarChart, Reference
    from openpyxl.chart.label import DataLabelList

    chart = BarChart()
    chart.type = "bar"
    chart.title = cell_text(bars.title)
    chart.title.overlay = False
    chart.gapWidth = 45
    for column in bars.numbers:
        cells = Reference(sheet.raw, min_col=column, min_row=bars.first - 1, max_row=bars.last)
        chart.add_data(cells, titles_from_data=True)
    names = Reference(sheet.raw, min_col=bars.labels, min_row=bars.first, max_row=bars.last)
    chart.set_categories(names)
    colours = _COLOURS if len(bars.numbers) == 3 else _COLOURS[::2][-len(bars.numbers) :]
    for series, colour in zip(chart.series, colours, strict=True):
        series.graphicalProperties.solidFill = colour
        series.dLbls = DataLabelList()
        series.dLbls.showVal = True
        for other in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
            setattr(series.dLbls, other, False)
    if len(bars.numbers) == 1:
        chart.legend = None
    else:
        chart.legend.position = "b"
    # Left to itself the axis is not drawn, and the first row stands at the bottom. The numbers
    # stand at the bars, so the other axis would only repeat them.
    chart.x_axis.delete = False
    chart.x_axis.tickLblSkip = 1
    chart.y_axis.delete = True
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.scaling.min = 0
    chart.y_axis.scaling.max = bars.most
    chart.y_axis.majorGridlines = None
    rows = (bars.last - bars.first + 1) * len(bars.numbers)
    chart.height = max(_FRAME_CM + _ROW_CM * rows, 4.5)
    chart.width = 16
    sheet.raw.add_chart(chart, at)
    return int(chart.height / 0.53) + 1
