"""Those who are on site: they count for what is open, and are not asked by telephone first."""

from __future__ import annotations

from datetime import datetime

from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation import actions, row_actions
from frivillig_cli.records.activation.actions import NewEntry
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap.need_lines import needs_line
from frivillig_cli.work.beredskap.view import View, load


def seat(register: Register, view: View, *, by: str, now: datetime) -> View:
    """Let those count who stand there in reserve, where something that they can do is open.

    `view` is how it stands; returns how it stands after that, with a line in the log for each.
    Called after whatever may open a need. Inside the caller's transaction.
    """
    if view.activation.state != "active":
        return view
    for row in view.eligible:
        if row.deployment != "on_site" or row.answer not in ("yes", "reserve") or row.need_id:
            continue
        if not any(need.open for need in view.needs):
            break
        if not row_actions.count_in(register, view.activation, view.rows, row, now=now):
            continue
        view = load(register, view.activation.id, now)
        text = _("{name} is on site, and counts now: {needs}", name=row.name,
                 needs=needs_line(view))  # fmt: skip
        entry = NewEntry("decision", text, by, row=row.id)
        actions.write_log(register, view.activation, entry, now=now)
    return view
