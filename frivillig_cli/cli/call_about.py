"""What the caller should know of whom they ring, in lines of text."""

from datetime import datetime
from typing import Any

from frivillig_cli.core.i18n import _


def about_lines(found: Any) -> list[str]:
    """Groups, skills, who shares the number, and what was said or rung before."""
    from frivillig_cli.records.activation.times import clock_time, coming_time
    from frivillig_cli.records.response.model import ROLE_WORDS

    groups = ", ".join(
        seat.name if seat.role == "member" else f"{_(ROLE_WORDS[seat.role])}, {seat.name}"
        for seat in found.row.groups
    )
    lines = [part for part in (groups, ", ".join(found.row.skills)) if part]
    if found.row.answer == "later" and found.row.eta:
        time = coming_time(found.row.eta, None)
        lines.insert(0, _("could come from {time}: ask whether they come now", time=time))
    if found.engaged:
        who, name = found.engaged
        lines.insert(
            0,
            _("{who} is ringing this number now, for {name}: ask them, or wait.", who=who,
              name=name),
        )  # fmt: skip
    if found.shared_with:
        lines.append(_("same number as {names}", names=", ".join(found.shared_with)))
    if found.last_ring:
        time = clock_time(datetime.fromisoformat(found.last_ring[0]))
        lines.append(
            _("This number was rung {time} for {name}.", time=time, name=found.last_ring[1])
        )
    return [*lines, *found.reported, *(one.line() for one in found.twins)]
