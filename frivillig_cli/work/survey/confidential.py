"""The mark on a workbook that holds what people have written, or people themselves."""

from __future__ import annotations

from datetime import date, timedelta

from frivillig_cli.core.dates import show_date
from frivillig_cli.core.i18n import _

# Long enough for a round to be followed up, short enough that no copy outlives the next one.
KEPT = timedelta(days=90)


def confidential(today: date) -> str:
    """`FORTROLIG: slettes senest 21. juni 2027`, counted from the day it is written."""
    return _("CONFIDENTIAL: delete by {date}", date=show_date(today + KEPT))
