"""What makes one wonder about a file as a whole, judged on what it would change in any mode."""

from __future__ import annotations

from collections import Counter

from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.work.imports.record import Kind
from frivillig_cli.work.imports.result import Anomaly, ImportResult

# From here on a column has probably slipped (30 in 100).
SHARE = 30


def find_anomalies(
    kind: Kind, result: ImportResult, met: int, differing: Counter[str]
) -> list[Anomaly]:
    """The anomalies of a result. `met` rows are in the register; `differing` counts their fields.

    A field that was blank and gets filled is no sign of anything.
    """
    found = [
        Anomaly(
            "same_field",
            _(
                "{n} of {of} rows that are in the register have another {field}: a shifted column?",
                n=n,
                of=met,
                field=kind.label(field),
            ),
            field,
            n,
            met,
        )
        for field, n in differing.most_common()
        if n * 100 >= met * SHARE
    ]
    refused = Counter(field for _row, field in {(r.row, r.field) for r in result.rejected})
    found += [
        Anomaly(
            "rejected_field",
            _(
                "{n} of {of} rows are refused for their {field}: is it the right column?",
                n=n,
                of=result.rows,
                field=kind.label(field),
            ),
            field,
            n,
            result.rows,
        )
        for field, n in refused.most_common()
        if n > 1 and n * 100 >= result.rows * SHARE
    ]
    if result.rows and not (result.changes_anything or differing):
        text = ngettext(
            "The row would change nothing.",
            "None of the {n} rows would change anything.",
            result.rows,
        )
        found.append(Anomaly("nothing", text, None, 0, result.rows))
    return found
